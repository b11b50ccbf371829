import { type Database, type Query, WEBHOOK_LOCKS } from "./database.ts";
import { addToInbox, type InboxItem, LEDGER_LENGTH } from "./inbox-store.ts";
import { packed, unpacked } from "./packed.ts";
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
   * Stores deliveries, what they put into inboxes, and what `nudge` does, in one transaction: all or nothing, so that answering 2xx
   * after this loses nothing, and a redelivery after a crash before it is simply new.
   * @param nudge is called while it is stored; what it asks of the database it asks at once, so that all of it is one round trip
   * @returns for each whether it was new; what was `seen` puts nothing into an inbox again, and asks for one look more at most
   */
  record(arriving: readonly Arriving[], nudge?: (tx: Query) => Promise<void>): Promise<("new" | "seen")[]>;
  /** Which of these ids are stored: the sweep asks before it has lost deliveries sent again. */
  known(ids: readonly string[]): Promise<Set<string>>;
};

const IN_ONE_GO = { ...WEBHOOK_LOCKS, inOneGo: true } as const;

export function deliveryStore(database: Database): DeliveryStore {
  return {
    record: (arriving, nudge) =>
      database.transaction(async (tx) => {
        const ids = new Set<string>();
        const once = arriving.filter(({ delivery: { id } }) => !ids.has(id) && ids.add(id));
        const store = database.kind === "sqlite" ? storeApart : storeAtOnce;
        const [fresh] = await Promise.all([store(tx, once), nudge?.(tx)]);
        // Of the same delivery twice in one round the first counts.
        return arriving.map(({ delivery }) => (fresh.delete(delivery.id) ? ("new" as const) : ("seen" as const)));
      }, IN_ONE_GO),
    known: async (ids) => {
      if (ids.length === 0) return new Set();
      const places = ids.map((_, index) => `$${index + 1}`).join(", ");
      const rows = await database.query<{ id: string }>(`SELECT id FROM deliveries WHERE id IN (${places})`, ids);
      return new Set(rows.map(({ id }) => id));
    },
  };
}

const INSERT = perRows(
  (rows) =>
    `INSERT INTO deliveries (id, event, action, received_at, state) VALUES ${placesOf(rows, ["?", "?", "?", "?"], ", 'kept'")}
     ON CONFLICT (id) DO NOTHING RETURNING id`,
);

/** Sorted: two rounds that hold the same ids then wait for each other in one order and cannot deadlock. */
function sorted(once: readonly Arriving[]): Delivery[] {
  return once.map(({ delivery }) => delivery).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** @param once in the order they came in, which the inbox keeps. @returns the ids that were new */
type Store = (tx: Query, once: readonly Arriving[]) => Promise<Set<string>>;

/** Where the database is in this process and a statement costs no round trip. */
const storeApart: Store = async (tx, once) => {
  const came = padded(sorted(once));
  const rows = await tx.query<{ id: string }>(
    INSERT(came.length),
    came.flatMap(({ id, event, action, receivedAt }) => [id, event, action, receivedAt]),
  );
  const fresh = new Set(rows.map(({ id }) => id));
  await addToInbox(
    tx,
    once.flatMap(({ delivery, inbox }) => (fresh.has(delivery.id) ? inbox : [])),
  );
  return fresh;
};

const DELIVERY = ["id", "event", "action", "at"];
const HEARD = ["delivery", "ticket", "source", "kind", "payload", "at"];
/** Behind the columns of deliveries stand their two characters. */
const FIRST_OF_HEARD = DELIVERY.length + 3;

/**
 * One round trip and one text for any number of rows. `ARRAY(…)` is made before the first row goes into the inbox, so that nobody
 * waits for a delivery while it keeps others from an inbox. A payload stays text: `\u0000` is none of PostgreSQL's characters.
 * Race: of a hundred repetitions at once, all but one wait here for the first to commit and then insert nothing.
 */
const AT_ONCE = `WITH fresh AS (
  INSERT INTO deliveries (id, event, action, received_at, state)
  SELECT id, event, action, CAST(at AS timestamptz), 'kept'
    FROM ${unpacked(1, DELIVERY.length)} AS it (${DELIVERY.join(", ")})
  ON CONFLICT (id) DO NOTHING RETURNING id
), heard AS (
  INSERT INTO inbox (ticket, source, kind, payload, received_at, ledger_length, state)
  SELECT ticket, source, kind, payload, CAST(at AS timestamptz), ${LEDGER_LENGTH("it.ticket")}, 'pending'
    FROM ${unpacked(FIRST_OF_HEARD, HEARD.length)} AS it (${HEARD.join(", ")})
   WHERE delivery = ANY (ARRAY(SELECT id FROM fresh))
  ON CONFLICT (ticket, source) DO NOTHING
) SELECT id FROM fresh`;

const storeAtOnce: Store = async (tx, once) => {
  const came = sorted(once).map(({ id, event, action, receivedAt }) => [id, event, action, receivedAt.toISOString()]);
  const heard = once.flatMap(({ delivery, inbox }) =>
    inbox.map(({ ticket, source, kind, payload, receivedAt }) => [
      ...[delivery.id, ticket, source, kind, JSON.stringify(payload ?? null), receivedAt.toISOString()],
    ]),
  );
  const rows = await tx.query<{ id: string }>(AT_ONCE, [
    ...packed(DELIVERY.length, came),
    ...packed(HEARD.length, heard),
  ]);
  return new Set(rows.map(({ id }) => id));
};
