import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database } from "./database.ts";

/** Finds tickets without reading ledgers. A cache: any row may be thrown away and made again from its ledger. */
export type IndexedTicket = {
  readonly ticket: TicketKey;
  /** `owner/repo` */
  readonly repository: string;
  readonly issueNumber: number;
  readonly pullNumber: number | null;
  /** Null where the forge is not GitHub. */
  readonly installationId: number | null;
  readonly phase: string;
  /** `closed`: nothing will happen by itself any more, so the sweep leaves it alone. */
  readonly standing: "open" | "closed";
  readonly updatedAt: Date;
};

export type TicketIndex = {
  put(ticket: IndexedTicket): Promise<void>;
  get(ticket: TicketKey): Promise<IndexedTicket | null>;
  /** The newest, should a pull request ever have belonged to two tickets. */
  byPull(repository: string, number: number): Promise<IndexedTicket | null>;
  /** Longest untouched first, as a sweep wants them. */
  open(): Promise<IndexedTicket[]>;
  /** Every ticket, the one that changed last first. */
  all(limit: number): Promise<IndexedTicket[]>;
  forget(ticket: TicketKey): Promise<void>;
};

type Row = {
  ticket: string;
  repository: string;
  issue_number: number;
  pull_number: number | null;
  installation_id: number | null;
  phase: string;
  standing: "open" | "closed";
  updated_at: Date;
};

const COLUMNS = "ticket, repository, issue_number, pull_number, installation_id, phase, standing, updated_at";

export function ticketIndex(database: Database): TicketIndex {
  const select = async (rest: string, params: readonly unknown[] = []) =>
    (await database.query<Row>(`SELECT ${COLUMNS} FROM tickets ${rest}`, params)).map(ticketOf);
  return {
    put: async (row) => {
      const { ticket, repository, issueNumber, pullNumber, installationId, phase, standing, updatedAt } = row;
      await database.query(
        `INSERT INTO tickets (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (ticket) DO UPDATE SET
           repository = excluded.repository, issue_number = excluded.issue_number, pull_number = excluded.pull_number,
           installation_id = excluded.installation_id, phase = excluded.phase, standing = excluded.standing,
           updated_at = excluded.updated_at`,
        [ticket, repository, issueNumber, pullNumber, installationId, phase, standing, updatedAt],
      );
    },
    get: async (ticket) => (await select("WHERE ticket = $1", [ticket]))[0] ?? null,
    byPull: async (repository, number) =>
      (
        await select("WHERE repository = $1 AND pull_number = $2 ORDER BY issue_number DESC LIMIT 1", [
          repository,
          number,
        ])
      )[0] ?? null,
    open: () => select("WHERE standing = 'open' ORDER BY updated_at, ticket"),
    all: (limit) => select("ORDER BY updated_at DESC, ticket LIMIT $1", [limit]),
    forget: async (ticket) => {
      await database.query("DELETE FROM tickets WHERE ticket = $1", [ticket]);
    },
  };
}

function ticketOf(row: Row): IndexedTicket {
  return {
    ticket: row.ticket,
    repository: row.repository,
    issueNumber: row.issue_number,
    pullNumber: row.pull_number,
    installationId: row.installation_id,
    phase: row.phase,
    standing: row.standing,
    updatedAt: row.updated_at,
  };
}
