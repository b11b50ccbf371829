import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database, Query } from "./database.ts";
import { type Migrating, notLetGo, told, type ToldMigration, wasEnded } from "./migrating.ts";

/**
 * Brings the schema up to date, forward only. Any number of processes may start at once: the advisory lock lets one of
 * them do the work, in one transaction, and the others find it done. Where nothing is to be done, nobody is waited for.
 */
export type Migrated =
  | { readonly outcome: "migrated"; readonly applied: readonly string[] }
  | { readonly outcome: "refused"; readonly sentence: string };

export type Migration = { readonly name: string; readonly sql: string };

/** Any number that nobody else in this database uses: "coop" in ASCII. A schema other than the usual one has a second number beside it. */
const MIGRATION_LOCK = 0x636f6f70;

const FOLDER = new URL("../../migrations/", import.meta.url);

/** The program's own migrations, in order. @throws when a file is not named `0001_subject.sql`, which is a bug */
export async function shippedMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith(".sql")).sort();
  for (const [index, name] of names.entries()) {
    const expected = String(index + 1).padStart(4, "0");
    if (!name.startsWith(`${expected}_`)) throw new Error(`Migration ${name} should begin with ${expected}_`);
  }
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), "utf8") })));
}

/** An index over a journal of millions takes minutes, and whoever starts meanwhile waits for whoever makes it. */
const MIGRATION_MS_MAX = 60 * 60_000;
/** A change of a table waits for whoever reads it, and everybody who comes later waits behind it: servers that are at work stand still so long. */
const TABLE_WAIT_MS_MAX = 3_000;
/** They are let through before the change is tried again. */
const TABLE_PAUSE_MS = 10_000;
/** A reader that is not done by then, such as a backup, is told of: somebody has to end it, or wait for it. */
const TABLES_TRIED_MS_MAX = 15 * 60_000;

export type MigrateSettings = {
  readonly statementMsMax?: number;
  readonly tableWaitMsMax?: number;
  readonly tablePauseMs?: number;
  readonly tablesTriedMsMax?: number;
  /** Told at once and each minute what goes on; nothing where nothing is to be done. */
  readonly tell?: ((now: ToldMigration) => void) | undefined;
  readonly tellEveryMs?: number;
};

/** SQLSTATE of a statement that waited too long for a lock, and of one that somebody, or its time, has ended. */
const LOCKED = "55P03";
const ENDED = "57014";

export async function migrate(
  database: Database,
  migrations?: readonly Migration[],
  settings: MigrateSettings = {},
): Promise<Migrated> {
  // SQLite brings its tables along when it is opened.
  if (database.kind === "sqlite") return { outcome: "migrated", applied: [] };
  const wanted = migrations ?? (await shippedMigrations());
  const [place] = await database.query<Place>(PLACE);
  const pending = place?.found ? await pendingOf(database, wanted) : wanted;
  if (typeof pending === "string") return { outcome: "refused", sentence: pending };
  if (pending.length === 0 && !place?.isReadOnly) return { outcome: "migrated", applied: [] };
  const now = told(
    pending.map(({ name }) => name),
    settings.tell,
    settings.tellEveryMs,
  );
  return triedOften(database, place?.schema ?? null, wanted, now, settings).finally(() => now.end());
}

/** Only the first schema counts, in which the tables would be made. One that can only be read is asked to write all the same, and says so. */
type Place = { readonly schema: string | null; readonly found: boolean; readonly isReadOnly: boolean };
const PLACE = `SELECT current_schema() AS schema, current_setting('transaction_read_only') = 'on' AS "isReadOnly",
  to_regclass(quote_ident(current_schema()) || '.schema_migrations') IS NOT NULL AS found`;

async function triedOften(
  database: Database,
  schema: string | null,
  wanted: readonly Migration[],
  now: Migrating,
  { statementMsMax = MIGRATION_MS_MAX, ...settings }: MigrateSettings,
): Promise<Migrated> {
  const { tableWaitMsMax = TABLE_WAIT_MS_MAX, tablePauseMs = TABLE_PAUSE_MS } = settings;
  const until = performance.now() + (settings.tablesTriedMsMax ?? TABLES_TRIED_MS_MAX);
  for (;;) {
    try {
      return await database.transaction((tx) => once(tx, schema, wanted, now, tableWaitMsMax), { statementMsMax });
    } catch (error) {
      const { code } = (error ?? {}) as { code?: unknown };
      if (code === ENDED) return { outcome: "refused", sentence: wasEnded(now, error) };
      if (code !== LOCKED) throw error;
      if (performance.now() + tablePauseMs > until) return { outcome: "refused", sentence: notLetGo(now) };
    }
    now.does("tries-again");
    await sleep(tablePauseMs);
  }
}

async function once(
  tx: Query,
  schema: string | null,
  wanted: readonly Migration[],
  now: Migrating,
  tableWaitMsMax: number,
): Promise<Migrated> {
  await takeTurn(tx, schema, now);
  await tx.exec(
    "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
  );
  const pending = await pendingOf(tx, wanted);
  if (typeof pending === "string") return { outcome: "refused", sentence: pending };
  if (pending.length > 0) now.does("migrates");
  await tx.exec(`SET LOCAL lock_timeout = ${tableWaitMsMax}`);
  return { outcome: "migrated", applied: await apply(tx, pending, now) };
}

/** One process at a time in each schema: desks beside a server do not wait for it. */
async function takeTurn(tx: Query, schema: string | null, now: Migrating): Promise<void> {
  const isUsual = schema === null || schema === "public";
  const [lock, given] = isUsual ? ["$1", [MIGRATION_LOCK]] : ["$1, hashtext($2)", [MIGRATION_LOCK, schema]];
  const [free] = await tx.query<{ taken: boolean }>(`SELECT pg_try_advisory_xact_lock(${lock}) AS taken`, given);
  if (free?.taken) return;
  now.does("waits");
  await tx.query(`SELECT pg_advisory_xact_lock(${lock})`, given);
}

/** @returns what is to be applied, or why it does not fit */
async function pendingOf(query: Query, wanted: readonly Migration[]): Promise<readonly Migration[] | string> {
  const done = await query.query<{ name: string; sha256: string }>(
    "SELECT name, sha256 FROM schema_migrations ORDER BY name",
  );
  return misfit(done, wanted) ?? wanted.slice(done.length);
}

/** What stands in the database must be the beginning of what the program brings, word for word. */
function misfit(done: readonly { name: string; sha256: string }[], wanted: readonly Migration[]): string | null {
  for (const [index, { name, sha256 }] of done.entries()) {
    const ours = wanted[index];
    if (ours?.name !== name) {
      return `The database was set up by another version of this program (it has ${name}): run that version or a later one.`;
    }
    if (checksum(ours.sql) !== sha256) {
      return `Migration ${name} was changed after it ran on this database: restore the file and put the change into a new migration.`;
    }
  }
  return null;
}

async function apply(tx: Query, pending: readonly Migration[], now: Migrating): Promise<string[]> {
  for (const { name, sql } of pending) {
    now.at(name);
    await tx.exec(sql);
    await tx.query("INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)", [name, checksum(sql)]);
  }
  return pending.map(({ name }) => name);
}

/** Line ends do not count: a checkout on Windows has others. */
function checksum(sql: string): string {
  return createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");
}
