import { beforeEach, describe, expect, it } from "@jest/globals";
import { firstFault, link, type Entry } from "../../src/core/ledger/chain.ts";
import type { EntryDraft } from "../../src/core/ledger/entries.ts";
import type { Database } from "../../src/store/database.ts";
import type { JournalRecord } from "../../src/models/journal.ts";
import { journalStore } from "../../src/store/journal-store.ts";
import { ledgerStore } from "../../src/store/ledger-store.ts";
import { projectionStore } from "../../src/store/projection-store.ts";
import { publicationStore } from "../../src/store/publication-store.ts";
import { ticketIndex, type IndexedTicket } from "../../src/store/ticket-index.ts";
import { TEST_KEY } from "../support/builders.ts";
import { eachStore } from "../support/databases.ts";

const TICKET = "acme/shop#12";
const KEY = TEST_KEY;
const NOW = new Date("2026-03-01T12:00:00.000Z");

/** A chain of `count` entries whose texts hold what databases like to change: order of keys, NUL, odd Unicode. */
function chain(count: number, ticket = TICKET, before: readonly Entry[] = []): Entry[] {
  const drafts = Array.from({ length: count }, (_, index): EntryDraft => {
    return { kind: "stopped", data: { by: "mona", why: `z\u0000 \ud800 "é" ${before.length + index}` } };
  });
  return link(KEY, ticket, before, drafts, NOW);
}

