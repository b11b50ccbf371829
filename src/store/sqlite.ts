import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Database, Opened, Query } from "./database.ts";
import { oneConnection } from "./one-connection.ts";
import { type Lasting, lasting, NOTHING_TO_KEEP, type OnFailure } from "./sqlite-lasting.ts";
import { sqliteTrouble } from "./sqlite-trouble.ts";
import {
  SINCE_SCHEMA_1,
  SINCE_SCHEMA_4,
  SINCE_SCHEMA_6,
  SINCE_SCHEMA_7,
  SINCE_SCHEMA_9,
  SQLITE_SCHEMA,
} from "./sqlite-schema.ts";

/**
 * SQLite, which is part of Node: one file, opened in a millisecond, shared by several processes of one machine. For a
 * desk, where nobody wants to wait for PostgreSQL. It runs the stores' own SQL; what differs is small and stands here:
 * times are ISO texts in the file, and the functions of PostgreSQL that the stores use are brought along.
 */
export type SqliteHome = { readonly at: "memory" } | { readonly at: "file"; readonly path: string };

/** Writes of another process take milliseconds; one that holds the lock for so long hangs. */
const BUSY_MS = 15_000;
const BUSY_LOOK_MS = 2;
const BUSY_LOOK_MS_MAX = 50;
/** The primary result code; the extended ones carry more in the higher bits. */
const SQLITE_BUSY = 5;
/** Raised with every change of the schema, which only ever adds tables and columns. */
const SCHEMA_VERSION = 11;
/** SQLite's own 2 MB hold less than a burst of webhooks writes to, and what was dropped is read again with the next one. */
const CACHE_KB = 16_000;
/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE, as PostgreSQL calls them. */
const UNIQUE = { codes: [1555, 2067], sqlState: "23505" } as const;
/** Primary result codes about what was asked, as PostgreSQL's classes: SQLITE_CONSTRAINT, SQLITE_TOOBIG and SQLITE_MISMATCH. */
const ASKED: Readonly<Record<number, string>> = { 19: "23000", 18: "22000", 20: "22000" };

/** @param access `look`: nothing is written, and another process may be at work on the file */
export async function openSqlite(
  home: SqliteHome,
  access: "work" | "look" = "work",
  onFailure?: OnFailure,
): Promise<Opened> {
  const path = home.at === "memory" ? ":memory:" : home.path;
  try {
    if (home.at === "file" && access === "work") await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const sqlite = new DatabaseSync(path, { timeout: BUSY_MS, readOnly: access === "look" });
    addFunctions(sqlite);
    sqlite.exec(`PRAGMA cache_size = -${CACHE_KB}`);
    const sentence = access === "look" ? misfit(sqlite) : prepareFile(sqlite);
    // From here on waiting is ours, for locks and for the disk: SQLite lets nothing else of this process go on meanwhile.
    sqlite.exec("PRAGMA busy_timeout = 0");
    const kept = access === "look" || home.at === "memory" ? NOTHING_TO_KEEP : lasting(sqlite, path, onFailure);
    if (sentence === null) return { outcome: "open", database: overSqlite(sqlite, kept) };
    await kept.close();
    sqlite.close();
    return { outcome: "refused", sentence, ...(sentence === OLDER ? { because: "behind" } : {}) };
  } catch (error) {
    const otherwise = {
      why: error instanceof Error ? error.message : String(error),
      helps: "Make its folder writable.",
    };
    const { why, helps } = sqliteTrouble(error) ?? otherwise;
    const sentence = `The database ${path} cannot be opened (${why}). ${helps}`;
    return { outcome: "refused", sentence };
  }
}

function addFunctions(sqlite: DatabaseSync): void {
  sqlite.function("starts_with", { deterministic: true }, (text, prefix) =>
    String(text).startsWith(String(prefix)) ? 1 : 0,
  );
  sqlite.function("strpos", { deterministic: true }, (text, part) => String(text).indexOf(String(part)) + 1);
  // With two arguments PostgreSQL's `substring` takes a pattern; SQLite's own, with three, stays as it is.
  sqlite.function("substring", { deterministic: true }, (text, pattern) => firstGroup(text, pattern));
}

/** @returns why this version cannot use the file, or null */
function prepareFile(sqlite: DatabaseSync): string | null {
  // Readers do not wait for a writer. On file systems without shared memory SQLite keeps the old way by itself.
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    const found = versionOf(sqlite);
    if (found > SCHEMA_VERSION) return NEWER;
    if (found === 1) sqlite.exec(SINCE_SCHEMA_1);
    if (found > 0 && found < 7) sqlite.exec(SINCE_SCHEMA_6);
    if (found !== SCHEMA_VERSION)
      sqlite.exec(
        `${SQLITE_SCHEMA}; ${SINCE_SCHEMA_4}; ${SINCE_SCHEMA_7}; ${SINCE_SCHEMA_9}; PRAGMA user_version = ${SCHEMA_VERSION}`,
      );
    return null;
  } finally {
    sqlite.exec("COMMIT");
  }
}

