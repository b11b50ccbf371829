import { canonicalJson } from "../core/ledger/chain.ts";
import { type Entry, entryOf, kindOf, newerEntry, rawOf } from "../core/ledger/entry.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { isUniqueViolation, type Database, type Query } from "./database.ts";
import { type LedgerRow, rememberedLedgers } from "./remembered-ledgers.ts";
import { type IndexedTicket, putIndexed } from "./ticket-index.ts";

/** The database's copy of the ledgers. Entries are opaque here: the chain is checked by who reads them. */
export type LedgerStore = {
  /**
   * Adds entries to the end of a ledger of exactly `expectedLength` entries, all or none. `stale`: somebody else was
   * there first; read again and decide again.
   * @param row what the index says of the ticket with these entries; written if and only if they are
   */
  append(
    ticket: TicketKey,
    expectedLength: number,
    entries: readonly Entry[],
    row?: IndexedTicket | null,
  ): Promise<"appended" | "stale">;
  /**
   * A ledger in order. Nothing is verified: a row that somebody edited comes back as it is, so that checking the
   * chain (`firstFault`) names it. Check before folding.
   */
  read(ticket: TicketKey): Promise<Entry[]>;
  /** How many entries it has: one look into an index, however long the ledger. */
  length(ticket: TicketKey): Promise<number>;
  /** One line per ledger, the one that changed last first. */
  tickets(filter?: LedgerFilter): Promise<LedgerSummary[]>;
  /** Tickets of a repository (`owner/repo`) that were opened since, the first one first. */
  openedSince(repository: string, since: Date): Promise<TicketKey[]>;
  /** Writes a ledger that was rebuilt from the thread. `occupied`: there is one already, which is left alone. */
  restore(ticket: TicketKey, entries: readonly Entry[]): Promise<"restored" | "occupied">;
};

export type LedgerFilter = {
  /** `owner/repo` */
  readonly repository?: string;
  readonly changedAfter?: Date;
  readonly limit?: number;
};

export type LedgerSummary = {
  readonly ticket: TicketKey;
  readonly length: number;
  readonly lastKind: string;
  readonly lastAt: string;
};

/** Ledgers listed at once: more than a page can show or a sweep gets through between two runs. */
const LEDGERS_LISTED_MAX = 1_000;

export function ledgerStore(database: Database): LedgerStore {
  const remembered = rememberedLedgers();
  return {
    append: (ticket, expectedLength, entries, row) => append(database, ticket, expectedLength, entries, row ?? null),
    read: async (ticket) => {
      const rows = await database.query<LedgerRow>(
        "SELECT seq, kind, at, prev, hash, mac, content FROM ledger_entries WHERE ticket = $1 ORDER BY seq",
        [ticket],
      );
      return remembered(ticket, rows, (row) => readRow(ticket, row));
    },
    length: (ticket) => lengthOf(database, ticket),
    tickets: (filter = {}) => list(database, filter),
    openedSince: async (repository, since) => {
      const rows = await database.query<{ ticket: string }>(
        `SELECT ticket FROM ledger_entries
          WHERE seq = 1 AND kind = 'opened' AND starts_with(ticket, $1) AND at >= $2 ORDER BY at, ticket`,
        [`${repository}#`, since],
      );
      return rows.map(({ ticket }) => ticket);
    },
    restore: async (ticket, entries) =>
      (await append(database, ticket, 0, entries, null)) === "appended" ? "restored" : "occupied",
  };
}

async function append(
  database: Database,
  ticket: TicketKey,
  expectedLength: number,
  entries: readonly Entry[],
  row: IndexedTicket | null,
) {
  for (const [index, entry] of entries.entries()) {
    if (entry.ticket !== ticket || entry.seq !== expectedLength + index + 1) {
      throw new Error(`Entry ${entry.ticket} ${entry.seq} does not continue ${ticket} at ${expectedLength}`);
    }
  }
  try {
    return await database.transaction(async (tx) => {
      if ((await lengthOf(tx, ticket)) !== expectedLength) return "stale";
      for (const entry of entries) await insert(tx, entry);
      if (row) await putIndexed(tx, row);
      return "appended";
    });
  } catch (error) {
    // Race: the other writer read the same length and inserted first; the primary key turns the second one away.
    if (isUniqueViolation(error)) return "stale";
    throw error;
  }
}

async function lengthOf(query: Query, ticket: TicketKey): Promise<number> {
  const rows = await query.query<{ length: number }>(
    "SELECT coalesce(max(seq), 0) AS length FROM ledger_entries WHERE ticket = $1",
    [ticket],
  );
  return rows[0]?.length ?? 0;
}

async function insert(tx: Query, entry: Entry): Promise<void> {
  await tx.query(
    `INSERT INTO ledger_entries (ticket, seq, kind, at, prev, hash, mac, content)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      entry.ticket,
      entry.seq,
      kindOf(entry),
      entry.at,
      entry.prev,
      entry.hash,
      entry.mac ?? "",
      canonicalJson(rawOf(entry)),
    ],
  );
}

/** The columns stand in for what an edited `content` no longer says; its own words win, so that the edit shows. */
function readRow(ticket: TicketKey, row: LedgerRow): Entry {
  const { content, mac, ...columns } = row;
  const sealed = mac === "" ? { v: 2 } : { v: 1, mac };
  const envelope = { ...sealed, ticket, ...columns, at: row.at.toISOString() };
  const raw = { ...envelope, data: {}, ...objectIn(content) };
  return entryOf(raw) ?? newerEntry(envelope, row.kind, raw);
}

function objectIn(content: string): object {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  } catch {
    return {};
  }
}

async function list(database: Database, filter: LedgerFilter): Promise<LedgerSummary[]> {
  const rows = await database.query<{ ticket: string; length: number; kind: string; at: Date }>(
    `SELECT last.ticket, last.seq AS length, last.kind, last.at
       FROM ledger_entries AS last
      WHERE last.seq = (SELECT max(seq) FROM ledger_entries WHERE ticket = last.ticket)
        AND (CAST($1 AS text) IS NULL OR starts_with(last.ticket, $1))
        AND (CAST($2 AS timestamptz) IS NULL OR last.at > $2)
      ORDER BY last.at DESC, last.ticket
      LIMIT $3`,
    [
      filter.repository === undefined ? null : `${filter.repository}#`,
      filter.changedAfter ?? null,
      Math.min(filter.limit ?? LEDGERS_LISTED_MAX, LEDGERS_LISTED_MAX),
    ],
  );
  return rows.map(({ ticket, length, kind, at }) => ({ ticket, length, lastKind: kind, lastAt: at.toISOString() }));
}
