import { AsyncLocalStorage } from "node:async_hooks";
import { PgBoss } from "pg-boss";
import type { App } from "../../src/app.ts";
import { asBossDb } from "../../src/queue/boss-queues.ts";
import type { Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openPglite } from "../../src/store/pglite.ts";
import type { Stage } from "../support/scenario.ts";
import { type MortalDatabase, mortal } from "./mortal-database.ts";

/** Longer than a lease and a heartbeat: others have taken over when a frozen process wakes up. */
const FROZEN_MS = 60_000;

/** Several workers over one database, as over PostgreSQL; PGlite is one, and takes no time to start. */
let shared: Database | null = null;

/** Empty and migrated; the stories of one process have it one after the other. */
export async function serverDatabase(): Promise<Database> {
  if (!shared) {
    const opened = await openPglite({ at: "memory" });
    if (opened.outcome === "refused") throw new Error(opened.sentence);
    shared = { ...opened.database, kind: "postgres" };
  }
  await shared.exec("DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  const migrated = await migrate(shared);
  if (migrated.outcome === "refused") throw new Error(migrated.sentence);
  return shared;
}

type Mate = { readonly process: MortalDatabase; app: App; frozenMs: number };

/** The workers beside the first one. The first one answers GitHub too, and dies; these freeze as well. */
export class Crew {
  readonly #mates: Mate[] = [];
  readonly #real: Database;
  #burials: Promise<unknown> = Promise.resolve();
  /** Who falls silent may do so inside a transaction; the others are not in it. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(real: Database) {
    this.#real = real;
  }

  async join(stage: Stage, prepare: (app: App) => void): Promise<void> {
    const process: MortalDatabase = mortal(this.#real, () => this.silent(process, mate));
    const mate = { process, frozenMs: 0 } as Mate;
    this.#mates.push(mate);
    await this.#begin(stage, mate, prepare);
  }

  async #begin(stage: Stage, mate: Mate, prepare: (app: App) => void): Promise<void> {
    mate.app = await stage.secondWorker(mate.process.database);
    (mate.app.world as { steady: () => number }).steady = () => performance.now() + mate.frozenMs;
    prepare(mate.app);
  }

  /** From now on nobody freezes or dies any more. */
  last(): void {
    for (const { process } of this.#mates) {
      process.freezeIn(Infinity, "before");
      if (!process.isDead()) process.dieIn(Infinity);
    }
  }

  get processes(): readonly MortalDatabase[] {
    return this.#mates.map(({ process }) => process);
  }

  /** What others find after a while: its leases have ended, its jobs are somebody else's. Time passes for whoever is frozen. */
  silent({ held }: MortalDatabase, mate?: Mate): void {
    if (mate) mate.frozenMs += FROZEN_MS;
    const [jobs, leases] = [[...held.jobs], [...held.leases]];
    held.jobs.clear();
    held.leases.clear();
    const bury = async () => {
      await this.#real.query("UPDATE leases SET until = clock_timestamp() - interval '1 s' WHERE holder = ANY($1)", [
        leases,
      ]);
      const boss = new PgBoss({ db: asBossDb(this.#real), supervise: false, schedule: false });
      boss.on("error", () => undefined);
      await boss.start();
      for (const [id, name] of jobs) await boss.fail(name, id, { message: "silent" }).catch(() => undefined);
      await boss.stop({ graceful: false, close: false });
    };
    this.#burials = this.#burials.then(() => this.#outside(bury));
  }

  /** @returns whether somebody woke up or began anew, so that more may follow */
  async goOn(stage: Stage, prepare: (app: App) => void, story: string[]): Promise<boolean> {
    await this.#burials;
    let changed = false;
    for (const mate of this.#mates) {
      const { process } = mate;
      if (process.isFrozen()) {
        story.push("  a worker wakes up");
        process.thaw();
        changed = true;
      }
      if (!process.isDead()) continue;
      story.push("  a worker died; another one begins");
      process.thaw();
      await mate.app.stop().catch(() => undefined);
      await this.#burials;
      process.revive();
      await this.#begin(stage, mate, prepare);
      changed = true;
    }
    return changed;
  }

  async bury(): Promise<void> {
    await this.#burials;
  }
}
