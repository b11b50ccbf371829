import { describe, expect, it } from "@jest/globals";
import { aDraft, aTicketLedger, entriesOf } from "../../test/support/builders.ts";
import { artifactsOf, callLine, entryLine } from "./export.ts";

const SECRET = "wsec-4f9a0c1d7b2e8365";

describe("the audit log", () => {
  it("leaves ordinary entries as they are, hashes too", () => {
    for (const entry of aTicketLedger()) expect(entryLine(entry, [SECRET])).toEqual({ type: "entry", entry });
  });

  it("takes secrets out of entries and says so", () => {
    const [entry] = entriesOf([aDraft("opened", { title: `My key is ${SECRET}` })]);
    const line = entry && entryLine(entry, [SECRET]);
    expect(line).toMatchObject({ redacted: ["a secret of this server"] });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it("names questions and answers by hash only", () => {
    const said = {
      hash: "a".repeat(64),
      ticket: "acme/tally#12",
      step: "plan",
      attempt: 1,
      kind: "model" as const,
      model: "opus",
    };
    const reply = { outcome: "answered", text: SECRET, usage: { inputTokens: 3 } };
    const line = callLine({
      ...said,
      question: { system: SECRET },
      reply,
      latencyMs: 12,
      at: "2026-03-02T09:00:00.000Z",
    });
    expect(line).toMatchObject({ outcome: "answered", usage: { inputTokens: 3 }, latencyMs: 12 });
    expect(JSON.stringify(line)).not.toContain(SECRET);
  });

  it("lists each large text once", () => {
    const names = artifactsOf(aTicketLedger());
    expect(names.map((one) => one.what)).toEqual(["ticket text", "policy", "verification output"]);
    expect(new Set(names.map((one) => one.sha256)).size).toBe(names.length);
  });
});
