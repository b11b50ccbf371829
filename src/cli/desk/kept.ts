import { statSync } from "node:fs";
import { dirname } from "node:path";
import { type Environment } from "../../config.ts";
import { attempt, givenIn } from "../../config-given.ts";
import { type DeskHome, deskPlaces, type Kept, keptIn, schemaOf } from "../../desk/home.ts";
import type { Database, Opened } from "../../store/database.ts";
import { openSqlite } from "../../store/sqlite.ts";
import { upToDate } from "../../store/up-to-date.ts";
import { Ended, EXIT } from "../exit.ts";
import { claimTickets, type Coming, orSaid, trouble } from "./claim.ts";

/** Whoever sits there waits no longer than this for an answer; what a desk asks takes milliseconds. */
const DESK_ANSWER_MS = 10_000;

/** The PostgreSQL that the tickets of new desks are kept in. Applications have a DATABASE_URL, too, and many are no PostgreSQL. */
export function databaseUrlIn(env: Environment): string | null {
  const problems: string[] = [];
  const given = attempt(problems, () => givenIn(env));
  if (!given) throw new Ended(EXIT.config, problems[0] ?? "");
  const url = given.DATABASE_URL ?? "";
  return /^postgres(ql)?:\/\//.test(url) ? url : null;
}

export type DeskStore = { readonly database: Database; readonly notes: readonly string[] };

/** The tickets of a desk, to work on them: where they are, and in git's own folder as long as there are none. @throws Ended where they cannot be reached */
export async function openKept(home: DeskHome, url: string | null, coming: Coming): Promise<DeskStore> {
  const kept = keptIn(dirname(home.folder));
  if (kept.at === "postgres") return goOnIn(home, kept, url, coming);
  if (kept.at === "nowhere" && url !== null) {
    const begun = coming === "to go on here" ? await storeIn(home, schemaOf(home.secret), url, coming) : null;
    // Where the first ticket will begin elsewhere, whoever only looks leaves no file behind.
    return begun ?? { database: await opened(openSqlite({ at: "memory" })), notes: [] };
  }
  const path = kept.at === "file" ? kept.path : home.database;
  return { database: await opened(openSqlite({ at: "file", path })), notes: [] };
}

/**
 * Where the first ticket of a desk begins. Only for a ticket that nothing refuses any more: from then on the desk needs this database.
 *
 * @throws Ended where it cannot be reached
 */
export async function beginKept(home: DeskHome, url: string): Promise<DeskStore> {
  const { database, notes } = await begunIn(home, url);
  return { database, notes: [keptInSentence(schemaOf(home.secret)), ...notes] };
}

export const STAYS =
  "The tickets of this repository began in git's own folder, under coop/, and stay there; DATABASE_URL is for those of repositories that have none yet.";

function keptInSentence(schema: string): string {
  return `The tickets of this repository are kept in the PostgreSQL of DATABASE_URL from now on, in a schema of their own (${schema}).`;
}

/** Only to look: nothing is written. @returns null where no ticket has begun */
export async function lookIntoKept(gitFolder: string, url: string | null): Promise<Opened | null> {
  const kept = keptIn(gitFolder);
  if (kept.at === "nowhere") return null;
  if (kept.at === "file") return inDeskWords(await openSqlite({ at: "file", path: kept.path }, "look"));
  if (url === null) return { outcome: "refused", sentence: noUrl(gitFolder) };
  const found = await openSchema(url, kept.schema);
  if (found.outcome === "refused") return { ...found, sentence: `${found.sentence} ${MEND}` };
  const state = await stateOf(found.database, kept.schema, gitFolder).catch(trouble);
  if (state === null) return found;
  await found.database.close();
  return { outcome: "refused", sentence: state };
}

/** At a desk there is no server that could be started. */
function inDeskWords(found: Opened): Opened {
  return found.outcome === "refused" && found.because === "behind" ? { ...found, sentence: BEHIND } : found;
}

const BEHIND = "The tickets were written by an older version. `coop run --list` brings their database up to date.";
const MEND = "Start the database, or correct DATABASE_URL.";

type KeptInPostgres = Kept & { at: "postgres" };

async function goOnIn(home: DeskHome, kept: KeptInPostgres, url: string | null, coming: Coming): Promise<DeskStore> {
  const gitFolder = dirname(home.folder);
  if (isCopy(home.folder, kept)) throw new Ended(EXIT.unavailable, copied(home.folder, kept.home));
  if (url === null) throw new Ended(EXIT.config, noUrl(gitFolder));
  const store = await storeIn(home, kept.schema, url, coming);
  if (store === null) throw new Ended(EXIT.unavailable, notIn(kept.schema, gitFolder));
  return store;
}

