import { describe, expect, it } from "@jest/globals";
import { APPROVED, draft, factsAs, issueAs, ticketOf, WRITTEN, READY } from "../../../test/support/ledgers.ts";
import { TEST_START } from "../../../test/support/builders.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { decide } from "./decide.ts";
import { obey } from "./obey.ts";
import type { Facts, Neighbour } from "./facts.ts";
import { neighbourOf } from "./overlap.ts";

/** Tickets beside this one (#12, approved in the fourth minute, which plans src/report.js), one fact changed a row. */
const other = (over: Partial<Neighbour> = {}): Neighbour => ({
  issue: 9,
  files: ["src/report.js", "docs/a.md"],
  written: "no",
  approvedAt: TEST_START.toISOString(),
  standing: "moves",
  ...over,
});
const LATER = new Date(TEST_START.getTime() + 60 * 60_000).toISOString();
const noticed = draft("overlap_noticed", { with: 9, files: ["src/report.js"], hours: 24 });

function next(drafts: readonly EntryDraft[], neighbours: Facts["neighbours"], over: Partial<Facts> = {}) {
  const decision = decide(ticketOf(...drafts), factsAs({ issue: issueAs(), neighbours, ...over }));
  if (decision.do === "record") return decision.entries.map(({ kind, data }) => [kind, data]).flat();
  return [decision.do === "step" ? decision.step : decision.do, decision.why.code];
}

describe("files that another open ticket writes", () => {
  const waits = ["overlap_noticed", { with: 9, files: ["src/report.js"], hours: 24 }];
  const onlyTold = ["overlap_noticed", { with: 9, files: ["src/report.js"], hours: 0 }];
  const writes = ["implement", "plan-approved"];
  it.each<[string, Neighbour, unknown[]]>([
    ["approved earlier: it goes first", other(), waits],
    ["approved later: this one goes first", other({ approvedAt: LATER }), writes],
    [
      "approved in the same moment: the lower number goes first",
      other({ approvedAt: "2026-03-02T09:03:00.000Z" }),
      waits,
    ],
    ["not approved yet", other({ approvedAt: null }), writes],
    ["written already, whenever it was approved", other({ written: "yes", approvedAt: LATER }), waits],
    ["other files", other({ files: ["src/other.js"] }), writes],
    ["standing still: told, and nobody waits", other({ standing: "stands" }), onlyTold],
  ])("%s", (_name, neighbour, expected) => {
    expect(next(APPROVED, [neighbour])).toEqual(expected);
  });

  const WAITING = [...APPROVED, noticed];
  const after = { now: new Date(TEST_START.getTime() + 30 * 60 * 60_000), base: "5".repeat(40) };
  it.each<[string, Neighbour[], Partial<Facts>, unknown[]]>([
    ["while the other goes on", [other()], {}, ["wait", "waits-for-ticket"]],
    ["first looks at the base branch when it ended", [], {}, ["look", "look-before-writing"]],
    ["until it ended", [], { base: after.base }, ["overlap_ended", { with: 9, how: "gone", baseSha: after.base }]],
    [
      "until it stands still",
      [other({ standing: "stands" })],
      { base: after.base },
      ["overlap_ended", { with: 9, how: "gone", baseSha: after.base }],
    ],
    [
      "no longer than the policy says",
      [other()],
      after,
      ["overlap_ended", { with: 9, how: "waited-out", baseSha: after.base }],
    ],
  ])("are waited for %s", (_name, neighbours, facts, expected) => {
    expect(next(WAITING, neighbours, facts)).toEqual(expected);
  });

  it("are noticed once, and the change is then written on the base of that moment", () => {
    const over = [...WAITING, draft("overlap_ended", { with: 9, how: "gone", baseSha: after.base })];
    expect(next(over, [other()])).toEqual(writes);
    expect(ticketOf(...over).plan?.baseSha).toBe(after.base);
  });

  it("are waited for no longer once a person says so", () => {
    const said = { by: "maria", source: "comment:9", inline: [] };
    const obeyed = obey(ticketOf(...WAITING), { verb: "resume" }, said, factsAs());
    expect(obeyed).toMatchObject({
      entries: [{ kind: "overlap_ended", data: { with: 9, how: "person", by: "maria" } }],
    });
    expect(obey(ticketOf(...APPROVED), { verb: "resume" }, said, factsAs()).outcome).toBe("refused");
    expect(next([...WAITING, draft("overlap_ended", { with: 9, how: "person", by: "maria" })], [other()])).toEqual(
      writes,
    );
  });

  it("are looked for before the first line is written, and never after", () => {
    expect(next(APPROVED, null)).toEqual(["look", "look-at-neighbours"]);
    expect(next(WRITTEN, null)).toEqual(["review", "not-reviewed"]);
  });
});

describe("how a ticket looks to its neighbours", () => {
  it.each<[string, EntryDraft[], Partial<Neighbour> | null]>([
    ["approved", APPROVED, { written: "no", standing: "moves", approvedAt: "2026-03-02T09:03:00.000Z" }],
    ["written", READY, { written: "yes" }],
    ["parked", [...READY, draft("halted")], { standing: "stands" }],
    ["ready, which may take a person days", READY, { standing: "stands" }],
    ["without a plan", APPROVED.slice(0, 2), null],
    ["merged", [...READY, draft("merged")], null],
    ["an epic, which writes nothing itself", [...APPROVED.slice(0, 3), draft("epic_approved")], null],
  ])("%s", (_name, drafts, expected) => {
    const seen = neighbourOf(ticketOf(...drafts));
    if (expected === null) expect(seen).toBeNull();
    else expect(seen).toMatchObject({ issue: 12, ...expected });
  });
});
