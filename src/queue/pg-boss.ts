import { PgBoss, type Db, type Job, type Queue as QueueOptions } from "pg-boss";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "../store/database.ts";
import { retryDelayMs, ATTEMPTS_MAX, RETRY_BASE_MS, STOP_GRACE_MS, STOP_UNWIND_MS } from "./queue.ts";
import type { Depth, Handler, Nudge, Queue, StopLimits } from "./queue.ts";
import { settled } from "./settled.ts";

/**
 * The queue over pg-boss, in the same database as everything else, so that a nudge commits with what it is about.
 * docs/decisions/0004 says why the policy is `short` with a group per ticket and not one of those that look made for
 * this, and why pg-boss itself never retries.
 */
const TICKET = "ticket";
/** pg-boss copies jobs here whose worker died, in the statement that finds them. Its worker puts them back. */
const LOST = "ticket_lost";
/** Jobs that failed ATTEMPTS_MAX times, to be seen by people. Nobody works on it. */
const DEAD = "ticket_dead";
const SWEEP = "sweep";

/** A worker that was silent for so long is dead. Ten seconds is the least pg-boss takes; a busy machine needs more. */
export const HEARTBEAT_SECONDS = 30;
const HEARTBEAT_REFRESH_SECONDS = 10;
/** With HEARTBEAT_SECONDS: a dead worker's job waits 40 s at most. */
const SUPERVISE_SECONDS = 10;
/** Nothing a step does takes this long: the handler hangs, and its signal is aborted. */
export const JOB_SECONDS_MAX = 2 * 60 * 60;
/** Only for what NOTIFY does not tell: jobs that become due, and times without a listener. */
const POLL_SECONDS = 2;
/** Finished jobs say nothing that the ledger does not say better. */
const FINISHED_KEPT_SECONDS = 60 * 60;
const DEAD_KEPT_SECONDS = 30 * 24 * 60 * 60;
/** Shorter waits end on the instant by a timer of ours; for longer ones the poll is exact enough. */
const TIMER_MS_MAX = 60_000;
/** Between two looks of `idle`. */
const IDLE_LOOK_MS = 10;
/** Each lap needs another process to take the waiting job between two statements of ours. */
const NUDGE_LAPS_MAX = 20;

type TicketJob = { ticket: TicketKey; reason: string; attempt: number };

export type QueueSettings = {
  /** Told about what goes wrong in the background: handlers that throw, a database that is away. */
  readonly onError?: (error: Error) => void;
  readonly retryBaseMs?: number;
  /** How often dead workers are looked for. */
  readonly superviseSeconds?: number;
};

const LANES: Record<string, Omit<QueueOptions, "name">> = {
  [DEAD]: { policy: "short", retentionSeconds: DEAD_KEPT_SECONDS },
  [LOST]: { retryLimit: 2, retryDelay: 1, deleteAfterSeconds: FINISHED_KEPT_SECONDS },
  [TICKET]: {
    policy: "short",
    retryLimit: 0,
    deadLetter: LOST,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: JOB_SECONDS_MAX,
    deleteAfterSeconds: FINISHED_KEPT_SECONDS,
    notify: true,
  },
  [SWEEP]: {
    policy: "exclusive",
    retryLimit: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: FINISHED_KEPT_SECONDS,
    notify: true,
  },
};

export async function openQueue(database: Database, settings: QueueSettings = {}): Promise<Queue> {
  if (database.kind === "sqlite") throw new Error("The queue needs PostgreSQL");
  const { onError = () => {}, superviseSeconds = SUPERVISE_SECONDS } = settings;
  const boss = new PgBoss({
    db: { ...asBossDb(database), listen: (...args) => database.listen(...args) },
    backend: database.kind,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    reindex: database.kind === "postgres",
  });
  boss.on("error", onError);
  await boss.start();
  await layLanes(boss);
  if (database.kind === "pglite") await giveBackOrphans(boss, database);
  return new BossQueue(boss, database, onError, settings.retryBaseMs ?? RETRY_BASE_MS);
}

function asBossDb(query: Query): Db {
  return {
    executeSql: async (text, values) => ({
      rows: values?.length ? await query.query(text, values) : await query.exec(text),
    }),
  };
}

