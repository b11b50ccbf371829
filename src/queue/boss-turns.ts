import type { Query } from "../store/database.ts";
import { QUEUE_OF, TURN_PRIORITY } from "./boss-queues.ts";
import type { Lane } from "./queue.ts";

/**
 * Owners take turns: of each that has something due, the oldest job goes before all others, and when all of them are taken the next
 * round begins. Who has many tickets then has nobody else wait for all of them. A waiting job whose ticket has an active one cannot be
 * taken, so it neither has a turn nor holds up the round. What others hold locked has its turn in the next round: nothing here waits.
 */
const NEXT_ROUND = `WITH due AS (
  SELECT id, priority, created_on, split_part(singleton_key, '/', 1) AS owner FROM pgboss.job AS it
   WHERE name = $1 AND state = 'created' AND start_after <= now() AND priority <= ${TURN_PRIORITY} AND NOT EXISTS (
     SELECT 1 FROM pgboss.job WHERE name = $1 AND state = 'active' AND group_id = it.group_id)
), round AS (
  SELECT DISTINCT ON (owner) id FROM due
   WHERE NOT EXISTS (SELECT 1 FROM due WHERE priority = ${TURN_PRIORITY}) ORDER BY owner, created_on
) UPDATE pgboss.job SET priority = ${TURN_PRIORITY} WHERE name = $1 AND id = ANY (ARRAY(
  SELECT id FROM pgboss.job WHERE name = $1 AND state = 'created' AND priority < ${TURN_PRIORITY} AND id IN (SELECT id FROM round)
     FOR UPDATE SKIP LOCKED))`;

/** Before a worker looks for its next job. */
export async function giveTurns(database: Query, lane: Lane): Promise<void> {
  await database.query(NEXT_ROUND, [QUEUE_OF[lane]]);
}
