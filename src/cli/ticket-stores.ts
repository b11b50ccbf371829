import { environment, loadStoreConfig } from "../config.ts";
import { ledgerKeys } from "../core/ledger/ledger-keys.ts";
import { ticketKey, type TicketKey } from "../core/ledger/ids.ts";
import type { DeskRepository } from "../desk/repository.ts";
import { Ended, EXIT } from "./exit.ts";
import { homeOf, keptAt } from "./desk.ts";
import { databaseUrlIn, lookIntoKept } from "./desk/kept.ts";
import { type Stores, storesOver, withStores } from "./stores.ts";
import { NO_TICKETS } from "./desk/next.ts";
import { DESK_NUMBER } from "./ticket-argument.ts";
import { repositoryAt } from "./watch-sources.ts";

/** What is asked about one ticket, and where it is kept. */
export type TicketWork<T> = (stores: Stores, key: TicketKey, kept: "here" | "by-a-server") => Promise<T>;

/** A number, or `desk/<name>#number` of the repository here, is a ticket of `coop run`; every other one is a server's. */
export async function withTicket<T>(named: string, work: TicketWork<T>, folder = process.cwd()): Promise<T> {
  const number = DESK_NUMBER.exec(named)?.[1];
  const isDesk = number !== undefined || named.startsWith("desk/");
  const found = isDesk ? await repositoryAt(folder) : null;
  const desk = found !== null && typeof found !== "string" && keptAt(found) !== "nowhere" ? found : null;
  if (desk) {
    const key = number === undefined ? named : ticketKey({ owner: "desk", name: desk.name, number: Number(number) });
    if (key.startsWith(`desk/${desk.name}#`)) return withDesk(desk, (stores) => work(stores, key, "here"));
  }
  const { DATABASE_URL, COOP_DATA_DIR } = environment();
  if (number !== undefined || (isDesk && !DATABASE_URL && !COOP_DATA_DIR))
    throw new Ended(
      EXIT.usage,
      `${named} is no ticket of \`coop run\` here: go into its repository, where \`coop run --list\` lists them, or name a server's ticket as owner/repo#number.`,
    );
  return withStores((stores) => work(stores, named, "by-a-server"));
}

/**
 * All tickets of the repository here, or of a server where its database is named or no ticket of `coop run` is here. A database that is
 * named is the desk's own where its tickets are in one.
 */
export async function withTickets<T>(work: (stores: Stores) => Promise<T>, folder = process.cwd()): Promise<T> {
  const { DATABASE_URL, COOP_DATA_DIR } = environment();
  const found = await repositoryAt(folder);
  const at = typeof found === "string" ? "nowhere" : keptAt(found);
  const isDesk = at === "postgres" || (at === "file" && !DATABASE_URL && !COOP_DATA_DIR);
  return isDesk && typeof found !== "string" ? withDesk(found, work) : withStores(work);
}

async function withDesk<T>(repository: DeskRepository, work: (stores: Stores) => Promise<T>): Promise<T> {
  const env = environment();
  const url = databaseUrlIn(env);
  // One that is no PostgreSQL is the application's.
  const loaded = loadStoreConfig(url === null ? { ...env, DATABASE_URL: undefined } : env);
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const home = await homeOf(repository);
  const opened = await lookIntoKept(repository.home, url);
  if (opened === null) throw new Ended(EXIT.different, NO_TICKETS);
  if (opened.outcome === "refused") throw new Ended(EXIT.unavailable, opened.sentence);
  const { database } = opened;
  const config = {
    ...{ databaseUrl: null, dataDir: home.folder },
    ...{ ledgerSecret: home.secret, ledgerSecretsBefore: [], secrets: [home.secret, ...loaded.config.secrets] },
  };
  try {
    return await work({ ...storesOver(database, config, ledgerKeys(home.secret)), list: "coop run --list" });
  } finally {
    await database.close();
  }
}
