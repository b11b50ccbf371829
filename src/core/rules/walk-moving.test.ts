import { describe, expect, it } from "@jest/globals";
import { draft, issueAs, NEW_TEXT, pullAs, sha, TEXT } from "../../../test/support/ledgers.ts";
import { finds, stillOpen, say, run, count, shown } from "../../../test/support/walk-words.ts";
import { headOf, looked, proven, type Script, walk } from "../../../test/support/walks.ts";
import type { Facts } from "./facts.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";

describe("a walk in a world that moves", () => {
  const approve = (seen: Partial<Facts>) => say(run(), { verb: "approve" }, { seen: shown(seen) });
  const edited: Partial<Facts> = { issue: issueAs({ textHash: NEW_TEXT }) };

  it("asks about a text that changed before anything was written", () => {
    const changed = run({}, { seen: shown(edited) });
    expect(changed.ticket.halt?.reason).toBe("text-changed");
    const old = say(changed, { verb: "approve" }, { seen: shown(edited) });
    expect([old.end.for, old.ticket.text.hash]).toEqual(["approval", TEXT]);
    const fresh = say(changed, { verb: "rework", text: "Tabs now." }, { seen: shown(edited) });
    expect([fresh.end.for, fresh.ticket.text, count(fresh, "planned")]).toEqual([
      "approval",
      { title: "Export as TSV", hash: NEW_TEXT },
      2,
    ]);
  });

  it("asks about a text that changed after the approval, and plans anew for it when a person says so", () => {
    const changed = approve(edited);
    expect(changed.ticket.halt?.reason).toBe("text-changed");
    expect(changed.ticket.mergeApproval).toBeNull();
    const gated = say(changed, { verb: "rework", text: "Tabs now." });
    expect([gated.end.for, count(gated, "planned"), gated.ticket.change?.round]).toEqual(["approval", 2, 1]);
  });

  it("lets the new plan be approved where a person's yes is needed", () => {
    const gate: Script = { route: [() => [draft("routed", { planGate: "person" })]] };
    const ready = say(run(gate), { verb: "approve" });
    const changed = say(ready, { verb: "approve" }, { seen: shown(edited) });
    const replanned = say(changed, { verb: "rework", text: "Tabs now." });
    expect(replanned.end.for).toBe("plan-approval");
    expect(say(replanned, { verb: "approve" }).end.for).toBe("approval");
  });

  it("proves anew and asks anew when the head moved after the approval", () => {
    const pushed = approve({ pull: pullAs({ headSha: sha(999) }), pusher: { by: "petra" } });
    expect(pushed.end.for).toBe("approval");
    expect(pushed.ticket.proof?.headSha).toBe(sha(999));
    expect(count(pushed, "reviewed")).toBe(4);
    expect(() => say(pushed, { verb: "approve" }, {}, "petra")).toThrow("pushed-last");
    const seen = shown({ pull: pullAs({ headSha: sha(999) }) });
    expect(say(pushed, { verb: "approve" }, { seen }).end.for).toBe("nothing");
  });

  it("compares with the base that a push has taken in, and not with the one the change began on", () => {
    const merged = approve({ pull: pullAs({ headSha: sha(999), mergeBase: sha(555) }), pusher: { by: "petra" } });
    expect(merged.ticket.change).toMatchObject({ headSha: sha(999), baseSha: sha(555) });
    expect([merged.end.for, count(merged, "reviewed"), count(merged, "proof_collected")]).toEqual(["approval", 4, 2]);
  });

  it("reviews, proves and asks anew when the pull request got another base branch", () => {
    const head = headOf(run().ticket);
    const retargeted = { ...pullAs({ headSha: head, baseBranch: "release-1", mergeBase: sha(555) }) };
    const moved = approve({ pull: retargeted, editor: "petra" });
    expect(moved.entries.find(({ kind }) => kind === "base_changed")?.data).toEqual({
      from: "main",
      to: "release-1",
      by: "petra",
      baseSha: sha(555),
    });
    expect([moved.end.for, count(moved, "reviewed"), count(moved, "proof_collected")]).toEqual(["approval", 4, 2]);
    expect(moved.ticket).toMatchObject({
      pull: { baseBranch: "release-1" },
      change: { baseSha: sha(555), headSha: head },
      mergeApproval: null,
    });
  });

  it("asks a person when nobody can say where the change leaves its new base branch", () => {
    const pull = pullAs({ headSha: headOf(run().ticket), baseBranch: "orphan", mergeBase: null });
    const halted = approve({ pull });
    expect([halted.end.for, halted.ticket.halt?.reason, halted.ticket.pull?.baseBranch]).toEqual([
      "person",
      "branch-deleted",
      "main",
    ]);
  });

  it.each<[string, Partial<Facts>, string]>([
    ["the pull request was closed", { pull: pullAs({ state: "closed" }) }, "pull-request-closed"],
    ["the issue was closed", { issue: issueAs({ state: "closed" }) }, "issue-closed"],
    [
      "both were closed",
      { pull: pullAs({ state: "closed" }), issue: issueAs({ state: "closed" }) },
      "pull-request-closed",
    ],
    ["the label was taken away", { issue: issueAs({ labels: ["bug"] }) }, "label-removed"],
  ])("parks once when %s", (_name, seen, reason) => {
    const head = headOf(run().ticket);
    const pull = seen.pull && seen.pull !== "gone" ? { ...seen.pull, headSha: head } : pullAs({ headSha: head });
    const parked = approve({ ...seen, pull });
    expect([parked.end.for, parked.ticket.halt?.reason, count(parked, "halted")]).toEqual(["person", reason, 1]);
  });

  it("ends when somebody merged by hand, or when the issue is gone", () => {
    const byPetra = { state: "closed", merged: true, mergedSha: sha(77), mergedBy: "petra" } as const;
    const merged = pullAs({ ...byPetra, headSha: headOf(run().ticket) });
    expect(approve({ pull: merged }).ticket.end).toEqual({ as: "merged", by: "maria", sha: sha(77) });
    // Another commit than the one that was approved is the word of whoever merged it.
    const other = pullAs({ ...byPetra, headSha: sha(66) });
    expect(approve({ pull: other }).ticket.end).toEqual({ as: "merged", by: "petra", sha: sha(77) });
    expect(approve({ issue: "gone" }).ticket.end).toMatchObject({ as: "stopped" });
  });
});

