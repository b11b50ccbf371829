import type { Database } from "../store/database.ts";

/**
 * So long nothing was heard of the database that no heartbeat can have got through. Each process asks it every few seconds, and a job
 * counts as lost after HEARTBEAT_SECONDS of silence, which is a little more.
 */
const SILENT_MS_MIN = 12_000;

/** Whoever is dead is silent again from now on, and is found as late as if it had died a moment ago. */
const GRACE = "UPDATE pgboss.job SET heartbeat_on = now() WHERE state = 'active' AND heartbeat_on < now()";

/**
 * A database that was away heard no heartbeat, so when it is back all jobs look as if their workers were dead. Those live as a rule, with
 * an answer in hand that was paid for and waits to be stored: whoever took over would pay for it again. So the time in which the database
 * said nothing counts as nobody's silence. That is put right before anything else is asked, also before pg-boss looks for dead workers.
 */
export function withGrace(database: Database, silentMsMin = SILENT_MS_MIN): Database {
  let heardAt = performance.now();
  let granting: Promise<unknown> | null = null;
  const wasSilent = () => performance.now() - heardAt >= silentMsMin;
  const grant = async () => {
    await database.exec(GRACE);
    heardAt = performance.now();
  };
  const after = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (wasSilent()) await (granting ??= grant().finally(() => (granting = null)));
    const answer = await ask();
    // An answer that came late itself ends no silence: what follows from it is asked after the grace.
    if (!wasSilent()) heardAt = performance.now();
    return answer;
  };
  return {
    ...database,
    query: (sql, params) => after(() => database.query(sql, params)),
    exec: (sql) => after(() => database.exec(sql)),
  };
}
