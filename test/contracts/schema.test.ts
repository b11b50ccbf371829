import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { opened } from "../support/databases.ts";

/**
 * The stores' SQL runs over both schemas, so neither may have a column that the other lacks. One process needs no leases, and
 * SQLite has jobs where PostgreSQL has pg-boss.
 */
let pglite: Database | undefined;
let sqlite: Database | undefined;
beforeAll(async () => {
  pglite = opened(await openPglite({ at: "memory" }));
  await migrate(pglite);
  sqlite = opened(await openSqlite({ at: "memory" }));
});
afterAll(async () => {
  await pglite?.close();
  await sqlite?.close();
});

it("finds the calls of the last days by an index in both", async () => {
  expect(await pglite?.query("SELECT 1 FROM pg_indexes WHERE indexname = 'journal_of_day'")).toHaveLength(1);
  const plan = await sqlite?.query<{ detail: string }>("EXPLAIN QUERY PLAN SELECT model FROM journal WHERE at >= $1", [new Date()]); // prettier-ignore
  expect(plan?.map(({ detail }) => detail).join()).toContain("journal_of_day");
});

it("has the same columns in PostgreSQL and in SQLite", async () => {
  const wanted = await pglite?.query<{ name: string }>(
    "SELECT table_name || '.' || column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT IN ('schema_migrations', 'leases')",
  );
  const found = await sqlite?.query<{ name: string }>(
    "SELECT t.name || '.' || c.name AS name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> 'jobs'",
  );
  expect(found?.map(({ name }) => name).sort()).toEqual(wanted?.map(({ name }) => name).sort());
  expect(wanted?.length).toBeGreaterThan(40);
});
