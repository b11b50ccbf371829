import { describe, expect, it } from "@jest/globals";
import { aTicketLedger, entriesOf } from "../../test/support/builders.ts";
import { APPROVED, draft, finding, ROUTED, WRITTEN } from "../../test/support/ledgers.ts";
import { scorecard } from "./scorecard.ts";

const blocker = finding(1);
const rowOf = (rows: ReturnType<typeof scorecard>, model: string, role: string) =>
  rows.find((one) => one.model === model && one.role === role);
const blocked = [...WRITTEN, draft("reviewed", { findings: [blocker], verdict: "changes" })];
const fix = (status: "fixed" | "disputed") =>
  draft("implemented", { round: 1, answers: [{ findingId: blocker.id, status, evidence: "See the test." }] });

describe("the scorecard", () => {
  it("is empty without ledgers, and without work on a ticket", () => {
    expect(scorecard([])).toEqual([]);
    expect(scorecard([entriesOf([draft("opened")])])).toEqual([]);
  });

  it("adds up tickets, rounds, calls and cost over ledgers", () => {
    const one = scorecard([aTicketLedger()]);
    const two = scorecard([aTicketLedger(), aTicketLedger("end", { ticket: "acme/tally#13" })]);
    const before = rowOf(one, "gpt-5.5-codex", "implementer");
    expect(before).toMatchObject({
      tickets: 1,
      rounds: 2,
      blockers: { found: 1, confirmed: 1, survived: 0, withdrawn: 0 },
    });
    expect(rowOf(two, "gpt-5.5-codex", "implementer")).toMatchObject({
      tickets: 2,
      rounds: 4,
      spend: { calls: 2 * (before?.spend.calls ?? 0), costMicroUsd: 2 * (before?.spend.costMicroUsd ?? 0) },
    });
    const total = one.reduce((sum, { spend }) => sum + spend.costMicroUsd, 0);
    const paid = aTicketLedger().reduce(
      (sum, { data }) => sum + ("spend" in data ? (data.spend?.costMicroUsd ?? 0) : 0),
      0,
    );
    expect(total).toBe(paid);
  });

  it.each([
    [
      "outlived a round",
      [
        fix("fixed"),
        draft("reviewed", {
          findings: [],
          followUps: [{ findingId: blocker.id, status: "open", evidence: "Still." }],
          verdict: "changes",
        }),
      ],
      { found: 1, confirmed: 0, survived: 1, withdrawn: 0 },
    ],
    [
      "was withdrawn",
      [fix("disputed"), draft("dispute_settled", { findingId: blocker.id, outcome: "withdrawn" })],
      { found: 1, confirmed: 0, survived: 0, withdrawn: 1 },
    ],
    [
      "was dismissed by a person",
      [draft("finding_dismissed", { findingId: blocker.id })],
      { found: 1, confirmed: 0, survived: 0, withdrawn: 1 },
    ],
    ["is open", [], { found: 1, confirmed: 0, survived: 0, withdrawn: 0 }],
  ] as const)("counts a blocker that %s for who found it and for the author", (_name, more, blockers) => {
    const rows = scorecard([entriesOf([...blocked, ...more])]);
    expect(rowOf(rows, "llama", "reviewer")?.blockers).toEqual(blockers);
    expect(rowOf(rows, "opus", "implementer")?.blockers).toEqual(blockers);
  });

  it("counts a failed try for the model that had the seat", () => {
    const rows = scorecard([entriesOf([...ROUTED, draft("step_failed", { step: "plan", reason: "model-unusable" })])]);
    expect(rowOf(rows, "codex", "architect")).toMatchObject({ tickets: 1, rounds: 0, failures: 1 });
  });

  const SPENT = { calls: 2, inputTokens: 20, outputTokens: 2, costMicroUsd: 31, unpricedTokens: 0 };
  const stopped = (seq: number) => ({ seq, kind: "stopped" });
  it.each<[string, Parameters<typeof entriesOf>[0], string, "architect" | "implementer" | "reviewer"]>([
    ["a halt while planning", [...ROUTED, draft("halted", { reason: "budget", by: "policy", spend: SPENT })], "codex", "architect"], // prettier-ignore
    ["a halt while reviewing", [...WRITTEN, draft("halted", { reason: "budget", by: "policy", spend: SPENT })], "llama", "reviewer"], // prettier-ignore
    ["a failed settlement", [...blocked, fix("disputed"), draft("step_failed", { step: "settle", spend: SPENT })], "codex", "architect"], // prettier-ignore
    ["a killed try that was stopped", [...APPROVED, draft("stopped"), draft("step_interrupted", { step: "implement", endedBy: stopped(5), spend: SPENT })], "opus", "implementer"], // prettier-ignore
  ])("counts what %s had paid for the model that had the seat", (_what, drafts, model, role) => {
    const entries = entriesOf(drafts);
    const without = scorecard([entries.slice(0, -1)]);
    const paid = rowOf(scorecard([entries]), model, role)?.spend.costMicroUsd ?? 0;
    expect(paid - (rowOf(without, model, role)?.spend.costMicroUsd ?? 0)).toBe(SPENT.costMicroUsd);
  });

  it("counts plans that were approved, tickets by type, and what was proven without a fix round", () => {
    const begun = [draft("opened"), draft("routed"), draft("planned"), draft("plan_approved")];
    const proven = entriesOf([...begun, draft("implemented"), draft("proof_collected", { outcome: "ready" })]);
    const mended = entriesOf([...begun, draft("implemented"), draft("implemented", { round: 1 }), draft("proof_collected", { outcome: "ready" })]); // prettier-ignore
    const author = (all: Parameters<typeof scorecard>[0]) => scorecard(all).find((one) => one.role === "implementer");
    expect(author([proven])).toMatchObject({ firstPass: 1, types: { feature: 1 } });
    expect(author([proven, mended])).toMatchObject({ firstPass: 1, tickets: 2, types: { feature: 2 } });
    expect(scorecard([proven]).find((one) => one.role === "architect")?.plansAccepted).toBe(1);
    const other = entriesOf([...begun.slice(0, 3), draft("plan_approved", { planHash: "f".repeat(64) })]);
    expect(scorecard([other]).find((one) => one.role === "architect")?.plansAccepted).toBe(0);
  });
});
