import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database } from "./database.ts";

/**
 * Which comment or review carries which entries. The order is: intend, look for the marker, create, posted. A crash on
 * any line leads back to the same row, so an entry is never published in two comments by two decisions.
 */
export type PublicationPlace = "issue" | "pull" | "review";

export type PublicationIntent = {
  readonly ticket: TicketKey;
  /** The entries it carries, both included. */
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly place: PublicationPlace;
  /** Number of the issue or pull request it stands in. */
  readonly number: number;
  /** Of the body as sent: tells whether somebody edited the comment. */
  readonly bodySha256: string;
};

export type Publication = PublicationIntent &
  (
    | { readonly state: "intended"; readonly remoteId: null; readonly postedAt: null }
    | { readonly state: "posted"; readonly remoteId: number; readonly postedAt: string }
  );

export type PublicationStore = {
  /** @returns the standing row for `firstSeq`, which is the first intent even when a second one differs */
  intend(intent: PublicationIntent): Promise<Publication>;
  /** `bodySha256` when the body that stands is not the one that was intended (found again after a crash). */
  posted(ticket: TicketKey, firstSeq: number, remoteId: number, at: Date, bodySha256?: string): Promise<void>;
  /** In the order of the entries. */
  list(ticket: TicketKey): Promise<Publication[]>;
  /** Its comment is gone from the thread: it is intended again and will be put back. */
  markMissing(ticket: TicketKey, firstSeq: number): Promise<void>;
};

type Row = {
  ticket: string;
  first_seq: number;
  last_seq: number;
  place: PublicationPlace;
  number: number;
  remote_id: number | null;
  body_sha256: string;
  posted_at: Date | null;
};

const COLUMNS = "ticket, first_seq, last_seq, place, number, remote_id, body_sha256, posted_at";

export function publicationStore(database: Database): PublicationStore {
  return {
    intend: async (intent) => {
      const { ticket, firstSeq, lastSeq, place, number, bodySha256 } = intent;
      // The update changes nothing: it makes the statement return the row that stands, also when it lost a race.
      const rows = await database.query<Row>(
        `INSERT INTO publications (ticket, first_seq, last_seq, place, number, body_sha256, state)
         VALUES ($1, $2, $3, $4, $5, $6, 'intended')
         ON CONFLICT (ticket, first_seq) DO UPDATE SET ticket = excluded.ticket
         RETURNING ${COLUMNS}`,
        [ticket, firstSeq, lastSeq, place, number, bodySha256],
      );
      return publicationOf(rows[0] as Row);
    },
    posted: async (ticket, firstSeq, remoteId, at, bodySha256) => {
      await database.query(
        `UPDATE publications
            SET state = 'posted', remote_id = $3, posted_at = $4, body_sha256 = coalesce($5, body_sha256)
          WHERE ticket = $1 AND first_seq = $2`,
        [ticket, firstSeq, remoteId, at, bodySha256 ?? null],
      );
    },
    list: async (ticket) => {
      const rows = await database.query<Row>(
        `SELECT ${COLUMNS} FROM publications WHERE ticket = $1 ORDER BY first_seq`,
        [ticket],
      );
      return rows.map(publicationOf);
    },
    markMissing: async (ticket, firstSeq) => {
      await database.query(
        `UPDATE publications SET state = 'intended', remote_id = NULL, posted_at = NULL
          WHERE ticket = $1 AND first_seq = $2`,
        [ticket, firstSeq],
      );
    },
  };
}

function publicationOf(row: Row): Publication {
  const intent: PublicationIntent = {
    ticket: row.ticket,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    place: row.place,
    number: row.number,
    bodySha256: row.body_sha256,
  };
  if (row.remote_id === null || row.posted_at === null) {
    return { ...intent, state: "intended", remoteId: null, postedAt: null };
  }
  return { ...intent, state: "posted", remoteId: row.remote_id, postedAt: row.posted_at.toISOString() };
}
