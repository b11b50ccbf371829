import type { TicketKey } from "../core/ledger/ids.ts";
import type { Query } from "../store/database.ts";
import type { Dead, Lane } from "./queue.ts";

/** How a job gets into the table of the SQLite queue. */
export type WaitingJob = {
  readonly lane: string;
  readonly ticket: TicketKey;
  readonly dueMs: number;
  readonly reason: string;
  readonly attempt: number;
};

/** A nudge finds the job that waits already: the earlier time wins, and a job that failed before keeps its count. */
const PUT = `INSERT INTO jobs (state, lane, ticket, due_ms, reason, attempt)
  SELECT 'waiting', value ->> 'lane', value ->> 'ticket', value ->> 'dueMs', value ->> 'reason', value ->> 'attempt'
    FROM json_each($1) WHERE true
  ON CONFLICT (lane, ticket, state)
  DO UPDATE SET due_ms = min(due_ms, excluded.due_ms), attempt = max(attempt, excluded.attempt)
         WHERE due_ms > excluded.due_ms OR attempt < excluded.attempt`;

/** One statement and one text, however many they are. */
export async function putJobs(jobs: readonly WaitingJob[], tx: Query): Promise<void> {
  await tx.query(PUT, [JSON.stringify(jobs)]);
}

/** Owners that had their turn in this round of a lane: who has many tickets shall not have others wait for all of them. */
export type Turns = Set<string>;

type TakenJob = { readonly ticket: TicketKey; readonly attempt: number; readonly due_ms: number };

const OWNER = "substr(ticket, 1, instr(ticket, '/'))";

/** Marks the job that is run next: what is due longest, of an owner that had no turn in this round if there is one. */
export async function takeJob(
  database: Query,
  lane: string,
  { now, turns }: { readonly now: number; readonly turns: Turns },
): Promise<TakenJob | null> {
  const [taken] = await database.query<TakenJob>(
    `UPDATE jobs SET state = 'active' WHERE rowid = (
       SELECT rowid FROM jobs AS it WHERE lane = $1 AND state = 'waiting' AND due_ms <= $2 AND NOT EXISTS (
         SELECT 1 FROM jobs WHERE lane = it.lane AND ticket = it.ticket AND state = 'active')
        ORDER BY ${OWNER} IN (SELECT value FROM json_each($3)), due_ms, rowid LIMIT 1)
     RETURNING ticket, attempt, due_ms`,
    [lane, now, JSON.stringify([...turns])],
  );
  if (!taken) return null;
  const owner = taken.ticket.slice(0, taken.ticket.indexOf("/") + 1);
  // Nobody without a turn is due: the next round.
  if (turns.has(owner)) turns.clear();
  turns.add(owner);
  return taken;
}

/** Puts a job aside. `reason` is why it failed, and `dueMs` when. */
export async function putDead({ lane, ticket, dueMs, reason, attempt }: WaitingJob, tx: Query): Promise<void> {
  await tx.query(
    `INSERT INTO jobs (lane, ticket, state, due_ms, reason, attempt) VALUES ($1, $2, 'dead', $3, $4, $5)
     ON CONFLICT (lane, ticket, state) DO UPDATE SET due_ms = excluded.due_ms, reason = excluded.reason`,
    [lane, ticket, dueMs, reason, attempt],
  );
}

/** Of tickets: the sweep's own job is started with each turn of the sweep, however it ended. */
export async function deadIn(database: Query): Promise<Dead[]> {
  const rows = await database.query<{ ticket: TicketKey; lane: Lane; reason: string; due_ms: number }>(
    "SELECT ticket, lane, reason, due_ms FROM jobs WHERE state = 'dead' AND ticket <> '' ORDER BY due_ms DESC",
  );
  return rows.map(({ ticket, lane, reason: why, due_ms }) => ({ ticket, lane, why, at: new Date(due_ms) }));
}
