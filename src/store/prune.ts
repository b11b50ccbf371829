import type { Database } from "./database.ts";

/**
 * What is forgotten, and when. Ledgers, publications and what is drawn from them stay for as long as the database does: a thread is
 * verified against them, and without the rows of its comments a ticket would be published a second time. Nothing of a ticket that is
 * open, or that changed within the time, is touched.
 */
export const KEPT_DAYS = {
  /** Long enough to look into a complaint; ten times the three days in which GitHub delivers again. */
  deliveries: 30,
  /** What was said on tickets that ended: no sweep reads further back than a week, and no webhook comes after three. */
  inbox: 90,
  /** Questions and answers of models and tools, word by word: a quarter in which somebody may want to export them. */
  journalTexts: 90,
  /** What each call cost and how long it took, a row without texts: two years of figures and scorecards. */
  journalCalls: 730,
} as const;

export type Pruned = { readonly [what in keyof typeof KEPT_DAYS]: number };

/** Rows of one statement: it takes a fraction of a second, and nobody waits long for a row of it. */
const ROWS_AT_ONCE = 1_000;
/** Statements of one kind in one turn: what is left over has its turn with the next sweep. */
const STATEMENTS_MAX = 50;
const DAY_MS = 24 * 60 * 60_000;

/** @param now by which ages are told: a clock that is days ahead forgets as much too early, and nothing of an open ticket */
export async function prune(database: Database, now: Date): Promise<Pruned> {
  const counts = { deliveries: 0, inbox: 0, journalTexts: 0, journalCalls: 0 };
  for (const what of Object.keys(STATEMENTS) as (keyof Pruned)[]) {
    const before = new Date(now.getTime() - KEPT_DAYS[what] * DAY_MS);
    for (let turn = 0; turn < STATEMENTS_MAX; turn++) {
      const rows = await database.query(STATEMENTS[what], [before, ROWS_AT_ONCE]);
      counts[what] += rows.length;
      if (rows.length < ROWS_AT_ONCE) break;
    }
  }
  return counts;
}

/** A row of the index may be lost and is then made anew: without one, only what never had a ledger is settled. */
const settled = (ticket: string) =>
  `NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.ticket = ${ticket} AND (standing = 'open' OR updated_at >= $1))
   AND (EXISTS (SELECT 1 FROM tickets WHERE tickets.ticket = ${ticket})
     OR NOT EXISTS (SELECT 1 FROM ledger_entries WHERE ledger_entries.ticket = ${ticket}))`;

/** Of an answer only what a sum needs, where there is one; see `paidOn`. */
const USAGE = `coalesce('{"usage":{"outputTokens":' || substring(reply, '"usage":[{][^{}]*"outputTokens":([0-9]+)') || '}}', 'null')`;

/** A call without texts answers no question any more: it gets a hash that none has, also where the same was asked and pruned before. */
const STATEMENTS: Readonly<Record<keyof Pruned, string>> = {
  deliveries: `DELETE FROM deliveries WHERE id IN (
    SELECT id FROM deliveries WHERE state = 'kept' AND received_at < $1 LIMIT $2) RETURNING 1 AS gone`,
  inbox: `DELETE FROM inbox WHERE (ticket, source) IN (
    SELECT ticket, source FROM inbox WHERE state <> 'pending' AND received_at < $1 AND ${settled("inbox.ticket")}
     LIMIT $2) RETURNING 1 AS gone`,
  journalTexts: `UPDATE journal SET hash = 'pruned ' || CAST(position AS text) || ' ' || hash, question = '', reply = ${USAGE} WHERE hash IN (
    SELECT hash FROM journal WHERE question <> '' AND at < $1 AND ${settled("journal.ticket")} LIMIT $2) RETURNING 1 AS gone`,
  journalCalls: `DELETE FROM journal WHERE hash IN (
    SELECT hash FROM journal WHERE question = '' AND at < $1 AND ${settled("journal.ticket")} LIMIT $2) RETURNING 1 AS gone`,
};
