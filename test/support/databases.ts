import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database, Opened } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { findPostgres, type PostgresServer, startServer } from "./postgres-server.ts";

/**
 * Runs a suite over both databases that speak PostgreSQL: PGlite in memory, and a throwaway PostgreSQL server where its binaries are found.
 * Where they are not, the PostgreSQL half is skipped and says so; COOP_REQUIRE_POSTGRES=1 makes that a failure.
 */
export type TestDatabase = {
  readonly kind: Database["kind"];
  /** An empty, migrated database; it closes those of the test before, and is closed after the suite. */
  open(): Promise<Database>;
  /** The database of the last `open` as another process would see it; PGlite has only the one connection. */
  beside(): Promise<Database>;
  /** URL of the last `open`, for other processes; null on PGlite. */
  url(): string | null;
};

type Suite<Name> = (name: Name, open: () => Promise<Database>, database: TestDatabase) => void;

/** Suites about what is stored and about the queue: over SQLite in `npm test`, over the two others in `npm run test:system`. */
export function eachStore(suite: Suite<Database["kind"]>): void {
  if (process.env["COOP_TEST_DATABASES"] === "servers") return eachDatabase(suite);
  describe("over SQLite", () => {
    const database = sqliteForTests();
    suite("sqlite", () => database.open(), database);
  });
}

export function eachDatabase(suite: Suite<"pglite" | "postgres">): void {
  describe("over PGlite", () => {
    const database = pgliteForTests();
    suite("pglite", () => database.open(), database);
  });
  const bin = findPostgres();
  if (bin) {
    describe("over PostgreSQL", () => {
      const database = postgresForTests(bin);
      suite("postgres", () => database.open(), database);
    });
  } else if (process.env["COOP_REQUIRE_POSTGRES"] === "1") {
    it("finds PostgreSQL", () => {
      throw new Error("COOP_REQUIRE_POSTGRES=1, but no initdb was found in /usr/lib/postgresql/*/bin or PATH");
    });
  } else {
    console.warn("No PostgreSQL server binaries were found: the PostgreSQL half of this suite is skipped.");
    describe.skip("over PostgreSQL (no server binaries found)", () => {
      it.todo("needs initdb and postgres");
    });
  }
}

/** @throws with the sentence that an operator would read */
export function opened(result: Opened): Database {
  if (result.outcome === "refused") throw new Error(result.sentence);
  return result.database;
}

async function migrated(database: Database): Promise<Database> {
  const result = await migrate(database);
  if (result.outcome === "refused") throw new Error(result.sentence);
  return database;
}

/** Starting PGlite takes seconds, emptying it milliseconds: one instance serves a whole file. */
function pgliteForTests(): TestDatabase {
  let database: Database | null = null;
  afterAll(() => database?.close());
  return {
    kind: "pglite",
    open: async () => {
      database ??= opened(await openPglite({ at: "memory" }));
      await database.exec(
        "DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public",
      );
      return migrated(database);
    },
    beside: async () => database as Database,
    url: () => null,
  };
}

function postgresForTests(bin: string): TestDatabase {
  const open: Database[] = [];
  let server: PostgresServer | null = null;
  let count = 0;
  const url = () => server?.url(`test_${count}`) as string;
  const connect = async () => {
    const database = opened(await openPostgres(url()));
    open.push(database);
    return database;
  };
  beforeAll(async () => {
    server = await startServer(bin);
  });
  afterAll(async () => {
    await Promise.all(open.map((database) => database.close()));
    await server?.stop();
  });
  return {
    kind: "postgres",
    open: async () => {
      await Promise.all(open.splice(0).map((database) => database.close()));
      count++;
      const admin = opened(await openPostgres(server?.url("postgres") as string));
      await admin.exec(`CREATE DATABASE test_${count}`);
      await admin.close();
      return migrated(await connect());
    },
    beside: connect,
    url,
  };
}

/** A file, so that a second connection sees what another process would see. */
function sqliteForTests(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), "coop-sqlite-"));
  const open: Database[] = [];
  let count = 0;
  const close = async () => {
    for (const database of open.splice(0)) await database.close();
  };
  const connect = async () => {
    const database = opened(await openSqlite({ at: "file", path: join(folder, `${count}.sqlite`) }));
    open.push(database);
    return database;
  };
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true });
  });
  return {
    kind: "sqlite",
    open: async () => {
      await close();
      count++;
      return connect();
    },
    beside: connect,
    url: () => null,
  };
}
