import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "./database.ts";
import { padded, perRows } from "./rows.ts";

/** What people said and did to a ticket and no step has looked at yet. Heard twice (webhook and sweep), it is there once. */
export type InboxItem = {
  readonly ticket: TicketKey;
  /** Where it came from, such as `comment:12` or `review:7`: its identity within the ticket. */
  readonly source: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly receivedAt: Date;
};

/** An item as it waits. */
export type Waiting = InboxItem & {
  /** Entries that the ledger had when the item came in: whoever spoke can have seen no later one. */
  readonly ledgerLength: number;
};

export type SetAside = { readonly ticket: TicketKey; readonly source: string; readonly why: string };

export type InboxStore = {
  /** @returns how many of them were new */
  add(items: readonly InboxItem[]): Promise<number>;
  /** In the order they were received; of the same instant, in the order they were added. */
  pending(ticket: TicketKey): Promise<Waiting[]>;
  /** Tickets that have something pending, for the sweep: longest waiting first. */
  ticketsPending(): Promise<TicketKey[]>;
  handled(ticket: TicketKey, source: string): Promise<void>;
  /** What came from there, whatever became of it since; null when nothing did, or the database was lost meanwhile. */
  said(ticket: TicketKey, source: string): Promise<unknown>;
  /** Counts a try at hearing it that ended in an error. @returns how many there were */
  failed(ticket: TicketKey, source: string): Promise<number>;
  /** It cannot be heard and holds up nothing any more. */
  setAside(ticket: TicketKey, source: string, why: string): Promise<void>;
  /** What was set aside in the last SET_ASIDE_TOLD_DAYS, the latest last. */
  listSetAside(): Promise<SetAside[]>;
};

/** After a week whoever spoke has said it again or let it be. */
const SET_ASIDE_TOLD_DAYS = 7;

/** By the database's clock: whoever asks may be on another machine than whoever wrote it. */
const DAYS_AGO = {
  postgres: "now() - $1 * interval '1 day'",
  pglite: "now() - $1 * interval '1 day'",
  sqlite: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || $1 || ' days')",
} as const;

type Row = { source: string; kind: string; payload: string; received_at: Date; ledger_length: number | null };

export function inboxStore(database: Database): InboxStore {
  return {
    add: (items) => database.transaction((tx) => addToInbox(tx, items)),
    pending: async (ticket) => {
      const rows = await database.query<Row>(
        `SELECT source, kind, payload, received_at, ledger_length FROM inbox
          WHERE ticket = $1 AND state = 'pending' ORDER BY received_at, position`,
        [ticket],
      );
      return rows.map(({ source, kind, payload, received_at, ledger_length }) => {
        const item = { ticket, source, kind, payload: JSON.parse(payload) as unknown, receivedAt: received_at };
        return { ...item, ledgerLength: ledger_length ?? 0 };
      });
    },
    ticketsPending: async () => {
      // Grouped by a text that is no column: else SQLite goes through the key, and with it through all that was ever said.
      const rows = await database.query<{ ticket: string }>(
        "SELECT ticket || '' AS ticket FROM inbox WHERE state = 'pending' GROUP BY 1 ORDER BY min(received_at), 1",
      );
      return rows.map(({ ticket }) => ticket);
    },
    handled: async (ticket, source) => {
      await database.query("UPDATE inbox SET state = 'handled' WHERE ticket = $1 AND source = $2", [ticket, source]);
    },
    said: async (ticket, source) => {
      const rows = await database.query<{ payload: string }>(
        "SELECT payload FROM inbox WHERE ticket = $1 AND source = $2",
        [ticket, source],
      );
      return rows[0] ? (JSON.parse(rows[0].payload) as unknown) : null;
    },
    failed: async (ticket, source) => {
      const rows = await database.query<{ tries: number }>(
        "UPDATE inbox SET tries = tries + 1 WHERE ticket = $1 AND source = $2 RETURNING tries",
        [ticket, source],
      );
      return rows[0]?.tries ?? 0;
    },
    setAside: async (ticket, source, why) => {
      await database.query("UPDATE inbox SET state = 'set-aside', why = $3 WHERE ticket = $1 AND source = $2", [
        ticket,
        source,
        why,
      ]);
    },
    listSetAside: () =>
      database.query<SetAside>(
        `SELECT ticket, source, coalesce(why, '') AS why FROM inbox
          WHERE state = 'set-aside' AND received_at > ${DAYS_AGO[database.kind]} ORDER BY position`,
        [SET_ASIDE_TOLD_DAYS],
      ),
  };
}

/** Five parameters each; SQLite takes 32,766 in one statement. */
const ROWS_AT_ONCE = 512;
const COLUMNS = 5;

/** How long the ledger of a ticket is, in SQL. */
export const LEDGER_LENGTH = (ticket: string) =>
  `(SELECT coalesce(max(seq), 0) FROM ledger_entries WHERE ledger_entries.ticket = ${ticket})`;

/**
 * The ledger's length is read after the words have come in and before they are stored: an entry that comes between the two
 * nobody had seen.
 */
const INSERT = perRows((rows) => {
  const row = (_: unknown, index: number) => {
    const [ticket, ...others] = Array.from({ length: COLUMNS }, (__, at) => `$${index * COLUMNS + at + 1}`);
    return `(${ticket}, ${others.join(", ")}, ${LEDGER_LENGTH(ticket as string)}, 'pending')`;
  };
  return `INSERT INTO inbox (ticket, source, kind, payload, received_at, ledger_length, state)
          VALUES ${Array.from({ length: rows }, row).join(", ")}
          ON CONFLICT (ticket, source) DO NOTHING RETURNING source`;
});

/** The same inside somebody else's transaction: a webhook and what it brought are stored together. */
export async function addToInbox(tx: Query, items: readonly InboxItem[]): Promise<number> {
  let added = 0;
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    const some = padded(items.slice(from, from + ROWS_AT_ONCE));
    const rows = await tx.query(
      INSERT(some.length),
      some.flatMap(({ ticket, source, kind, payload, receivedAt }) => [
        ...[ticket, source, kind, JSON.stringify(payload ?? null), receivedAt],
      ]),
    );
    added += rows.length;
  }
  return added;
}
