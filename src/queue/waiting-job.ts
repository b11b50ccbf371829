import type { Db, PgBoss } from "pg-boss";
import { FIRST_PRIORITY, QUEUE_OF, type TicketJob } from "./boss-queues.ts";
import type { AtOnce, Lane } from "./queue.ts";

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
 * Locks what waits, so that a worker passes over it until we commit. One that passed over it is told of the commit, as pg-boss itself
 * would: one that is woken for a ticket looks at all that is due, so one announcement is enough.
 */
const LOCK_AND_TELL = `WITH locked AS (
  SELECT singleton_key, start_after > now() AS deferred FROM pgboss.job
   WHERE name = $1 AND state = 'created' AND singleton_key = ANY($2) ORDER BY singleton_key FOR UPDATE
), told AS (
  SELECT pg_notify($3, $1) FROM locked WHERE NOT deferred AND $3 <> '' LIMIT 1
) SELECT singleton_key, deferred FROM locked WHERE (SELECT count(*) FROM told) >= 0`;

type Held = { readonly singleton_key: string; readonly deferred: boolean };
type On = { readonly db: Db; readonly channel: string };

/**
 * The same as `putWaiting` for many tickets, each due now. What waits is locked before it is known what is wanted: that goes out
 * together with what is stored. Sorted, so that two rounds of two processes take their locks in one order, those of new jobs included.
 * @param on where pg-boss announces what became due; empty where nobody listens
 */
export async function putTogether(
  boss: PgBoss,
  on: On,
  nudges: readonly AtOnce[],
  wanted?: Promise<ReadonlySet<AtOnce>>,
): Promise<void> {
  const sorted = nudges.toSorted((one, other) => (one.lane < other.lane ? -1 : one.lane > other.lane ? 1 : 0));
  const lanes = [...Map.groupBy(sorted, (one) => one.lane)].map(([lane, all]) => {
    const holding = holdWaiting(on, lane, all);
    holding.catch(() => undefined);
    return { lane, all, holding };
  });
  const are = await wanted;
  for (const { lane, all, holding } of lanes) {
    const jobs = all.flatMap((one) =>
      are?.has(one) === false ? [] : [{ ticket: one.ticket, lane, reason: one.reason, attempt: 1 }],
    );
    await putOfLane(boss, on.db, { lane, held: await holding }, jobs);
  }
}

async function holdWaiting({ db, channel }: On, lane: Lane, jobs: readonly AtOnce[]): Promise<readonly Held[]> {
  const { rows } = await db.executeSql(LOCK_AND_TELL, [QUEUE_OF[lane], jobs.map(({ ticket }) => ticket), channel]);
  return rows as Held[];
}

/** In one statement however many they are, and one for each that was to wait longer. */
async function putOfLane(
  boss: PgBoss,
  db: Db,
  { lane, held }: { readonly lane: Lane; readonly held: readonly Held[] },
  jobs: readonly TicketJob[],
): Promise<void> {
  const queue = QUEUE_OF[lane];
  const wanted = new Set<string>(jobs.map(({ ticket }) => ticket));
  const waiting = new Set(held.map((row) => row.singleton_key));
  for (const { singleton_key: singletonKey, deferred } of held)
    if (deferred && wanted.has(singletonKey)) await boss.update(queue, undefined, { singletonKey, startAfter: 0, db });
  const missing = jobs
    .filter(({ ticket }) => !waiting.has(ticket))
    .sort((one, other) => (one.ticket < other.ticket ? -1 : 1));
  if (missing.length === 0) return;
  const added = await boss.insert(
    queue,
    missing.map((data) => ({ data, singletonKey: data.ticket, group: { id: data.ticket } })),
    { db, returnId: true },
  );
  // Somebody else put one there meanwhile. Which ones is not told; a second time does no harm.
  if ((added?.length ?? 0) < missing.length)
    for (const job of missing) await putWaiting(boss, db, job, 0, "keep-attempt");
}

/** The job is locked by us, so its time cannot change between the look and the change. */
async function bringForward(boss: PgBoss, queue: string, db: Db, id: string, inMs: number): Promise<void> {
  const { rows } = await db.executeSql(
    "SELECT 1 FROM pgboss.job WHERE name = $1 AND id = $2 AND start_after > now() + $3 * interval '1 ms'",
    [queue, id, inMs],
  );
  if (rows.length > 0) await boss.update(queue, undefined, { id, startAfter: inMs / 1000, db });
}
