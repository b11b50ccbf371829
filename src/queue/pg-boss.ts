import { PgBoss, systemClock, type JobWithMetadata } from "pg-boss";
import type { TicketKey } from "../core/ledger/ids.ts";
import { inWords } from "../errors-in-words.ts";
import type { Database, Query } from "../store/database.ts";
import { DatabaseClock } from "./boss-clock.ts";
import { busyJobs, deadIn, depthOf } from "./boss-depth.ts";
import { withGrace } from "./boss-outage.ts";
import * as queues from "./boss-queues.ts";
import { ATTEMPTS_MAX, STOP_GRACE_MS, STOP_UNWIND_MS, whyDead } from "./queue.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { AtOnce, Dead, Depth, Handler, Lane, Queue, QueueSettings, StopLimits, When } from "./queue.ts";
import { giveTurns } from "./boss-turns.ts";
import { settled } from "./settled.ts";
import { steadyClock } from "./steady-clock.ts";
import { putTogether, putWaiting } from "./waiting-job.ts";

/**
 * The queue over pg-boss, in the same database as everything else, so that a nudge commits with what it is about.
 * docs/decisions/0004 says why the policy is `short` with a group per ticket and not one of those that look made for
 * this, and why pg-boss itself never retries.
 */

/** With HEARTBEAT_SECONDS and the looks into the two queues: a dead worker's job is run again after 26 s at most. */
const SUPERVISE_SECONDS = 5;
/** Shorter waits end on the instant by a timer of ours; for longer ones the poll is exact enough. */
const TIMER_MS_MAX = 60_000;
/** Between two looks of `idle`. */
const IDLE_LOOK_MS = 10;

export async function openQueue(opened: Database, settings: QueueSettings = {}): Promise<Queue> {
  if (opened.kind === "sqlite") throw new Error("The queue needs PostgreSQL");
  const database = opened.kind === "postgres" ? withGrace(opened) : opened;
  const { onError = () => {}, superviseSeconds = SUPERVISE_SECONDS } = settings;
  let channel = "";
  const boss = new PgBoss({
    db: {
      ...queues.asBossDb(database),
      listen: (name, ...heard) => {
        channel = name;
        return database.listen(name, ...heard);
      },
    },
    backend: opened.kind,
    // Or, after this machine's clock was set back an hour, nobody would look for dead workers for as long.
    clock: { ...systemClock, now: steadyClock() },
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    reindex: database.kind === "postgres",
  });
  boss.on("error", onError);
  await boss.start();
  await queues.layQueues(boss);
  if (database.kind === "pglite") await queues.giveBackOrphans(boss, database);
  return new BossQueue(boss, database, { onError, superviseSeconds, ...settings }, channel);
}

class BossQueue implements Queue {
  readonly #boss: PgBoss;
  readonly #channel: string;
  readonly #database: Database;
  readonly #onError: (error: Error) => void;
  readonly #settings: QueueSettings;
  readonly #workers: string[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #leaving = new AbortController();
  readonly #stopping = new AbortController();
  readonly #lanes = new Set<Lane>();
  #stopped: Promise<void> | null = null;

