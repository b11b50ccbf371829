import { describe, expect, it } from "@jest/globals";
import { aDraft, aSpend, aTicket, entriesOf } from "../../../test/support/builders.ts";
import type { Entry } from "../ledger/chain.ts";
import type { EntryDraft } from "../ledger/entries.ts";
import { renderEntries } from "../../messages/entry.ts";
import { duration } from "../../messages/format.ts";
import { statusComment } from "../../messages/status.ts";
import { budgetUsedPercent, projectedCost } from "./projection.ts";

const planned = (costMicroUsd: number, budgetMicroUsd = 5_000_000) =>
  entriesOf([
    aDraft("opened"),
    aDraft("routed", { budgetMicroUsd }),
    aDraft("planned", { spend: aSpend({ costMicroUsd }) }),
  ]);

describe("what a ticket will cost", () => {
  it("follows from what planning took, and is told with the plan and at the end", () => {
    const entries = planned(10_000);
    expect(projectedCost(aTicket(entries))).toEqual({ lowMicroUsd: 50_000, highMicroUsd: 170_000 });
    expect(renderEntries(entries, entries.slice(-1))).toContain(
      "**Cost.** About $0.0500 to $0.1700 in all, of a budget of $5.00.",
    );
    const drafts = [aDraft("opened"), aDraft("routed"), aDraft("planned", { spend: aSpend({ costMicroUsd: 10_000 }) })];
    const merged = entriesOf([...drafts, aDraft("implemented"), aDraft("pull_request_opened"), aDraft("merged")]);
    expect(renderEntries(merged, merged.slice(-1))).toContain(
      "Planned were about 40 lines in 2 files, $0.0500 to $0.1700 and 5 to 15 minutes; it became 47 lines in 2 files, $0.0940 and 2 minutes.",
    );
  });

  it("is said to be more than the budget where it may be", () => {
    const entries = planned(10_000, 100_000);
    expect(renderEntries(entries, entries.slice(-1))).toContain(
      "That may be more than the budget; `/coop budget +0.10` raises it.",
    );
  });

  it("is unknown where planning has no price", () => {
    const entries = planned(0);
    expect(projectedCost(aTicket(entries))).toBeNull();
    expect(renderEntries(entries, entries.slice(-1))).not.toContain("**Cost.**");
  });
});

describe("a budget that comes to its end", () => {
  it.each([
    [79_999, 79, false],
    [80_000, 80, true],
    [120_000, 120, true],
  ])("after %s micro-dollars of 100,000 is %s %% used", (costMicroUsd, percent, warned) => {
    const ticket = aTicket(planned(costMicroUsd, 100_000));
    expect(budgetUsedPercent(ticket)).toBe(percent);
    expect(statusComment(ticket, {}).includes("`/coop budget +2` raises it")).toBe(warned);
  });

  it("counts what was raised, and nothing before there is a budget", () => {
    const ticket = aTicket(planned(50_000, 100_000));
    expect(budgetUsedPercent({ ...ticket, raisedMicroUsd: 100_000 })).toBe(25);
    expect(budgetUsedPercent({ ...ticket, route: null, raisedMicroUsd: 100_000 })).toBe(50);
    expect(budgetUsedPercent({ ...ticket, route: null, raisedMicroUsd: 0 })).toBe(null);
    expect(budgetUsedPercent({ ...ticket, route: null, raisedMicroUsd: 1 })).toBe(5_000_000);
  });
});

/** Entries of the builders come a minute apart. */
const ENTRY_APART_MS = 60_000;

describe("how long a ticket will take", () => {
  /** Entries so many seconds after the first one. */
  const timed = (...drafts: [seconds: number, draft: EntryDraft][]) =>
    drafts.reduce<Entry[]>((after, [seconds], at) => {
      const start = new Date(Date.UTC(2026, 2, 1) + seconds * 1_000 - at * ENTRY_APART_MS);
      return entriesOf(
        drafts.slice(0, at + 1).map(([, draft]) => draft),
        { after, start },
      );
    }, []);
  const begun: [number, EntryDraft][] = [
    [0, aDraft("opened")],
    [10, aDraft("routed", { planGate: "person" })],
    [40, aDraft("planned")],
  ];

  it("follows from how long planning took, and leaves out what a person took to answer", () => {
    const entries = timed(...begun, [90_000, aDraft("plan_approved")], [90_200, aDraft("implemented")]);
    expect(aTicket(entries).time).toMatchObject({ workedMs: 240_000, planningMs: 30_000 });
    const [, , planned] = entries;
    if (planned === undefined) throw new Error("There is a plan");
    expect(renderEntries(entries.slice(0, 3), [planned])).toContain("**Time.** About 3 to 8 minutes of work in all");
  });

  it("is nothing that a clock that was set back takes away", () => {
    expect(aTicket(timed(...begun, [5, aDraft("plan_approved")])).time.workedMs).toBe(40_000);
  });

  it.each<[ms: number, words: string]>([
    [0, "1 second"],
    [90_000, "90 seconds"],
    [91_000, "2 minutes"],
    [90 * 60_000, "90 minutes"],
    [100 * 60_000, "2 hours"],
  ])("%s milliseconds are %s", (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
