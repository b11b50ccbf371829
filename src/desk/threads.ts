import { z } from "zod";
import type { Query } from "../store/database.ts";

/**
 * The threads of a desk: what an issue and its pull request are on GitHub. A ticket's pull request has the ticket's own
 * number, so there is one thread a ticket.
 */
export type DeskTicket = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly labels: readonly string[];
  readonly settings: DeskSettings;
};

/** What was said when the ticket was begun, and holds as long as it lives. */
const deskSettingsSchema = z.object({
  /** The branch or commit that the work begins from. */
  base: z.string(),
  /** The branch that the proven commit is brought into once a person approves; null: it stays on its own. */
  mergeInto: z.string().nullable(),
  maxUsd: z.number().nullable(),
  /** Names of the pool; empty: all of it. */
  models: z.array(z.string()),
  pins: z.record(z.string(), z.string()),
  /** A folder of the working tree that gets a copy of the ticket's `collab.md`. */
  collab: z.string().nullable(),
});
export type DeskSettings = z.infer<typeof deskSettingsSchema>;

export type DeskComment = {
  readonly id: number;
  readonly place: "comment" | "review";
  readonly body: string;
  readonly author: string;
  readonly by: "person" | "program";
  readonly createdAt: string;
};

export type DeskPull = {
  readonly title: string;
  readonly body: string;
  readonly head: string;
  readonly base: string;
  readonly merged: { readonly sha: string; readonly by: string } | null;
};

export type Threads = {
  /** @param isFree says of a number whether nothing of another ticket bears it */
  open(ticket: Omit<DeskTicket, "number">, at: Date, isFree: (number: number) => Promise<boolean>): Promise<number>;
  ticket(number: number): Promise<DeskTicket | null>;
  /** The ticket whose text carries a marker of ours. */
  withMarker(marker: string): Promise<number | null>;
  numbers(): Promise<number[]>;
  setLabels(number: number, labels: readonly string[]): Promise<void>;
  comments(number: number, place: DeskComment["place"]): Promise<DeskComment[]>;
  comment(number: number, comment: Omit<DeskComment, "id" | "createdAt">, at: Date): Promise<number>;
  edit(id: number, body: string): Promise<"edited" | "gone">;
  remove(id: number): Promise<void>;
  pull(number: number): Promise<DeskPull | null>;
  pullOf(head: string): Promise<number | null>;
  openPull(number: number, pull: Omit<DeskPull, "merged">): Promise<"opened" | "found">;
  merged(number: number, sha: string, by: string): Promise<void>;
};

type TicketRow = { number: number; title: string; body: string; author: string; labels: string; settings: string };
type CommentRow = {
  id: number;
  place: DeskComment["place"];
  body: string;
  author: string;
  app: number;
  created_at: Date;
};
type PullRow = Omit<DeskPull, "merged"> & { merged_sha: string | null; merged_by: string | null };

export function threadsIn(database: Query): Threads {
  return {
    open: (ticket, at, isFree) => openTicket(database, ticket, at, isFree),
    ticket: async (number) => {
      const [row] = await database.query<TicketRow>("SELECT * FROM desk_tickets WHERE number = $1", [number]);
      return row ? ticketOf(row) : null;
    },
    numbers: async () => {
      const rows = await database.query<{ number: number }>("SELECT number FROM desk_tickets ORDER BY number DESC");
      return rows.map(({ number }) => number);
    },
    withMarker: async (marker) => {
      const [row] = await database.query<{ number: number }>(
        "SELECT number FROM desk_tickets WHERE strpos(body, $1) > 0 ORDER BY number LIMIT 1",
        [marker],
      );
      return row?.number ?? null;
    },
    setLabels: async (number, labels) => {
      const text = JSON.stringify(labels);
      await database.query("UPDATE desk_tickets SET labels = $2 WHERE number = $1", [number, text]);
    },
    ...commentsIn(database),
    ...pullsIn(database),
  };
}

/** A number is never given twice, also when its branch outlived a folder that somebody removed. */
async function openTicket(
  database: Query,
  { title, body, author, labels, settings }: Omit<DeskTicket, "number">,
  at: Date,
  isFree: (number: number) => Promise<boolean>,
): Promise<number> {
  const values = [title, body, author, JSON.stringify(labels), JSON.stringify(settings), at];
  for (;;) {
    const [row] = await database.query<{ number: number }>(
      `INSERT INTO desk_tickets (title, body, author, labels, settings, opened_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING number`,
      values,
    );
    const number = row?.number ?? 0;
    if (await isFree(number)) return number;
    await database.query("DELETE FROM desk_tickets WHERE number = $1", [number]);
  }
}

function ticketOf({ labels, settings, ...row }: TicketRow): DeskTicket {
  return {
    ...{ number: row.number, title: row.title, body: row.body, author: row.author },
    labels: z.array(z.string()).parse(JSON.parse(labels)),
    settings: deskSettingsSchema.parse(JSON.parse(settings)),
  };
}

function commentsIn(database: Query): Pick<Threads, "comments" | "comment" | "edit" | "remove"> {
  return {
    comments: async (number, place) => {
      const rows = await database.query<CommentRow>(
        "SELECT id, place, body, author, app, created_at FROM desk_comments WHERE number = $1 AND place = $2 ORDER BY id",
        [number, place],
      );
      return rows.map(({ app, created_at, ...row }) => {
        return { ...row, by: app === 1 ? "program" : "person", createdAt: created_at.toISOString() };
      });
    },
    comment: async (number, { place, body, author, by }, at) => {
      const [row] = await database.query<{ id: number }>(
        `INSERT INTO desk_comments (number, place, body, author, app, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
        [number, place, body, author, by === "program" ? 1 : 0, at],
      );
      return row?.id ?? 0;
    },
    edit: async (id, body) => {
      const rows = await database.query("UPDATE desk_comments SET body = $2 WHERE id = $1 RETURNING id", [id, body]);
      return rows.length > 0 ? "edited" : "gone";
    },
    remove: async (id) => {
      await database.query("DELETE FROM desk_comments WHERE id = $1", [id]);
    },
  };
}

function pullsIn(database: Query): Pick<Threads, "pull" | "pullOf" | "openPull" | "merged"> {
  return {
    pull: async (number) => {
      const [row] = await database.query<PullRow>("SELECT * FROM desk_pulls WHERE number = $1", [number]);
      if (!row) return null;
      const { title, body, head, base, merged_sha: sha, merged_by: by } = row;
      return { title, body, head, base, merged: sha === null ? null : { sha, by: by ?? "somebody" } };
    },
    pullOf: async (head) => {
      const [row] = await database.query<{ number: number }>(
        "SELECT number FROM desk_pulls WHERE head = $1 ORDER BY number DESC LIMIT 1",
        [head],
      );
      return row?.number ?? null;
    },
    openPull: async (number, { title, body, head, base }) => {
      const rows = await database.query(
        `INSERT INTO desk_pulls (number, title, body, head, base) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (number) DO NOTHING RETURNING number`,
        [number, title, body, head, base],
      );
      return rows.length > 0 ? "opened" : "found";
    },
    merged: async (number, sha, by) => {
      await database.query("UPDATE desk_pulls SET merged_sha = $2, merged_by = $3 WHERE number = $1", [
        number,
        sha,
        by,
      ]);
    },
  };
}
