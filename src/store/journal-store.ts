import type { Spend } from "../core/ledger/entries.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Journal, JournalRecord } from "../models/journal.ts";
import type { Database } from "./database.ts";
import { COLUMNS, insert, type Totals, totalsIn } from "./journal-rows.ts";
import { persevere } from "./passing.ts";
import { padded } from "./rows.ts";

export type Spending = {
  readonly costMicroUsd: number;
  /** All tokens, read and written. */
  readonly tokens: number;
  /** Those of calls without a known price: a token budget counts these. */
  readonly unpricedTokens: number;
};

/** The journal that models write through, and what is counted from it. */
export type JournalStore = Journal & {
  /** In the order they were written; without those whose texts were pruned. */
  ofTicket(ticket: TicketKey): Promise<JournalRecord[]>;
  /** How long each answered call of a model took. @param ticketPrefix as in `spentSince` */
  latencies(ticketPrefix: string): Promise<{ model: string; step: string; latencyMs: number }[]>;
  /** How long an answered call took in these tickets since then: of each model in each role the one in the middle. */
  medians(tickets: readonly TicketKey[], since: Date): Promise<{ model: string; role: string; latencyMs: number }[]>;
  /** What was paid since then: a row for each day (UTC), repository, role and model. */
  spentByDay(since: Date): Promise<SpentOnDay[]>;
  /** Model calls that were answered, and what was paid, of all tickets since there is this database: also what was pruned counts. */
  totals(): Promise<Totals>;
  spentOn(ticket: TicketKey): Promise<Spending>;
  /** The same as a ledger counts it. */
  paidOn(ticket: TicketKey): Promise<Spend>;
  /** Of the model call that was written last: `role.task.round`. */
  lastStep(ticket: TicketKey): Promise<string | null>;
  /** @param ticketPrefix `owner/repo#` for one repository, `owner/` for one owner, empty for all */
  spentSince(ticketPrefix: string, dayStart: Date): Promise<Spending>;
};

export type SpentOnDay = {
  /** `2026-03-02` */
  readonly day: string;
  /** `owner/repo`, as its tickets are keyed. */
  readonly repository: string;
  readonly role: string;
  readonly model: string;
  readonly calls: number;
  readonly tokens: number;
  readonly costMicroUsd: number;
};

type Row = {
  hash: string;
  ticket: string;
  step: string;
  attempt: number;
  kind: "model" | "tool";
  model: string | null;
  question: string;
  reply: string;
  latency_ms: number;
  at: Date;
};

/** @param perseveredMs how long a database is waited for that is away when an answer comes; `PERSEVERED_MS` where absent */
export function journalStore(database: Database, perseveredMs?: number): JournalStore {
  const find = async (hash: string): Promise<JournalRecord | null> => {
    const rows = await database.query<Row>(`SELECT ${COLUMNS} FROM journal WHERE hash = $1`, [hash]);
    return rows[0] ? recordOf(rows[0]) : null;
  };
  return {
    find,
    write: async (record) => {
      const standing = await persevere(async () => {
        await insert(database, record);
        return find(record.hash);
      }, perseveredMs);
      if (!standing) throw new Error(`Journal record ${record.hash} vanished after it was written`);
      return standing;
    },
    ofTicket: async (ticket) => {
      const rows = await database.query<Row>(
        `SELECT ${COLUMNS} FROM journal WHERE ticket = $1 AND question <> '' ORDER BY position`,
        [ticket],
      );
      return rows.map(recordOf);
    },
    totals: () => totalsIn(database),
    latencies: async (ticketPrefix) => {
      const rows = await database.query<{ model: string; step: string; latency_ms: number }>(
        `SELECT model, step, latency_ms FROM journal
          WHERE starts_with(ticket, $1) AND kind = 'model' AND model IS NOT NULL AND tokens > 0`,
        [ticketPrefix],
      );
      return rows.map(({ latency_ms: latencyMs, ...call }) => ({ ...call, latencyMs }));
    },
    medians: (tickets, since) => medians(database, tickets, since),
    spentByDay: (since) => spentByDay(database, since),
    spentOn: async (ticket) => spending(database, "ticket = $1", [ticket]),
    paidOn: (ticket) => paidOn(database, ticket),
    lastStep: async (ticket) => {
      const rows = await database.query<{ step: string }>(
        "SELECT step FROM journal WHERE ticket = $1 AND kind = 'model' ORDER BY position DESC LIMIT 1",
        [ticket],
      );
      return rows[0]?.step ?? null;
    },
    spentSince: (ticketPrefix, dayStart) => spentSince(database, ticketPrefix, dayStart),
  };
}

