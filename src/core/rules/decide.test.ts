import { describe, expect, it } from "@jest/globals";
import {
  ASKING,
  APPROVED,
  ATTACKED,
  draft,
  factsAs,
  finding,
  issueAs,
  MERGEABLE,
  NEW_TEXT,
  OPENED,
  PLANNED,
} from "../../../test/support/ledgers.ts";
import { POOL, pullAs, READY, REVIEWED, ROUTED, sha, STILL, ticketOf, WRITTEN } from "../../../test/support/ledgers.ts";
import { aPlan, aSpend } from "../../../test/support/builders.ts";
import { checksHash } from "./basis.ts";
import { decide } from "./decide.ts";
import type { Facts } from "./facts.ts";
import type { EntryDraft, HaltReason } from "../ledger/entries.ts";
import { DEFAULT_POLICY } from "./policy.ts";
import type { ProofItemId } from "../ticket/proof-items.ts";

const halted = (reason: HaltReason) => draft("halted", { reason });
const failed = (times: number, reason: HaltReason = "model-unusable") =>
  Array.from({ length: times }, () => draft("step_failed", { reason }));
/** Reviews that did not count, by whoever was asked. */
const dependent = (...models: string[]) =>
  models.flatMap((model) => {
    const because = { code: "review-not-independent", facts: { model, sentence: "Another one answered." } };
    return [draft("step_failed", { step: "review", reason: "model-unusable", because })];
  });
/** Waits for a provider that broke off in answers that were paid for. */
const inVain = (times: number) =>
  Array.from({ length: times }, () =>
    draft("step_failed", { reason: "model-unavailable", againInMs: 10_000, kept: 0, spend: { ...aSpend(), calls: 1 } }),
  );
const found = [...WRITTEN, draft("reviewed", { findings: [finding(1)] })];
const refuted = (id: ProofItemId, state: "refuted" | "unknown" = "refuted", required = true) => {
  const items = [{ id, state, required, evidence: "Not so.", details: [] }];
  return [...ATTACKED, draft("proof_collected", { items, outcome: required ? "not-ready" : "ready" })];
};
const noRounds: Partial<Facts> = {
  policy: { ...DEFAULT_POLICY, limits: { ...DEFAULT_POLICY.limits, fixRounds: 0 } },
};
const excusing = {
  ...aPlan(),
  testChanges: [{ file: "test/a.test.js", test: "a", change: "update" as const, to: null, why: "The format changes." }],
};
const seen: Partial<Facts> = { ...STILL, issue: issueAs(), pull: pullAs() };
const checked = (...checks: readonly (readonly [string, string])[]) => ({
  hash: checksHash(checks.map(([name, status]) => ({ name, ours: false, status }))),
  state: "ended" as const,
});
const approval = draft("merge_approved");
const UNPROVEN = [...refuted("checks", "unknown"), halted("unproven")];
const LOCKED: readonly EntryDraft[] = [
  ...READY,
  draft("halted", { reason: "github-refused", because: { code: "conversation-locked", facts: {} } }),
];
const UNLOCKED = draft("resumed", { by: "policy", source: "unlocked:9" });
const lockedAgain = (times: number) => [...LOCKED, ...Array.from({ length: times }, () => [UNLOCKED, ...LOCKED.slice(-1)]).flat()]; // prettier-ignore
const AWAY: readonly EntryDraft[] = [
  ...READY,
  draft("halted", { reason: "github-refused", because: { code: "repository-away", facts: { reason: "Not Found" } } }),
];
const DRAFTED: readonly EntryDraft[] = [
  ...READY,
  draft("halted", {
    reason: "merge-refused",
    because: { code: "merge-refused", facts: { reason: "x", rule: "draft" } },
  }),
];
const RULED: readonly EntryDraft[] = [
  ...READY,
  draft("halted", {
    reason: "merge-refused",
    because: { code: "merge-refused", facts: { reason: "x", rule: "reviews" } },
  }),
];
const OPEN = { issue: issueAs({ locked: false }), pull: pullAs({ locked: false }) };
const provenOften = [...ATTACKED, ...Array.from({ length: 8 }, () => draft("proof_collected")), approval];
const neverSettled = [...provenOften, halted("unproven")];
const STIRRED: Partial<Facts> = { checksStirred: "yes" };
const NEWS: Partial<Facts> = { checks: checked(["ci", "green"]) };
const theirs = draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } });

