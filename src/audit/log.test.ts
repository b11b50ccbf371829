import { describe, expect, it } from "@jest/globals";
import { aTicketLedger } from "../../test/support/builders.ts";
import { fold } from "../core/ticket/fold.ts";
import { entryLine } from "./export.ts";
import { gapsOf, readAuditLog } from "./log.ts";

const entries = aTicketLedger();
const calls = fold(entries)?.spend.calls ?? 0;
const call = { type: "call", kind: "model", usage: { outputTokens: 1 } };
const lines = [...entries.map((entry) => entryLine(entry, [])), ...Array.from({ length: calls }, () => call)];
const text = (all: readonly unknown[]) => all.map((line) => JSON.stringify(line)).join("\n");

describe("an audit log", () => {
  it("is read back as it was written", () => {
    const log = readAuditLog(text(lines));
    expect(log).toMatchObject({ entries, calls: { length: calls } });
    expect(calls).toBeGreaterThan(0);
    expect(typeof log === "string" ? [log] : gapsOf(log)).toEqual([]);
  });

  it.each<[string, unknown[], RegExp]>([
    ["an entry", lines.filter((_, at) => at !== 1), /^Entry 2 carries number 3 where 2 is due\.$/],
    ["a call that was paid for", lines.slice(0, -1), /counts \d+ answers of models, and the log has \d+/],
    ["everything", [], /has no ledger/],
    [
      "an artifact",
      [...lines, { type: "artifact", sha256: "f0", what: "policy", path: null, bytes: null }],
      /policy f0/,
    ],
  ])("says that %s is missing", (_what, left, sentence) => {
    const log = readAuditLog(text(left));
    expect(typeof log === "string" ? log : gapsOf(log).join("\n")).toMatch(sentence);
  });

  it.each([["no JSON"], ['{"type":"entry","entry":{}}'], ['{"type":"what"}'], ["null"]])(
    "refuses the line %s",
    (line) =>
      expect(readAuditLog(`${text(lines)}\n${line}`)).toMatch(new RegExp(`^Line ${lines.length + 1} is no line`)),
  );
});
