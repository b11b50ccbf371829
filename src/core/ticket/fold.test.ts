import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { aSpend, ENTRY_KINDS } from "../../../test/support/builders.ts";
import * as l from "../../../test/support/ledgers.ts";
import type { Entry } from "../ledger/entry.ts";
import type { HaltReason } from "../ledger/entries.ts";
import { entriesOf } from "../../../test/support/builders.ts";
import { fold } from "./fold.ts";
import { budgetLeft, isReady, openBlockers, phaseOf, roundsAllowed, standingBlockers, type Ticket } from "./ticket.ts";

const { draft, finding, sha, ticketOf } = l;
const blocker = finding(1);
const blocked = [...l.WRITTEN, draft("reviewed", { findings: [blocker], verdict: "changes" })];
const say = (status: "fixed" | "disputed") => [{ findingId: blocker.id, status, evidence: "See the test." }];
const fix = draft("implemented", { round: 1, headSha: sha(3), answers: say("fixed") });
const again = (status: "open" | "resolved", findings = [] as (typeof blocker)[]) =>
  draft("reviewed", {
    round: 1,
    headSha: sha(3),
    findings,
    followUps: [{ findingId: blocker.id, status, evidence: "Looked." }],
  });
const stateOf = (ticket: Ticket) => {
  const known = ticket.findings.get(blocker.id);
  return known && [known.state, known.survived];
};
const away = (over: object) => [
  draft("step_failed", { reason: "model-unavailable", againInMs: 10_000, spend: { ...aSpend(), calls: 1 }, ...over }),
];

describe("folding", () => {
  it("gives nothing for nothing, and nothing before a ticket is opened", () => {
    expect(fold([])).toBeNull();
    expect(fold(entriesOf([draft("commanded")]))).toBeNull();
  });

  it("folds nothing twice, and is misled by no entry that stands behind others", () => {
    const entries = entriesOf([...blocked, fix, again("resolved"), draft("commanded")]);
    const whole = fold(entries);
    expect(fold([...entries])).toBe(whole);
    // The same entries behind one that is gone, in both orders of asking.
    const reviewed = entries.findIndex(({ kind }) => kind === "reviewed");
    const without = entries.filter((_, at) => at !== reviewed);
    const copied = (some: readonly Entry[]) => some.map((one) => ({ ...one }));
    for (const some of [without, entries, without, entries.slice(0, 4), entries])
      expect(fold(some)).toEqual(fold(copied(some)));
    expect(fold(without)).not.toEqual(fold(entries));
  });

  it("is a left fold over any entries: the length is that of the prefix, the same prefix gives the same ticket", () => {
    const drafts = fc.array(fc.constantFrom(...ENTRY_KINDS), { maxLength: 25 });
    fc.assert(
      fc.property(drafts, fc.nat(25), (kinds, cut) => {
        const entries = entriesOf([draft("opened"), ...kinds.map((kind) => draft(kind))]);
        const prefix = entries.slice(0, 1 + (cut % entries.length));
        expect(fold(prefix)?.length).toBe(prefix.length);
        expect(fold(entries)).toEqual(fold(structuredClone(entries)));
        expect(phaseOf(fold(entries) as Ticket)).toEqual(expect.any(String));
      }),
      { numRuns: 60 },
    );
  });

  it("never takes back that a ticket ended", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ENTRY_KINDS), { maxLength: 12 }), (kinds) => {
        const rest = kinds.filter((kind) => kind !== "merged" && kind !== "stopped").map((kind) => draft(kind));
        expect(phaseOf(ticketOf(...l.MERGEABLE, draft("merged"), ...rest))).toBe("merged");
      }),
      { numRuns: 40 },
    );
  });

  it("does not begin anew when somebody opens a ticket twice", () => {
    expect(ticketOf(...l.PLANNED, draft("opened", { title: "Another" }))).toMatchObject({
      text: { title: "Report entries since a date" },
      plan: { planHash: expect.any(String) },
    });
  });
});

