import { type Entry, entryOf, isKnown } from "../core/ledger/entry.ts";
import { firstFault } from "../core/ledger/chain.ts";
import { fold } from "../core/ticket/fold.ts";
import type { AuditLine } from "./export.ts";
import { firstBreak, type LogLine } from "./log-chain.ts";

/** An audit log read back from its lines: all that is known once database and forge are gone. */
export type AuditLog = {
  readonly entries: readonly Entry[];
  readonly calls: readonly Extract<AuditLine, { type: "call" }>[];
  readonly artifacts: readonly Extract<AuditLine, { type: "artifact" }>[];
  /** The first line that is not what was exported, as a sentence. */
  readonly broken: string | null;
};

/** @returns the sentence that says which line cannot be read */
export function readAuditLog(text: string): AuditLog | string {
  const lists = { entries: [] as Entry[], calls: [] as unknown[], artifacts: [] as unknown[] };
  const lines: LogLine[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = parsed(line);
    if (value) lines.push({ at: index + 1, value });
    const entry = value?.type === "entry" ? entryOf(value.entry) : null;
    if (entry) lists.entries.push(entry);
    else if (value?.type === "call") lists.calls.push(value);
    else if (value?.type === "artifact") lists.artifacts.push(value);
    else if (value?.type !== "end")
      return `Line ${index + 1} is no line of an audit log. \`coop export <ticket>\` writes one.`;
  }
  return { ...(lists as Omit<AuditLog, "broken">), broken: firstBreak(lines) };
}

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}

/**
 * What a log lacks, one sentence each; an empty list means that nothing is missing: the chain is whole, each answer that the
 * ledger paid for stands there as a call, and each large text that an entry names was kept.
 */
export function gapsOf({ entries, calls, artifacts, broken }: AuditLog): string[] {
  const [first] = entries;
  const ticket = fold(entries);
  if (!first || !ticket) return [broken ?? "The log has no ledger."];
  const fault = firstFault(null, first.ticket, entries);
  const kept = new Set(artifacts.filter((one) => one.path !== null).map((one) => one.sha256));
  const answered = calls.filter((one) => one.kind === "model" && one.usage !== null).length;
  return [
    ...(broken === null ? [] : [broken]),
    ...(fault ? [`Entry ${fault.seq} ${fault.problem}.`] : []),
    ...(answered < ticket.spend.calls
      ? [`The ledger counts ${ticket.spend.calls} answers of models, and the log has ${answered}.`]
      : []),
    ...artifacts.filter((one) => !kept.has(one.sha256)).map((one) => `The ${one.what} ${one.sha256} was not kept.`),
    ...entries.filter((one) => !isKnown(one)).map((one) => `Entry ${one.seq} was written by a newer version.`),
  ];
}
