import { type Database, type Query, WEBHOOK_LOCKS } from "./database.ts";
import { addToInbox, type InboxItem } from "./inbox-store.ts";
import { padded, perRows, placesOf } from "./rows.ts";

/**
 * Webhooks that came in, each once, whatever GitHub repeats. Their payloads are not kept: what they say stands in the inbox,
 * and GitHub keeps them for as long as it sends one again.
 */
export type Delivery = {
  /** X-GitHub-Delivery: a redelivery keeps it. */
  readonly id: string;
  readonly event: string;
  readonly action: string | null;
  readonly receivedAt: Date;
};

/** A delivery with what it puts into inboxes. */
export type Arriving = { readonly delivery: Delivery; readonly inbox: readonly InboxItem[] };

export type DeliveryStore = {
  /**
   * Stores deliveries, what they put into inboxes, and what `nudge` does for those that are new, in one transaction: all or
   * nothing, so that answering 2xx after this loses nothing, and a redelivery after a crash before it is simply new.
   * @returns for each whether it was new; of what was `seen` nothing was done again
   */
  record(
    arriving: readonly Arriving[],
    nudge?: (fresh: readonly Arriving[], tx: Query) => Promise<void>,
  ): Promise<("new" | "seen")[]>;
  /** Which of these ids are stored: the sweep asks before it has lost deliveries sent again. */
  known(ids: readonly string[]): Promise<Set<string>>;
  /** Forgets deliveries older than DELIVERIES_KEPT_DAYS. */
  prune(now: Date): Promise<number>;
};

/** Long enough to look into a complaint; ten times the three days in which GitHub delivers again. */
export const DELIVERIES_KEPT_DAYS = 30;

const DAY_MS = 24 * 60 * 60 * 1000;

export function deliveryStore(database: Database): DeliveryStore {
  return {
    record: (arriving, nudge) => database.transaction((tx) => record(tx, arriving, nudge), WEBHOOK_LOCKS),
    known: async (ids) => {
      if (ids.length === 0) return new Set();
      const places = ids.map((_, index) => `$${index + 1}`).join(", ");
      const rows = await database.query<{ id: string }>(`SELECT id FROM deliveries WHERE id IN (${places})`, ids);
      return new Set(rows.map(({ id }) => id));
    },
    prune: async (now) => {
      const rows = await database.query("DELETE FROM deliveries WHERE received_at < $1 RETURNING id", [
        new Date(now.getTime() - DELIVERIES_KEPT_DAYS * DAY_MS),
      ]);
      return rows.length;
    },
  };
}

const INSERT = perRows(
  (rows) =>
    `INSERT INTO deliveries (id, event, action, received_at, state) VALUES ${placesOf(rows, ["?", "?", "?", "?"], ", 'kept'")}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
);

async function record(
  tx: Query,
  arriving: readonly Arriving[],
  nudge?: (fresh: readonly Arriving[], tx: Query) => Promise<void>,
): Promise<("new" | "seen")[]> {
  // Sorted: two rounds that hold the same ids then wait for each other in one order and cannot deadlock.
  const byId = new Map(arriving.map((one) => [one.delivery.id, one]));
  const sorted = padded([...byId.values()].sort((a, b) => (a.delivery.id < b.delivery.id ? -1 : 1)));
  // Race: of a hundred repetitions at once, all but one wait here for the first to commit and then insert nothing.
  const rows = await tx.query<{ id: string }>(
    INSERT(sorted.length),
    sorted.flatMap(({ delivery: { id, event, action, receivedAt } }) => [id, event, action, receivedAt]),
  );
  const fresh = new Set(rows.map(({ id }) => id));
  // Of the same delivery twice in one round the first counts.
  const outcomes = arriving.map(({ delivery }) => (fresh.delete(delivery.id) ? ("new" as const) : ("seen" as const)));
  const first = arriving.filter((_, index) => outcomes[index] === "new");
  // Neither needs the other's answer, so both are on their way at once.
  const stored = addToInbox(
    tx,
    first.flatMap(({ inbox }) => inbox),
  );
  await Promise.all([stored, first.length > 0 ? nudge?.(first, tx) : undefined]);
  return outcomes;
}
