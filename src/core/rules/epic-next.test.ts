import { describe, expect, it } from "@jest/globals";
import { quietChildren } from "../../audit/origins.ts";
import { aPlan } from "../../../test/support/builders.ts";
import { draft, factsAs, ROUTED, ticketOf } from "../../../test/support/ledgers.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { decide } from "./decide.ts";
import {
  chunk,
  planned,
  ASKED,
  YES,
  SPLIT,
  begun,
  ended,
  PART_LEFT_OUT,
  children,
  CHUNKS,
  three,
} from "./epic.fixture.ts";
import type { ChildSeen } from "./facts.ts";

/** What happens to a plan of several parts, one fact changed a row. */

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
