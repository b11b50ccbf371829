import { expect, it } from "@jest/globals";
import { aDraft, aSpend, entriesOf, TEST_TICKET } from "../../test/support/builders.ts";
import { ATTACKED, draft, READY, ROUTED, ticketOf } from "../../test/support/ledgers.ts";
import type { EntryDraft, Spend } from "../core/ledger/entries.ts";
import type { Book } from "./book.ts";
import { lateSpend } from "./late-spend.ts";
import type { World } from "./world.ts";

const PARKED = draft("halted");
const MORE: Spend = aSpend({ calls: 2, inputTokens: 300, outputTokens: 30, costMicroUsd: 5000 });

/** What is written down for a journal that holds so much more than the ledger. */
async function late(entries: readonly EntryDraft[], journaled: string | null, more: Spend | null = MORE) {
  const ticket = ticketOf(...entries);
  const booked = ticket.spend;
  const fields = Object.keys(booked) as (keyof Spend)[];
  const paid = Object.fromEntries(fields.map((one) => [one, booked[one] + (more?.[one] ?? 0)])) as Spend;
  const world = {
    journal: { paidOn: async () => paid, lastStep: async () => journaled },
    log: { info: () => undefined },
  } as unknown as World;
  const book = { key: TEST_TICKET, entries: entriesOf(entries), ticket } as unknown as Book;
  return lateSpend(world, book);
}

it("is written down with the step that paid it and the entry that kept it from being run again", async () => {
  const entries = [...ROUTED, PARKED, aDraft("commanded")];
  expect(await late(entries, "architect.plan.0")).toEqual({
    kind: "step_interrupted",
    data: { step: "plan", endedBy: { seq: ROUTED.length + 1, kind: "halted" }, spend: MORE },
  });
});

it.each([
  ["architect.plan.0", "plan"],
  ["navigator.ask.0", "ask"],
  ["reviewer.diagnose.0", "diagnose"],
  ["adversary.settle.1", "settle"],
  ["implementer.implement.0", "implement"],
  ["implementer.fix.2", "implement"],
  ["reviewer.review.1", "review"],
  ["adversary.review.1", "attack"],
  ["adversary.attack.0", "attack"],
])("knows from the journal's %s that it was the step %s", async (journaled, step) => {
  expect(await late([...ATTACKED, draft("stopped")], journaled)).toMatchObject({ data: { step } });
});

it.each<[string, readonly EntryDraft[], Spend | null]>([
  ["a ticket that goes on: the step is run again and writes it down", READY, MORE],
  ["a ledger that has it all", [...READY, PARKED], null],
  ["a ticket that somebody takes up again", [...READY, PARKED, draft("resumed")], MORE],
])("is nothing for %s", async (_what, entries, more) => {
  expect(await late(entries, "architect.plan.0", more)).toBeNull();
});
