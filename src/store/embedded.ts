import { existsSync } from "node:fs";
import { join } from "node:path";
import { takeFolder } from "./data-dir-lock.ts";
import type { Database, Opened } from "./database.ts";
import { openSqlite } from "./sqlite.ts";
import type { OnFailure } from "./sqlite-lasting.ts";

/**
 * The database of a server without PostgreSQL: a SQLite file in a folder that belongs to one process. Servers that began
 * with PGlite keep it; docs/decisions/0018 says why new ones do not get it.
 */
export type Embedded = "none" | "pglite" | "sqlite";

export function embeddedIn(folder: string): Embedded {
  if (existsSync(join(folder, "database", "PG_VERSION"))) return "pglite";
  return existsSync(fileIn(folder)) ? "sqlite" : "none";
}

/** For the server: nobody else may write meanwhile. */
export async function openEmbedded(folder: string, onFailure?: OnFailure): Promise<Opened> {
  if (embeddedIn(folder) === "pglite") return pglite(folder);
  const lock = await takeFolder(folder);
  if (typeof lock === "string") return { outcome: "refused", sentence: lock };
  const opened = await openSqlite({ at: "file", path: fileIn(folder) }, "work", onFailure);
  if (opened.outcome === "open") return { outcome: "open", database: withLock(opened.database, lock.release) };
  await lock.release();
  return opened;
}

/** For commands that only look, also while the server runs; PGlite lets nobody in then. */
export async function lookIntoEmbedded(folder: string): Promise<Opened> {
  switch (embeddedIn(folder)) {
    case "pglite":
      return pglite(folder);
    case "sqlite":
      return openSqlite({ at: "file", path: fileIn(folder) }, "look");
    case "none":
      // A data directory without a database is an empty one: looking at it must not make one.
      return openSqlite({ at: "memory" });
  }
}

/** For a command that writes a row while the server may be running. The schema is left as it is. */
export async function openBesideEmbedded(folder: string): Promise<Opened> {
  const looked = await lookIntoEmbedded(folder);
  if (looked.outcome === "refused" || embeddedIn(folder) !== "sqlite") return looked;
  await looked.database.close();
  return openSqlite({ at: "file", path: fileIn(folder) });
}

function fileIn(folder: string): string {
  return join(folder, "coop.sqlite");
}

/** Only loaded where it is used: it takes half a gigabyte. */
async function pglite(folder: string): Promise<Opened> {
  const { openPglite } = await import("./pglite.ts");
  return openPglite({ at: "directory", path: folder });
}

function withLock(database: Database, release: () => Promise<void>): Database {
  return {
    ...database,
    close: async () => {
      await database.close();
      await release();
    },
  };
}
