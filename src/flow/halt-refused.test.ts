import { expect, it } from "@jest/globals";
import { aTicketLedger, TEST_KEY, TEST_TICKET } from "../../test/support/builders.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { EntryKind } from "../core/ledger/entries.ts";
import { ForgeAway } from "../forge/forge.ts";
import { haltRefused } from "./halt-refused.ts";
import { Quiet, REFUSALS_MIN, REFUSED_MS } from "./quiet.ts";
import type { World } from "./world.ts";

/** A refusal ends in one halt when it has come often enough for long enough, and only where somebody can act on it. */
const REFUSED = new ForgeAway("The repository is archived.", null, "not-done", "refused");

async function refused(ledger: readonly Entry[], error: unknown = REFUSED, times = REFUSALS_MIN, apartMs = REFUSED_MS) {
  let at = Date.parse("2026-03-02T12:00:00Z");
  const entries = [...ledger];
  const world = {
    ledgerKeys: TEST_KEY,
    ...{ quiet: new Quiet(), now: () => new Date(at), redact: (text: string) => text, log: { info: () => undefined } },
    ledgers: {
      read: async () => entries,
      append: async (_key: string, length: number, more: readonly Entry[]) => {
        if (length !== entries.length) return "stale";
        entries.push(...more);
        return "appended";
      },
    },
  } as unknown as World;
  const stands: boolean[] = [];
  for (let time = 0; time < times; time++, at += apartMs)
    stands.push(await haltRefused(world, TEST_TICKET, "work", error));
  return { stands, added: entries.slice(ledger.length) };
}

const upTo = (kind: EntryKind) => aTicketLedger(kind);

it("stands still after some refusals, with the forge's own sentence, and says so once", async () => {
  const { stands, added } = await refused(upTo("planned"), REFUSED, REFUSALS_MIN + 1);
  expect(stands).toEqual([...Array.from({ length: REFUSALS_MIN - 1 }, () => false), true, false]);
  expect(added.map(({ kind, data }) => [kind, data])).toEqual([
    ["halted", expect.objectContaining({ because: { code: "forge-refuses", facts: { reason: REFUSED.message } } })],
  ]);
});

it.each(["Unable to create comment because issue is locked.", "Unprocessable Entity: lock prevents review"])(
  "stands still at once for a lock, whose end is seen by itself: %s",
  async (reason) => {
    const error = new ForgeAway(`GitHub refused (403) while writing: ${reason}`, null, "not-done", "refused");
    const { stands, added } = await refused(upTo("planned"), error, 1);
    const because = { code: "conversation-locked", facts: {} };
    expect([stands, added[0]?.data]).toEqual([[true], expect.objectContaining({ because })]);
  },
);

it.each<[string, readonly Entry[], unknown, number, number]>([
  ["one that comes too seldom", upTo("planned"), REFUSED, REFUSALS_MIN - 1, REFUSED_MS],
  ["some at one moment", upTo("planned"), REFUSED, REFUSALS_MIN, 0],
  ["a forge that is away", upTo("planned"), new ForgeAway("away", null, "not-done"), REFUSALS_MIN, REFUSED_MS],
  ["a repository that is locked", upTo("planned"), new ForgeAway("Repository is locked", null, "not-done", "refused"), 1, 0], // prettier-ignore
  ["another error", upTo("planned"), new Error("broken"), REFUSALS_MIN, REFUSED_MS],
  ["a ticket that ended", upTo("merged"), REFUSED, REFUSALS_MIN, REFUSED_MS],
  ["what is no ticket", [], REFUSED, REFUSALS_MIN, REFUSED_MS],
])("goes on after %s", async (_what, ledger, error, times, apartMs) => {
  const { stands, added } = await refused(ledger, error, times, apartMs);
  expect([stands.includes(true), added]).toEqual([false, []]);
});