async function layLanes(boss: PgBoss): Promise<void> {
  for (const [name, options] of Object.entries(LANES)) {
    await boss.createQueue(name, options);
    const { policy: _policy, ...changeable } = options;
    await boss.updateQueue(name, changeable);
    // Any read fills pg-boss's cache of queues. Otherwise the first nudge inside a transaction would fill it on
    // another connection, which PGlite does not have.
    await boss.findJobs(name, { key: "", queued: true });
  }
}

/** PGlite belongs to one process, and this one has just started: whatever is active has no worker any more. */
async function giveBackOrphans(boss: PgBoss, database: Database): Promise<void> {
  for (const name of Object.keys(LANES)) {
    const rows = await database.query<{ id: string }>(
      "SELECT id FROM pgboss.job WHERE name = $1 AND state = 'active'",
      [name],
    );
    if (rows.length > 0)
      await boss.fail(
        name,
        rows.map(({ id }) => id),
        { message: "The process ended" },
      );
  }
}

class BossQueue implements Queue {
  readonly #boss: PgBoss;
  readonly #database: Database;
  readonly #onError: (error: Error) => void;
  readonly #retryBaseMs: number;
  readonly #workers: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | null = null;

  constructor(boss: PgBoss, database: Database, onError: (error: Error) => void, retryBaseMs: number) {
    this.#boss = boss;
    this.#database = database;
    this.#onError = onError;
    this.#retryBaseMs = retryBaseMs;
  }

  async nudge(ticket: TicketKey, { inMs = 0, reason }: Nudge, tx?: Query): Promise<void> {
    const put = (query: Query) => this.#put(asBossDb(query), { ticket, reason, attempt: 1 }, inMs, "keep-attempt");
    await (tx ? put(tx) : this.#database.transaction(put));
    if (inMs > 0 && inMs <= TIMER_MS_MAX) this.#wakeIn(inMs);
  }

  /**
   * Changes the waiting job or adds one. The change matters even when it changes nothing: it locks the waiting job
   * until we commit, so that no worker takes it, looks, misses what we are about to commit, and ends.
   */
  async #put(db: Db, job: TicketJob, inMs: number, attempt: "keep-attempt" | "set-attempt"): Promise<void> {
    const startAfter = inMs / 1000;
    const key = { singletonKey: job.ticket };
    const data = attempt === "set-attempt" ? job : undefined;
    for (let lap = 0; lap < NUDGE_LAPS_MAX; lap++) {
      const soon = inMs <= 0 ? { startAfter: 0 } : {};
      const waiting = await this.#boss.update(TICKET, data, { ...key, ...soon, db });
      if (waiting.jobs[0]) return inMs <= 0 ? undefined : await this.#bringForward(db, waiting.jobs[0], inMs);
      // The group is what keeps two jobs of one ticket from being active together.
      const added = await this.#boss.send(TICKET, job, { ...key, startAfter, group: { id: job.ticket }, db });
      if (added) return;
    }
    throw new Error(`The waiting job of ${job.ticket} was taken ${NUDGE_LAPS_MAX} times while it was being written`);
  }

