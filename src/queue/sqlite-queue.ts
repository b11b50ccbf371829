import { AsyncLocalStorage } from "node:async_hooks";
import type { TicketKey } from "../core/ledger/ids.ts";
import { inWords } from "../errors-in-words.ts";
import type { Database, Query } from "../store/database.ts";
import { ATTEMPTS_MAX, JOB_SECONDS_MAX, STOP_GRACE_MS, STOP_UNWIND_MS, whyDead } from "./queue.ts";
import { retryDelayMs } from "./retry-delay.ts";
import type { AtOnce, Dead, Depth, Handler, Lane, Queue, QueueSettings, Signals, StopLimits, When } from "./queue.ts";
import { rejected, settled } from "./settled.ts";
import { deadIn, putDead, putJobs, takeJob, type Turns } from "./sqlite-jobs.ts";
import { steadyClock } from "./steady-clock.ts";

/**
 * The queue of a server that is one process, in a table of its SQLite file, so that a nudge commits with what it is about.
 * The primary key (lane, ticket, state) is the contract: of one ticket at most one job a lane waits and one is active.
 * Who nudges also wakes the workers, so nothing is asked for again and again.
 */

/** Another process that nudges: what the timer of the next due job does not see. */
const LOOK_MS = 2_000;
/** `setTimeout` takes no more. */
const TIMER_MS_MAX = 2 ** 31 - 1;
/** Between two looks of `idle` at jobs that become due within its horizon. */
const IDLE_LOOK_MS = 10;
/** The sweep is a job like the others, in a lane of its own and of no ticket. */
const SWEEP = { lane: "sweep", ticket: "" } as const;

type AnyLane = Lane | typeof SWEEP.lane;
type Job = { readonly ticket: TicketKey; readonly attempt: number };
type Workers = {
  readonly concurrency: number;
  readonly handler: Handler;
  readonly turns: Turns;
  active: number;
  looking: Promise<void>;
};

/** What waits longer at the start may have been written by a clock that was ahead; the sweep then looks at open tickets anyway. */
const STORED_WAIT_MS_MAX = 10 * 60_000;

export async function openSqliteQueue(database: Database, settings: QueueSettings = {}): Promise<Queue> {
  // The file belongs to one process, and this one has just started: whatever is active has no worker any more.
  const orphans = await database.query<{ lane: AnyLane; ticket: TicketKey; attempt: number }>(
    "SELECT lane, ticket, attempt FROM jobs WHERE state = 'active'",
  );
  const queue = new SqliteQueue(database, settings);
  for (const { lane, ...job } of orphans) await queue.putBack(lane, job, "lost");
  const latest = Date.now() + STORED_WAIT_MS_MAX;
  await database.query("UPDATE jobs SET due_ms = $1 WHERE state = 'waiting' AND due_ms > $1", [latest]);
  return queue;
}

class SqliteQueue implements Queue {
  readonly #now = steadyClock();
  readonly #database: Database;
  readonly #onError: (error: Error) => void;
  readonly #onTaken: QueueSettings["onTaken"];
  readonly #settings: QueueSettings;
  readonly #lanes = new Map<AnyLane, Workers>();
  /** What runs here, and the job it holds. */
  readonly #running = new Map<Promise<void>, { readonly lane: AnyLane; readonly job: Job }>();
  readonly #leaving = new AbortController();
  readonly #stopping = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  #due: NodeJS.Timeout | undefined;
  #stopped: Promise<void> | null = null;
  /** Looks are taken outside of the transaction that a nudge belongs to: they wait in line until it is over. */
  readonly #outside = AsyncLocalStorage.snapshot();

  constructor(database: Database, settings: QueueSettings) {
    this.#database = database;
    this.#onError = settings.onError ?? (() => {});
    this.#onTaken = settings.onTaken;
    this.#settings = settings;
    this.#timers.push(setInterval(() => this.#look(), LOOK_MS).unref());
  }