describe("what one entry changes", () => {
  const pulled = draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } });
  const halted = (reason: HaltReason) => draft("halted", { reason });
  const cases: readonly (readonly [string, Parameters<typeof ticketOf>, object])[] = [
    ["opened", l.OPENED, { length: 1, change: null, pull: null, end: null, halt: null, textSeen: l.TEXT }],
    ["opened on a pull request", [pulled], { change: { headSha: sha(2), authors: ["@olaf"] }, pull: { number: 8 } }],
    ["routed", l.ROUTED, { route: { type: "feature" }, assignment: { implementer: { model: "opus" } } }],
    ["question_asked", [...l.ROUTED, draft("question_asked")], { questions: { state: "open" } }],
    ["question_skipped", [...l.ROUTED, draft("question_skipped")], { questions: { state: "settled" } }],
    [
      "question_skipped as a bug",
      [...l.ROUTED, draft("question_skipped", { type: "bug" })],
      { route: { type: "bug" } },
    ],
    ["question_asked about a bug", [...l.ROUTED, draft("question_asked", { type: "bug" })], { route: { type: "bug" } }],
    [
      "question_answered",
      [...l.ROUTED, draft("question_asked"), draft("question_answered")],
      { questions: { state: "settled" }, answers: [{ by: "bob" }] },
    ],
    ["diagnosed", [...l.ROUTED, draft("diagnosed")], { diagnosis: { confidence: "high" } }],
    ["planned", l.PLANNED, { plan: { approvedBy: null, textHash: l.TEXT } }],
    ["plan_approved", l.APPROVED, { plan: { approvedBy: "policy" } }],
    ["implemented", l.WRITTEN, { change: { round: 0, authors: ["opus"], headSha: sha(2), heads: [sha(2)] } }],
    [
      "implemented again, by another",
      [...blocked, draft("implemented", { round: 1, model: "codex", headSha: sha(3) })],
      { change: { round: 1, authors: ["opus", "codex"], heads: [sha(2), sha(3)] }, proof: null },
    ],
    ["pull_request_opened", l.WRITTEN, { pull: { number: 8, baseBranch: "main" } }],
    ["implemented, and an old test is asked for", l.ASKING, { testRequests: { open: [{ test: "a" }], refused: [] } }],
    [
      "tests_excused",
      [...l.ASKING, draft("tests_excused")],
      { testRequests: { open: [] }, plan: { plan: { testChanges: [{ test: "keeps the order" }] } } },
    ],
    ["reviewed", l.REVIEWED, { reviews: { reviewer: { headSha: sha(2) }, adversary: null }, proof: null }],
    ["reviewed after proof", [...l.READY, draft("reviewed")], { proof: null }],
    ["proof_collected", l.READY, { proof: { headSha: sha(2), outcome: "ready" } }],
    ["merge_approved", l.MERGEABLE, { mergeApproval: { by: "maria", headSha: sha(2) } }],
    [
      "protected_accepted",
      [...l.READY, draft("protected_accepted")],
      { proof: null, protectedAccepted: { headSha: sha(2) } },
    ],
    [
      "rework_requested",
      [...l.MERGEABLE, draft("rework_requested")],
      { mergeApproval: null, proof: null, rework: { state: "pending" }, plan: { approvedBy: "policy" } },
    ],
    ["rework_requested on a plan", [...l.PLANNED, draft("rework_requested", { round: null })], { plan: null }],
    ["implemented after rework", [...l.READY, draft("rework_requested"), fix], { rework: { state: "done" } }],
    ["commanded", [...l.MERGEABLE, draft("commanded")], { mergeApproval: { headSha: sha(2) } }],
    [
      "assignment_changed",
      [...l.APPROVED, draft("step_failed"), draft("assignment_changed")],
      { assignment: { implementer: { model: "codex" } }, failures: 1, seatFailures: 0 },
    ],
    ["budget_raised", [...l.ROUTED, draft("budget_raised", { addMicroUsd: 5 })], { raisedMicroUsd: 5 }],
    ["halted", [...l.MERGEABLE, draft("halted")], { halt: { reason: "person" }, mergeApproval: null }],
    ["resumed", [...l.READY, draft("halted"), draft("resumed")], { halt: null, proof: { outcome: "ready" } }],
    ["resumed after unproven", [...l.READY, halted("unproven"), draft("resumed")], { halt: null, proof: null }],
    ["resumed after a change of nothing", [...l.ROUTED, halted("nothing-changed"), draft("resumed")], { tries: 1 }],
    ["resumed after a plan that cannot be", [...l.ROUTED, halted("plan-unsound"), draft("resumed")], { tries: 1 }],
    [
      "resumed after a provider that was away",
      [...l.ROUTED, halted("model-unavailable"), draft("resumed")],
      { tries: 0 },
    ],
    ["resumed after nonsense", [...l.ROUTED, halted("model-unusable"), draft("resumed")], { tries: 1, failures: 0 }],
    ["step_failed with nonsense", [...l.ROUTED, draft("step_failed")], { failures: 1, tries: 1 }],
    [
      "step_failed with a provider away",
      [...l.ROUTED, draft("step_failed", { reason: "model-unavailable" })],
      { failures: 1, seatFailures: 1, tries: 0, lastFailure: "model-unavailable" },
    ],
    [
      "step_failed again, after answers that are kept",
      [...l.ROUTED, ...away({ kept: 0 }), ...away({ kept: 2 })],
      { failures: 1, seatFailures: 1, away: { restedMs: 10_000, paid: "some", inVain: 0 } },
    ],
    [
      "step_failed again, after answers that broke off",
      [...l.ROUTED, ...away({ kept: 0 }), ...away({ kept: 0 })],
      { failures: 2, seatFailures: 2, away: { restedMs: 20_000, paid: "nothing", inVain: 2 } },
    ],
    [
      "step_failed again, by an older version that told what was paid",
      [...l.ROUTED, ...away({}), ...away({})],
      { failures: 1, away: { restedMs: 10_000, paid: "some", inVain: 0 } },
    ],
    [
      "step_failed with files that are kept, and no answer",
      [...l.ROUTED, ...away({ kept: 0, work: { sha256: "0".repeat(64), files: 1 } })],
      { failures: 1, away: { paid: "some", inVain: 1 } },
    ],
    ["a step after failures", [...l.ROUTED, draft("step_failed"), draft("planned")], { failures: 0, seatFailures: 0 }],
    ["text_changed", [...l.MERGEABLE, draft("text_changed")], { textSeen: l.NEW_TEXT, mergeApproval: null }],
    [
      "text_accepted, the new one",
      [...l.PLANNED, halted("text-changed"), draft("text_accepted")],
      { halt: null, plan: null, text: { title: "Export as TSV", hash: l.NEW_TEXT } },
    ],
    [
      "text_accepted, the old one",
      [...l.PLANNED, halted("text-changed"), draft("text_accepted", { taken: "old" })],
      { halt: null, plan: { approvedBy: null }, text: { hash: l.TEXT }, textsSetAside: [l.NEW_TEXT] },
    ],
    [
      "text_accepted under another halt",
      [...l.PLANNED, halted("budget"), draft("text_accepted")],
      { halt: { reason: "budget" } },
    ],
    [
      "head_moved",
      [...l.MERGEABLE, draft("head_moved")],
      { change: { headSha: sha(3), authors: ["opus", "@petra"] }, proof: null, mergeApproval: null },
    ],
    [
      "head_moved by turns",
      [...l.WRITTEN, ...["petra", "maria", "petra"].map((by, at) => draft("head_moved", { by, to: sha(3 + at) }))],
      { change: { authors: ["opus", "@maria", "@petra"] } },
    ],
    ["ledger_rebuilt", [...l.MERGEABLE, draft("ledger_rebuilt")], { mergeApproval: { by: "maria" } }],
    ["merged", [...l.MERGEABLE, draft("merged")], { end: { as: "merged", sha: sha(10) } }],
    ["stopped", [...l.PLANNED, draft("halted"), draft("stopped")], { halt: null, end: { as: "stopped", sha: null } }],
  ];

  it.each(cases)("%s", (_name, drafts, believed) => {
    expect(ticketOf(...drafts)).toMatchObject({ ...believed, length: drafts.length });
  });

  it("ledger_fault: remembers what must never be believed", () => {
    const fault = draft("ledger_fault");
    expect(ticketOf(...l.ROUTED, fault, fault).faults.length).toBe(1);
  });

  it("spend: adds up by role, and failures cost too", () => {
    const ticket = ticketOf(...l.ROUTED, draft("step_failed"), draft("planned"), draft("implemented"));
    const failed = ticket.spend.costMicroUsd - 31_400 - 1000;
    expect(failed).toBeGreaterThan(0);
    expect(ticket.spendByRole.get("implementer")?.costMicroUsd).toBe(1000);
    expect(budgetLeft(ticket).microUsd).toBe(5_000_000 - ticket.spend.costMicroUsd);
  });

  it("a person's rework grants a round, a rework of the plan does not", () => {
    const rework = draft("rework_requested");
    expect(roundsAllowed(ticketOf(...l.WRITTEN, rework, rework), 2)).toBe(4);
    expect(roundsAllowed(ticketOf(...l.PLANNED, draft("rework_requested", { round: null })), 2)).toBe(2);
  });
});