eachStore((_name, open, other) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  describe("ledger", () => {
    it("gives back exactly what was appended", async () => {
      const ledger = ledgerStore(database);
      const entries = chain(3);
      expect(await ledger.append(TICKET, 0, entries.slice(0, 2))).toBe("appended");
      expect(await ledger.append(TICKET, 2, entries.slice(2))).toBe("appended");
      expect(await ledger.read(TICKET)).toEqual(entries);
      expect(firstFault(KEY, TICKET, await ledger.read(TICKET))).toBeNull();
      expect(await ledger.read("acme/shop#13")).toEqual([]);
    });

    it("turns a stale writer away", async () => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(2));
      expect(await ledger.append(TICKET, 0, chain(1))).toBe("stale");
      expect(await ledger.append(TICKET, 3, chain(4).slice(3))).toBe("stale");
      expect(await ledger.read(TICKET)).toHaveLength(2);
    });

    it("lets one of many writers win, entirely", async () => {
      const [one, two] = [ledgerStore(database), ledgerStore(await other.beside())];
      for (let round = 0; round < 10; round++) {
        const before = await one.read(TICKET);
        const tries = [1, 2, 3, 4].map((count) => {
          const entries = chain(count, TICKET, before).slice(0, count);
          return (count % 2 ? one : two).append(TICKET, before.length, entries);
        });
        const outcomes = await Promise.all(tries);
        expect(outcomes.flat().filter((outcome) => outcome === "appended")).toHaveLength(1);
        const winner = outcomes.indexOf("appended") + 1;
        expect(await one.read(TICKET)).toHaveLength(before.length + winner);
      }
      expect(firstFault(KEY, TICKET, await two.read(TICKET))).toBeNull();
    });

    it("throws on entries that do not continue the ledger: that is a bug of the caller", async () => {
      await expect(ledgerStore(database).append(TICKET, 1, chain(1))).rejects.toThrow("does not continue");
      await expect(ledgerStore(database).append("acme/shop#13", 0, chain(1))).rejects.toThrow("does not continue");
    });

    it.each([
      ["garbage", "not json"],
      ["no object", "null"],
      ["another reason", JSON.stringify({ ...chain(2)[1], data: { by: "mona", why: "nothing happened" } })],
    ])("reads a row that was edited to %s so that the chain names it", async (_, content) => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(3));
      await database.query("UPDATE ledger_entries SET content = $1 WHERE seq = 2", [content]);
      expect(firstFault(KEY, TICKET, await ledger.read(TICKET))?.seq).toBe(2);
    });

    it("is not continued over a row that was deleted in the middle", async () => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(3));
      await database.query("DELETE FROM ledger_entries WHERE seq = 2");
      expect(await ledger.append(TICKET, 2, chain(3).slice(2))).toBe("stale");
    });

    it("is restored only where there is none", async () => {
      const ledger = ledgerStore(database);
      expect(await ledger.restore(TICKET, chain(4))).toBe("restored");
      expect(await ledger.restore(TICKET, chain(2))).toBe("occupied");
      expect(await ledger.read(TICKET)).toEqual(chain(4));
    });

    it("lists tickets by repository", async () => {
      const ledger = ledgerStore(database);
      await ledger.append(TICKET, 0, chain(2));
      await ledger.append("acme/shop-2#1", 0, chain(1, "acme/shop-2#1"));
      const line = { ticket: TICKET, length: 2, lastKind: "stopped", lastAt: NOW.toISOString() };
      expect(await ledger.tickets()).toHaveLength(2);
      expect(await ledger.tickets({ repository: "acme/shop" })).toEqual([line]);
      expect(await ledger.tickets({ limit: 1 })).toHaveLength(1);
      expect(await ledger.tickets({ changedAfter: NOW })).toEqual([]);
    });
  });

  describe("publications and projections", () => {
    const intent = {
      ticket: TICKET,
      firstSeq: 1,
      lastSeq: 2,
      place: "issue",
      number: 12,
      bodySha256: "a",
    } as const;

    it("keep the first intent, find it again after a crash, and put it back when it is gone", async () => {
      const publications = publicationStore(database);
      const intended = { ...intent, state: "intended", remoteId: null, postedAt: null };
      expect(await publications.intend(intent)).toEqual(intended);
      expect(await publications.intend({ ...intent, lastSeq: 3, bodySha256: "b" })).toEqual(intended);
      await publications.posted(TICKET, 1, 9_000_000_000, NOW);
      const posted = { ...intent, state: "posted", remoteId: 9_000_000_000, postedAt: NOW.toISOString() };
      expect(await publications.intend(intent)).toEqual(posted);
      await publications.intend({ ...intent, firstSeq: 3, lastSeq: 3, place: "review" });
      expect((await publications.list(TICKET)).map((it) => it.firstSeq)).toEqual([1, 3]);
      await publications.markMissing(TICKET, 1);
      expect((await publications.list(TICKET))[0]).toEqual(intended);
      await publications.posted(TICKET, 1, 5, NOW, "c");
      expect((await publications.list(TICKET))[0]).toMatchObject({ remoteId: 5, bodySha256: "c" });
    });

    it("remember projections as last written", async () => {
      const projections = projectionStore(database);
      expect(await projections.get(TICKET, "status")).toBeNull();
      await projections.put(TICKET, "status", { remoteId: 8, bodySha256: "a" });
      await projections.put(TICKET, "status", { remoteId: 8, bodySha256: "b" });
      expect(await projections.get(TICKET, "status")).toEqual({ remoteId: 8, bodySha256: "b" });
      await projections.forget(TICKET, "status");
      expect(await projections.get(TICKET, "status")).toBeNull();
    });
  });

  describe("journal", () => {
    const usage = { inputTokens: 100, cachedInputTokens: 10, cacheWriteTokens: 5, outputTokens: 20 };
    const record = (hash: string, more: Partial<JournalRecord> = {}): JournalRecord => ({
      hash,
      ticket: TICKET,
      step: "plan",
      attempt: 1,
      kind: "model",
      model: "opus",
      question: { system: "be good\u0000" },
      reply: { outcome: "answered", usage: { ...usage, costMicroUsd: 700 } },
      latencyMs: 1200,
      at: NOW.toISOString(),
      ...more,
    });

    it("keeps the first answer, whoever writes it", async () => {
      const [one, two] = [journalStore(database), journalStore(await other.beside())];
      expect(await one.find("h")).toBeNull();
      const answers = ["a", "b", "c", "d"].map((text, index) =>
        (index % 2 ? one : two).write(record("h", { reply: { text } })),
      );
      const standing = new Set((await Promise.all(answers)).map(({ reply }) => JSON.stringify(reply)));
      expect(standing.size).toBe(1);
      expect([...standing]).toEqual([JSON.stringify((await two.find("h"))?.reply)]);
    });

    it("gives back what was written, in order", async () => {
      const journal = journalStore(database);
      for (const hash of ["z", "y", "x"]) await journal.write(record(hash));
      await journal.write(record("w", { ticket: "acme/shop#1" }));
      expect(await journal.ofTicket(TICKET)).toEqual([record("z"), record("y"), record("x")]);
    });

    it("adds up what a repository spent since the day began", async () => {
      const journal = journalStore(database);
      const nothing = { costMicroUsd: 0, tokens: 0, unpricedTokens: 0 };
      expect(await journal.spentSince("", NOW)).toEqual(nothing);
      await journal.write(record("priced"));
      await journal.write(record("unpriced", { reply: { usage: { ...usage, costMicroUsd: null } } }));
      await journal.write(record("tool", { kind: "tool", model: null, reply: "text" }));
      await journal.write(record("yesterday", { at: "2026-02-28T23:59:59.000Z" }));
      await journal.write(record("elsewhere", { ticket: "acme/shop-2#1" }));
      const day = new Date("2026-03-01T00:00:00.000Z");
      const spent = { costMicroUsd: 700, tokens: 270, unpricedTokens: 135 };
      expect(await journal.spentSince("acme/shop#", day)).toEqual(spent);
      expect(await journal.spentSince("", day)).toEqual({ costMicroUsd: 1400, tokens: 405, unpricedTokens: 135 });
      expect(await journal.spentSince("nobody/", day)).toEqual(nothing);
      // How long they took is told of the model's answered calls alone.
      const { model, step, latencyMs } = record("priced");
      const one = { model, step, latencyMs };
      expect(await journal.latencies("acme/shop#")).toEqual([one, one, one]);
      expect(await journal.latencies("nobody/")).toEqual([]);
    });

    it("adds up days, and finds the middle of the times, of the last days and the tickets asked for alone", async () => {
      const journal = journalStore(database);
      expect([await journal.spentByDay(NOW), await journal.medians([TICKET], NOW)]).toEqual([[], []]);
      const since = new Date("2026-02-28T00:00:00.000Z");
      for (const [at, latencyMs] of [900, 100, 500, 300].entries())
        await journal.write(record(`${at}`, { step: "reviewer.review.0", latencyMs }));
      await journal.write(
        record("late", { step: "reviewer.answer.1", at: "2026-02-28T23:59:59.999Z", latencyMs: 800 }),
      );
      await journal.write(record("free", { step: "architect.plan.0", reply: { usage: { ...usage, costMicroUsd: null } } })); // prettier-ignore
      await journal.write(record("before", { step: "reviewer.review.0", at: "2026-02-27T23:59:59.999Z" }));
      await journal.write(record("tool", { kind: "tool", model: null, reply: "text" }));
      await journal.write(record("elsewhere", { ticket: "acme/shop-2#1", step: "reviewer.review.0", latencyMs: 1 }));
      const day = { day: "2026-03-01", repository: "acme/shop", role: "reviewer", model: "opus" };
      const spent = (await journal.spentByDay(since)).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      expect(spent).toEqual([
        { ...day, day: "2026-02-28", calls: 1, tokens: 135, costMicroUsd: 700 },
        { ...day, role: "architect", calls: 1, tokens: 135, costMicroUsd: 0 },
        { ...day, calls: 4, tokens: 540, costMicroUsd: 2_800 },
        { ...day, repository: "acme/shop-2", calls: 1, tokens: 135, costMicroUsd: 700 },
      ]);
      const middles = await journal.medians([TICKET, "acme/shop#13", "acme/none#1"], since);
      expect(middles.sort((a, b) => (a.role < b.role ? -1 : 1))).toEqual([
        { model: "opus", role: "architect", latencyMs: 1200 },
        { model: "opus", role: "reviewer", latencyMs: 500 },
      ]);
      expect((await journal.medians([TICKET], NOW)).find(({ role }) => role === "reviewer")?.latencyMs).toBe(500);
    });
  });

  describe("ticket index", () => {
    it("finds tickets by pull request and by standing", async () => {
      const index = ticketIndex(database);
      const row: IndexedTicket = {
        ticket: TICKET,
        repository: "acme/shop",
        issueNumber: 12,
        pullNumber: null,
        headSha: null,
        installationId: 5_000_000_001,
        phase: "planning",
        standing: "open",
        updatedAt: NOW,
        shown: { title: "Export as CSV", type: "feature", round: 2, costMicroUsd: 5_000_000_001 },
      };
      await index.put(row);
      await index.put({ ...row, ticket: "acme/shop#3", issueNumber: 3, standing: "closed" });
      expect(await index.byPull("acme/shop", 15)).toBeNull();
      await index.put({ ...row, pullNumber: 15, phase: "reviewing" });
      expect(await index.byPull("acme/shop", 15)).toEqual({ ...row, pullNumber: 15, phase: "reviewing" });
      expect((await index.open()).map(({ ticket }) => ticket)).toEqual([TICKET]);
      expect(await index.openIn("acme/shop")).toEqual(await index.open());
      expect(await index.openIn("acme/other")).toEqual([]);
      expect(await index.all(10)).toHaveLength(2);
      await index.forget(TICKET);
      expect(await index.get(TICKET)).toBeNull();
    });

    it("finds open tickets by the commit at the head of their pull request", async () => {
      const index = ticketIndex(database);
      const put = (issueNumber: number, over: Partial<IndexedTicket>) =>
        index.put({
          ...{
            ticket: `acme/heads#${issueNumber}`,
            repository: "acme/heads",
            issueNumber,
            pullNumber: 40 + issueNumber,
          },
          ...{ headSha: "a1", installationId: 1, phase: "proving", standing: "open", updatedAt: NOW, shown: null },
          ...over,
        });
      await put(1, {});
      await put(2, { headSha: "b2" });
      await put(3, { standing: "closed" });
      await put(4, { pullNumber: null });
      await put(5, { repository: "acme/other" });
      await put(6, { headSha: null });
      const found = async (...shas: string[]) => {
        const heads = shas.map((headSha) => ({ repository: "acme/heads", headSha }));
        return (await index.byHeads(heads)).map(({ issueNumber }) => issueNumber).sort();
      };
      // Of the sixth nobody knows the head: it is looked at rather than missed.
      expect([await found("a1"), await found("a1", "b2", "c3"), await found("c3"), await found()]).toEqual([[1, 6], [1, 2, 6], [6], []]); // prettier-ignore
      await put(2, { headSha: "c3" });
      expect([await found("b2"), await found("c3")]).toEqual([[6], [2, 6]]);
      for (const number of [1, 2, 3, 4, 5, 6]) await index.forget(`acme/heads#${number}`);
    });
  });
});
