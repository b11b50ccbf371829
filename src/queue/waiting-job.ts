import type { Db, PgBoss } from "pg-boss";
import { QUEUE_OF, type TicketJob } from "./boss-queues.ts";

/** Each lap needs another process to take the waiting job between two statements of ours. */
const NUDGE_LAPS_MAX = 20;

/**
 * Changes the waiting job of a ticket's lane or adds one. The change matters even when it changes nothing: it locks the
 * waiting job until we commit, so that no worker takes it, looks, misses what we are about to commit, and ends.
 */
export async function putWaiting(
  boss: PgBoss,
  db: Db,
  job: TicketJob,
  inMs: number,
  attempt: "keep-attempt" | "set-attempt",
): Promise<void> {
  const queue = QUEUE_OF[job.lane ?? "work"];
  const key = { singletonKey: job.ticket };
  const data = attempt === "set-attempt" ? job : undefined;
  for (let lap = 0; lap < NUDGE_LAPS_MAX; lap++) {
    const soon = inMs <= 0 ? { startAfter: 0 } : {};
    const waiting = await boss.update(queue, data, { ...key, ...soon, db });
    if (waiting.jobs[0]) return inMs <= 0 ? undefined : await bringForward(boss, queue, db, waiting.jobs[0], inMs);
    // The group is what keeps two jobs of one ticket from being active together.
    const added = await boss.send(queue, job, { ...key, startAfter: inMs / 1000, group: { id: job.ticket }, db });
    if (added) return;
  }
  throw new Error(`The waiting job of ${job.ticket} was taken ${NUDGE_LAPS_MAX} times while it was being written`);
}

/** The job is locked by us, so its time cannot change between the look and the change. */
async function bringForward(boss: PgBoss, queue: string, db: Db, id: string, inMs: number): Promise<void> {
  const { rows } = await db.executeSql(
    "SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND start_after > now() + $3 * interval '1 ms'",
    [queue, id, inMs],
  );
  if (rows.length > 0) await boss.update(queue, undefined, { id, startAfter: inMs / 1000, db });
}
