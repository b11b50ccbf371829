import type { TicketKey } from "../core/ledger/ids.ts";
import type { Query } from "../store/database.ts";

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
  DO UPDATE SET due_ms = min(due_ms, excluded.due_ms), attempt = max(attempt, excluded.attempt)`;

/** One statement and one text, however many they are. */
export async function putJobs(jobs: readonly WaitingJob[], tx: Query): Promise<void> {
  await tx.query(PUT, [JSON.stringify(jobs)]);
}
