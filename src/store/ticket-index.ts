import type { TicketKey } from "../core/ledger/ids.ts";
import type { Database, Query } from "./database.ts";
import { padded, perRows, placesOf } from "./rows.ts";

/** Finds tickets without reading ledgers. A cache: any row may be thrown away and made again from its ledger. */
export type IndexedTicket = {
  readonly ticket: TicketKey;
  /** `owner/repo` */
  readonly repository: string;
  readonly issueNumber: number;
  readonly pullNumber: number | null;
  /** Of its change; null without one, and in a row of before heads were kept. */
  readonly headSha: string | null;
  /** Null where the forge is not GitHub. */
  readonly installationId: number | null;
  readonly phase: string;
  /** `closed`: nothing will happen by itself any more, so the sweep leaves it alone. */
  readonly standing: "open" | "closed";
  readonly updatedAt: Date;
  /** What a list shows; null in a row of before lists were shown from here. */
  readonly shown: Shown | null;
};

export type Shown = {
  readonly title: string;
  readonly type: string;
  /** Fix rounds used. */
  readonly round: number;
  readonly costMicroUsd: number;
};

/** An issue or a pull request: `owner/repo` and its number. */
export type Numbered = { readonly repository: string; readonly number: number };

/** A commit of `owner/repo`. */
export type Head = { readonly repository: string; readonly headSha: string };

export type TicketIndex = {
  put(ticket: IndexedTicket): Promise<void>;
  get(ticket: TicketKey): Promise<IndexedTicket | null>;
  /** The newest, should a pull request ever have belonged to two tickets. */
  byPull(repository: string, number: number): Promise<IndexedTicket | null>;
  /** Tickets whose issue or pull request has one of these numbers, in one look. */
  byNumbers(places: readonly Numbered[]): Promise<IndexedTicket[]>;
  /** Open tickets with a pull request whose head is one of these, or is not known here; in one look. */
  byHeads(heads: readonly Head[]): Promise<IndexedTicket[]>;
  /** Longest untouched first, as a sweep wants them. */
  open(): Promise<IndexedTicket[]>;
  /** Those of one repository (`owner/repo`), in the same order. */
  openIn(repository: string): Promise<IndexedTicket[]>;
  /** Every ticket, the one that changed last first. @param skipped so many of them are left out at the beginning */
  all(limit: number, skipped?: number): Promise<IndexedTicket[]>;
  /** How many tickets there are of each phase. */
  phases(): Promise<ReadonlyMap<string, number>>;
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
  title: string | null;
  type: string | null;
  round: number | null;
  cost_micro_usd: number | null;
  head_sha: string | null;
};

const CHANGING = [
  ...["repository", "issue_number", "pull_number", "installation_id", "phase", "standing", "updated_at"],
  ...["title", "type", "round", "cost_micro_usd", "head_sha"],
];
const COLUMNS = ["ticket", ...CHANGING].join(", ");
const PUT = `INSERT INTO tickets (${COLUMNS}) VALUES (${["", ...CHANGING].map((_, index) => `$${index + 1}`).join(", ")})
  ON CONFLICT (ticket) DO UPDATE SET ${CHANGING.map((name) => `${name} = excluded.${name}`).join(", ")}`;

/** The same inside somebody else's transaction: a ledger and its row are written together. */
export async function putIndexed(query: Query, row: IndexedTicket): Promise<void> {
  const { ticket, repository, issueNumber, pullNumber, headSha, installationId, phase, standing, updatedAt, shown } =
    row;
  const listed = [shown?.title, shown?.type, shown?.round, shown?.costMicroUsd].map((value) => value ?? null);
  await query.query(PUT, [
    ...[ticket, repository, issueNumber, pullNumber, installationId, phase, standing, updatedAt],
    ...listed,
    headSha,
  ]);
}

/**
 * Each part is one that an index finds, however many tickets there are: of one condition with an OR over pairs PostgreSQL makes a look
 * at every ticket.
 */
const NUMBERED = perRows((rows) => {
  const tickets = Array.from({ length: rows }, (_, at) => `$${3 * at + 1}`).join(", ");
  const pulls = Array.from({ length: rows }, (_, at) => `($${3 * at + 2}, CAST($${3 * at + 3} AS integer))`).join(", ");
  return `WHERE ticket IN (${tickets})
    UNION SELECT ${COLUMNS} FROM tickets JOIN (VALUES ${pulls}) AS asked ON repository = column1 AND pull_number = column2`;
});

const BY_HEAD = perRows((rows) => {
  const repositories = Array.from({ length: rows }, (_, index) => `$${2 * index + 1}`).join(", ");
  // The sign keeps SQLite from going through all pull requests of a repository instead.
  const open = "standing = 'open' AND +pull_number IS NOT NULL";
  return `WHERE ${open} AND head_sha IS NULL AND repository IN (${repositories})
    UNION SELECT ${COLUMNS} FROM tickets JOIN (VALUES ${placesOf(rows, ["?", "?"])}) AS asked
       ON repository = column1 AND head_sha = column2 WHERE ${open}`;
});

export function ticketIndex(database: Database): TicketIndex {
  const select = async (rest: string, params: readonly unknown[] = []) =>
    (await database.query<Row>(`SELECT ${COLUMNS} FROM tickets ${rest}`, params)).map(ticketOf);
  return {
    put: (row) => putIndexed(database, row),
    get: async (ticket) => (await select("WHERE ticket = $1", [ticket]))[0] ?? null,
    byPull: async (repository, number) =>
      (
        await select("WHERE repository = $1 AND pull_number = $2 ORDER BY issue_number DESC LIMIT 1", [
          repository,
          number,
        ])
      )[0] ?? null,
    byNumbers: async (numbered) => {
      if (numbered.length === 0) return [];
      const places = padded(numbered);
      return select(
        NUMBERED(places.length),
        places.flatMap(({ repository, number }) => [`${repository}#${number}`, repository, number]),
      );
    },
    byHeads: async (heads) => {
      if (heads.length === 0) return [];
      const places = padded(heads);
      return select(
        BY_HEAD(places.length),
        places.flatMap(({ repository, headSha }) => [repository, headSha]),
      );
    },
    open: () => select("WHERE standing = 'open' ORDER BY updated_at, ticket"),
    openIn: (repository) =>
      select("WHERE standing = 'open' AND repository = $1 ORDER BY updated_at, ticket", [repository]),
    all: (limit, skipped = 0) => select("ORDER BY updated_at DESC, ticket LIMIT $1 OFFSET $2", [limit, skipped]),
    phases: async () => {
      const rows = await database.query<{ phase: string; tickets: number }>(
        "SELECT phase, count(*) AS tickets FROM tickets GROUP BY phase ORDER BY phase",
      );
      return new Map(rows.map(({ phase, tickets }) => [phase, tickets]));
    },
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
    headSha: row.head_sha,
    installationId: row.installation_id,
    phase: row.phase,
    standing: row.standing,
    updatedAt: row.updated_at,
    shown: shownOf(row),
  };
}

function shownOf({ title, type, round, cost_micro_usd }: Row): Shown | null {
  if (title === null || type === null) return null;
  return { title, type, round: round ?? 0, costMicroUsd: cost_micro_usd ?? 0 };
}
