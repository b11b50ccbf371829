import { environment, loadStoreConfig } from "../config.ts";
import { ledgerKeys } from "../core/ledger/ledger-keys.ts";
import { ticketKey, type TicketKey } from "../core/ledger/ids.ts";
import { deskPlaces, hasTickets } from "../desk/home.ts";
import type { DeskRepository } from "../desk/repository.ts";
import { openSqlite } from "../store/sqlite.ts";
import { Ended, EXIT } from "./exit.ts";
import { homeOf } from "./desk.ts";
import { type Stores, storesOver, withStores } from "./stores.ts";
import { DESK_NUMBER } from "./ticket-argument.ts";
import { repositoryAt } from "./watch-sources.ts";

/** What is asked about one ticket, and where it is kept. */
export type TicketWork<T> = (stores: Stores, key: TicketKey, kept: "here" | "by-a-server") => Promise<T>;

/** A number, or `desk/<name>#number` of the repository here, is a ticket of `coop run`; every other one is a server's. */
export async function withTicket<T>(named: string, work: TicketWork<T>, folder = process.cwd()): Promise<T> {
  const number = DESK_NUMBER.exec(named)?.[1];
  const isDesk = number !== undefined || named.startsWith("desk/");
  const found = isDesk ? await repositoryAt(folder) : null;
  const desk =
    found !== null && typeof found !== "string" && hasTickets(deskPlaces(found.home).database) ? found : null;
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
 * All tickets of the repository here, or of a server where its database is named or no ticket of `coop run` is here.
 */
export async function withTickets<T>(work: (stores: Stores) => Promise<T>, folder = process.cwd()): Promise<T> {
  const { DATABASE_URL, COOP_DATA_DIR } = environment();
  const found = DATABASE_URL || COOP_DATA_DIR ? null : await repositoryAt(folder);
  const isDesk = found !== null && typeof found !== "string" && hasTickets(deskPlaces(found.home).database);
  return isDesk ? withDesk(found, work) : withStores(work);
}

async function withDesk<T>(repository: DeskRepository, work: (stores: Stores) => Promise<T>): Promise<T> {
  const loaded = loadStoreConfig(environment());
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const home = await homeOf(repository);
  const opened = await openSqlite({ at: "file", path: home.database }, "look");
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
