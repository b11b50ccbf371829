import { join } from "node:path";
import { soundPart } from "../audit/sound.ts";
import type { LedgerKeys } from "../core/ledger/ledger-keys.ts";
import { environment, loadStoreConfig, type StoreConfig } from "../config.ts";
import { keysOf } from "../ledger-trust.ts";
import type { Entry } from "../core/ledger/chain.ts";
import type { TicketKey } from "../core/ledger/ids.ts";
import { artifactStore, type ArtifactStore } from "../store/blob-store.ts";
import type { Database, Opened } from "../store/database.ts";
import { lookIntoEmbedded } from "../store/embedded.ts";
import { type JournalStore, journalStore } from "../store/journal-store.ts";
import { type LedgerStore, ledgerStore } from "../store/ledger-store.ts";
import { shippedMigrations } from "../store/migrate.ts";
import { type RepositoryStore, repositoryStore } from "../store/repository-store.ts";
import { openPostgres } from "../store/postgres.ts";
import { type PublicationStore, publicationStore } from "../store/publication-store.ts";
import { Ended, EXIT } from "./exit.ts";
import { plain } from "./terminal.ts";

/** What a command that only looks has at hand. */
export type Stores = {
  readonly config: StoreConfig;
  readonly ledgerKeys: LedgerKeys | null;
  readonly ledgers: LedgerStore;
  readonly publications: PublicationStore;
  readonly repositories: RepositoryStore;
  readonly journal: JournalStore;
  readonly artifacts: ArtifactStore;
  /** The command that lists the tickets that are in there. */
  readonly list: string;
};

/** Opens the database, hands it over and closes it. Nothing is written: a schema that is behind is said to be, not changed. */
export async function withStores<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
  const loaded = loadStoreConfig(environment());
  if (loaded.outcome === "refused") throw new Ended(EXIT.config, loaded.sentence);
  const { config } = loaded;
  const opened = await openDatabase(config);
  if (opened.outcome === "refused") throw new Ended(EXIT.unavailable, opened.sentence);
  const { database } = opened;
  try {
    await checkSchema(database);
    const keys = keysOf(config);
    return await work(storesOver(database, config, keys.trusted.length > 0 ? keys : null));
  } finally {
    await database.close();
  }
}

export function storesOver(database: Database, config: StoreConfig, keys: LedgerKeys | null): Stores {
  return {
    config,
    ledgerKeys: keys,
    ledgers: ledgerStore(database),
    publications: publicationStore(database),
    repositories: repositoryStore(database),
    journal: journalStore(database),
    artifacts: artifactStore(config.dataDir),
    list: "coop tickets",
  };
}

export async function openDatabase(config: StoreConfig): Promise<Opened> {
  return config.databaseUrl ? openPostgres(config.databaseUrl) : lookIntoEmbedded(join(config.dataDir, "database"));
}

/** Whoever looks for a server's database where there is none. */
export function noDatabaseIn(folder: string): string {
  return `There is no database of a server in ${folder}. Set COOP_DATA_DIR or DATABASE_URL as the server has it, or go to the folder in which it was started.`;
}

const NO_SERVERS =
  "DATABASE_URL leads to a database without the tables of a server. Set it as the server has it; for what is kept in git's own folder here, run the command without it (`env -u DATABASE_URL coop …`).";

async function checkSchema(database: Database): Promise<void> {
  const schema = await schemaState(database);
  if (database.kind === "postgres" && schema.applied === 0) throw new Ended(EXIT.unavailable, NO_SERVERS);
  if (schema.sentence) throw new Ended(EXIT.unavailable, schema.sentence);
}

export type SchemaState = {
  readonly applied: number;
  readonly sentence: string | null;
  /** A migration is all that it needs. */
  readonly isBehind: boolean;
};

/** Other programs, too, keep their migrations in a table of that name, and a database of theirs has none of our tables. */
const OURS = `SELECT to_regclass('ledger_entries') IS NOT NULL AND EXISTS (
  SELECT FROM pg_attribute WHERE attrelid = to_regclass('schema_migrations') AND attname = 'name' AND NOT attisdropped
) AS found`;

/** Whether the database has the tables that this version works with. */
export async function schemaState(database: Database): Promise<SchemaState> {
  // SQLite says it itself when it is opened.
  if (database.kind === "sqlite") return { applied: 0, sentence: null, isBehind: false };
  const [table] = await database.query<{ found: boolean }>(OURS);
  const done = table?.found
    ? (await database.query<{ name: string }>("SELECT name FROM schema_migrations ORDER BY name")).map(
        ({ name }) => name,
      )
    : [];
  const ours = (await shippedMigrations()).map(({ name }) => name);
  const foreign = done.find((name) => !ours.includes(name));
  const isBehind = !foreign && done.length < ours.length;
  const sentence = foreign
    ? `The database was set up by another version of this program (it has ${foreign}): use that version or a later one.`
    : isBehind
      ? `The database is ${ours.length - done.length} migrations behind this version: start the server once, it brings it up to date.`
      : null;
  return { applied: done.length, sentence, isBehind };
}

/** A ticket by the name that its repository has today, where it is kept under the one of before. */
export async function keptAs({ ledgers, repositories }: Stores, key: TicketKey): Promise<TicketKey> {
  if ((await ledgers.length(key)) > 0) return key;
  const [name = "", number = ""] = key.split("#");
  const kept = await repositories.keyOf(name);
  return kept === null ? key : `${kept}#${number}`;
}

/** A ticket's entries as far as they can be believed. @throws Ended when the database has no such ledger */
export async function readLedger(
  stores: Stores,
  named: TicketKey,
): Promise<{ entries: readonly Entry[]; warning: string | null }> {
  const key = await keptAs(stores, named);
  const stored = await stores.ledgers.read(key);
  if (stored.length === 0)
    throw new Ended(EXIT.different, `The database has no ticket ${key}. \`${stores.list}\` lists those it has.`);
  const { entries, fault } = soundPart(key, stored, stores.ledgerKeys);
  if (!fault) return { entries, warning: null };
  const warning = plain(
    `Entry ${fault.seq} ${fault.problem}; it and what follows is left out. \`coop verify ${key}\` says more.`,
  );
  return { entries, warning };
}

/** Every ledger, the one that changed last first. */
export async function readLedgers(stores: Stores, repository?: string): Promise<(readonly Entry[])[]> {
  const known = await stores.ledgers.tickets(repository ? { repository } : {});
  const all: (readonly Entry[])[] = [];
  for (const { ticket } of known)
    all.push(soundPart(ticket, await stores.ledgers.read(ticket), stores.ledgerKeys).entries);
  return all.filter((entries) => entries.length > 0);
}
