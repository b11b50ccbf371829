import type { Db, PgBoss, Queue as QueueOptions } from "pg-boss";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "../store/database.ts";
import { JOB_SECONDS_MAX, type Lane } from "./queue.ts";

/** The queues that pg-boss keeps for us. docs/decisions/0004 says why their policies are as they are. */
export const QUEUE_OF: Readonly<Record<Lane, string>> = { work: "ticket", hearing: "hearing", guard: "guard" };
/** pg-boss copies jobs here whose worker died, in the statement that finds them. Its worker puts them back. */
export const LOST = "ticket_lost";
/** Jobs that failed ATTEMPTS_MAX times, to be seen by people. Nobody works on it. */
export const DEAD = "ticket_dead";
export const SWEEP = "sweep";

/** `lane` is absent in jobs of before there were two. */
export type TicketJob = { ticket: TicketKey; lane?: Lane; reason: string; attempt: number };

/** `at` is when it failed for good the last time: the job itself may lie there since the first time. */
export type DeadJob = TicketJob & { why?: string; at?: string };

/** What a job is told apart by among the dead, where jobs of both lanes lie together. */
export function deadKey({ ticket, lane = "work" }: Pick<TicketJob, "ticket" | "lane">): string {
  return lane === "work" ? ticket : `${lane} ${ticket}`;
}

/**
 * A worker that was silent for so long is dead. Ten seconds is the least pg-boss takes; a busy machine needs more. A process
 * that is only slow and is taken for dead does no harm: its leases and its job's signal end as well.
 */
export const HEARTBEAT_SECONDS = 18;
export const HEARTBEAT_REFRESH_SECONDS = 4;
/** Only for what NOTIFY does not tell: jobs that become due, and times without a listener. */
export const POLL_SECONDS = 2;
/** Of a job whose worker died. Each lane has a worker that takes only these, however busy the others are. */
export const FIRST_PRIORITY = 2;
/** Of the job with which it is its owner's turn; all others have 0. */
export const TURN_PRIORITY = 1;
/** Finished jobs say nothing that the ledger does not say better. */
const FINISHED_KEPT_SECONDS = 60 * 60;
const DEAD_KEPT_SECONDS = 30 * 24 * 60 * 60;

const LANE: Omit<QueueOptions, "name"> = {
  policy: "short",
  retryLimit: 0,
  deadLetter: LOST,
  heartbeatSeconds: HEARTBEAT_SECONDS,
  expireInSeconds: JOB_SECONDS_MAX,
  deleteAfterSeconds: FINISHED_KEPT_SECONDS,
  notify: true,
};

const QUEUES: Readonly<Record<string, Omit<QueueOptions, "name">>> = {
  [DEAD]: { policy: "short", retentionSeconds: DEAD_KEPT_SECONDS },
  // Whoever puts a dead worker's job back may die over it: without a heartbeat nobody would notice for fifteen minutes.
  [LOST]: {
    retryLimit: 2,
    retryDelay: 1,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: FINISHED_KEPT_SECONDS,
  },
  [QUEUE_OF.work]: LANE,
  [QUEUE_OF.hearing]: LANE,
  [QUEUE_OF.guard]: LANE,
  [SWEEP]: {
    policy: "exclusive",
    retryLimit: 0,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    deleteAfterSeconds: FINISHED_KEPT_SECONDS,
    notify: true,
  },
};

export function asBossDb(query: Query): Db {
  return {
    executeSql: async (text, values) => ({
      rows: values?.length ? await query.query(text, values) : await query.exec(text),
    }),
  };
}

export async function layQueues(boss: PgBoss): Promise<void> {
  for (const [name, options] of Object.entries(QUEUES)) {
    await boss.createQueue(name, options);
    const { policy: _policy, ...changeable } = options;
    await boss.updateQueue(name, changeable);
    // Any read fills pg-boss's cache of queues. Otherwise the first nudge inside a transaction would fill it on
    // another connection, which PGlite does not have.
    await boss.findJobs(name, { key: "", queued: true });
  }
}

/** PGlite belongs to one process, and this one has just started: whatever is active has no worker any more. */
export async function giveBackOrphans(boss: PgBoss, database: Database): Promise<void> {
  for (const name of Object.keys(QUEUES)) {
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
