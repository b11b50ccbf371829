import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import type { AuditLine } from "./export.ts";

/**
 * An audit log is one chain from its first line to its last: each line carries a hash over itself and the line before it, and
 * the last one says how many there are. So one changed byte anywhere is found, also in what the ledger does not cover (calls,
 * artifacts, what was taken out). It shows what a copy lost or gained on its way; who wrote it is what the signatures of the
 * entries show.
 */
export function chained(lines: readonly AuditLine[]): string[] {
  let before = "";
  return [...lines, { type: "end", lines: lines.length }].map((line) => {
    before = linkOf(before, line);
    return JSON.stringify({ ...line, chain: before });
  });
}

function linkOf(before: string, line: object): string {
  return sha256(`${before}\n${canonicalJson(line)}`);
}

export type LogLine = { readonly at: number; readonly value: Readonly<Record<string, unknown>> };

/**
 * The first line that is not what was exported, as a sentence; null when all of them are.
 *
 * @param lines with their numbers in the file. Logs of earlier versions have no chain, and nothing is said of them.
 */
export function firstBreak(lines: readonly LogLine[]): string | null {
  if (!lines.some(({ value }) => "chain" in value || value.type === "end")) return null;
  let before = "";
  for (const { at, value } of lines) {
    const { chain, ...line } = value;
    before = linkOf(before, line);
    if (chain !== before) return `Line ${at} is not as it was exported: it was changed, or a line before it was.`;
  }
  const last = lines.at(-1);
  if (last?.value.type === "end") return null;
  return `The log was cut off after line ${last?.at ?? 0}.`;
}
