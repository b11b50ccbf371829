import { describe, expect, it } from "@jest/globals";
import { aPlan } from "../../../test/support/builders.ts";
import { draft, factsAs, issueAs, NEW_TEXT, ROUTED, ticketOf } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { phaseOf } from "../ticket/ticket.ts";
import { decide } from "./decide.ts";
import { planned, ASKED, YES, SPLIT, HALF_SPLIT, begun, ended, PART_LEFT_OUT } from "./epic.fixture.ts";
import type { ChildSeen } from "./facts.ts";
import { obey } from "./obey.ts";

describe("what is said to it", () => {
  const say = (drafts: readonly EntryDraft[], verb: "split" | "approve" | number, seen: ChildSeen[] | null = null) => {
    const command = typeof verb === "number" ? { verb: "skip" as const, part: verb } : { verb };
    const said = { by: "maria", source: "comment:1", inline: [] };
    const obeyed = obey(ticketOf(...drafts), command, said, factsAs({ children: seen }));
    return obeyed.outcome === "refused" ? obeyed.why.code : obeyed.entries.map(({ kind }) => kind).join();
  };
  const ofPart = draft("opened", { parent: { issue: 7, part: 1, of: 3, approvedBy: "maria", files: ["src/1.ts"] } });
  it.each<[string, EntryDraft[], "split" | "approve" | number, string]>([
    ["split, where it is asked", ASKED, "split", "epic_approved"],
    ["approve, where it is asked", ASKED, "approve", "plan_approved"],
    ["approve, where plans are always split", [...ROUTED, planned("on")], "approve", "epic_approved"],
    ["split, where plans are never split", [...ROUTED, planned("off")], "split", "epics-off"],
    ["split, with one part", [...ROUTED, draft("planned", { plan: aPlan() })], "split", "one-part-only"],
    ["split, without a plan", ROUTED, "split", "nothing-to-split"],
    ["split, after the yes", [...ASKED, draft("plan_approved")], "split", "nothing-to-split"],
    ["split, twice", SPLIT, "split", "epic-is-split"],
    ["split, of a part", [ofPart, draft("routed"), planned("ask")], "split", "part-of-epic"],
    ["skip, before its turn", SPLIT, 2, "child_ended"],
    [
      "skip, where the epic stands still for a part",
      [...SPLIT, ended(1, "left-out"), PART_LEFT_OUT],
      2,
      "child_ended,resumed",
    ],
    ["skip, of what is at work", [...SPLIT, begun(1)], 1, "part-at-work"],
    ["skip, of what has ended", [...SPLIT, ended(1, "merged")], 1, "part-has-ended"],
    ["skip, of a part that there is not", SPLIT, 4, "part-unknown"],
    ["skip, of the part of no number", SPLIT, 0, "part-unknown"],
    ["skip, of a part whose issue is open while others are not", HALF_SPLIT, 1, "child_ended"],
    ["skip, of a part whose issue is not open yet", HALF_SPLIT, 2, "part-not-opened"],
    ["skip, before the split", YES, 2, "no-parts"],
    ["skip, without an epic", ASKED, 2, "no-parts"],
  ])("%s", (_name, drafts, verb, expected) => {
    expect(say(drafts, verb)).toBe(expected);
  });

  it.each<[string, EntryDraft[], ChildSeen["state"], string]>([
    ["begun by a label", SPLIT, "at-work", "part-at-work"],
    ["that asks a person", SPLIT, "asks", "part-at-work"],
    ["stopped", [...SPLIT, begun(2)], "left-out", "part-has-ended"],
    ["taken up again", [...SPLIT, ended(2, "left-out")], "asks", "part-at-work"],
    ["that waits", SPLIT, "not-begun", "child_ended"],
  ])("skip, of a part %s since its epic looked", (_name, drafts, state, expected) => {
    expect(say(drafts, 2, [{ issue: 22, state, by: "petra" }])).toBe(expected);
  });

  it("replans nothing whose parts are tickets already, and keeps its text", () => {
    const split = ticketOf(...SPLIT);
    const said = { by: "maria", source: "comment:1", inline: [] };
    expect(obey(split, { verb: "rework", text: "Otherwise." }, said, factsAs())).toMatchObject({
      why: { code: "epic-is-split" },
    });
    const edited = decide(split, factsAs({ issue: issueAs({ textHash: NEW_TEXT }) }));
    expect(edited).toMatchObject({ entries: [{ kind: "text_changed" }, { data: { helps: ["keep-text", "stop"] } }] });
  });

  it("is in a phase of its own until it ends", () => {
    expect(phaseOf(ticketOf(...SPLIT))).toBe("epic");
    const all = [...SPLIT, ended(1, "merged"), ended(2, "merged"), ended(3, "merged")];
    expect(phaseOf(ticketOf(...all, draft("epic_ended", { merged: 3, leftOut: 0 })))).toBe("merged");
    expect(phaseOf(ticketOf(...all, draft("epic_ended", { merged: 0, leftOut: 3 })))).toBe("stopped");
    expect(phaseOf(ticketOf(...YES, planned("ask")))).toBe("plan-approval");
  });
});
