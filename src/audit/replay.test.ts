import { describe, expect, it } from "@jest/globals";
import { aPlan, entriesOf } from "../../test/support/builders.ts";
import { draft, factsAs, finding, OPENED, sha } from "../../test/support/ledgers.ts";
import { looked, type Script, settledAs, implemented, walk } from "../../test/support/walks.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { Command } from "../core/rules/command.ts";
import { obey } from "../core/rules/obey.ts";
import { fold } from "../core/ticket/fold.ts";
import { replay } from "./replay.ts";

const blocker = { findings: [finding(1)], verdict: "changes" as const };

/** A walk through the real rules to the approval, what a person then says, and on. */
function told(script: Script, ...commands: readonly Command[]): readonly Entry[] {
  let at = walk(OPENED, { script });
  for (const command of commands) {
    const said = { by: "maria", source: `comment:${at.entries.length}`, inline: [] };
    const answer = obey(at.ticket, command, said, factsAs());
    if (answer.outcome === "refused") throw new Error(answer.why.code);
    at = walk(answer.entries, {}, at.entries);
  }
  return at.entries;
}

const odd = (entries: readonly Entry[]) => replay(entries).filter((one) => one.verdict === "unexplained");
const again = (entries: readonly Entry[], edit: (drafts: { kind: string; data: object }[]) => unknown) => {
  const drafts = entries.map(({ kind, data }) => ({ kind, data: structuredClone(data) }));
  edit(drafts);
  return entriesOf(drafts as never);
};