  async nudge(ticket: TicketKey, { lane, inMs = 0, reason }: When, tx?: Query): Promise<void> {
    await this.#put(lane, { ticket, attempt: 1 }, { inMs, reason }, tx);
  }

  async nudgeAll(nudges: readonly AtOnce[], tx: Query): Promise<void> {
    const dueMs = this.#now();
    await putJobs(
      nudges.map((one) => ({ ...one, dueMs, attempt: 1 })),
      tx,
    );
    this.#look();
  }

  async work(lane: Lane, concurrency: number, handler: Handler): Promise<void> {
    this.#begin(lane, concurrency, handler);
  }

  async sweepEvery(everyMs: number, sweep: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#begin(SWEEP.lane, 1, async (_ticket, { abort }) => {
      await sweep(abort).catch(this.#onError);
      return { again: null };
    });
    const now = () => this.#put(SWEEP.lane, { ticket: SWEEP.ticket, attempt: 1 }, { inMs: 0, reason: "its turn" });
    this.#timers.push(setInterval(() => void now().catch(this.#onError), everyMs).unref());
    await now();
  }

  async idle(horizonMs = 0): Promise<void> {
    for (;;) {
      await Promise.allSettled([...this.#running.keys(), ...[...this.#lanes.values()].map(({ looking }) => looking)]);
      if (this.#running.size > 0) continue;
      const [row] = await this.#database.query<{ busy: number }>(
        "SELECT count(*) AS busy FROM jobs WHERE state = 'active' OR (state = 'waiting' AND due_ms <= $1)",
        [this.#now() + horizonMs],
      );
      if (row?.busy === 0) return;
      await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
    }
  }

  async depth(): Promise<Depth> {
    const [row] = await this.#database.query<Depth>(
      `SELECT count(*) FILTER (WHERE state = 'waiting' AND due_ms <= $1) AS ready,
              count(*) FILTER (WHERE state = 'waiting' AND due_ms > $1) AS deferred,
              count(*) FILTER (WHERE state = 'active') AS active,
              count(*) FILTER (WHERE state = 'dead') AS dead
         FROM jobs WHERE lane <> $2`,
      [this.#now(), SWEEP.lane],
    );
    return row ?? { ready: 0, deferred: 0, active: 0, dead: 0 };
  }

  readonly dead = (): Promise<Dead[]> => deadIn(this.#database);

  stop(limits: StopLimits = {}): Promise<void> {
    this.#stopped ??= this.#stop(limits);
    return this.#stopped;
  }

  async #stop({ graceMs = STOP_GRACE_MS, unwindMs = STOP_UNWIND_MS }: StopLimits): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#due);
    this.#leaving.abort(new Error("The process is about to stop"));
    await Promise.all([...this.#lanes.values()].map(({ looking }) => looking));
    const drained = Promise.all(this.#running.keys());
    if (!(await settled(drained, graceMs))) {
      this.#stopping.abort(new Error("The process is stopping"));
      await settled(drained, unwindMs);
    }
    for (const [run, { lane, job }] of this.#running) {
      this.#running.delete(run);
      await this.putBack(lane, job, "lost");
    }
  }

  #begin(lane: AnyLane, concurrency: number, handler: Handler): void {
    this.#lanes.set(lane, { concurrency, handler, turns: new Set(), active: 0, looking: Promise.resolve() });
    this.#look();
  }

  async #put(lane: AnyLane, job: Job, { inMs = 0, reason }: Omit<When, "lane">, tx?: Query): Promise<void> {
    await putJobs([{ ...job, lane, reason, dueMs: this.#now() + inMs }], tx ?? this.#database);
    this.#look();
  }

  /** Gives free workers what is due. */
  #look(): void {
    for (const [lane, workers] of this.#lanes)
      this.#outside(() => {
        workers.looking = workers.looking.then(() => this.#take(lane, workers)).catch(this.#onError);
      });
  }

  async #take(lane: AnyLane, workers: Workers): Promise<void> {
    while (workers.active < workers.concurrency && !this.#leaving.signal.aborted) {
      const now = this.#now();
      const taken = await takeJob(this.#database, lane, { now, turns: workers.turns });
      if (!taken) return this.#wakeWhenDue();
      const { due_ms: dueMs, ...job } = taken;
      if (lane !== SWEEP.lane) this.#onTaken?.(lane, now - dueMs);
      workers.active += 1;
      const run: Promise<void> = this.#run(lane, job, workers.handler, () => this.#running.has(run))
        .catch(this.#onError)
        .finally(() => {
          workers.active -= 1;
          this.#running.delete(run);
          // What was nudged meanwhile was held back by this very job.
          if (!this.#leaving.signal.aborted) this.#look();
        });
      this.#running.set(run, { lane, job });
    }
  }

  async #wakeWhenDue(): Promise<void> {
    const [next] = await this.#database.query<{ due_ms: number | null }>(
      "SELECT min(due_ms) AS due_ms FROM jobs WHERE state = 'waiting' AND due_ms > $1",
      [this.#now()],
    );
    if (this.#leaving.signal.aborted || typeof next?.due_ms !== "number") return;
    clearTimeout(this.#due);
    const inMs = Math.min(TIMER_MS_MAX, Math.max(0, next.due_ms - this.#now()));
    this.#due = setTimeout(() => this.#look(), inMs).unref();
  }

  /** @param isMine false once the job was given back: its end then says nothing any more */
  async #run(lane: AnyLane, job: Job, handler: Handler, isMine: () => boolean): Promise<void> {
    const hung = new AbortController();
    const limit = setTimeout(() => hung.abort(new Error("The job hangs")), JOB_SECONDS_MAX * 1_000).unref();
    const abort = AbortSignal.any([hung.signal, this.#stopping.signal]);
    const signals: Signals = { abort, leave: AbortSignal.any([abort, this.#leaving.signal]) };
    try {
      const { again } = await Promise.race([handler(job.ticket, signals), rejected(hung.signal)]);
      if (isMine()) await this.#end(lane, job, again);
    } catch (error) {
      if (!isMine()) return;
      if (this.#leaving.signal.aborted) return this.putBack(lane, job, "stopped");
      this.#onError(error instanceof Error ? error : new Error(inWords(error)));
      await this.putBack(lane, job, "threw", { error });
    } finally {
      clearTimeout(limit);
    }
  }

  /** A ticket that runs well again is no longer counted as dead. */
  async #end(lane: AnyLane, { ticket }: Job, again: { readonly inMs: number } | null): Promise<void> {
    await this.#database.transaction(async (tx) => {
      await tx.query("DELETE FROM jobs WHERE lane = $1 AND ticket = $2 AND state <> 'waiting'", [lane, ticket]);
      if (again) await this.#put(lane, { ticket, attempt: 1 }, { inMs: again.inMs, reason: "again" }, tx);
    });
  }

  /** A job that did not end well is run again: at once when its worker is gone, later and later when the handler throws. */
  async putBack(
    lane: AnyLane,
    { ticket, attempt }: Job,
    reason: "threw" | "lost" | "stopped",
    thrown: { readonly error: unknown } | null = null,
  ): Promise<void> {
    const next = { ticket, attempt: reason === "stopped" ? attempt : attempt + 1 };
    const inMs = reason === "threw" ? retryDelayMs(next.attempt, Math.random(), this.#settings.retryBaseMs) : 0;
    await this.#database.transaction(async (tx) => {
      await tx.query("DELETE FROM jobs WHERE lane = $1 AND ticket = $2 AND state = 'active'", [lane, ticket]);
      if (next.attempt <= ATTEMPTS_MAX) return this.#put(lane, next, { inMs, reason }, tx);
      await putDead({ lane, ticket, attempt, dueMs: this.#now(), reason: whyDead(thrown, this.#settings) }, tx);
    });
    if (next.attempt > ATTEMPTS_MAX && lane !== SWEEP.lane)
      void this.#settings.onDead?.({ ticket, lane }).catch(this.#onError);
  }
}
