import type { Database } from "../../src/store/database.ts";

/**
 * Has a database that speaks PostgreSQL go by a clock that a test sets: all sessions that are opened afterwards find `now()` and
 * `clock_timestamp()` of ours before its own. The difference is a row, so that what is planned already sees it change.
 */
export async function withOwnClock(database: Database): Promise<void> {
  const shifted = (name: string, kind: "STABLE" | "VOLATILE") =>
    `CREATE FUNCTION public.${name}() RETURNS timestamptz LANGUAGE sql ${kind} AS
       $$ SELECT pg_catalog.${name}() + (SELECT ahead_ms FROM public.own_clock) * interval '1 ms' $$`;
  await database.exec("CREATE TABLE public.own_clock (ahead_ms bigint); INSERT INTO public.own_clock VALUES (0)");
  await database.exec(`${shifted("now", "STABLE")}; ${shifted("clock_timestamp", "VOLATILE")}`);
  const [row] = await database.query<{ name: string }>("SELECT current_database() AS name");
  const path = "search_path TO public, pg_catalog";
  await database.exec(`ALTER DATABASE "${row?.name}" SET ${path}; SET ${path}`);
}

export async function setClock(database: Database, aheadMs: number): Promise<void> {
  await database.query("UPDATE public.own_clock SET ahead_ms = $1", [aheadMs]);
}

/** pg-boss asks for the server's own clock by its full name; to be called after each queue that is opened. */
export async function queueByOwnClock(database: Database): Promise<void> {
  await database.exec(
    `CREATE OR REPLACE FUNCTION pgboss.job_now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT public.now()'`,
  );
}