describe("the life of a finding", () => {
  const disputed = draft("implemented", { round: 1, headSha: sha(3), answers: say("disputed") });
  const settle = (outcome: "upheld" | "withdrawn") => draft("dispute_settled", { findingId: blocker.id, outcome });
  it.each([
    ["found", blocked, ["open", 0], 1, 1],
    ["answered as fixed", [...blocked, fix], ["answered", 0], 0, 1],
    ["fixed and resolved", [...blocked, fix, again("resolved")], ["resolved", 0], 0, 0],
    ["fixed and still open", [...blocked, fix, again("open")], ["open", 1], 1, 1],
    ["still open and found again", [...blocked, fix, again("open", [blocker])], ["open", 1], 1, 1],
    ["found again without a word", [...blocked, fix, draft("reviewed", { findings: [blocker] })], ["open", 1], 1, 1],
    ["resolved and found in one breath", [...blocked, fix, again("resolved", [blocker])], ["open", 1], 1, 1],
    ["disputed", [...blocked, disputed], ["disputed", 0], 0, 1],
    ["upheld", [...blocked, disputed, settle("upheld")], ["upheld", 1], 1, 1],
    ["withdrawn", [...blocked, disputed, settle("withdrawn")], ["withdrawn", 0], 0, 0],
    [
      "withdrawn, then found",
      [...blocked, disputed, settle("withdrawn"), again("open", [blocker])],
      ["withdrawn", 0],
      0,
      0,
    ],
    ["not answered", [...blocked, draft("implemented", { round: 1, headSha: sha(3) })], ["open", 0], 1, 1],
  ])("%s", (_name, drafts, state, open, standing) => {
    const ticket = ticketOf(...drafts);
    expect(stateOf(ticket)).toEqual(state);
    expect([openBlockers(ticket).length, standingBlockers(ticket).length]).toEqual([open, standing]);
  });
});

