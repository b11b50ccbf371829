import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { deliveryStore } from "../../src/store/delivery-store.ts";
import { inboxStore } from "../../src/store/inbox-store.ts";
import type { JournalRecord } from "../../src/models/journal.ts";
import { journalStore } from "../../src/store/journal-store.ts";
import { ledgerStore } from "../../src/store/ledger-store.ts";
import { KEPT_DAYS, prune } from "../../src/store/prune.ts";
import { ticketIndex } from "../../src/store/ticket-index.ts";
import { aTicketLedger, TEST_TICKET } from "../support/builders.ts";
import { eachStore } from "../support/databases.ts";

const NOW = new Date("2026-03-01T12:00:00.000Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS);
const [OPEN, ENDED, JUST_ENDED] = ["acme/shop#1", "acme/shop#2", "acme/shop#3"];
const USAGE = { inputTokens: 10, cachedInputTokens: 0, cacheWriteTokens: 0, outputTokens: 5, costMicroUsd: 7 };

/** What is forgotten with age, and what is kept because a ticket, a webhook or a check of a thread may ask for it. */
eachStore((_name, open) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
    const row = { repository: "acme/shop", pullNumber: null, headSha: null, installationId: 7, shown: null };
    const put = (ticket: string, standing: "open" | "closed", days: number) =>
      ticketIndex(database).put({
        ...{
          ...row,
          ticket,
          issueNumber: Number(ticket.split("#")[1]),
          phase: standing === "open" ? "ready" : "merged",
        },
        ...{ standing, updatedAt: ago(days) },
      });
    await put(OPEN, "open", 1_000);
    await put(ENDED, "closed", 1_000);
    await put(JUST_ENDED, "closed", 1);
  });

  const call = (ticket: string, days: number, more: Partial<JournalRecord> = {}): JournalRecord => ({
    ...{
      hash: `hash of ${ticket} ${days}`,
      ticket,
      step: "architect.plan.0",
      attempt: 1,
      kind: "model",
      model: "opus",
    },
    ...{ question: { turns: ["a\u0000b"] }, reply: { outcome: "answered", text: "yes", usage: USAGE } },
    ...{ latencyMs: 12, at: ago(days).toISOString(), ...more },
  });

  describe("pruning", () => {
    it("forgets deliveries that GitHub sends no more", async () => {
      const deliveries = deliveryStore(database);
      const came = (id: string, days: number) => ({
        delivery: { id, event: "issues", action: "labeled", receivedAt: ago(days) },
        inbox: [],
      });
      await deliveries.record([came("old", KEPT_DAYS.deliveries + 1), came("young", KEPT_DAYS.deliveries - 1)]);
      expect(await prune(database, NOW)).toMatchObject({ deliveries: 1 });
      expect(await deliveries.known(["old", "young"])).toEqual(new Set(["young"]));
    });

    it("forgets what was said on tickets that ended long ago, and nothing that waits or belongs to an open one", async () => {
      const inbox = inboxStore(database);
      const old = KEPT_DAYS.inbox + 1;
      const said = (ticket: string, source: string, days: number) => ({
        ...{ ticket, source, kind: "commented", payload: { body: source }, receivedAt: ago(days) },
      });
      await inbox.add([said(OPEN, "old", old), said(JUST_ENDED, "old", old), said("acme/shop#9", "old", old)]);
      await inbox.add([said(ENDED, "old", old), said(ENDED, "waits", old), said(ENDED, "young", old - 2)]);
      for (const ticket of [OPEN, ENDED, JUST_ENDED, "acme/shop#9"]) await inbox.handled(ticket, "old");
      await inbox.handled(ENDED, "young");
      // Of an issue that never became a ticket as well.
      expect(await prune(database, NOW)).toMatchObject({ inbox: 2 });
      expect([await inbox.said(ENDED, "old"), await inbox.said("acme/shop#9", "old")]).toEqual([null, null]);
      for (const ticket of [OPEN, JUST_ENDED]) expect(await inbox.said(ticket, "old")).toEqual({ body: "old" });
      expect(await inbox.pending(ENDED)).toMatchObject([{ source: "waits" }]);
      expect(await inbox.said(ENDED, "young")).not.toBeNull();
    });

    it("keeps what calls cost when their texts go, and the sums when the calls go", async () => {
      const journal = journalStore(database);
      const old = KEPT_DAYS.journalTexts + 1;
      const tool = call(ENDED, old, { hash: "a tool", kind: "tool", model: null, reply: { ok: true } });
      for (const one of [call(OPEN, old), call(JUST_ENDED, old), call(ENDED, old), call(ENDED, old - 2), tool])
        await journal.write(one);
      const before = {
        paid: await journal.paidOn(ENDED),
        spent: await journal.spentOn(ENDED),
        sums: await journal.totals(),
      };
      expect(before.sums).toEqual({ modelCalls: 4, costMicroUsd: 28 });
      expect(await prune(database, NOW)).toMatchObject({ journalTexts: 2, journalCalls: 0 });
      expect(await journal.find(`hash of ${ENDED} ${old}`)).toBeNull();
      for (const ticket of [OPEN, JUST_ENDED])
        expect(await journal.find(`hash of ${ticket} ${old}`)).toMatchObject({ question: { turns: ["a\u0000b"] } });
      expect(await journal.ofTicket(ENDED)).toHaveLength(1);
      expect(await journal.paidOn(ENDED)).toEqual(before.paid);
      expect(await journal.spentOn(ENDED)).toEqual(before.spent);
      expect(await journal.latencies("acme/")).toHaveLength(4);
      expect(await prune(database, NOW)).toMatchObject({ journalTexts: 0 });

      const later = new Date(NOW.getTime() + KEPT_DAYS.journalCalls * DAY_MS);
      await ticketIndex(database).put({ ...(await ticketIndex(database).get(OPEN))!, updatedAt: later });
      await prune(database, later);
      await prune(database, later);
      expect(await journal.ofTicket(OPEN)).toHaveLength(1);
      expect(await journal.paidOn(ENDED)).toMatchObject({ calls: 0 });
      expect(await journal.totals()).toEqual(before.sums);
    });

    it("forgets the same question as often as it was asked, and goes on with the others", async () => {
      const [journal, index] = [journalStore(database), ticketIndex(database)];
      const asked = async (hash: string, later: number) => {
        const now = new Date(NOW.getTime() + later * DAY_MS);
        await journal.write(call(ENDED, KEPT_DAYS.journalTexts + 1 - later, { hash }));
        await index.put({ ...(await index.get(ENDED))!, updatedAt: ago(1_000) });
        return prune(database, now);
      };
      expect(await asked("the same", 0)).toMatchObject({ journalTexts: 1 });
      expect(await asked("the same", 100)).toMatchObject({ journalTexts: 1 });
      expect(await asked("another", 101)).toMatchObject({ journalTexts: 1 });
      expect(await journal.paidOn(ENDED)).toMatchObject({ calls: 3 });
    });

    it("keeps what belongs to a ledger whose row in the index was lost", async () => {
      await ledgerStore(database).append(TEST_TICKET, 0, aTicketLedger());
      await journalStore(database).write(call(TEST_TICKET, KEPT_DAYS.journalTexts + 1));
      expect(await prune(database, NOW)).toMatchObject({ journalTexts: 0 });
    });

    it("counts a call once, however often it is written", async () => {
      const journal = journalStore(database);
      await Promise.all([1, 2, 3].map(() => journal.write(call(OPEN, 1))));
      expect(await journal.totals()).toEqual({ modelCalls: 1, costMicroUsd: 7 });
    });
  });
});