  /** The job is locked by us, so its time cannot change between the look and the change. */
  async #bringForward(db: Db, id: string, inMs: number): Promise<void> {
    const { rows } = await db.executeSql(
      "SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND start_after > now() + $3 * interval '1 ms'",
      [TICKET, id, inMs],
    );
    if (rows.length > 0) await this.#boss.update(TICKET, undefined, { id, startAfter: inMs / 1000, db });
  }

  async work(concurrency: number, handler: Handler): Promise<void> {
    const polling = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
    for (let index = 0; index < concurrency; index++) {
      // One call a worker: pg-boss tells only the first id of a call, and each must be woken.
      const id: string = await this.#boss.work<TicketJob>(
        TICKET,
        { ...polling, groupConcurrency: 1, heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS },
        async ([job]) => {
          if (!job) return;
          const run = this.#run(job, handler);
          this.#running.add(run);
          await run.finally(() => this.#running.delete(run) && this.#boss.notifyWorker(id));
        },
      );
      this.#workers.push(id);
    }
    const seconds = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
    await this.#boss.work<TicketJob>(LOST, seconds, async ([job]) => {
      if (job) await this.#again(job.data, { outcome: "lost" });
    });
  }

  /** A worker that ends a job looks again at once: what was nudged meanwhile was held back by this very job. */
  async #run(job: Job<TicketJob>, handler: Handler): Promise<void> {
    try {
      const { again } = await handler(job.data.ticket, AbortSignal.any([job.signal, this.#stopping.signal]));
      await this.#bury(job.data.ticket);
      if (again) await this.nudge(job.data.ticket, { inMs: again.inMs, reason: "again" });
    } catch (error) {
      if (this.#stopping.signal.aborted) return this.nudge(job.data.ticket, { reason: "stopped" });
      this.#onError(error instanceof Error ? error : new Error(String(error)));
      await this.#again(job.data, { outcome: "threw" });
    }
  }

  /** A ticket that runs well again is no longer counted as dead. */
  async #bury(ticket: TicketKey): Promise<void> {
    const dead = await this.#boss.findJobs(DEAD, { key: ticket, queued: true });
    if (dead.length > 0)
      await this.#boss.deleteJob(
        DEAD,
        dead.map(({ id }) => id),
      );
  }

  /** Repeats a job that did not end well: at once when its worker died, later and later when the handler throws. */
  async #again(job: TicketJob, how: { outcome: "threw" | "lost" }): Promise<void> {
    const attempt = job.attempt + 1;
    if (attempt > ATTEMPTS_MAX) {
      await this.#boss.send(DEAD, job, { singletonKey: job.ticket });
      return;
    }
    const inMs = how.outcome === "lost" ? 0 : retryDelayMs(attempt, this.#retryBaseMs);
    await this.#database.transaction((tx) =>
      this.#put(asBossDb(tx), { ticket: job.ticket, reason: how.outcome, attempt }, inMs, "set-attempt"),
    );
    if (inMs > 0 && inMs <= TIMER_MS_MAX) this.#wakeIn(inMs);
  }

  #wakeIn(ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const id of this.#workers) this.#boss.notifyWorker(id);
    }, ms + 1);
    this.#timers.add(timer.unref());
  }

  async sweepEvery(everyMs: number, sweep: (signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.#boss.work(SWEEP, { heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS }, async ([job]) => {
      if (!job) return;
      await sweep(AbortSignal.any([job.signal, this.#stopping.signal])).catch(this.#onError);
    });
    // Every process asks for each turn; the slot lets one of them have it. The first one is without a slot: a
    // process that comes back after a crash shall look at once, whoever looked a moment ago.
    const slotSeconds = Math.max(1, Math.floor(everyMs / 1000));
    const timer = setInterval(() => {
      this.#boss.send(SWEEP, {}, { singletonSeconds: slotSeconds }).catch(this.#onError);
    }, everyMs);
    this.#timers.add(timer.unref());
    await this.#boss.send(SWEEP, {});
  }

  async idle(horizonMs = 0): Promise<void> {
    for (;;) {
      // What runs in this process says itself when it has ended; only for the rest the database is asked again and again.
      await Promise.allSettled(this.#running);
      const rows = await this.#database.query<{ busy: number }>(
        `SELECT count(*) AS busy FROM pgboss.job
          WHERE name <> $1 AND (state = 'active'
             OR (state < 'active' AND start_after <= now() + $2 * interval '1 ms'))`,
        [DEAD, horizonMs],
      );
      if (rows[0]?.busy === 0) return;
      await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
    }
  }

  async depth(): Promise<Depth> {
    const rows = await this.#database.query<Depth>(
      `SELECT count(*) FILTER (WHERE name <> $1 AND state < 'active' AND start_after <= now()) AS ready,
              count(*) FILTER (WHERE name <> $1 AND state < 'active' AND start_after > now()) AS deferred,
              count(*) FILTER (WHERE name <> $1 AND state = 'active') AS active,
              count(*) FILTER (WHERE name = $1 AND state < 'active') AS dead
         FROM pgboss.job WHERE name = ANY($2::text[])`,
      [DEAD, [TICKET, LOST, DEAD]],
    );
    return rows[0] ?? { ready: 0, deferred: 0, active: 0, dead: 0 };
  }

  stop(limits: StopLimits = {}): Promise<void> {
    this.#stopped ??= this.#stop(limits);
    return this.#stopped;
  }

  async #stop({ graceMs = STOP_GRACE_MS, unwindMs = STOP_UNWIND_MS }: StopLimits): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    const drained = Promise.all([TICKET, LOST, SWEEP].map((name) => this.#boss.offWork(name, { wait: true })));
    if (!(await settled(drained, graceMs))) {
      this.#stopping.abort(new Error("The process is stopping"));
      await settled(drained, unwindMs);
    }
    // What still runs is given back here: it goes to LOST and from there to the next worker.
    await this.#boss.stop({ graceful: false, close: false });
  }
}