describe("the phase", () => {
  const gated = [draft("opened"), draft("routed", { planGate: "person" }), draft("planned")];
  const fresh = draft("text_accepted", { textHash: l.NEW_TEXT });
  const replanned = [...gated, draft("plan_approved"), ...l.WRITTEN.slice(4), draft("text_changed"), fresh];
  it.each([
    ["planning", l.OPENED],
    ["planning", l.ROUTED],
    ["question", [...l.ROUTED, draft("question_asked")]],
    ["plan-approval", gated],
    ["planning", [...gated, fresh]],
    ["implementing", l.PLANNED],
    ["implementing", l.APPROVED],
    ["reviewing", l.WRITTEN],
    ["test-approval", l.ASKING],
    ["implementing", [...l.ASKING, draft("rework_requested")]],
    ["reviewing", [...l.ASKING, draft("tests_excused")]],
    ["implementing", blocked],
    ["planning", replanned],
    ["plan-approval", [...replanned, draft("planned", { textHash: l.NEW_TEXT })]],
    ["reviewing", l.ATTACKED],
    ["ready", l.READY],
    ["reviewing", [...l.READY, draft("head_moved")]],
    ["implementing", [...l.READY, draft("rework_requested")]],
    ["parked", [...l.READY, draft("halted")]],
    ["blocked", [...l.READY, draft("halted", { as: "blocked", reason: "unproven" })]],
    ["reviewing", [draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } })]],
    ["merged", [...l.MERGEABLE, draft("merged")]],
    ["stopped", [...l.PLANNED, draft("stopped")]],
  ])("is %s", (phase, drafts) => {
    expect(phaseOf(ticketOf(...drafts))).toBe(phase);
  });

  it("is ready only for the commit that was proven", () => {
    expect(isReady(ticketOf(...l.READY))).toBe(true);
    expect(isReady(ticketOf(...l.ATTACKED, draft("proof_collected", { headSha: sha(3) })))).toBe(false);
    expect(isReady(ticketOf(...l.ATTACKED, draft("proof_collected", { outcome: "not-ready" })))).toBe(false);
  });
});
