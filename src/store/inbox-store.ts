import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "./database.ts";

/** What people said and did to a ticket and no step has looked at yet. Heard twice (webhook and sweep), it is there once. */
export type InboxItem = {
  readonly ticket: TicketKey;
  /** Where it came from, such as `comment:12` or `review:7`: its identity within the ticket. */
  readonly source: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly receivedAt: Date;
};

export type InboxStore = {
  /** @returns how many of them were new */
  add(items: readonly InboxItem[]): Promise<number>;
  /** In the order they were received; of the same instant, in the order they were added. */
  pending(ticket: TicketKey): Promise<InboxItem[]>;
  /** Tickets that have something pending, for the sweep: longest waiting first. */
  ticketsPending(): Promise<TicketKey[]>;
  handled(ticket: TicketKey, source: string): Promise<void>;
};

export function inboxStore(database: Database): InboxStore {
  return {
    add: (items) => database.transaction((tx) => addToInbox(tx, items)),
    pending: async (ticket) => {
      const rows = await database.query<{ source: string; kind: string; payload: string; received_at: Date }>(
        `SELECT source, kind, payload, received_at FROM inbox
          WHERE ticket = $1 AND state = 'pending' ORDER BY received_at, position`,
        [ticket],
      );
      return rows.map(({ source, kind, payload, received_at }) => {
        return { ticket, source, kind, payload: JSON.parse(payload) as unknown, receivedAt: received_at };
      });
    },
    ticketsPending: async () => {
      const rows = await database.query<{ ticket: string }>(
        "SELECT ticket FROM inbox WHERE state = 'pending' GROUP BY ticket ORDER BY min(received_at), ticket",
      );
      return rows.map(({ ticket }) => ticket);
    },
    handled: async (ticket, source) => {
      await database.query("UPDATE inbox SET state = 'handled' WHERE ticket = $1 AND source = $2", [ticket, source]);
    },
  };
}

/** The same inside somebody else's transaction: a webhook and what it brought are stored together. */
export async function addToInbox(tx: Query, items: readonly InboxItem[]): Promise<number> {
  let added = 0;
  for (const { ticket, source, kind, payload, receivedAt } of items) {
    const rows = await tx.query(
      `INSERT INTO inbox (ticket, source, kind, payload, received_at, state) VALUES ($1, $2, $3, $4, $5, 'pending')
       ON CONFLICT (ticket, source) DO NOTHING RETURNING source`,
      [ticket, source, kind, JSON.stringify(payload ?? null), receivedAt],
    );
    added += rows.length;
  }
  return added;
}
