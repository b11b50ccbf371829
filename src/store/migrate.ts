import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import type { Database, Query } from "./database.ts";

/**
 * Brings the schema up to date, forward only. Any number of processes may start at once: the advisory lock lets one of
 * them do the work, in one transaction, and the others find it done.
 */
export type Migrated =
  | { readonly outcome: "migrated"; readonly applied: readonly string[] }
  | { readonly outcome: "refused"; readonly sentence: string };

export type Migration = { readonly name: string; readonly sql: string };

/** Any number that nobody else in this database uses: "coop" in ASCII. */
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
const PATIENTLY = { statementMsMax: MIGRATION_MS_MAX } as const;

export async function migrate(database: Database, migrations?: readonly Migration[]): Promise<Migrated> {
  // SQLite brings its tables along when it is opened.
  if (database.kind === "sqlite") return { outcome: "migrated", applied: [] };
  const wanted = migrations ?? (await shippedMigrations());
  return database.transaction(async (tx) => {
    await tx.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await tx.exec(
      "CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const done = await tx.query<{ name: string; sha256: string }>(
      "SELECT name, sha256 FROM schema_migrations ORDER BY name",
    );
    const sentence = misfit(done, wanted);
    if (sentence) return { outcome: "refused", sentence };
    return { outcome: "migrated", applied: await apply(tx, wanted.slice(done.length)) };
  }, PATIENTLY);
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

async function apply(tx: Query, pending: readonly Migration[]): Promise<string[]> {
  for (const { name, sql } of pending) {
    await tx.exec(sql);
    await tx.query("INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)", [name, checksum(sql)]);
  }
  return pending.map(({ name }) => name);
}

/** Line ends do not count: a checkout on Windows has others. */
function checksum(sql: string): string {
  return createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");
}
