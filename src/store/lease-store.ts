import { EventEmitter, once } from "node:events";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "./database.ts";

/** Who may write a ticket right now. Times are the database's own: no two machines' clocks are compared. */
export type LeaseStore = {
  /** Takes the ticket's lease for `ms` from now, when nobody else has it. */
  take(ticket: TicketKey, holder: string, ms: number): Promise<"yours" | "anothers">;
  /** `lost`: it had ended, so somebody else may have had it meanwhile. */
  renew(ticket: TicketKey, holder: string, ms: number): Promise<"yours" | "lost">;
  /** Does nothing when it is another's by now. */
  giveBack(ticket: TicketKey, holder: string): Promise<void>;
  /** Resolves when a holder in this process gives the ticket's lease back; other processes' are not seen. @throws when aborted */
  freed(ticket: TicketKey, signal: AbortSignal): Promise<void>;
};

/** PGlite belongs to one process, and this one has just started: whoever held a lease is gone. */
export async function forgetLeases(database: Database): Promise<void> {
  await database.query("DELETE FROM leases");
}

/**
 * The database's clock was set back: leases end when they would have. What was taken or renewed since then stays.
 * @param leaseMs for how long one is taken at most
 */
export async function moveLeases(tx: Query, backMs: number, leaseMs: number): Promise<void> {
  await tx.query(
    `UPDATE leases SET until = until - $1::bigint * interval '1 ms'
      WHERE until > clock_timestamp() + $2::bigint * interval '1 ms'`,
    [backMs, leaseMs],
  );
}

/** For one process that a lock keeps alone with its tickets: a desk, or the lanes of a server on a SQLite file. Its own clock, which is never set back. */
export function leasesInProcess(): LeaseStore {
  const held = new Map<TicketKey, { readonly holder: string; readonly until: number }>();
  const now = () => performance.now();
  return withNews({
    take: async (ticket, holder, ms) => {
      const other = held.get(ticket);
      if (other && other.holder !== holder && other.until >= now()) return "anothers";
      held.set(ticket, { holder, until: now() + ms });
      return "yours";
    },
    renew: async (ticket, holder, ms) => {
      const mine = held.get(ticket);
      if (mine?.holder !== holder || mine.until <= now()) return "lost";
      held.set(ticket, { holder, until: now() + ms });
      return "yours";
    },
    giveBack: async (ticket, holder) => {
      if (held.get(ticket)?.holder === holder) held.delete(ticket);
    },
  });
}

export function leaseStore(database: Database): LeaseStore {
  return withNews({
    take: async (ticket, holder, ms) => {
      const rows = await database.query(
        `INSERT INTO leases (ticket, holder, until)
         VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms')
         ON CONFLICT (ticket) DO UPDATE SET holder = excluded.holder, until = excluded.until
          WHERE leases.holder = excluded.holder OR leases.until < clock_timestamp()
         RETURNING holder`,
        [ticket, holder, ms],
      );
      return rows.length > 0 ? "yours" : "anothers";
    },
    renew: async (ticket, holder, ms) => {
      const rows = await database.query(
        `UPDATE leases SET until = clock_timestamp() + $3 * interval '1 ms'
          WHERE ticket = $1 AND holder = $2 AND until > clock_timestamp() RETURNING holder`,
        [ticket, holder, ms],
      );
      return rows.length > 0 ? "yours" : "lost";
    },
    giveBack: async (ticket, holder) => {
      await database.query("DELETE FROM leases WHERE ticket = $1 AND holder = $2", [ticket, holder]);
    },
  });
}

/** Two lanes of one process share a ticket: who waits for the other one need not ask again and again. */
function withNews(store: Omit<LeaseStore, "freed">): LeaseStore {
  const news = new EventEmitter().setMaxListeners(0);
  return {
    ...store,
    giveBack: async (ticket, holder) => {
      await store.giveBack(ticket, holder);
      news.emit(ticket);
    },
    freed: async (ticket, signal) => {
      await once(news, ticket, { signal });
    },
  };
}
