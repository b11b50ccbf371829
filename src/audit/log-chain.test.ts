import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aTicketLedger } from "../../test/support/builders.ts";
import { fold } from "../core/ticket/fold.ts";
import { type AuditLine, callLine, entryLine } from "./export.ts";
import { gapsOf, readAuditLog } from "./log.ts";
import { chained } from "./log-chain.ts";

const entries = aTicketLedger();
const KEY = "acme/tally#12";
const call = (attempt: number): AuditLine =>
  callLine({
    ...{ hash: "a".repeat(64), ticket: KEY, step: "architect.plan.0", attempt, kind: "model", model: "opus" },
    ...{ question: {}, reply: { outcome: "answered", usage: { outputTokens: 1 } }, latencyMs: 12 },
    at: "2026-03-02T09:00:00.000Z",
  });
const policy: AuditLine = {
  type: "artifact",
  sha256: "f".repeat(64),
  what: "policy",
  path: "artifacts/f.txt",
  bytes: 3,
};
const calls = Array.from({ length: fold(entries)?.spend.calls ?? 0 }, (_, at) => call(at));
const lines = chained([...entries.map((entry) => entryLine(entry, [])), ...calls, policy]);

/** The first thing that is said of a log. */
function said(log: readonly string[]): string | null {
  const read = readAuditLog(log.join("\n"));
  return typeof read === "string" ? read : (gapsOf(read)[0] ?? null);
}

describe("the chain of an audit log", () => {
  it("says nothing of a log as it was exported, with or without blank lines", () => {
    expect(said(lines)).toBeNull();
    expect(said(lines.flatMap((line) => [line, ""]))).toBeNull();
  });

  it("names the line of any changed byte", () => {
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(),
        fc.constantFrom("0", "x", "Z", "{", '"', " "),
        (at, where, byte) => {
          const line = lines[at] ?? "";
          const place = where % line.length;
          const changed = line.slice(0, place) + byte + line.slice(place + 1);
          fc.pre(JSON.stringify(parsed(changed)) !== JSON.stringify(parsed(line)));
          expect(said(lines.map((one, index) => (index === at ? changed : one)))).toMatch(
            new RegExp(`^Line ${at + 1} `),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each<[string, string[], string]>([
    ["taken out", lines.filter((_, at) => at !== lines.length - 3), `Line ${lines.length - 2} is not`],
    ["put in", [...lines.slice(0, 4), ...chained([call(9)]).slice(0, 1), ...lines.slice(4)], "Line 5 is not"],
    ["swapped", [...lines.slice(0, -3), lines.at(-2) ?? "", lines.at(-3) ?? "", lines.at(-1) ?? ""], `Line ${lines.length - 2} is not`], // prettier-ignore
    ["cut off at the end", lines.slice(0, -1), `The log was cut off after line ${lines.length - 1}.`],
    ["added after the end", [...lines, JSON.stringify(policy)], `Line ${lines.length + 1} is not`],
  ])("notices a line that was %s", (_what, log, sentence) => {
    expect(said(log)?.startsWith(sentence) || said(log)).toBe(true);
  });

  it("takes a log that an earlier version wrote as it is", () => {
    const bare = lines.slice(0, -1).map((line) => {
      const { chain: _chain, ...rest } = JSON.parse(line) as { chain: string };
      return JSON.stringify(rest);
    });
    expect(said(bare)).toBeNull();
  });
});

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}
