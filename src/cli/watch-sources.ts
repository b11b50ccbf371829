import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { environment, type StoreConfig } from "../config.ts";
import { fold } from "../core/ticket/fold.ts";
import type { Phase } from "../core/ticket/phase.ts";
import { PHASES } from "../core/ticket/phase.ts";
import { phaseOf } from "../core/ticket/ticket.ts";
import { DeskBroken, deskPlaces } from "../desk/home.ts";
import { type DeskRepository, findRepository } from "../desk/repository.ts";
import { threadsIn } from "../desk/threads.ts";
import { ticketKey } from "../core/ledger/ids.ts";
import { cost, dollars } from "../messages/format.ts";
import { headline } from "../messages/headline.ts";
import { phaseWords } from "../messages/phases.ts";
import { holderOf } from "../store/data-dir-lock.ts";
import type { Database } from "../store/database.ts";
import { journalStore } from "../store/journal-store.ts";
import { ledgerStore } from "../store/ledger-store.ts";
import { ticketIndex } from "../store/ticket-index.ts";
import { pathTrouble } from "../path-trouble.ts";
import { databaseUrlIn, lookIntoKept } from "./desk/kept.ts";
import { nextOf } from "./desk/next.ts";
import type { BoardRow } from "./watch-board.ts";

/** Where tickets are looked at. Looking writes nothing and begins nothing. */
export type Source = {
  /** @returns the sentence why nothing can be seen now; the next look may see something again. Null: nobody keeps tickets there */
  look(): Promise<readonly BoardRow[] | string | null>;
  close(): Promise<void>;
};

/** @returns the repository around a folder, or the sentence why there is none */
export async function repositoryAt(folder: string): Promise<DeskRepository | string> {
  const searchPath = environment().PATH ?? "/usr/bin:/bin";
  if (!existsSync(folder)) return `There is no folder ${folder}.`;
  const found = await findRepository({ folder, searchPath, temporary: tmpdir() });
  return found.outcome === "found" ? found.repository : found.sentence;
}

/** The tickets of `coop run` in one repository. Its database comes into being with the first of them. */
export function deskSource({ home, name }: DeskRepository, shownAs = name): Source {
  const { folder, lock } = deskPlaces(home);
  let database: Database | null = null;
  const close = async () => {
    const open = database;
    database = null;
    await open?.close();
  };
  return {
    look: async () => {
      try {
        if (!database) {
          const opened = await lookIntoKept(home, databaseUrlIn(environment()));
          if (opened === null) return [];
          if (opened.outcome === "refused") return `${shownAs}: ${opened.sentence}`;
          database = opened.database;
        }
        return (await deskRows(database, name, lock)).map((row) => ({ ...row, repository: shownAs }));
      } catch (error) {
        if (error instanceof DeskBroken) return `${shownAs}: ${error.message}`;
        if (!database) return `${shownAs}: what is in ${folder} cannot be read (${pathTrouble(error)}).`;
        if (database.kind === "sqlite") throw error;
        await close().catch(() => undefined);
        return `${shownAs}: DATABASE_URL cannot be used now (${error instanceof Error ? error.message : String(error)}).`;
      }
    },
    close,
  };
}

async function deskRows(database: Database, name: string, lock: (number: number) => string): Promise<BoardRow[]> {
  const threads = threadsIn(database);
  const rows: BoardRow[] = [];
  for (const number of await threads.numbers()) {
    const key = ticketKey({ owner: "desk", name, number });
    const title = (await threads.ticket(number))?.title ?? "";
    const entries = await ledgerStore(database).read(key);
    const ticket = fold(entries);
    const last = entries.at(-1);
    const holder = await holderOf(lock(number));
    if (!ticket || !last) continue;
    const phase = phaseOf(ticket);
    // What the step under way has cost stands in the journal first.
    const spend = holder === null ? ticket.spend : await journalStore(database).paidOn(key);
    const isOver = PHASES[phase].turn === "nobody";
    const isMine = holder === null && !isOver;
    rows.push({
      ...{ repository: name, ticket: `#${number}`, phase, words: phaseWords(ticket), title },
      work: holder === null ? "none" : "running",
      ...{ last: headline(last, "desk"), cost: cost(spend), costMicroUsd: spend.costMicroUsd, changedAt: last.at },
      next: isMine ? (nextOf(ticket, number) ?? `coop resume ${number}`) : null,
    });
  }
  return rows;
}

/** As many as a board may hold: the open ones and the newest of the others. */
const APP_TICKETS_MAX = 200;

/**
 * The tickets of an App, from the database of its server.
 * @param mayLack  that the database has no tables of a server is no trouble: it may be the desks' or an application's
 */
export function appSource(config: StoreConfig, mayLack: boolean): Source {
  let database: Database | null = null;
  let isServers = true;
  const close = async () => {
    const open = database;
    database = null;
    await open?.close();
  };
  return {
    look: async () => {
      try {
        if (!database) {
          // Only here: a desk needs no PostgreSQL.
          const { openDatabase, schemaState } = await import("./stores.ts");
          const opened = await openDatabase(config);
          if (opened.outcome === "refused") return opened.sentence;
          database = opened.database;
          isServers = !mayLack || database.kind !== "postgres" || (await schemaState(database)).applied > 0;
        }
        return isServers ? await appRows(database) : null;
      } catch (error) {
        await close().catch(() => undefined);
        return `The server's database cannot be read now (${error instanceof Error ? error.message : String(error)}).`;
      }
    },
    close,
  };
}

async function appRows(database: Database): Promise<BoardRow[]> {
  const found = await ticketIndex(database).all(APP_TICKETS_MAX);
  return found.map(({ ticket, repository, issueNumber, phase, updatedAt, shown }) => ({
    ...{ repository, ticket: `#${issueNumber}`, phase: phase as Phase, work: "unknown" as const },
    last: "",
    cost: dollars(shown?.costMicroUsd ?? 0),
    costMicroUsd: shown?.costMicroUsd ?? 0,
    changedAt: updatedAt.toISOString(),
    title: shown?.title ?? ticket,
    next: null,
  }));
}