describe("replaying", () => {
  const merged = told({}, { verb: "approve" });

  it.each<[string, readonly Entry[]]>([
    ["a straight walk to the merge", merged],
    [
      "a fix round",
      told({ review: [(ticket) => [looked(ticket, "reviewer", "resolved", blocker)]] }, { verb: "approve" }),
    ],
    [
      "a blocker that outlives its rounds",
      told({
        review: [
          (ticket) => [looked(ticket, "reviewer", "resolved", blocker)],
          (ticket) => [looked(ticket, "reviewer", "open")],
          (ticket) => [looked(ticket, "reviewer", "open")],
        ],
      }),
    ],
    [
      "a dispute",
      told({
        review: [(ticket) => [looked(ticket, "reviewer", "resolved", blocker)]],
        implement: [(ticket) => [implemented(ticket)], (ticket) => [implemented(ticket, "disputed")]],
        settle: [settledAs("withdrawn")],
      }),
    ],
    [
      "commands",
      told(
        {},
        { verb: "park" },
        { verb: "resume" },
        { verb: "budget", addMicroUsd: 5 },
        { verb: "rework", text: "Shorter." },
        { verb: "stop" },
      ),
    ],
    ["an assignment", told({}, { verb: "assign", role: "navigator", model: "opus" })],
    [
      "steps that fail",
      told({
        plan: [
          () => [draft("step_failed", { step: "plan", reason: "model-unusable" })],
          () => [draft("step_failed", { step: "plan", reason: "model-unusable" })],
          () => [draft("step_failed", { step: "plan", reason: "model-unusable" })],
        ],
      }),
    ],
  ])("explains %s", (_name, entries) => {
    expect(odd(entries)).toEqual([]);
  });

  it("says what was due before each entry", () => {
    expect(replay(merged).map(({ due }) => due)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('step "plan"'),
        expect.stringContaining("waiting (approval)"),
        expect.stringContaining('step "merge"'),
      ]),
    );
  });

  it("explains an epic of the time when the policy's word let parts go on without one that was left out", () => {
    const [chunk] = aPlan().chunks;
    const chunks = [[], [1], []].map((after, index) => ({ ...chunk!, title: `Part ${index + 1}`, after }));
    const part = (number: number) => ({ part: number, issue: 20 + number });
    const planned = draft("planned", { plan: aPlan({ chunks }), epics: { mode: "ask", sideBySide: 1 } });
    const { planHash, textHash } = planned.data as { planHash: string; textHash: string };
    const epic = [
      ...OPENED,
      draft("routed", { planGate: "person" }),
      planned,
      draft("epic_approved", { by: "maria", planHash, textHash, sideBySide: 1 }),
      draft("epic_split", { children: [1, 2, 3].map(part) }),
      draft("child_ended", { ...part(1), as: "left-out", by: "petra", spend: undefined }),
      draft("child_begun", part(3)),
      draft("child_ended", { ...part(3), as: "merged", by: "petra", spend: undefined }),
      draft("halted", {
        ...{ as: "blocked", reason: "part-left-out", by: "policy" },
        because: { code: "part-left-out", facts: { parts: ["22"], missing: ["21"] } },
      }),
      // Part 1 is taken up and left out once more; the policy's word for the first was enough for part 2 then.
      draft("child_begun", part(1)),
      draft("resumed", { by: "policy", source: "parts:1", how: "resume" }),
      draft("child_ended", { ...part(1), as: "left-out", by: "petra", spend: undefined }),
      draft("child_begun", part(2)),
      draft("child_ended", { ...part(2), as: "merged", by: "petra", spend: undefined }),
      draft("epic_ended", { merged: 2, leftOut: 1 }),
    ];
    const entries = entriesOf(epic as never);
    expect(odd(entries)).toEqual([]);
    expect(fold(entries)?.end).toMatchObject({ as: "merged" });
    // What no world explains still stands out: a part that begins although it has ended.
    const wrong = entriesOf([...epic.slice(0, -1), draft("child_begun", part(2))] as never);
    expect(odd(wrong)).toHaveLength(1);
  });

  it("explains a merge queue that took the approved commit, once, and no other", () => {
    const headSha = (merged.at(-1)?.data as { headSha: string }).headSha;
    const by = (...heads: readonly string[]) =>
      again(merged, (all) => all.splice(-1, 0, ...heads.map((one) => draft("merge_queued", { headSha: one }))));
    expect(odd(by(headSha))).toEqual([]);
    expect(odd(by(sha(99)))[0]?.why).toContain("another commit");
    expect(odd(by(headSha, headSha)).map(({ seq, why }) => [seq, why])).toEqual([
      [merged.length + 1, "The merge queue had it before."],
    ]);
    const early = again(merged, (all) => all.splice(at("merge_approved"), 0, draft("merge_queued", { headSha })));
    expect(odd(early)[0]?.seq).toBe(at("merge_approved") + 1);
  });

  const at = (kind: string) => merged.findIndex((entry) => entry.kind === kind);
  it.each<[string, readonly Entry[], number, string]>([
    [
      "a merge that nobody approved",
      again(merged, (all) => all.splice(at("merge_approved"), 1)),
      at("merge_approved") + 1,
      "No step",
    ],
    [
      "a merge of another commit",
      again(merged, (all) => Object.assign(all[at("merged")]?.data ?? {}, { headSha: sha(99) })),
      at("merged") + 1,
      "another commit",
    ],
    [
      "an approval before there was proof",
      again(merged, (all) => all.splice(at("proof_collected"), 1)),
      at("proof_collected") + 1,
      "not allowed",
    ],
    [
      "a review that was left out",
      again(merged, (all) => all.splice(at("reviewed"), 1)),
      at("reviewed") + 1,
      "No step",
    ],
    [
      "a review by the author",
      again(merged, (all) => Object.assign(all[at("reviewed")]?.data ?? {}, { model: "opus" })),
      at("reviewed") + 1,
      "reviewed what it wrote",
    ],
    [
      "a pass with a blocker",
      again(merged, (all) => Object.assign(all[at("reviewed")]?.data ?? {}, { findings: [finding(1)] })),
      at("reviewed") + 1,
      "although a blocker",
    ],
    [
      "proof that calls itself ready",
      again(merged, (all) =>
        Object.assign((all[at("proof_collected")]?.data as { items: { state: string }[] }).items[0] ?? {}, {
          state: "unknown",
        }),
      ),
      at("proof_collected") + 1,
      "does not follow",
    ],
    [
      "a halt by a rule that does not exist",
      again(merged, (all) =>
        all.splice(at("planned"), 0, draft("halted", { by: "maria", as: "blocked", reason: "budget" })),
      ),
      at("planned") + 1,
      "something else",
    ],
    ["something after the end", again(merged, (all) => all.push(draft("planned"))), merged.length + 1, "merged before"],
    ["something before the beginning", entriesOf([draft("routed")]), 1, "before the ticket is opened"],
  ])("does not explain %s", (_name, entries, seq, why) => {
    expect(odd(entries)[0]).toMatchObject({ seq, why: expect.stringContaining(why) });
  });
});