const NEWER = "These tickets were written by a newer version of this program: use that version or a later one.";
const OLDER = "The database was written by an older version: start the server once, it brings it up to date.";

/** What a look finds: it changes nothing, so the file has to fit as it is. */
function misfit(sqlite: DatabaseSync): string | null {
  const found = versionOf(sqlite);
  if (found > SCHEMA_VERSION) return NEWER;
  if (found === SCHEMA_VERSION) return null;
  return OLDER;
}

function versionOf(sqlite: DatabaseSync): number {
  return Number(sqlite.prepare("PRAGMA user_version").get()?.user_version ?? 0);
}

function firstGroup(text: unknown, pattern: unknown): string | null {
  const found = new RegExp(String(pattern)).exec(String(text));
  return found ? (found[1] ?? found[0]) : null;
}

/** Reads keep nothing; whatever else there is may have written. */
const READS = /^\s*(?:SELECT|PRAGMA)\b/i;

function overSqlite(sqlite: DatabaseSync, kept: Lasting): Database {
  const { inTurn, query, exec, transaction } = oneConnection(sessionOf(sqlite));
  const written = async <T>(what: T): Promise<T> => {
    await kept.sync();
    return what;
  };
  return {
    kind: "sqlite",
    query: async <Row extends object>(sql: string, params?: readonly unknown[]) => {
      const rows = await query<Row>(sql, params);
      return READS.test(sql) ? rows : written(rows);
    },
    exec: async <Row extends object>(sql: string) => written(await exec<Row>(sql)),
    transaction: async (work) => written(await transaction(work)),
    listen: () => Promise.reject(new Error("SQLite announces nothing")),
    close: async () => {
      if (sqlite.isOpen) await inTurn(async () => sqlite.close());
      await kept.close();
    },
  };
}

/** Statements kept ready: more than the program has, and an end to those whose number of rows varies. */
const STATEMENTS_MAX = 300;

function sessionOf(sqlite: DatabaseSync): Query {
  const ready = new Map<string, Ready>();
  const prepared = (sql: string): Ready => {
    const known = ready.get(sql);
    if (known) return known;
    if (ready.size >= STATEMENTS_MAX) ready.clear();
    const made = prepare(sqlite, sql);
    ready.set(sql, made);
    return made;
  };
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) =>
      patiently(() => {
        const { statement, order } = prepared(sql);
        return statement.all(...order.map((index) => inward(params[index]))).map(outward) as Row[];
      }),
    // The write lock is taken at once: a transaction that read first could not get it any more once another one wrote.
    exec: async <Row extends object>(sql: string) =>
      patiently(() => {
        sqlite.exec(sql === "BEGIN" ? "BEGIN IMMEDIATE" : sql);
        return [] as Row[];
      }),
  };
}

type Ready = { readonly statement: StatementSync; readonly order: readonly number[] };

/** Parameters go in by their places, which takes a quarter of the time that names take. */
function prepare(sqlite: DatabaseSync, sql: string): Ready {
  const order: number[] = [];
  const placed = sql.replace(/\$(\d+)/g, (_, number: string) => {
    order.push(Number(number) - 1);
    return "?";
  });
  return { statement: sqlite.prepare(placed), order };
}

/** Somebody else's transaction, perhaps of this very process, is waited for. */
async function patiently<T>(work: () => T): Promise<T> {
  const until = performance.now() + BUSY_MS;
  for (let waitMs = BUSY_LOOK_MS; ; waitMs = Math.min(waitMs * 1.5, BUSY_LOOK_MS_MAX)) {
    try {
      return told(work);
    } catch (error) {
      const { errcode } = error as { errcode?: number };
      if (errcode === undefined || (errcode & 0xff) !== SQLITE_BUSY || performance.now() > until) throw error;
      await sleep(waitMs * (0.5 + Math.random()));
    }
  }
}

/** Errors carry PostgreSQL's code where somebody looks at it. */
function told<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    const code = UNIQUE.codes.some((one) => one === errcode) ? UNIQUE.sqlState : ASKED[(errcode ?? 0) & 0xff];
    if (error instanceof Error && code !== undefined) Object.assign(error, { code });
    throw error;
  }
}

function inward(value: unknown): SQLInputValue {
  if (value instanceof Date) return value.toISOString();
  return (value ?? null) as SQLInputValue;
}

/** The columns of times are told by their names: `at`, or `…_at`. */
function outward(row: Record<string, unknown>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "string" && /(^|_)at$/.test(name) ? new Date(value) : value,
    ]),
  );
}
