import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "./database.ts";
import { addToInbox, type InboxItem } from "./inbox-store.ts";

/** Webhooks as they came in, each once, whatever GitHub repeats. */
export type Delivery = {
  /** X-GitHub-Delivery: a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly receivedAt: Date;
  /** The raw JSON, as it was signed. */
  readonly payload: string;
};

/** What a delivery leads to. `nudge` is called once per ticket, inside the transaction that stores the delivery. */
export type DeliveryEffects = {
  readonly inbox: readonly InboxItem[];
  readonly tickets: readonly TicketKey[];
  readonly nudge: (ticket: TicketKey, tx: Query) => Promise<void>;
};

export type DeliveryStore = {
  /**
   * Stores the delivery, what it puts into inboxes, and the jobs for it: all or nothing, so that answering 2xx after
   * this loses nothing, and a redelivery after a crash before it is simply new. `seen`: nothing was done again.
   */
  record(delivery: Delivery, effects?: DeliveryEffects): Promise<"new" | "seen">;
  /** Which of these ids are stored: the sweep asks before it has lost deliveries sent again. */
  known(ids: readonly string[]): Promise<Set<string>>;
  /** Drops payloads older than PAYLOAD_KEPT_DAYS; the ids stay, so a late repetition is still recognised. */
  prune(now: Date): Promise<number>;
};

/** Long enough to look into a complaint; ten times the three days in which GitHub delivers again. */
export const PAYLOAD_KEPT_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

export function deliveryStore(database: Database): DeliveryStore {
  return {
    record: (delivery, effects) => database.transaction((tx) => record(tx, delivery, effects)),
    known: async (ids) => {
      if (ids.length === 0) return new Set();
      const places = ids.map((_, index) => `$${index + 1}`).join(", ");
      const rows = await database.query<{ id: string }>(`SELECT id FROM deliveries WHERE id IN (${places})`, ids);
      return new Set(rows.map(({ id }) => id));
    },
    prune: async (now) => {
      const rows = await database.query(
        `UPDATE deliveries SET payload = NULL, state = 'pruned'
          WHERE state = 'kept' AND received_at < $1 RETURNING id`,
        [new Date(now.getTime() - PAYLOAD_KEPT_DAYS * DAY_MS)],
      );
      return rows.length;
    },
  };
}

async function record(tx: Query, delivery: Delivery, effects: DeliveryEffects | undefined): Promise<"new" | "seen"> {
  const { id, event, action, receivedAt, payload } = delivery;
  // Race: of a hundred repetitions at once, all but one wait here for the first to commit and then insert nothing.
  const rows = await tx.query(
    `INSERT INTO deliveries (id, event, action, received_at, payload, state) VALUES ($1, $2, $3, $4, $5, 'kept')
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, event, action, receivedAt, payload],
  );
  if (rows.length === 0) return "seen";
  if (!effects) return "new";
  await addToInbox(tx, effects.inbox);
  // Sorted: two deliveries for the same two tickets then take their locks in the same order and cannot deadlock.
  for (const ticket of [...new Set(effects.tickets)].sort()) await effects.nudge(ticket, tx);
  return "new";
}
