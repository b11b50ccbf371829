import type { Query } from "../store/database.ts";
import { DEAD, LOST, QUEUE_OF } from "./boss-queues.ts";
import type { Dead, Depth, Lane } from "./queue.ts";

/** Jobs that run now, on whatever machine, or are due within `horizonMs`. */
export async function busyJobs(database: Query, horizonMs: number): Promise<number> {
  const rows = await database.query<{ busy: number }>(
    `SELECT count(*) AS busy FROM pgboss.job
      WHERE name <> $1 AND (state = 'active'
         OR (state < 'active' AND start_after <= now() + $2 * interval '1 ms'))`,
    [DEAD, horizonMs],
  );
  return rows[0]?.busy ?? 0;
}

export async function depthOf(database: Query): Promise<Depth> {
  const rows = await database.query<Depth>(
    `SELECT count(*) FILTER (WHERE name <> $1 AND state < 'active' AND start_after <= now()) AS ready,
            count(*) FILTER (WHERE name <> $1 AND state < 'active' AND start_after > now()) AS deferred,
            count(*) FILTER (WHERE name <> $1 AND state = 'active') AS active,
            count(*) FILTER (WHERE name = $1 AND state < 'active') AS dead
       FROM pgboss.job WHERE name = ANY($2::text[])`,
    [DEAD, [...Object.values(QUEUE_OF), LOST, DEAD]],
  );
  return rows[0] ?? { ready: 0, deferred: 0, active: 0, dead: 0 };
}

/** Also for whoever looks into the database of a server that never started: it has no queue then. */
export async function deadIn(database: Query): Promise<Dead[]> {
  const [found] = await database.query<{ laid: boolean }>("SELECT to_regclass('pgboss.job') IS NOT NULL AS laid");
  if (!found?.laid) return [];
  const rows = await database.query<{ ticket: string; lane: Lane | null; why: string | null; at: Date }>(
    `SELECT data ->> 'ticket' AS ticket, data ->> 'lane' AS lane, data ->> 'why' AS why,
            coalesce((data ->> 'at')::timestamptz, created_on) AS at
       FROM pgboss.job WHERE name = $1 AND state < 'active' ORDER BY at DESC`,
    [DEAD],
  );
  return rows.map(({ ticket, lane, why, at }) => ({ ticket, lane: lane ?? "work", why: why ?? "", at }));
}