  /** @param channel where pg-boss announces what became due; empty where nobody listens */
  constructor(
    boss: PgBoss,
    database: Database,
    settings: QueueSettings & Required<Pick<QueueSettings, "onError" | "superviseSeconds">>,
    channel: string,
  ) {
    this.#boss = boss;
    this.#channel = channel;
    this.#database = database;
    this.#onError = settings.onError;
    this.#settings = settings;
    const clock = new DatabaseClock(database, settings);
    const look = () => void clock.look().catch(this.#onError);
    this.#timers.add(setInterval(look, settings.superviseSeconds * 1_000).unref());
  }

  async nudge(ticket: TicketKey, { lane, inMs = 0, reason }: When, tx?: Query): Promise<void> {
    const job = { ticket, lane, reason, attempt: 1 };
    const put = (query: Query) => putWaiting(this.#boss, queues.asBossDb(query), job, inMs, "keep-attempt");
    await (tx ? put(tx) : this.#database.transaction(put));
    if (inMs > 0 && inMs <= TIMER_MS_MAX) this.#wakeIn(inMs);
  }

  nudgeAll(nudges: readonly AtOnce[], tx: Query): Promise<void> {
    return putTogether(tx, this.#channel, nudges);
  }

  async work(lane: Lane, concurrency: number, handler: Handler): Promise<void> {
    for (let index = 0; index < concurrency; index++) await this.#addWorker(lane, handler);
    await this.#addWorker(lane, handler, { minPriority: queues.FIRST_PRIORITY });
    if (this.#lanes.size === 0) await this.#takeUpLost();
    this.#lanes.add(lane);
  }

  /** One call a worker: pg-boss tells only the first id of a call, and each must be woken. */
  async #addWorker(lane: Lane, handler: Handler, only: { readonly minPriority?: number } = {}): Promise<void> {
    const polling = { pollingIntervalSeconds: queues.POLL_SECONDS, notifyPollingIntervalSeconds: queues.POLL_SECONDS };
    const heartbeat = { heartbeatRefreshSeconds: queues.HEARTBEAT_REFRESH_SECONDS };
    const id: string = await this.#boss.work(
      queues.QUEUE_OF[lane],
      { ...polling, ...only, ...heartbeat, groupConcurrency: 1, includeMetadata: true },
      async ([job]: JobWithMetadata<queues.TicketJob>[]) => {
        if (!job) return;
        const run = this.#run(job, handler).finally(() => giveTurns(this.#database, lane).catch(this.#onError));
        this.#running.add(run);
        await run.finally(() => this.#running.delete(run) && this.#boss.notifyWorker(id));
      },
    );
    this.#workers.push(id);
  }

  async #takeUpLost(): Promise<void> {
    const polling = { pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 1 };
    const heartbeat = { heartbeatRefreshSeconds: queues.HEARTBEAT_REFRESH_SECONDS };
    await this.#boss.work<queues.TicketJob>(queues.LOST, { ...polling, ...heartbeat }, async ([job]) => {
      if (job) await this.#again(job.data, null);
    });
  }

  /** A worker that ends a job looks again at once: what was nudged meanwhile was held back by this very job. */
  async #run(job: JobWithMetadata<queues.TicketJob>, handler: Handler): Promise<void> {
    const { ticket, lane = "work" } = job.data;
    this.#settings.onTaken?.(lane, new Date(job.startedOn).getTime() - new Date(job.startAfter).getTime());
    const abort = AbortSignal.any([job.signal, this.#stopping.signal]);
    try {
      const { again } = await handler(ticket, { abort, leave: AbortSignal.any([abort, this.#leaving.signal]) });
      await this.#bury(job.data);
      if (again) await this.nudge(ticket, { lane, inMs: again.inMs, reason: "again" });
    } catch (error) {
      if (this.#leaving.signal.aborted) return this.nudge(ticket, { lane, reason: "stopped" });
      this.#onError(error instanceof Error ? error : new Error(inWords(error)));
      await this.#again(job.data, { error });
    }
  }

  /** A ticket that runs well again is no longer counted as dead. */
  async #bury(job: queues.TicketJob): Promise<void> {
    const dead = await this.#boss.findJobs(queues.DEAD, { key: queues.deadKey(job), queued: true });
    if (dead.length > 0)
      await this.#boss.deleteJob(
        queues.DEAD,
        dead.map(({ id }) => id),
      );
  }

  /** Repeats a job that did not end well: later and later when the handler throws, at once when its worker is gone (`null`). */
  async #again(job: queues.TicketJob, thrown: { readonly error: unknown } | null): Promise<void> {
    const attempt = job.attempt + 1;
    if (attempt > ATTEMPTS_MAX) return this.#putAside({ ...job, why: whyDead(thrown, this.#settings) });
    const inMs = thrown ? retryDelayMs(attempt, Math.random(), this.#settings.retryBaseMs) : 0;
    const next = { ...job, reason: thrown ? "threw" : "lost", attempt };
    const put = (tx: Query) =>
      putWaiting(this.#boss, queues.asBossDb(tx), next, inMs, "set-attempt", thrown ? "in-turn" : "first");
    await this.#database.transaction(put);
    if (inMs > 0 && inMs <= TIMER_MS_MAX) this.#wakeIn(inMs);
  }

  async #putAside(job: queues.DeadJob): Promise<void> {
    const key = { singletonKey: queues.deadKey(job) };
    const dead = { ...job, at: new Date().toISOString() };
    const { updated } = await this.#boss.update(queues.DEAD, dead, key);
    if (updated === 0) await this.#boss.send(queues.DEAD, dead, key);
    const { ticket, lane = "work" } = job;
    void this.#settings.onDead?.({ ticket, lane }).catch(this.#onError);
  }

  #wakeIn(ms: number): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      for (const id of this.#workers) this.#boss.notifyWorker(id);
    }, ms + 1);
    this.#timers.add(timer.unref());
  }

  async sweepEvery(everyMs: number, sweep: (signal: AbortSignal) => Promise<void>): Promise<void> {
    await this.#boss.work(
      queues.SWEEP,
      { heartbeatRefreshSeconds: queues.HEARTBEAT_REFRESH_SECONDS },
      async ([job]) => {
        if (!job) return;
        await sweep(AbortSignal.any([job.signal, this.#stopping.signal])).catch(this.#onError);
      },
    );
    // Every process asks for each turn; the slot lets one of them have it. The first one is without a slot: a
    // process that comes back after a crash shall look at once, whoever looked a moment ago.
    const slotSeconds = Math.max(1, Math.floor(everyMs / 1000));
    const timer = setInterval(() => {
      this.#boss.send(queues.SWEEP, {}, { singletonSeconds: slotSeconds }).catch(this.#onError);
    }, everyMs);
    this.#timers.add(timer.unref());
    await this.#boss.send(queues.SWEEP, {});
  }

  async idle(horizonMs = 0): Promise<void> {
    for (;;) {
      // What runs in this process says itself when it has ended; only for the rest the database is asked again and again.
      await Promise.allSettled(this.#running);
      if ((await busyJobs(this.#database, horizonMs)) === 0) return;
      await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
    }
  }

  depth(): Promise<Depth> {
    return depthOf(this.#database);
  }

  dead(): Promise<Dead[]> {
    return deadIn(this.#database);
  }

  stop(limits: StopLimits = {}): Promise<void> {
    this.#stopped ??= this.#stop(limits);
    return this.#stopped;
  }

  async #stop({ graceMs = STOP_GRACE_MS, unwindMs = STOP_UNWIND_MS }: StopLimits): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#leaving.abort(new Error("The process is about to stop"));
    const names = [...Object.values(queues.QUEUE_OF), queues.LOST, queues.SWEEP];
    const drained = Promise.all(names.map((name) => this.#boss.offWork(name, { wait: true })));
    if (!(await settled(drained, graceMs))) {
      this.#stopping.abort(new Error("The process is stopping"));
      await settled(drained, unwindMs);
    }
    // What still runs is given back here: it goes to LOST and from there to the next worker.
    await this.#boss.stop({ graceful: false, close: false });
  }
}
