import type { Db, PgBoss } from "pg-boss";
import { FIRST_PRIORITY, POLL_SECONDS, QUEUE_OF, type TicketJob } from "./boss-queues.ts";
import type { Query } from "../store/database.ts";
import type { AtOnce } from "./queue.ts";

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
  turn: "in-turn" | "first" = "in-turn",
): Promise<void> {
  const queue = QUEUE_OF[job.lane ?? "work"];
  const key = { singletonKey: job.ticket };
  const data = attempt === "set-attempt" ? job : undefined;
  for (let lap = 0; lap < NUDGE_LAPS_MAX; lap++) {
    const soon = inMs <= 0 ? { startAfter: 0 } : {};
    const first = turn === "first" ? { priority: FIRST_PRIORITY } : {};
    const waiting = await boss.update(queue, data, { ...key, ...soon, ...first, db });
    if (waiting.jobs[0]) return inMs <= 0 ? undefined : await bringForward(boss, queue, db, waiting.jobs[0], inMs);
    // The group is what keeps two jobs of one ticket from being active together.
    const added = await boss.send(queue, job, {
      ...key,
      ...first,
      startAfter: inMs / 1000,
      group: { id: job.ticket },
      db,
    });
    if (added) return;
  }
  throw new Error(`The waiting job of ${job.ticket} was taken ${NUDGE_LAPS_MAX} times while it was being written`);
}

/**
 * In one statement, whatever waits already: what waits is locked, so that a worker passes over it until we commit, and is brought forward where it was
 * to wait longer; what is missing is added with its queue's own settings, as pg-boss's insert does. Workers are told with the commit, but not of
 * what was due at their last poll and is waiting for one of them to be free: each NOTIFY makes commits wait for one another. Sorted, so
 * that two rounds of two processes take their locks in one order. Race: what another process adds between the look and the insert is locked then.
 */
const PUT_TOGETHER = `WITH it AS MATERIALIZED (
  SELECT name, ticket, data FROM json_to_recordset($1::json) AS it (name text, ticket text, data text)
), held AS MATERIALIZED (
  SELECT job.name, singleton_key, id, start_after FROM pgboss.job_common AS job JOIN it ON job.name = it.name
     AND coalesce(singleton_key, '') = it.ticket
   WHERE state = 'created' AND policy = 'short' ORDER BY job.name, singleton_key FOR UPDATE OF job
), brought AS (
  UPDATE pgboss.job_common AS job SET start_after = pgboss.job_now() FROM held
   WHERE job.name = held.name AND job.id = held.id AND held.start_after > pgboss.job_now()
), put AS (
  INSERT INTO pgboss.job_common AS job (name, data, singleton_key, group_id, start_after, created_on, policy, dead_letter,
    expire_seconds, deletion_seconds, keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, heartbeat_seconds)
  SELECT it.name, CAST(it.data AS jsonb), it.ticket, it.ticket, pgboss.job_now(), pgboss.job_now(), queue.policy, queue.dead_letter,
    queue.expire_seconds, queue.deletion_seconds, pgboss.job_now() + queue.retention_seconds * interval '1s', queue.retry_limit,
    queue.retry_delay, coalesce(queue.retry_backoff, false), queue.retry_delay_max, queue.heartbeat_seconds
    FROM it JOIN pgboss.queue AS queue ON queue.name = it.name
   WHERE NOT EXISTS (SELECT FROM held WHERE held.name = it.name AND held.singleton_key = it.ticket) ORDER BY it.name, it.ticket
  ON CONFLICT (name, coalesce(singleton_key, '')) WHERE state = 'created' AND policy = 'short'
  DO UPDATE SET start_after = excluded.start_after WHERE job.start_after > excluded.start_after
) SELECT pg_notify($2, name) FROM it WHERE $2 <> '' AND NOT EXISTS (
  SELECT FROM held WHERE held.name = it.name AND held.singleton_key = it.ticket
     AND held.start_after < pgboss.job_now() - interval '${POLL_SECONDS} s') GROUP BY name`;

/**
 * The same as `putWaiting` for many tickets, each due now.
 * @param channel where pg-boss announces what became due; empty where nobody listens
 */
export async function putTogether(db: Query, channel: string, nudges: readonly AtOnce[]): Promise<void> {
  const jobs = nudges.map(({ ticket, lane, reason }) => ({
    ...{ name: QUEUE_OF[lane], ticket },
    // As text, which is read only where the job is new.
    data: JSON.stringify({ ticket, lane, reason, attempt: 1 } satisfies TicketJob),
  }));
  await db.query(PUT_TOGETHER, [JSON.stringify(jobs), channel]);
}

/** The job is locked by us, so its time cannot change between the look and the change. */
async function bringForward(boss: PgBoss, queue: string, db: Db, id: string, inMs: number): Promise<void> {
  const { rows } = await db.executeSql(
    "SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND start_after > now() + $3 * interval '1 ms'",
    [queue, id, inMs],
  );
  if (rows.length > 0) await boss.update(queue, undefined, { id, startAfter: inMs / 1000, db });
}
