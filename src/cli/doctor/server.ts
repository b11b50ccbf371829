import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Check, checkDeliveries, checkSetAside, checkStuck, well, wrong } from "../../audit/checkup.ts";
import type { StoreConfig } from "../../config.ts";
import { asideIn } from "../../flow/put-aside.ts";
import { deadJobs } from "../../queue/dead-jobs.ts";
import { embeddedIn } from "../../store/embedded.ts";
import { inboxStore } from "../../store/inbox-store.ts";
import { projectionStore } from "../../store/projection-store.ts";
import { noDatabaseIn, openDatabase, schemaState } from "../stores.ts";

/** What `coop doctor --app` says about where a server keeps its data. */

/** Whoever looks whether a server could run here, as in a repository of theirs, finds no data directory in it afterwards. */
export async function leavingNothing(dataDir: string, work: (layers: string) => Promise<void>): Promise<void> {
  if (existsSync(dataDir)) return work(join(dataDir, "layers"));
  const layers = await mkdtemp(join(tmpdir(), "coop-doctor-"));
  try {
    await work(layers);
  } finally {
    await rm(layers, { recursive: true, force: true });
    // A server that was started meanwhile keeps what it has put there: only an empty folder goes.
    await rmdir(dataDir).catch(() => undefined);
  }
}

export async function checkDataDir(dataDir: string): Promise<Check> {
  const probe = join(dataDir, `doctor-${process.pid}`);
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, "writable");
    await rm(probe);
    return well("disk", `${dataDir} can be written`);
  } catch (error) {
    return wrong(
      "disk",
      `${dataDir} cannot be written (${(error as NodeJS.ErrnoException).code}).`,
      "Give the server's user this folder, or set COOP_DATA_DIR.",
    );
  }
}

export async function checkDatabase(config: StoreConfig): Promise<Check[]> {
  const folder = join(config.dataDir, "database");
  if (!config.databaseUrl && embeddedIn(folder) === "none")
    return [well("database", `${noDatabaseIn(folder)} A new server makes one when it starts.`)];
  const opened = await openDatabase(config);
  if (opened.outcome === "refused") {
    if (config.databaseUrl) return [wrong("database", opened.sentence, "Start the database or correct DATABASE_URL.")];
    // PGlite lets nobody in while the server runs, and that is as it should be.
    const busy = embeddedIn(folder) === "pglite";
    return [
      busy
        ? well("database", `in use by a running server. ${opened.sentence}`)
        : wrong("database", opened.sentence, "See docs/operations.md."),
    ];
  }
  try {
    const { applied, sentence } = await schemaState(opened.database);
    if (sentence) return [wrong("database", sentence, "See docs/operations.md.")];
    const aside = checkSetAside(await inboxStore(opened.database).listSetAside());
    const deliveries = checkDeliveries(await asideIn(projectionStore(opened.database), Date.now()));
    const { kind } = opened.database;
    const stuck = checkStuck(await deadJobs(opened.database));
    return [well("database", kind === "sqlite" ? kind : `${kind}, ${applied} migrations`), aside, deliveries, stuck];
  } finally {
    await opened.database.close();
  }
}
