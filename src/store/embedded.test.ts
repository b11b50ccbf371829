import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import type { Database, Opened } from "./database.ts";
import { embeddedIn, lookIntoEmbedded, openEmbedded } from "./embedded.ts";
import { openPglite } from "./pglite.ts";
import { ticketIndex } from "./ticket-index.ts";

let folder = "";
let open: Database[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "coop-embedded-"));
});
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
  open = [];
  await rm(folder, { recursive: true, force: true });
});

function held(opened: Opened): Database {
  if (opened.outcome === "refused") throw new Error(opened.sentence);
  open.push(opened.database);
  return opened.database;
}

const DELIVERY = "INSERT INTO deliveries (id, event, received_at, state) VALUES ('d', 'ping', '2026-03-02', 'kept')";

it("is a SQLite file that one server works on, while others may look", async () => {
  const server = held(await openEmbedded(folder));
  expect(embeddedIn(folder)).toBe("sqlite");
  await server.query(DELIVERY);
  const looking = held(await lookIntoEmbedded(folder));
  expect(await looking.query("SELECT id FROM deliveries")).toEqual([{ id: "d" }]);
  await expect(looking.query("DELETE FROM deliveries")).rejects.toThrow(/readonly/);
  expect(await openEmbedded(folder)).toEqual({
    outcome: "refused",
    sentence: expect.stringMatching(/Another process \(pid \d+\) is using the database.*Stop it first.*DATABASE_URL/),
  });
  await server.close();
  expect(await held(await openEmbedded(folder)).query("SELECT id FROM deliveries")).toHaveLength(1);
});

it("says once that this process can store nothing any more, when the disk does not take it", async () => {
  const told: Error[] = [];
  const server = held(await openEmbedded(folder, (error) => void told.push(error)));
  await rm(join(folder, "coop.sqlite-wal"));
  await expect(server.query(DELIVERY)).rejects.toThrow("The disk did not take what was stored");
  await expect(server.query("DELETE FROM deliveries")).rejects.toThrow("The disk did not take what was stored");
  expect(told).toHaveLength(1);
});

it("is not made by a look", async () => {
  expect(await held(await lookIntoEmbedded(folder)).query("SELECT id FROM deliveries")).toEqual([]);
  expect(embeddedIn(folder)).toBe("none");
});

it("stays PGlite where a server began with it", async () => {
  const before = held(await openPglite({ at: "directory", path: folder }));
  await before.exec("CREATE TABLE kept (id text)");
  await before.close();
  const now = held(await openEmbedded(folder));
  expect([now.kind, await now.query("SELECT id FROM kept")]).toEqual(["pglite", []]);
});

it.each([
  [1, "start the server once", { because: "behind" }],
  [99, "newer version", {}],
])("says what to do about a file of schema %d", async (version, advice, because) => {
  await held(await openEmbedded(folder)).close();
  const file = new DatabaseSync(join(folder, "coop.sqlite"));
  file.exec(`PRAGMA user_version = ${version}`);
  file.close();
  const sentence = expect.stringContaining(advice);
  expect(await lookIntoEmbedded(folder)).toEqual({ outcome: "refused", sentence, ...because });
});

const WITHOUT_HEADS = "DROP INDEX tickets_by_head; ALTER TABLE tickets DROP COLUMN head_sha";

it("looks at every open pull request of an older file when a commit is named, until its head is known", async () => {
  const before = held(await openEmbedded(folder));
  const row = { installationId: 1, phase: "proving", standing: "open" as const, updatedAt: new Date(0), shown: null };
  const pull = { ticket: "acme/shop#1", repository: "acme/shop", issueNumber: 1, pullNumber: 2, headSha: "a1", ...row };
  await ticketIndex(before).put(pull);
  await before.exec(`${WITHOUT_HEADS}; PRAGMA user_version = 6`);
  await before.close();
  const index = ticketIndex(held(await openEmbedded(folder)));
  const other = [{ repository: "acme/shop", headSha: "b2" }];
  expect(await index.byHeads(other)).toEqual([{ ...pull, headSha: null }]);
  await index.put(pull);
  expect(await index.byHeads(other)).toEqual([]);
});

it("takes over where the tickets of an older file live", async () => {
  const before = held(await openEmbedded(folder));
  const opened = (ticket: string, at: string, content: string) =>
    before.query("INSERT INTO ledger_entries VALUES ($1, 1, 'opened', $2, '', $1, '', $3)", [ticket, at, content]);
  await opened(
    "acme/shop#1",
    "2026-01-01",
    '{"data":{"forge":{"installationId":7,"kind":"github","repositoryId":70}}}',
  );
  await opened(
    "acme/shop#2",
    "2026-01-02",
    '{"data":{"forge":{"installationId":8,"kind":"github","repositoryId":70}}}',
  );
  await opened("acme/tools#1", "2025-01-01", '{"data":{"installationId":7,"repositoryId":71,"title":"x"}}');
  await opened("desk/work#1", "2026-01-01", '{"data":{"forge":{"kind":"desk"}}}');
  await opened("acme/broken#1", "2026-01-01", '{"data":');
  await before.exec(`DROP TABLE repositories; ${WITHOUT_HEADS}; PRAGMA user_version = 3`);
  await before.close();
  const rows = await held(await openEmbedded(folder)).query("SELECT * FROM repositories ORDER BY repository_id");
  expect(rows).toEqual([
    { repository_id: 70, keyed_as: "acme/shop", owner: "acme", name: "shop", installation_id: 8 },
    { repository_id: 71, keyed_as: "acme/tools", owner: "acme", name: "tools", installation_id: 7 },
  ]);
});

it("says that a file is none of a database, and what to do", async () => {
  await held(await openEmbedded(folder)).close();
  await writeFile(
    join(folder, "coop.sqlite"),
    "no database at all, but long enough to have a header of a hundred bytes".repeat(4),
  );
  const refused = await openEmbedded(folder);
  expect(refused).toEqual({ outcome: "refused", sentence: expect.stringMatching(/cannot be opened.*not a database/) });
});
