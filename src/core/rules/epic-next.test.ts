import { describe, expect, it } from "@jest/globals";
import { quietChildren } from "../../audit/origins.ts";
import { aPlan } from "../../../test/support/builders.ts";
import { draft, factsAs, issueAs, NEW_TEXT, ROUTED, ticketOf } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { phaseOf } from "../ticket/ticket.ts";
import { decide } from "./decide.ts";
import type { ChildSeen } from "./facts.ts";
import { obey } from "./obey.ts";
import type { Policy } from "./policy.ts";

/** What happens to a plan of several parts, one fact changed a row. */
const [chunk] = aPlan().chunks;
const CHUNKS = [1, 2, 3].map((one) => ({
  ...chunk!,
  title: `Part ${one}`,
  files: [{ path: `src/${one}.ts`, action: "create" as const, intent: "New." }],
}));
const three = aPlan({
  chunks: [
    { ...CHUNKS[0]!, after: [] },
    { ...CHUNKS[1]!, after: [1] },
    { ...CHUNKS[2]!, after: [] },
  ],
});
const planned = (mode: Policy["epics"]["mode"], sideBySide = 2) =>
  draft("planned", { plan: three, epics: { mode, sideBySide } });
const ASKED = [...ROUTED, planned("ask")];
const YES = [...ASKED, draft("epic_approved", { by: "maria" })];
const children = [21, 22, 23].map((issue, index) => ({ part: index + 1, issue }));
const SPLIT = [...YES, draft("epic_split", { children })];
const HALF_SPLIT = [...YES, draft("epic_split", { children: children.slice(0, 1) })];
const begun = (part: number) => draft("child_begun", { part, issue: 20 + part });
const ended = (part: number, as: "merged" | "left-out") =>
  draft("child_ended", { part, issue: 20 + part, as, by: "petra" });

const PART_LEFT_OUT = draft("halted", { as: "blocked", reason: "part-left-out", by: "policy" });

/** Decides in a world in which the children stand as the ledger says, but for these. */
function next(drafts: readonly EntryDraft[], ...over: Partial<ChildSeen>[]) {
  const ticket = ticketOf(...drafts);
  const quiet = quietChildren(ticket) ?? [];
  const seen = quiet.map((one) => ({ ...one, ...over.find(({ issue }) => issue === one.issue) }));
  const decision = decide(ticket, factsAs({ children: seen }));
  const about = (data: object) =>
    ["part", "reason", "by"].flatMap((name) => (data as Record<string, unknown>)[name] ?? [])[0];
  const entries = decision.do === "record" ? decision.entries.map(({ kind, data }) => [kind, about(data)]) : [];
  return [decision.do === "step" ? decision.step : decision.do, decision.why.code, ...entries];
}

