import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { InvalidArgumentError } from "commander";
import { ROLES, roleSchema } from "../core/ledger/ids.ts";
import { closest } from "../core/rules/did-you-mean.ts";
import { parseTicket, type TicketText } from "../desk/ticket-file.ts";
import { Ended, EXIT } from "./exit.ts";
import { pathTrouble } from "../path-trouble.ts";

/** What `coop run` and `coop resume` are told. */
const GATES = ["plan", "split", "merge"] as const;
export type Gate = (typeof GATES)[number];

export type RunOptions = {
  readonly title?: string;
  readonly bodyFile?: string;
  readonly type?: "feature" | "bug" | "refactor" | "docs";
  readonly base?: string;
  readonly mergeInto?: string;
  readonly model?: readonly string[];
  readonly maxUsd?: number;
  readonly collab?: string;
  readonly list?: true;
} & GoOnOptions;

export type GoOnOptions = {
  readonly yes?: readonly Gate[];
  readonly say?: readonly string[];
  readonly json?: true;
};

/** `--yes plan,merge`, also given twice. */
export function gatesOf(given: string, before: readonly Gate[] = []): Gate[] {
  const names = given.split(",").map((one) => one.trim());
  const wrong = names.find((one) => !GATES.includes(one as Gate));
  if (wrong !== undefined) throw new InvalidArgumentError(`Allowed are ${GATES.join(", ")}, as in --yes plan,merge.`);
  return [...new Set([...before, ...(names as Gate[])])];
}

export function several(given: string, before: readonly string[] = []): string[] {
  return [...before, given];
}

export function usdOf(given: string): number {
  const usd = Number(given.replace(/^\$/, ""));
  if (!/^\$?\d+(\.\d+)?$/.test(given) || usd <= 0 || usd > 10_000)
    throw new InvalidArgumentError("Give dollars above 0 and at most 10000, as in --max-usd 2.50.");
  return usd;
}

/** `--model NAME` names models that may play at all, `--model role=NAME` who plays a role. */
export function modelsOf(given: readonly string[]): { models: string[]; pins: Record<string, string> } {
  const models: string[] = [];
  const pins: Record<string, string> = {};
  for (const one of given) {
    const [, role, name] = /^([a-z]+)=(.+)$/i.exec(one) ?? [];
    if (role === undefined || name === undefined) {
      models.push(one);
      continue;
    }
    const known = roleSchema.safeParse(role.toLowerCase());
    const meant = closest(role, ROLES);
    if (!known.success)
      throw new Ended(
        EXIT.usage,
        `--model ${one}: there is no role ${role}${meant ? `; did you mean ${meant}?` : "."} Roles are ${ROLES.join(", ")}.`,
      );
    pins[known.data] = name;
  }
  return { models, pins };
}

/** The ticket out of a file, out of `--title` and `--body-file`, or out of a pipe. @throws Ended */
export async function ticketOf(file: string | undefined, options: RunOptions): Promise<TicketText> {
  const { title, bodyFile } = options;
  if (file !== undefined && title !== undefined)
    throw new Ended(EXIT.usage, "Give the ticket as a file or with --title, not both.");
  if (file === undefined && title === undefined)
    throw new Ended(
      EXIT.usage,
      'Say what shall be done: `coop run ticket.md`, or `coop run --title "Add a loud option"`. Use - to read it from a pipe.',
    );
  const given =
    file === undefined
      ? `${oneLine(title ?? "")}\n\n${bodyFile === undefined ? "" : await read(bodyFile)}`
      : await read(file);
  const parsed = parseTicket(given);
  if (typeof parsed === "string") throw new Ended(EXIT.usage, parsed);
  return parsed;
}

function oneLine(title: string): string {
  return title.replace(/\s+/g, " ").trim();
}

async function read(path: string): Promise<string> {
  if (path === "-") return text(process.stdin);
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const named = path === "" ? "A file without a name" : path;
    throw new Ended(EXIT.usage, `${named} cannot be read (${pathTrouble(error)}). Name a file with the ticket in it.`);
  }
}
