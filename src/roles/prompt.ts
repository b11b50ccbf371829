import { readFileSync } from "node:fs";
import { ROLES, type Role } from "../core/ledger/ids.ts";
import { QUESTIONS_MAX } from "../core/ledger/limits.ts";
import { FINDINGS_MAX } from "./limits.ts";

/**
 * The prompts are Markdown files beside this one, so that they read and are reviewed as prose. Placeholders are strict:
 * a prompt that names an unknown one, or leaves out one that it owes, stops the process at start and not the first
 * ticket.
 */
type Fragment = "data" | "findings";
/** Tasks whose words are long enough to be prose of their own; they stand with the ticket, behind what tickets share. */
type TaskWords = "fix" | "verify" | "diagnose" | "settle";

/** Throws when `text` has a placeholder that `values` lacks, or `values` one that `text` lacks. */
export function fillPlaceholders(name: string, text: string, values: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = text.replace(/\{\{([^{}]*)\}\}/g, (_whole, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined) throw new Error(`Prompt ${name} has an unknown placeholder {{${key}}}`);
    used.add(key);
    return value;
  });
  const left = filled.match(/\{\{|\}\}/);
  if (left) throw new Error(`Prompt ${name} has a broken placeholder near ${left[0]}`);
  const unused = Object.keys(values).filter((key) => !used.has(key));
  if (unused.length > 0) throw new Error(`Prompt ${name} lacks the placeholder {{${unused.join("}}, {{")}}}`);
  return filled;
}

/** What each role's prompt has to say, besides the rule about data that all of them carry. */
const VALUES: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  architect: {},
  implementer: {},
  reviewer: { findings: findings("reviewer") },
  adversary: { findings: findings("adversary") },
  navigator: { questionsMax: String(QUESTIONS_MAX) },
};

const PROMPTS = new Map<Role, string>(ROLES.map((role) => [role, load(role)]));

export function systemPrompt(role: Role): string {
  const prompt = PROMPTS.get(role);
  if (!prompt) throw new Error(`No prompt for ${role}`);
  return prompt;
}

export function taskWords(task: TaskWords): string {
  return read(task);
}

function findings(role: Role): string {
  return fillPlaceholders(role, read("findings"), { findingsMax: String(FINDINGS_MAX) });
}

function load(role: Role): string {
  const prompt = fillPlaceholders(role, read(role), { ...VALUES[role], data: read("data") });
  if (!prompt.startsWith(`Role: ${role}\n`)) throw new Error(`Prompt ${role} does not begin with its role`);
  return prompt;
}

function read(name: Role | Fragment | TaskWords): string {
  return readFileSync(new URL(`./prompts/${name}.md`, import.meta.url), "utf8").trim();
}
