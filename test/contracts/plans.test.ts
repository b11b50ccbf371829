import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { deliveryStore } from "../../src/store/delivery-store.ts";
import { inboxStore } from "../../src/store/inbox-store.ts";
import { journalStore } from "../../src/store/journal-store.ts";
import { ledgerStore } from "../../src/store/ledger-store.ts";
import { publicationStore } from "../../src/store/publication-store.ts";
import { repositoryStore } from "../../src/store/repository-store.ts";
import { ticketIndex } from "../../src/store/ticket-index.ts";
import { eachStore } from "../support/databases.ts";

/** What comes with every webhook, pass and sweep asks an index for its rows: it costs no more among many that ended. */
const ROWS = 3_000;
const numbers = `WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < ${ROWS})`;
const key = "'acme/shop#' || CAST(n AS text)";
const AT = "'2026-03-01T12:00:00.000Z'";
const MANY = [
  `${numbers} INSERT INTO tickets (ticket, repository, issue_number, pull_number, installation_id, phase, standing, updated_at, head_sha)
   SELECT ${key}, 'acme/shop', n, n + ${ROWS}, 1, 'merged', 'closed', ${AT}, 'sha' || CAST(n AS text) FROM counted`,
  `${numbers} INSERT INTO ledger_entries (ticket, seq, kind, at, prev, hash, mac, content)
   SELECT ${key}, 1, 'opened', ${AT}, '', '', '', '{}' FROM counted`,
  `${numbers} INSERT INTO inbox (ticket, source, kind, payload, received_at, state)
   SELECT ${key}, 'comment:1', 'commented', '{}', ${AT}, 'handled' FROM counted`,
  `${numbers} INSERT INTO publications (ticket, first_seq, last_seq, place, number, remote_id, body_sha256, state)
   SELECT ${key}, 1, 1, 'issue', n, n, '', 'posted' FROM counted`,
  `${numbers} INSERT INTO deliveries (id, event, received_at, state)
   SELECT CAST(n AS text), 'issues', ${AT}, 'kept' FROM counted`,
  `${numbers} INSERT INTO journal (hash, ticket, step, attempt, kind, question, reply, latency_ms, at, tokens)
   SELECT CAST(n AS text), ${key}, 'planning', 1, 'model', '"q"', '{}', 1, ${AT}, 1 FROM counted`,
  `${numbers} INSERT INTO repositories (repository_id, keyed_as, owner, name, installation_id)
   SELECT n, 'acme/r' || CAST(n AS text), 'acme', 'r' || CAST(n AS text), 1 FROM counted`,
];
const TICKET = "acme/shop#7";
const PLACE = { repositoryId: 7, owner: "acme", name: "r7", installationId: 1 };

type Asked = (database: Database) => Promise<unknown>;
const NEEDED: readonly (readonly [string, Asked])[] = [
  ["tickets by number", (on) => ticketIndex(on).byNumbers([{ repository: "acme/shop", number: 7 }, { repository: "acme/shop", number: ROWS + 8 }])], // prettier-ignore
  ["tickets by head", (on) => ticketIndex(on).byHeads([{ repository: "acme/shop", headSha: "sha7" }])],
  ["a ticket by its pull request", (on) => ticketIndex(on).byPull("acme/shop", ROWS + 7)],
  ["a ticket", (on) => ticketIndex(on).get(TICKET)],
  ["the tickets that changed last", (on) => ticketIndex(on).all(100)],
  ["open tickets", (on) => ticketIndex(on).open()],
  ["open tickets of a repository", (on) => ticketIndex(on).openIn("acme/shop")],
  ["where a repository is", (on) => repositoryStore(on).note([PLACE])],
  ["which deliveries are known", (on) => deliveryStore(on).known(["7", "8"])],
  ["what waits for a ticket", (on) => inboxStore(on).pending(TICKET)],
  ["whom something waits for", (on) => inboxStore(on).ticketsPending()],
  ["what was set aside", (on) => inboxStore(on).listSetAside()],
  ["a ledger", (on) => ledgerStore(on).read(TICKET)],
  ["what a ticket published", (on) => publicationStore(on).list(TICKET)],
  ["how long a ledger is", (on) => ledgerStore(on).length(TICKET)],
  ["tickets opened lately", (on) => ledgerStore(on).openedSince("acme/r7", new Date())],
  ["what a day cost", (on) => journalStore(on).spentSince("acme/r7#", new Date())],
  ["what a ticket cost", (on) => journalStore(on).spentOn(TICKET)],
  ["what all calls cost", (on) => journalStore(on).totals()],
  ["how long calls took", (on) => journalStore(on).medians([TICKET], new Date())],
  ["calls of a ticket", (on) => journalStore(on).ofTicket(TICKET)],
];

eachStore((name, open) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
    for (const sql of MANY) await database.exec(sql);
    // The server never counts the rows of its SQLite file; PostgreSQL does by itself.
    if (name !== "sqlite") await database.exec("ANALYZE");
  });

  describe("what is needed all the time", () => {
    it("is found by an index", async () => {
      const wrong: string[] = [];
      for (const [what, ask] of NEEDED) {
        const asked: [string, readonly unknown[]][] = [];
        const listening: Database = {
          ...database,
          query: async (sql, params = []) => {
            asked.push([sql, params]);
            return database.query(sql, params);
          },
        };
        await ask(listening);
        expect([what, asked.length]).not.toEqual([what, 0]);
        for (const [sql, params] of asked) {
          const explain = name === "sqlite" ? "EXPLAIN QUERY PLAN" : "EXPLAIN";
          const plan = await database.query<{ detail?: string; "QUERY PLAN"?: string }>(`${explain} ${sql}`, params);
          const lines = plan.map((row) => row.detail ?? row["QUERY PLAN"] ?? "");
          wrong.push(...lines.filter((line) => SCAN.test(line)).map((line) => `${what}: ${line.trim()}`));
        }
      }
      expect(wrong).toEqual([]);
    });
  });
});

const TABLES = "tickets|ledger_entries|inbox|publications|deliveries|journal|repositories";
/** All rows of a table, in the words of PostgreSQL and of SQLite (which says of a partial index that it is one). */
const SCAN = new RegExp(`Seq Scan on (?:${TABLES})\\b|SCAN (?:${TABLES})\\b(?! USING (?:COVERING )?INDEX (?:inbox_pending|inbox_waiting|inbox_set_aside|tickets_open|tickets_by_change))`); // prettier-ignore
