import { roleSchema } from "../../core/ledger/ids.ts";
import { ROLE_TITLES } from "../../messages/format.ts";
import type { JournalRecord } from "../../models/journal.ts";
import { plain } from "../terminal.ts";

/** Who asked for a call, and what an answer calls, for the line that tells of it. */

/** Of a text that is told in passing. */
const LINE_CHARS_SHOWN = 200;
/** Of one argument of a tool. */
const FACT_CHARS_SHOWN = 80;

/** The journal names a step by the role, the task and the round. */
export function roleOf({ step }: JournalRecord): string {
  const role = roleSchema.safeParse(step.split(".")[0]);
  return role.success ? ROLE_TITLES[role.data] : "coop";
}

/** The tools that an answer calls, or nothing. */
export function calledFor(reply: unknown): string {
  const calls = (reply as { toolCalls?: unknown } | null)?.toolCalls;
  if (!Array.isArray(calls)) return "";
  return calls
    .map((one: { name?: unknown; args?: unknown }) => toolWords(String(one.name), one.args))
    .join(", ")
    .slice(0, LINE_CHARS_SHOWN);
}

function toolWords(name: string, args: unknown): string {
  const { path, command, pattern } = (args ?? {}) as Record<string, unknown>;
  const what = [path, command, pattern].find((one) => typeof one === "string");
  return what === undefined
    ? name.replaceAll("_", " ")
    : `${name.replaceAll("_", " ")} ${plain(String(what)).slice(0, FACT_CHARS_SHOWN)}`;
}
