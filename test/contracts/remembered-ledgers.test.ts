import { beforeEach, describe, expect, it } from "@jest/globals";
import { type Entry, link } from "../../src/core/ledger/chain.ts";
import type { Database } from "../../src/store/database.ts";
import { ledgerStore } from "../../src/store/ledger-store.ts";
import { TEST_KEY } from "../support/builders.ts";
import { eachStore } from "../support/databases.ts";

const TICKET = "acme/shop#12";

function chain(count: number, ticket: string): Entry[] {
  const drafts = Array.from({ length: count }, (_, at) => ({
    kind: "stopped" as const,
    data: { by: "mona", why: `For the reason ${at}.` },
  }));
  return link(TEST_KEY, ticket, [], drafts, new Date("2026-03-01T12:00:00.000Z"));
}

eachStore((_name, open, other) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  describe("a ledger that is read again", () => {
    const isKept = (now: readonly Entry[], before: readonly Entry[]) => now.map((entry, at) => entry === before[at]);

    it("is the same entries, and new ones behind them", async () => {
      const ledger = ledgerStore(database);
      const entries = chain(4, TICKET);
      await ledger.append(TICKET, 0, entries.slice(0, 3));
      const first = await ledger.read(TICKET);
      // As another process would.
      await ledgerStore(await other.beside()).append(TICKET, 3, entries.slice(3));
      const second = await ledger.read(TICKET);
      expect(isKept(second, first)).toEqual([true, true, true, false]);
      expect(second).toEqual(entries);
    });

    it.each([
      ["its words", "content = replace(content, 'mona', 'eve!')"],
      ["a time beside them", "at = '2020-01-01T00:00:00.000Z'"],
      ["a hash beside them", "hash = prev"],
      ["a kind beside them", "kind = 'merged'"],
    ])("says what somebody edited meanwhile: %s", async (_what, change) => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(4, TICKET));
      const before = await ledger.read(TICKET);
      await database.query(`UPDATE ledger_entries SET ${change} WHERE ticket = $1 AND seq = 2`, [TICKET]);
      const edited = await ledger.read(TICKET);
      expect(isKept(edited, before)).toEqual([true, false, true, true]);
      expect(edited).toEqual(await ledgerStore(database).read(TICKET));
    });

    it("says what somebody deleted meanwhile", async () => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(4, TICKET));
      await ledger.read(TICKET);
      await database.query("DELETE FROM ledger_entries WHERE ticket = $1 AND seq = 2", [TICKET]);
      expect((await ledger.read(TICKET)).map(({ seq }) => seq)).toEqual([1, 3, 4]);
    });
  });
});
