import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database } from "./database.ts";

/**
 * What is drawn from a ledger and edited in place, as last written: the status comment (with its id), the labels (with
 * none). When the hash is the same there is nothing to send.
 */
export type Projection = { readonly remoteId: number | null; readonly bodySha256: string };

export type ProjectionStore = {
  get(ticket: TicketKey, kind: string): Promise<Projection | null>;
  put(ticket: TicketKey, kind: string, projection: Projection): Promise<void>;
  /** Names under `prefix`, such as `owner/repo#`, of which there is one of that kind. */
  named(prefix: string, kind: string): Promise<TicketKey[]>;
  /** All of a ticket whose kind begins so. */
  of(ticket: TicketKey, kinds: string): Promise<(Projection & { readonly kind: string })[]>;
  /** It is gone from the thread, or nobody knows how it stands: draw it anew. */
  forget(ticket: TicketKey, kind: string): Promise<void>;
};

export function projectionStore(database: Database): ProjectionStore {
  return {
    get: async (ticket, kind) => {
      const rows = await database.query<{ remote_id: number | null; body_sha256: string }>(
        "SELECT remote_id, body_sha256 FROM projections WHERE ticket = $1 AND kind = $2",
        [ticket, kind],
      );
      return rows[0] ? { remoteId: rows[0].remote_id, bodySha256: rows[0].body_sha256 } : null;
    },
    put: async (ticket, kind, { remoteId, bodySha256 }) => {
      await database.query(
        `INSERT INTO projections (ticket, kind, remote_id, body_sha256) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ticket, kind) DO UPDATE SET remote_id = excluded.remote_id, body_sha256 = excluded.body_sha256`,
        [ticket, kind, remoteId, bodySha256],
      );
    },
    named: async (prefix, kind) => {
      const rows = await database.query<{ ticket: string }>(
        "SELECT ticket FROM projections WHERE kind = $2 AND substr(ticket, 1, length($1)) = $1",
        [prefix, kind],
      );
      return rows.map(({ ticket }) => ticket);
    },
    of: async (ticket, kinds) => {
      const rows = await database.query<{ kind: string; remote_id: number | null; body_sha256: string }>(
        `SELECT kind, remote_id, body_sha256 FROM projections
         WHERE ticket = $1 AND substr(kind, 1, length($2)) = $2 ORDER BY remote_id, kind`,
        [ticket, kinds],
      );
      return rows.map(({ kind, ...row }) => ({ kind, remoteId: row.remote_id, bodySha256: row.body_sha256 }));
    },
    forget: async (ticket, kind) => {
      await database.query("DELETE FROM projections WHERE ticket = $1 AND kind = $2", [ticket, kind]);
    },
  };
}