/** The databases do not agree on how a day is cut out of a time, nor a word out of a text. A step is `role.task.round`. */
const PARTS = {
  postgres: {
    day: "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    repository: "split_part(ticket, '#', 1)",
    role: "split_part(step, '.', 1)",
  },
  sqlite: {
    day: "substr(at, 1, 10)",
    repository: "substr(ticket, 1, instr(ticket || '#', '#') - 1)",
    role: "substr(step, 1, instr(step || '.', '.') - 1)",
  },
} as const;

function partsIn({ kind }: Database): (typeof PARTS)[keyof typeof PARTS] {
  return kind === "sqlite" ? PARTS.sqlite : PARTS.postgres;
}

async function medians(database: Database, tickets: readonly TicketKey[], since: Date) {
  if (tickets.length === 0) return [];
  const asked = padded(tickets);
  return (
    await database.query<{ model: string; role: string; latency_ms: number }>(
      `SELECT model, role, latency_ms
         FROM (SELECT model, role, latency_ms, count(*) OVER (PARTITION BY model, role) AS calls,
                      row_number() OVER (PARTITION BY model, role ORDER BY latency_ms) AS place
                 FROM (SELECT model, ${partsIn(database).role} AS role, latency_ms FROM journal
                        WHERE at >= $1 AND kind = 'model' AND model IS NOT NULL AND tokens > 0
                          AND ticket IN (${asked.map((_, index) => `$${index + 2}`).join(", ")})) AS own) AS placed
        WHERE place = calls / 2 + 1`,
      [since, ...asked],
    )
  ).map(({ latency_ms: latencyMs, ...of }) => ({ ...of, latencyMs }));
}

async function spentByDay(database: Database, since: Date): Promise<SpentOnDay[]> {
  const { day, repository, role } = partsIn(database);
  const rows = await database.query<Omit<SpentOnDay, "costMicroUsd"> & { cost: number }>(
    `SELECT ${day} AS day, ${repository} AS repository, ${role} AS role, model, count(*) AS calls,
            CAST(sum(tokens) AS bigint) AS tokens, CAST(coalesce(sum(cost_micro_usd), 0) AS bigint) AS cost
       FROM journal WHERE kind = 'model' AND model IS NOT NULL AND at >= $1
      GROUP BY 1, 2, 3, 4`,
    [since],
  );
  return rows.map(({ cost, ...row }) => ({ ...row, costMicroUsd: cost }));
}

function spentSince(database: Database, ticketPrefix: string, dayStart: Date): Promise<Spending> {
  return spending(database, "starts_with(ticket, $1) AND at >= $2", [ticketPrefix, dayStart]);
}

/** @param condition SQL of ours, never of anybody else's */
async function spending(database: Database, condition: string, params: readonly unknown[]): Promise<Spending> {
  const rows = await database.query<{ cost: number; tokens: number; unpriced: number }>(
    `SELECT CAST(coalesce(sum(cost_micro_usd), 0) AS bigint) AS cost,
            CAST(coalesce(sum(tokens), 0) AS bigint) AS tokens,
            CAST(coalesce(sum(tokens) FILTER (WHERE cost_micro_usd IS NULL), 0) AS bigint) AS unpriced
       FROM journal WHERE ${condition}`,
    params,
  );
  const { cost = 0, tokens = 0, unpriced = 0 } = rows[0] ?? {};
  return { costMicroUsd: cost, tokens, unpricedTokens: unpriced };
}

/** Every call that cost something, also answers that broke off. By a pattern, because text with \\u0000 is no JSON to PostgreSQL. */
async function paidOn(database: Database, ticket: TicketKey): Promise<Spend> {
  type Sums = { calls: number; input: number; output: number; cost: number; unpriced: number };
  const rows = await database.query<Sums>(
    `SELECT count(*) AS calls,
            CAST(coalesce(sum(tokens), 0) - coalesce(sum(output), 0) AS bigint) AS input,
            CAST(coalesce(sum(output), 0) AS bigint) AS output,
            CAST(coalesce(sum(cost_micro_usd), 0) AS bigint) AS cost,
            CAST(coalesce(sum(tokens) FILTER (WHERE cost_micro_usd IS NULL), 0) AS bigint) AS unpriced
       FROM (SELECT tokens, cost_micro_usd,
                    CAST(substring(reply, '"usage":[{][^{}]*"outputTokens":([0-9]+)') AS bigint) AS output
               FROM journal WHERE ticket = $1 AND kind = 'model') AS calls`,
    [ticket],
  );
  const { calls = 0, input = 0, output = 0, cost = 0, unpriced = 0 } = rows[0] ?? {};
  return { calls, inputTokens: input, outputTokens: output, costMicroUsd: cost, unpricedTokens: unpriced };
}

function recordOf(row: Row): JournalRecord {
  const { question, reply, latency_ms, at, ...same } = row;
  return {
    ...same,
    question: JSON.parse(question) as unknown,
    reply: JSON.parse(reply) as unknown,
    latencyMs: latency_ms,
    at: at.toISOString(),
  };
}