describe("a plan of several parts", () => {
  it.each<[string, EntryDraft[], unknown[]]>([
    ["is asked about where the policy says so, also on a ticket of low risk", ASKED, ["wait", "plan-has-parts"]],
    [
      "is one change where the policy breaks nothing down",
      [...ROUTED, planned("off")],
      ["record", "plan-accepted-by-policy", ["plan_approved", "policy"]],
    ],
    [
      "becomes an epic where the policy says so",
      [...ROUTED, planned("on")],
      ["record", "plan-accepted-by-policy", ["epic_approved", "policy"]],
    ],
    [
      "is one change in ledgers from before there were epics",
      [...ROUTED, draft("planned", { plan: three })],
      ["record", "plan-accepted-by-policy", ["plan_approved", "policy"]],
    ],
    ["is split into issues once a person said so", YES, ["split", "epic-approved"]],
    [
      "begins what stands alone, up to the limit",
      SPLIT,
      ["record", "parts-may-begin", ["child_begun", 1], ["child_begun", 3]],
    ],
    ["waits while they are at work", [...SPLIT, begun(1), begun(3)], ["wait", "children-at-work"]],
    [
      "begins the next one after what it needs",
      [...SPLIT, begun(1), begun(3), ended(1, "merged")],
      ["record", "parts-may-begin", ["child_begun", 2]],
    ],
    [
      "stands still when only parts are left that need one left out",
      [...SPLIT, begun(1), begun(3), ended(1, "left-out"), ended(3, "merged")],
      ["record", "part-left-out", ["halted", "part-left-out"]],
    ],
    [
      "does so no sooner than it has to",
      [...SPLIT, begun(1), begun(3), ended(1, "left-out")],
      ["wait", "children-at-work"],
    ],
    [
      "ends with the last part",
      [...SPLIT, ended(1, "merged"), ended(2, "left-out"), ended(3, "merged")],
      ["finish", "epic-done"],
    ],
  ])("%s", (_name, drafts, expected) => {
    expect(next(drafts)).toEqual(expected);
  });

  it.each<[string, Partial<ChildSeen>, unknown[]]>([
    ["merged", { state: "merged", by: "petra" }, ["record", "children-moved", ["child_ended", 1]]],
    [
      "closed by hand, or stopped",
      { state: "left-out", by: "petra" },
      ["record", "children-moved", ["child_ended", 1]],
    ],
    ["asking", { state: "asks" }, ["wait", "children-ask"]],
  ])("sees a part that is %s", (_name, seen, expected) => {
    expect(next([...SPLIT, begun(1), begun(3)], { issue: 21, ...seen })).toEqual(expected);
  });

  it("writes down what a part cost, where its ledger says so", () => {
    const spend = { calls: 3, inputTokens: 30, outputTokens: 3, costMicroUsd: 90, unpricedTokens: 0 };
    const seen = (more: object) => {
      const ticket = ticketOf(...SPLIT, begun(1));
      const all = (quietChildren(ticket) ?? []).map((one) =>
        one.issue === 21 ? { ...one, state: "merged" as const, by: "petra", ...more } : one,
      );
      const decision = decide(ticket, factsAs({ children: all }));
      return decision.do === "record" ? decision.entries.map(({ data }) => data) : [];
    };
    const data = { part: 1, issue: 21, as: "merged", by: "petra" };
    expect(seen({ spend })).toEqual([{ ...data, spend }]);
    expect(seen({})).toEqual([data]);
  });

  it("takes up again what was left out, by itself and when it stands still for it", () => {
    const out = [...SPLIT, begun(1), ended(1, "left-out"), ended(3, "merged")];
    expect(next(out, { issue: 21, state: "at-work" })).toEqual(["record", "children-moved", ["child_begun", 1]]);
    const halted = [...out, PART_LEFT_OUT];
    expect(next(halted)).toEqual(["wait", "ticket-halted"]);
    expect(next(halted, { issue: 21, state: "at-work" })).toEqual([
      "record",
      "children-moved",
      ["child_begun", 1],
      ["resumed", "policy"],
    ]);
    expect(next([...halted, draft("resumed")])).toEqual(["record", "parts-may-begin", ["child_begun", 2]]);
  });

  it("lets a part wait for its turn again that was closed before it and is open once more", () => {
    const out = [...SPLIT, begun(1), ended(1, "merged"), ended(2, "left-out"), begun(3)];
    expect(next(out)).toEqual(["wait", "children-at-work"]);
    expect(next(out, { issue: 22, state: "not-begun" })).toEqual(["record", "children-moved", ["child_reopened", 2]]);
    expect(next([...out, draft("child_reopened")])).toEqual(["record", "parts-may-begin", ["child_begun", 2]]);
    const stuck = [...SPLIT, ended(1, "left-out"), begun(3), ended(3, "merged"), PART_LEFT_OUT];
    expect(next(stuck, { issue: 21, state: "not-begun" })).toEqual([
      "record",
      "children-moved",
      ["child_reopened", 1],
      ["resumed", "policy"],
    ]);
  });

  it("keeps a merge that the part's own ledger shows no more", () => {
    const done = [...SPLIT, begun(1), ended(1, "merged"), begun(2), begun(3)];
    for (const state of ["left-out", "not-begun", "at-work"] as const)
      expect(next(done, { issue: 21, state })).toEqual(["wait", "children-at-work"]);
  });

  it("goes on without those that a person has read about, and the policy goes on without nobody", () => {
    const chunks = [
      { ...CHUNKS[0]!, after: [] },
      { ...CHUNKS[1]!, after: [1] },
      { ...CHUNKS[2]!, after: [2] },
    ];
    const chain = [
      ...ROUTED,
      draft("planned", { plan: aPlan({ chunks }), epics: { mode: "ask", sideBySide: 2 } }),
      draft("epic_approved", { by: "maria" }),
      draft("epic_split", { children }),
    ];
    const because = (parts: string[], missing: string[]) => ({
      code: "part-left-out" as const,
      facts: { parts: parts.map(String), missing: missing.map(String) },
    });
    const halted = (part: number, missing: number) =>
      draft("halted", {
        as: "blocked",
        reason: "part-left-out",
        by: "policy",
        because: because([`${part}`], [`${missing}`]),
      });
    const out = [...chain, ended(1, "left-out"), halted(22, 21), ended(2, "left-out")];
    const byPolicy = [...out, draft("resumed", { by: "policy", source: "parts:2", how: "resume" })];
    expect(next(byPolicy)).toEqual(["record", "part-left-out", ["halted", "part-left-out"]]);
    // The halt that this person read named another part.
    expect(next([...out, draft("resumed")])).toEqual(["record", "part-left-out", ["halted", "part-left-out"]]);
    expect(next([...byPolicy, halted(23, 22), draft("resumed")])).toEqual([
      "record",
      "parts-may-begin",
      ["child_begun", 3],
    ]);
  });

  it("leaves a part out that a person skips, although its issue stays open", () => {
    const skipped = draft("child_ended", { part: 2, issue: 22, as: "left-out", by: "maria", source: "comment:9" });
    const out = [...SPLIT, begun(1), begun(3), skipped];
    for (const state of ["not-begun", "left-out"] as const)
      expect(next(out, { issue: 22, state })).toEqual(["wait", "children-at-work"]);
    expect(next(out, { issue: 22, state: "at-work" })).toEqual(["record", "children-moved", ["child_begun", 2]]);
  });

  it("looks at its parts before it decides about them", () => {
    const decision = decide(ticketOf(...SPLIT), factsAs());
    expect(decision).toMatchObject({ do: "look", at: ["children"] });
  });
});

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