describe("a walk on a person's pull request", () => {
  const theirs: EntryDraft[] = [
    draft("opened", { pull: { number: 8, headSha: sha(2), branch: "fix", baseSha: sha(1) } }),
  ];

  it("reviews, attacks, proves and waits, and plans nothing", () => {
    const ready = walk(theirs);
    expect(ready.kinds.join(" ")).toBe("opened routed reviewed reviewed proof_collected");
    expect(ready.end.for).toBe("approval");
  });

  it("halts at a blocker, and looks at what the person pushed", () => {
    const attack = [(ticket: Ticket) => [looked(ticket, "adversary", "silent")]];
    const halted = walk(theirs, { script: { review: [finds], attack } });
    expect(halted.ticket.halt?.reason).toBe("unproven");
    const moved = [draft("head_moved", { from: sha(2), to: sha(3), by: "olaf" })];
    const resumed = walk([...moved, draft("resumed")], {}, halted.entries);
    expect(resumed.end.for).toBe("approval");
    const worse = walk([...moved, draft("resumed")], { script: { review: [stillOpen], attack } }, halted.entries);
    expect(worse.ticket.halt?.reason).toBe("unproven");
    expect(count(worse, "reviewed")).toBe(4);
  });
});

it("the fake proof is not kinder than the real one: a standing blocker is never ready", () => {
  const says = (role: "reviewer" | "adversary") => (ticket: Ticket) => [looked(ticket, role, "silent")];
  const silent = run({ review: [finds, says("reviewer")], attack: [says("adversary")] });
  expect(proven(silent.ticket)).toMatchObject({ data: { outcome: "not-ready" } });
  expect(silent.ticket.halt?.reason).toBe("unproven");
});
