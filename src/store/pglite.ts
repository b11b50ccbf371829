import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import type { Database, Opened, Query } from "./database.ts";
import { takeFolder } from "./data-dir-lock.ts";
import { pgliteSnapshot, type Snapshot } from "./pglite-snapshot.ts";
import { oneConnection } from "./one-connection.ts";

/** Of what the embedded database says. */
const ERROR_CHARS_SHOWN = 200;

/** PostgreSQL inside this process, on one connection. */
export type PgliteHome = { readonly at: "memory" } | { readonly at: "directory"; readonly path: string };

/** PostgreSQL's type number of `bigint`; ids of GitHub and micro-dollars stay far below 2^53. */
const INT8 = 20;

/** @param kept where an empty database is kept as an archive; beside the installed packages unless a test says otherwise */
export async function openPglite(home: PgliteHome, kept?: Snapshot): Promise<Opened> {
  const start = async (dataDir?: string) => fresh(dataDir, kept ?? (await pgliteSnapshot()));
  if (home.at === "memory") return { outcome: "open", database: overPglite(await start(), async () => {}) };
  const lock = await takeFolder(home.path);
  if (typeof lock === "string") return { outcome: "refused", sentence: lock };
  try {
    const pg = await start(join(home.path, "database"));
    return { outcome: "open", database: overPglite(pg, () => lock.release()) };
  } catch (error) {
    await lock.release();
    return { outcome: "refused", sentence: damagedSentence(home.path, error) };
  }
}

function damagedSentence(path: string, error: unknown): string {
  return (
    `The database in ${path} cannot be opened (${String(error).slice(0, ERROR_CHARS_SHOWN)}). ` +
    "Restore a copy of it, or move it away: ledgers are then rebuilt from their threads."
  );
}

async function fresh(dataDir: string | undefined, snapshot: Snapshot): Promise<PGlite> {
  const create = (from: { loadDataDir?: Blob } = {}) =>
    PGlite.create({ ...(dataDir ? { dataDir } : {}), ...from, parsers: { [INT8]: Number } });
  if (dataDir && existsSync(join(dataDir, "PG_VERSION"))) return create();
  const archive = await snapshot.read();
  if (archive) {
    const unpacked = await create({ loadDataDir: archive }).catch(() => null);
    if (unpacked) return unpacked;
    await snapshot.remove();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }
  const made = await create();
  if (!archive) await snapshot.write(await made.dumpDataDir("none"));
  return made;
}

function overPglite(pg: PGlite, release: () => Promise<void>): Database {
  const { inTurn, ...line } = oneConnection(sessionOf(pg));
  return {
    kind: "pglite",
    ...line,
    listen: async (channel, onMessage, onSubscribed) => {
      // PGlite takes the name as SQL: quoted, it is the name itself.
      const stop = await inTurn(() => pg.listen(`"${channel.replaceAll('"', '""')}"`, onMessage));
      onSubscribed();
      return { close: () => (pg.closed ? Promise.resolve() : inTurn(() => stop())) };
    },
    close: async () => {
      if (pg.closed) return;
      await inTurn(() => pg.close());
      await release();
    },
  };
}

function sessionOf(pg: PGlite): Query {
  return {
    query: async <Row extends object>(sql: string, params: readonly unknown[] = []) =>
      (await pg.query<Row>(sql, [...params])).rows,
    exec: async <Row extends object>(sql: string) => (await pg.exec(sql)).flatMap((result) => result.rows as Row[]),
  };
}