type Row = readonly [name: string, entries: readonly EntryDraft[], facts: Partial<Facts>, decision: string];
const STEPS: readonly Row[] = [
  ["new", OPENED, {}, "route"],
  ["routed", ROUTED, {}, "plan"],
  ["a guess of the router", [...OPENED, draft("routed", { type: "bug", confidence: 0.69 })], {}, "ask"],
  ["sure enough", [...OPENED, draft("routed", { type: "bug", confidence: 0.7 })], {}, "diagnose"],
  ["unclear", [...OPENED, draft("routed", { clarity: "unclear" })], {}, "ask"],
  [
    "unclear, question skipped",
    [...OPENED, draft("routed", { clarity: "unclear" }), draft("question_skipped")],
    {},
    "plan",
  ],
  ["a bug", [...OPENED, draft("routed", { type: "bug" })], {}, "diagnose"],
  ["a diagnosed bug", [...OPENED, draft("routed", { type: "bug" }), draft("diagnosed")], {}, "plan"],
  ["a plan for another text", [...OPENED, draft("routed"), draft("planned", { textHash: NEW_TEXT })], {}, "plan"],
  ["approved, issue not looked at", APPROVED, {}, "look issue"],
  ["approved, issue as it was", APPROVED, { issue: issueAs() }, "implement"],
  ["written, no pull request", [...APPROVED, draft("implemented")], {}, "open-pull-request"],
  ["a pull request", WRITTEN, {}, "review"],
  ["reviewed", REVIEWED, {}, "attack"],
  ["reviewed, on another head", [...REVIEWED, draft("head_moved")], {}, "review"],
  ["both looked", ATTACKED, {}, "prove"],
  ["proof of another head", [...ATTACKED, draft("proof_collected", { headSha: sha(7) })], {}, "prove"],
  ["a blocker", found, {}, "implement"],
  ["a concern", [...WRITTEN, draft("reviewed", { findings: [finding(1, { severity: "concern" })] })], {}, "attack"],
  ["rework", [...READY, draft("rework_requested")], {}, "implement"],
  ["approved, nobody looked", MERGEABLE, {}, "look issue,pull,base,checks"],
  ["approved, pull request not looked at", MERGEABLE, { ...STILL, issue: issueAs() }, "look pull"],
  ["approved, and another change was merged meanwhile", MERGEABLE, { ...seen, base: sha(77) }, "prove"],
  ["approved, and a check says something else", MERGEABLE, { ...seen, checks: checked(["ci", "red"]) }, "prove"],
  [
    "approved, and a check runs again",
    MERGEABLE,
    { ...seen, checks: { ...checked(["ci", "pending"]), state: "running" } },
    "prove",
  ],
  ["approved, and the base branch is gone", MERGEABLE, { ...seen, base: "gone" }, "prove"],
  [
    "a proof of before the base was watched",
    [...ATTACKED, draft("proof_collected", { basis: undefined }), approval],
    seen,
    "prove",
  ],
  ["ready, and a check reported something", READY, { checksStirred: "yes" }, "look checks"],
  ["halted without proof, and a check reported something", UNPROVEN, { checksStirred: "yes" }, "look checks"],
  ["halted for a lock", LOCKED, {}, "look issue,pull"],
  ["out of reach", AWAY, {}, "look issue"],
  ["halted for a lock, the issue is open again", LOCKED, { issue: issueAs({ locked: false }) }, "look pull"],
  ["approved and as it was", MERGEABLE, seen, "merge"],
  ["approved, and the pull request is gone", MERGEABLE, { ...seen, pull: "gone" }, "merge"],
  ["a person's pull request", [theirs, draft("routed")], {}, "review"],
  [
    "a person's pull request with a blocker, at which the second reviewer has not looked",
    [theirs, draft("routed"), draft("reviewed", { findings: [finding(1)] })],
    {},
    "attack",
  ],
];
const WAITS: readonly Row[] = [
  ["a question", [...ROUTED, draft("question_asked")], {}, "wait answer"],
  ["a gated plan", [...OPENED, draft("routed", { planGate: "person" }), draft("planned")], {}, "wait plan-approval"],
  ["a plan that changes an old test", [...ROUTED, draft("planned", { plan: excusing })], {}, "wait plan-approval"],
  ["a plan of high risk", [...ROUTED, draft("planned", { dangers: ["src/auth/a.ts"] })], {}, "wait plan-approval"],
  ["an old test that the Implementer asks for", ASKING, {}, "wait test-approval"],
  ["the same, and a person pushed meanwhile", [...ASKING, draft("head_moved")], {}, "wait test-approval"],
  ["ready", READY, {}, "wait approval"],
  ["ready, and the checks are as they were", READY, { checks: STILL.checks }, "wait approval"],
  [
    "halted without proof, and a check runs",
    UNPROVEN,
    { checks: { ...checked(["ci", "pending"]), state: "running" } },
    "wait person",
  ],
  ["halted", [...READY, halted("person")], {}, "wait person"],
  ["halted by a person, and a check reported something", [...READY, halted("person")], STIRRED, "wait person"],
  ["halted by a person, and the checks say something new", [...READY, halted("person")], NEWS, "wait person"],
  [
    "halted before there was any proof, and a check reported something",
    [...WRITTEN, halted("unproven")],
    STIRRED,
    "wait person",
  ],
  ["halted because the proof never settles, and a check reported something", neverSettled, STIRRED, "wait person"],
  ["halted because the proof never settles, and the checks say something new", neverSettled, NEWS, "wait person"],
  ["halted without proof, and an old report of a check came", UNPROVEN, { checksStirred: "no" }, "wait person"],
  ["locked, and GitHub did not say whether it still is", LOCKED, { issue: issueAs(), pull: pullAs() }, "wait person"],
  ["locked, the pull request still is", LOCKED, { ...OPEN, pull: pullAs({ locked: true }) }, "wait person"],
  ["a draft, that nobody said is none", DRAFTED, { pull: pullAs({}) }, "wait person"],
  ["a draft still", DRAFTED, { pull: pullAs({ draft: true }) }, "wait person"],
  ["kept from merging by another rule", RULED, { pull: pullAs({ draft: false }) }, "wait person"],
  ["locked again and again, though it is said to be open", lockedAgain(5), OPEN, "wait person"],
  ["locked, the issue still is", LOCKED, { ...OPEN, issue: issueAs({ locked: true }) }, "wait person"],
  ["merged", [...MERGEABLE, draft("merged")], { issue: "gone" }, "wait nothing"],
  ["stopped", [...READY, draft("stopped")], {}, "wait nothing"],
  ["only an optional item is refuted", refuted("mutation", "refuted", false), {}, "wait approval"],
];
const RECORDS: readonly Row[] = [
  ["an ungated plan", PLANNED, {}, "plan_approved"],
  ["halted without proof, and the checks say something new", UNPROVEN, { checks: checked(["ci", "green"]) }, "resumed"],
  ["locked, and open again", LOCKED, OPEN, "resumed"],
  ["a draft, and ready for review again", DRAFTED, { pull: pullAs({ draft: false }) }, "resumed"],
  ["out of reach, and shown again", AWAY, { issue: issueAs() }, "resumed"],
  ["locked, and open again for the fifth time", lockedAgain(4), OPEN, "resumed"],
  ["a base branch that never stands still", provenOften, { ...seen, base: sha(77) }, "halted unproven"],
  ["three failures", [...ROUTED, ...failed(3)], {}, "halted model-unusable"],
  ["two failures of one model", [...ROUTED, ...failed(2)], {}, "assignment_changed"],
  ["two failures of ours", [...ROUTED, ...failed(2, "internal")], {}, "plan"],
  ["two failures, nobody else", [...ROUTED, ...failed(2)], { pool: POOL.slice(1, 2) }, "plan"],
  ["two paid answers that broke off", [...ROUTED, ...inVain(2)], {}, "assignment_changed"],
  ["eleven paid answers that broke off, nobody else", [...ROUTED, ...inVain(11)], { pool: POOL.slice(1, 2) }, "plan"],
  ["twelve paid answers that broke off", [...ROUTED, ...inVain(12)], {}, "halted model-unavailable"],
  ["a review that did not count", [...WRITTEN, ...dependent("llama")], {}, "assignment_changed"],
  ["nobody's review counts", [...WRITTEN, ...dependent("codex", "llama")], {}, "halted model-unusable"],
  [
    "nobody's review counts, once more",
    [...WRITTEN, ...dependent("codex", "llama"), halted("model-unusable"), draft("resumed")],
    {},
    "review",
  ],
  ["a blocker and no rounds", found, noRounds, "halted rounds"],
  [
    "a blocker on a person's pull request",
    [theirs, draft("routed"), draft("reviewed", { findings: [finding(1)] }), draft("reviewed", { role: "adversary" })],
    {},
    "halted unproven",
  ],
  ["refuted and fixable", refuted("verification"), {}, "implement"],
  ["refuted, fixable, no rounds", refuted("done"), noRounds, "halted rounds"],
  ["unknown", refuted("verification", "unknown"), {}, "halted unproven"],
  ["tampered", refuted("tamper"), {}, "halted protected-paths"],
  ["reviews refuted", refuted("reviews"), {}, "halted unproven"],
  ["merged by hand", READY, { pull: pullAs({ merged: true, mergedSha: sha(9), state: "closed" }) }, "merged"],
  ["pull request closed", READY, { pull: pullAs({ state: "closed" }) }, "halted pull-request-closed"],
  ["head moved", READY, { pull: pullAs({ headSha: sha(3) }) }, "head_moved"],
  ["head moved while halted", [...READY, halted("person")], { pull: pullAs({ headSha: sha(3) }) }, "head_moved"],
  ["issue gone", READY, { issue: "gone" }, "stopped"],
  ["issue closed, perhaps by a merge", READY, { issue: issueAs({ state: "closed" }) }, "look pull"],
  ["issue closed", READY, { issue: issueAs({ state: "closed" }), pull: pullAs() }, "halted issue-closed"],
  ["issue closed without a change", ROUTED, { issue: issueAs({ state: "closed" }) }, "halted issue-closed"],
  ["label gone", READY, { issue: issueAs({ labels: ["bug"] }) }, "halted label-removed"],
  ["only a typed label", READY, { issue: issueAs({ labels: ["coop:docs"] }) }, "wait approval"],
  ["label gone while halted", [...READY, halted("person")], { issue: issueAs({ labels: [] }) }, "wait person"],
  ["text edited", READY, { issue: issueAs({ textHash: NEW_TEXT }) }, "text_changed halted text-changed"],
  [
    "text edited while halted",
    [...READY, halted("person")],
    { issue: issueAs({ textHash: NEW_TEXT }) },
    "text_changed",
  ],
  [
    "text edited while halted, then resumed",
    [...READY, halted("person"), draft("text_changed"), draft("resumed")],
    { issue: issueAs({ textHash: NEW_TEXT }) },
    "halted text-changed",
  ],
  ["text edited back", [...READY, draft("text_changed"), halted("text-changed")], seen, "text_changed resumed"],
  [
    "text set aside before",
    [...READY, draft("text_accepted", { taken: "old" })],
    { issue: issueAs({ textHash: NEW_TEXT }) },
    "text_changed",
  ],
  ["text of a person's pull request edited", [theirs], { issue: issueAs({ textHash: NEW_TEXT, labels: [] }) }, "route"],
  [
    "more entries than any ticket needs",
    [...ROUTED, ...Array.from({ length: 400 }, () => draft("commanded"))],
    {},
    "halted rounds",
  ],
];

function said(entries: readonly EntryDraft[], facts: Partial<Facts>): string {
  const decision = decide(ticketOf(...entries), factsAs(facts));
  expect(decision.why.code).toMatch(/^[a-z-]+$/);
  if (decision.do === "step") return decision.step;
  if (decision.do === "look") return `look ${decision.at.join(",")}`;
  if (decision.do === "wait") return `wait ${decision.for}`;
  return decision.entries.map((one) => (one.kind === "halted" ? `halted ${one.data.reason}` : one.kind)).join(" ");
}

describe("the decision", () => {
  it.each([...STEPS, ...WAITS, ...RECORDS])("%s", (_name, entries, facts, decision) => {
    expect(said(entries, facts)).toBe(decision);
  });

  it("merges on an approval of exactly this commit only", () => {
    const ticket = ticketOf(...MERGEABLE);
    const other = { ...ticket, mergeApproval: { by: "maria", headSha: sha(1), second: "not-needed" as const } };
    expect(decide(other, factsAs(seen))).toMatchObject({ do: "wait", for: "approval" });
    expect(decide(ticket, factsAs(seen))).toMatchObject({ do: "step", step: "merge" });
  });
});
