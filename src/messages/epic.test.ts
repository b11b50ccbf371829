import { expect, it } from "@jest/globals";
import type { EntryDraft } from "../core/ledger/entries.ts";
import { aPlan, aSpend, entriesOf } from "../../test/support/builders.ts";
import { draft, PLAN, ROUTED, ticketOf } from "../../test/support/ledgers.ts";
import { ticketPage } from "../web/ticket-page.ts";
import { costOfParts } from "./epic.ts";
import { renderEntries } from "./entry.ts";
import { statusReply } from "./status.ts";

/** What the parts of an epic cost, in its thread, its status and its page. */
const dollars = (micro: number, calls: number) => aSpend({ costMicroUsd: micro, calls });
const planned = (mode: "ask" | "on" | "off", plan = PLAN) =>
  draft("planned", { plan, epics: { mode, sideBySide: 2 }, spend: dollars(10_000, 2) });
const SPLIT = [...ROUTED, planned("on"), draft("epic_approved", { by: "maria" }), draft("epic_split")];
const ended = (part: number, as: "merged" | "left-out", spend?: ReturnType<typeof aSpend>) =>
  draft("child_ended", { part, issue: 20 + part, as, by: "petra", spend });
const said = (drafts: readonly EntryDraft[]) => {
  const entries = entriesOf(drafts);
  return renderEntries(entries, entries.slice(-1));
};

it.each<[string, EntryDraft[], string]>([
  ["nothing but the plan at first", SPLIT, "$0.0100 in 2 model calls, without the 2 parts that have not ended."],
  [
    "a part when it ends",
    [...SPLIT, ended(1, "merged", dollars(300_000, 9))],
    "$0.3100 in 11 model calls, without the 1 part that has not ended.",
  ],
  [
    "what was left out as well, for it was paid",
    [...SPLIT, ended(1, "merged", dollars(300_000, 9)), ended(2, "left-out", dollars(90_000, 3))],
    "$0.4000 in 14 model calls.",
  ],
  [
    "a part that was taken up again once",
    [...SPLIT, ended(1, "left-out", dollars(1000, 1)), draft("child_begun"), ended(1, "merged", dollars(300_000, 9))],
    "$0.3100 in 11 model calls, without the 1 part that has not ended.",
  ],
  [
    "nothing of a part whose entry an older version wrote",
    [...SPLIT, ended(1, "merged"), ended(2, "merged", dollars(90_000, 3))],
    "$0.1000 in 5 model calls.",
  ],
])("counts %s", (_name, drafts, sum) => {
  const ticket = ticketOf(...drafts);
  expect(costOfParts(ticket)).toBe(`${sum} Expected were about $0.1000 to $0.3400.`);
  expect(statusReply(ticket)).toContain(sum);
  expect(ticketPage({ entries: entriesOf(drafts), fault: null, forgeUrl: null })).toContain(sum);
});

it("is said when a part and when all of them have ended", () => {
  const drafts = [...SPLIT, ended(1, "merged", dollars(300_000, 9))];
  expect(said(drafts)).toContain("**Part 1** (#21) is merged. It cost $0.3000.");
  expect(said([...drafts, ended(2, "left-out"), draft("epic_ended")])).toContain(
    "**Cost of all parts.** $0.3100 in 11 model calls. Expected were about $0.1000 to $0.3400.",
  );
});

it.each<[string, EntryDraft[], string]>([
  ["at work", [draft("child_begun")], "#21 is a ticket of its own and goes on; `/coop stop` there ends that, too."],
  ["waiting", [], "No further part begins. #21 and #22 stay open as issues. This record is kept."],
])("an epic that is stopped says what becomes of a part that is %s", (_name, drafts, expected) => {
  expect(said([...SPLIT, ...drafts, draft("stopped", { by: "maria" })])).toContain(expected);
});

it.each([
  ["is projected where the plan can be split", "ask", PLAN, true],
  ["is projected where it will be", "on", PLAN, true],
  ["says nothing where it will not", "off", PLAN, false],
  ["says nothing of a plan that is one change", "ask", aPlan({ chunks: [PLAN.chunks[0]!] }), false],
] as const)("%s", (_name, mode, plan, isSaid) => {
  const { epics, ...data } = planned(mode, plan).data as { epics: unknown };
  const drafts = [...ROUTED, { kind: "planned", data: isSaid || mode === "off" ? { ...data, epics } : data }];
  const told = said(drafts as EntryDraft[]);
  expect(told.includes("As tickets of their own, all parts cost about $0.1000 to $0.3400.")).toBe(isSaid);
});