describe("the plan of a part", () => {
  const person = draft("routed", { planGate: "person" });
  const part = (approvedBy: string) =>
    draft("opened", { parent: { issue: 7, part: 1, of: 3, approvedBy, files: ["src/1.ts", "docs/"] } });
  const plan = (...paths: string[]) =>
    draft("planned", {
      plan: aPlan({ chunks: [{ ...chunk!, files: paths.map((path) => ({ path, action: "change", intent: "x" })) }] }),
    });
  it.each([
    ["within its files", "maria", ["src/1.ts", "docs/a.md"], "plan-within-epic"],
    ["beyond its files", "maria", ["src/1.ts", "src/2.ts"], "plan-gate"],
    ["within its files, of an epic that no person approved", "policy", ["src/1.ts"], "plan-gate"],
  ])("%s", (_name, approvedBy, paths, expected) => {
    expect(decide(ticketOf(part(approvedBy), person, plan(...paths)), factsAs()).why.code).toBe(expected);
  });

  it("is for a person where it has several chunks, of which one change delivers the first", () => {
    const chunks = [1, 2].map(() => ({
      ...chunk!,
      files: [{ path: "src/1.ts", action: "change" as const, intent: "x" }],
    }));
    const ticket = ticketOf(part("maria"), person, draft("planned", { plan: aPlan({ chunks }) }));
    expect(decide(ticket, factsAs()).why.code).toBe("plan-gate");
  });
});
