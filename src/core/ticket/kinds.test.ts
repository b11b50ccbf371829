import { describe, expect, it } from "@jest/globals";
import { aDraft, aFinding, aTicket, ENTRY_KINDS } from "../../../test/support/builders.ts";
import { APPROVED, ATTACKED, draft, sha, ticketOf, unshown, WRITTEN } from "../../../test/support/ledgers.ts";
import type { EntryDraft, EntryKind } from "../ledger/entries.ts";
import { KINDS } from "./kinds.ts";
import type { Kind } from "./kinds/kind.ts";

/** What people wait for stands in the thread at once, and everything else in the next comment. */
function isAwaited(kind: EntryKind, over: object = {}, before = aTicket()): boolean {
  return (KINDS[kind] as Kind<EntryKind>).isAwaited(dataOf(kind, over), before);
}

const dataOf = (kind: EntryKind, over: object = {}) =>
  (aDraft as (kind: EntryKind, over: object) => EntryDraft)(kind, over).data;

it("is said at once where somebody waits for it", () => {
  expect(ENTRY_KINDS.filter((kind) => isAwaited(kind))).toEqual([
    ...["question_asked", "planned", "epic_split", "epic_ended", "reviewed", "proof_collected", "proof_accepted"],
    ...["finding_dismissed", "base_changed", "merge_queued", "remarked", "commanded", "halted"],
    ...["ledger_fault", "ledger_rebuilt", "merged", "issue_reopened", "stopped"],
  ]);
});

it("is said by a role, or by nobody", () => {
  const roles = ENTRY_KINDS.map((kind) => {
    const { role } = KINDS[kind] as Kind<EntryKind>;
    return [kind, typeof role === "function" ? role(dataOf(kind)) : role] as const;
  });
  expect(Object.fromEntries(roles.filter(([, role]) => role !== null))).toEqual({
    ...{ question_asked: "navigator", question_skipped: "navigator", planned: "architect", implemented: "implementer" },
    ...{ diagnosed: "reviewer", reviewed: "reviewer", dispute_settled: "implementer" },
  });
});

describe("what is awaited only then", () => {
  const reworked = ticketOf(...WRITTEN, draft("rework_requested"));
  const open = (...ids: Parameters<typeof unshown>) =>
    isAwaited("proof_accepted", { item: "checks", headSha: sha(2) }, ticketOf(...ATTACKED, unshown(...ids)));
  it.each<[string, boolean, boolean]>([
    ["the word that lets the last open item pass", open("checks"), true],
    ["not one that leaves another open", open("checks", "done"), false],
    ["a change that somebody asked to have reworked", isAwaited("implemented", {}, reworked), true],
    ["not the first one", isAwaited("implemented", {}, ticketOf(...APPROVED)), false],
    ["not a fix round", isAwaited("implemented", {}, ticketOf(...WRITTEN)), false],
    ["a review that does not pass", isAwaited("reviewed", { verdict: "changes", findings: [] }), true],
    ["a review with a remark", isAwaited("reviewed", { verdict: "pass", findings: [aFinding()] }), true],
    ["not one that passes without a word", isAwaited("reviewed", { verdict: "pass", findings: [] }), false],
    ["an answer", isAwaited("commanded", { outcome: "informed" }), true],
    ["a refusal", isAwaited("commanded", { outcome: "refused" }), true],
    ["not that it was followed, which its own entry says", isAwaited("commanded", { outcome: "accepted" }), false],
  ])("%s", (_what, found, expected) => {
    expect(found).toBe(expected);
  });
});
