import type { Role } from "../core/ledger/ids.ts";
import type { EntryData, Spend } from "../core/ledger/entries.ts";
import { code } from "./escape.ts";
import { shortSha } from "../core/ledger/ids.ts";
import { dayOf } from "../core/ledger/ids.ts";

/** How money, counts, commits, roles and times are spelled, everywhere the same. */
export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  architect: "Architect",
  implementer: "Implementer",
  reviewer: "Reviewer",
  adversary: "Adversary",
  navigator: "Navigator",
};

const NUMBERS = new Intl.NumberFormat("en-US");

export function number(value: number): string {
  return NUMBERS.format(value);
}

/** `1 file`, `2 files`, `no files`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${value === 0 ? "no" : number(value)} ${value === 1 ? one : many}`;
}

/** A kind of task behind "a": `small feature`, `large documentation change`. */
export function kindWords({ size, type }: Pick<EntryData<"routed">, "size" | "type">): string {
  return `${size} ${type === "docs" ? "documentation change" : type}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param microUsd integer micro-dollars */
export function dollars(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  if (microUsd === 0) return "$0.00";
  return usd >= 1 ? `$${NUMBERS.format(Math.floor(usd))}${(usd % 1).toFixed(2).slice(1)}` : `$${usd.toFixed(4)}`;
}

/** What was paid, or the tokens where no price is known; both when there is both. */
export function cost(spend: Spend): string {
  const tokens = spend.unpricedTokens > 0 ? `${number(spend.unpricedTokens)} tokens (no price known)` : "";
  const money = spend.costMicroUsd > 0 || !tokens ? dollars(spend.costMicroUsd) : "";
  return [money, tokens].filter(Boolean).join(" and ");
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Of the smaller unit: "90 seconds" says more than "2 minutes", and "100 minutes" less than "2 hours". */
const UNITS_MAX = 90;

/** @example duration(200_000) // → "3 minutes" */
export function duration(ms: number): string {
  const whole = (unitMs: number) => Math.max(1, Math.round(ms / unitMs));
  if (whole(1_000) <= UNITS_MAX) return count(whole(1_000), "second");
  return whole(MINUTE_MS) <= UNITS_MAX ? count(whole(MINUTE_MS), "minute") : count(whole(HOUR_MS), "hour");
}

/** The first seven digits of a commit or hash, as code. */
export function short(sha: string): string {
  return code(shortSha(sha));
}

/** `2026-11-21 12:30 UTC` */
export function utc(at: string | Date): string {
  const iso = (typeof at === "string" ? new Date(at) : at).toISOString();
  return `${dayOf(iso)} ${iso.slice(11, 16)} UTC`;
}

/** `#4, #5 and #7` */
export function issues(numbers: readonly (number | string)[]): string {
  return listed(numbers.map((one) => `#${one}`));
}

/** `Part 2`, `Parts 2 and 3`. */
export function partNames(parts: readonly (number | string)[]): string {
  return `${parts.length === 1 ? "Part" : "Parts"} ${listed(parts.map(String))}`;
}

/** `a, b and c` */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** A part that people open when they want it. Empty when there is nothing in it. */
export function folded(summary: string, markdown: string): string {
  return markdown.trim() ? `<details><summary>${summary}</summary>\n\n${markdown.trim()}\n\n</details>` : "";
}

/** Somebody else's words at the end of a sentence of ours, on one line and with its full stop. */
export function ended(words: string): string {
  const said = words.replace(/\s+/g, " ").trim();
  return /[.!?…]$/.test(said) ? said : `${said.replace(/[,:;]+$/, "")}.`;
}

/** Joins what is there with blank lines. */
export function paragraphs(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter((part) => part && part.trim()).join("\n\n");
}

/** The heading of everything a role says, with who said it below: `### Plan`, `Architect · model · $0.0123`. */
export function spoken(heading: string, role: Role, model: string, ...more: readonly string[]): string {
  return `### ${heading}\n\n${[`**${ROLE_TITLES[role]}**`, code(model), ...more].filter(Boolean).join(" · ")}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