/** @returns null where the database has no such schema */
async function storeIn(home: DeskHome, schema: string, url: string, coming: Coming): Promise<DeskStore | null> {
  const database = await opened(openSchema(url, schema), MEND);
  const notes = await closedIfNot(database, async () => {
    if (!(await orSaid(() => hasSchema(database, schema)))) return null;
    await migrated(database);
    return claimTickets(database, home, coming);
  });
  if (notes !== null) return { database, notes };
  await database.close();
  return null;
}

async function hasSchema(database: Database, schema: string): Promise<boolean> {
  const [there] = await database.query<{ found: boolean }>("SELECT to_regnamespace($1) IS NOT NULL AS found", [schema]);
  return there?.found === true;
}

async function begunIn(home: DeskHome, url: string): Promise<DeskStore> {
  const schema = schemaOf(home.secret);
  const database = await opened(openSchema(url, schema), `${MEND} ${WITHOUT}`);
  const notes = await closedIfNot(database, async () => {
    try {
      await database.transaction(async (tx) => {
        // Of two that come together one would fail, although it says "if not exists".
        await tx.query("SELECT pg_advisory_xact_lock(hashtext($1))", [schema]);
        await tx.exec(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
      });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Ended(
        EXIT.unavailable,
        `DATABASE_URL cannot be used: no schema can be made there (${why}). ${WITHOUT}`,
      );
    }
    await migrated(database);
    return claimTickets(database, home, "to work");
  });
  return { database, notes };
}

const WITHOUT = "Without it (`env -u DATABASE_URL coop run …`) the tickets are kept in git's own folder.";

/** Whether the first ticket could begin there. Nothing is made. */
export async function askedUrl(url: string): Promise<Opened> {
  const found = await openSchema(url, "pg_catalog");
  if (found.outcome === "open") await found.database.close();
  return found;
}

async function openSchema(url: string, schema: string): Promise<Opened> {
  // Most desks need no PostgreSQL, and its driver takes longer to load than all of the rest.
  const { openPostgres } = await import("../../store/postgres.ts");
  return openPostgres(url, undefined, { schema, answerMs: DESK_ANSWER_MS });
}

async function opened(opening: Promise<Opened>, remedy?: string): Promise<Database> {
  const found = await opening;
  if (found.outcome === "open") return found.database;
  throw new Ended(EXIT.unavailable, [found.sentence, ...(remedy ? [remedy] : [])].join(" "));
}

async function closedIfNot<T>(database: Database, prepare: () => Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function migrated(database: Database): Promise<void> {
  const done = await upToDate(database);
  if (done.outcome === "refused") throw new Ended(EXIT.unavailable, done.sentence);
}

/** @returns why the tickets cannot be looked at, or null */
async function stateOf(database: Database, schema: string, gitFolder: string): Promise<string | null> {
  if (!(await hasSchema(database, schema))) return notIn(schema, gitFolder);
  const { schemaState } = await import("../stores.ts");
  const { sentence, isBehind } = await schemaState(database);
  return isBehind ? BEHIND : sentence;
}

function noUrl(gitFolder: string): string {
  return `The tickets of this repository are kept in a PostgreSQL: set DATABASE_URL to it. ${anew(gitFolder)}`;
}

function notIn(schema: string, gitFolder: string): string {
  return `DATABASE_URL leads to a database without the tickets of this repository (it has no schema ${schema}). Set it to the one that has them. ${anew(gitFolder)}`;
}

function anew(gitFolder: string): string {
  return `If they are lost, move ${deskPlaces(gitFolder).folder} away: the tickets then start again from 1.`;
}

/** Two desks that share their tickets would give the same numbers to different branches. */
function copied(folder: string, original: string): string {
  return `This repository is a copy of the one whose tickets are kept with ${original}. Move ${folder} away: its own tickets then start again from 1.`;
}

/** One that was moved is where the other one is no more; one that is seen in two places, as by a mount, is one folder. */
function isCopy(folder: string, kept: KeptInPostgres): boolean {
  if (kept.home === folder) return false;
  const [here, there] = [statSync(folder), statSync(kept.home, { throwIfNoEntry: false })];
  if (!there || (there.dev === here.dev && there.ino === here.ino)) return false;
  try {
    const other = keptIn(dirname(kept.home));
    return other.at === "postgres" && other.schema === kept.schema;
  } catch {
    return false;
  }
}
