import { describe, expect, it } from "@jest/globals";
import {
  draft,
  factsAs,
  issueAs,
  NEW_TEXT,
  pullAs,
  READY,
  sha,
  TEXT,
  ticketOf,
} from "../../../test/support/ledgers.ts";
import { sha256 } from "../ledger/chain.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { awayAndBack, divergence, followUps } from "./diverge.ts";
import type { Facts } from "./facts.ts";

/** GitHub has moved away from what the ledger says: what is done about it, fact by fact. */
const parked = draft("halted");
const times = (count: number, make: (at: number) => EntryDraft) => Array.from({ length: count }, (_, at) => make(at));
const done = (entries: readonly EntryDraft[], facts: Partial<Facts>) => {
  const decided = divergence(ticketOf(...entries), factsAs(facts));
  if (decided?.do !== "record") return decided?.do ?? "nothing";
  return decided.entries.map(({ kind }) => kind).join(", ");
};
const pushed = { pull: pullAs({ headSha: sha(99) }) };
const edited = { issue: issueAs({ textHash: sha256("once more") }) };
const moved = { pull: pullAs({ baseBranch: "next", mergeBase: sha(1) }) };
const heads = (count: number) => times(count - 1, (at) => draft("head_moved", { from: sha(at + 2), to: sha(at + 3) }));
const edits = (count: number) => times(count, (at) => draft("text_changed", { textHash: sha256(`edit ${at}`) }));
const bases = (count: number) =>
  times(count, (at) => draft("base_changed", { from: `b${at}`, to: `b${at + 1}`, baseSha: sha(1) }));

describe("where GitHub has moved away", () => {
  it.each<readonly [string, readonly EntryDraft[], Partial<Facts>, string]>([
    ["nothing has moved", READY, {}, "nothing"],
    ["a push", READY, pushed, "head_moved"],
    ["a push while it stands still", [...READY, parked], pushed, "head_moved"],
    ["the 39th commit, and one more, while it stands still", [...READY, ...heads(39), parked], pushed, "head_moved"],
    ["the 40th commit, and one more, while it stands still", [...READY, ...heads(40), parked], pushed, "nothing"],
    ["the 40th commit, and one more, while it works", [...READY, ...heads(40)], pushed, "head_moved"],
    ["another base", READY, moved, "base_changed"],
    ["the 19th base, and one more, while it stands still", [...READY, ...bases(19), parked], moved, "base_changed"],
    ["the 20th base, and one more, while it stands still", [...READY, ...bases(20), parked], moved, "nothing"],
    ["a base with which nothing is shared", READY, { pull: pullAs({ baseBranch: "next", mergeBase: null }) }, "halted"],
    ["an edit while it stands still", [...READY, parked], edited, "text_changed"],
    ["the 19th edit, and one more, while it stands still", [...READY, ...edits(19), parked], edited, "text_changed"],
    ["the 20th edit, and one more, while it stands still", [...READY, ...edits(20), parked], edited, "nothing"],
    ["the first edit", READY, { issue: issueAs({ textHash: NEW_TEXT }) }, "text_changed, halted"],
    ["an edit that was taken back", [...READY, ...edits(1)], { issue: issueAs({ textHash: TEXT }) }, "text_changed"],
    ["an issue that is gone", READY, { issue: "gone" }, "stopped"],
    ["a closed issue", READY, { issue: issueAs({ state: "closed" }), pull: pullAs() }, "halted"],
    ["a closed issue, before its pull request was looked at", READY, { issue: issueAs({ state: "closed" }) }, "look"],
    ["a label that is gone", READY, { issue: issueAs({ labels: [] }) }, "halted"],
    ["a label that is gone while it stands still", [...READY, parked], { issue: issueAs({ labels: [] }) }, "nothing"],
    ["a closed pull request", READY, { pull: pullAs({ state: "closed" }) }, "halted"],
    ["a merge by hand", READY, { pull: pullAs({ state: "closed", merged: true, mergedSha: sha(10) }) }, "merged"],
  ])("%s", (_what, entries, facts, expected) => expect(done(entries, facts)).toBe(expected));

  it("names the parts of a plan that the pull request leaves for later", () => {
    expect(followUps(ticketOf(...READY))).toEqual(["Excel too"]);
    expect(followUps(ticketOf(draft("opened")))).toEqual([]);
  });
});

describe("another base branch that is gone again when somebody looks", () => {
  const told = { source: "s:1", forge: { kind: "desk" as const }, defaultBranch: "main", by: { login: "petra", id: 1, type: "User" } }; // prettier-ignore
  const edit = { kind: "changed" as const, ...told, what: "pull edited", look: "pull" as const };
  const back = (entries: readonly EntryDraft[], base: string | undefined, pull: Facts["pull"] = pullAs()) =>
    awayAndBack(ticketOf(...entries), { ...edit, ...(base === undefined ? {} : { base }) }, pull);

  it("takes away what was said, once for each time", () => {
    expect(back(READY, "next")).toMatchObject([{ kind: "base_changed", data: { from: "next", to: "main", by: "petra" } }]);
    expect(ticketOf(...READY, ...back(READY, "next"))).toMatchObject({ proof: null, retargets: 1 });
  }); // prettier-ignore

  it.each<[string, readonly EntryDraft[], string | undefined, Facts["pull"]]>([
    ["an edit of the title", READY, undefined, pullAs()],
    ["the way back, which was noted with the way there", READY, "main", pullAs()],
    ["one that is still there, which is followed", READY, "next", pullAs({ baseBranch: "next", mergeBase: sha(1) })],
    ["a third one, which is followed", READY, "next", pullAs({ baseBranch: "other", mergeBase: sha(1) })],
    ["a pull request that was closed", READY, "next", pullAs({ state: "closed" })],
    ["one that is gone", READY, "next", "gone"],
    ["one that nobody looked at", READY, "next", null],
    ["what stands still, after the 20th", [...READY, ...bases(20), draft("base_changed", { from: "b20", to: "main", baseSha: sha(1) }), parked], "next", pullAs()], // prettier-ignore
  ])("is not noted of %s", (_what, entries, base, pull) => expect(back(entries, base, pull)).toEqual([]));

  const pushedTo = (head: string, entries: readonly EntryDraft[] = READY, pull: Facts["pull"] = pullAs()) =>
    awayAndBack(ticketOf(...entries), { ...edit, what: "pull synchronize", head }, pull);

  it("nor is another commit, which is said to be pushed by whom it was", () => {
    const back = pushedTo(sha(77));
    expect(back).toMatchObject([{ kind: "head_moved", data: { from: sha(77), by: "petra" } }]);
    const { proof, change } = ticketOf(...READY);
    expect(proof).not.toBeNull();
    expect(ticketOf(...READY, ...back)).toMatchObject({ proof: null, change: { headSha: change?.headSha } });
    expect(pushedTo(change?.headSha ?? "")).toEqual([]);
    expect(pushedTo(sha(77), READY, pullAs({ headSha: sha(77) }))).toEqual([]);
    expect(pushedTo(sha(77), [...READY, draft("head_moved", { from: sha(77), to: sha(3) })], pullAs({ headSha: sha(3) }))).toHaveLength(1); // prettier-ignore
    expect(pushedTo("no commit")).toEqual([]);
  });
});
