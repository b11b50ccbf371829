import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import {
  DeskBroken,
  type DeskHome,
  type DeskPlace,
  deskPlaceSchema,
  keepInPostgres,
  type Kept,
  keptIn,
  saidOnce,
  schemaOf,
} from "../../desk/home.ts";
import { utc } from "../../messages/format.ts";
import { pathTrouble, writeRemedy } from "../../path-trouble.ts";
import type { Database, Query } from "../../store/database.ts";
import { isForbidden, isPassing } from "../../store/passing.ts";
import { Ended, EXIT } from "../exit.ts";

/**
 * Copies of one repository reach the same tickets in a database, and from its folder alone nobody can tell a copy from a repository
 * that was moved. So whoever begins to work gives the schema a new word, which is kept in that folder only: who comes with an older
 * one has been overtaken by a copy, and is asked which of them goes on.
 */
export type Coming = "to look" | "to work" | "to go on here";

const claimSchema = deskPlaceSchema.extend({ word: z.string(), at: z.string() });
type Claim = z.infer<typeof claimSchema>;

/** 128 bits: nobody comes upon another one's. */
const WORD_BYTES = 16;
/** One folder is seen from a machine or two, and from containers, that each call it otherwise. */
const PLACES_MAX = 8;

/** @returns what the person should know @throws Ended with the question for the person, where these may be another repository's tickets */
export async function claimTickets(database: Database, home: DeskHome, coming: Coming): Promise<readonly string[]> {
  const schema = schemaOf(home.secret);
  const here = await orUnwritten(home, async () => placeOf(home.folder));
  return orSaid(async () => {
    if (coming === "to look") {
      refuseOthers(await standingIn(database, schema), home, here);
      return [];
    }
    try {
      return await database.transaction((tx) => claim(tx, { home, schema, here, coming }));
    } catch (error) {
      // Only a schema's owner comments on it.
      if (!isForbidden(error)) throw error;
      return saidOnce(home, "database-unclaimed", unclaimed(schema, (error as Error).message));
    }
  });
}

/** @throws Ended with one sentence where the database says no, or does not answer */
export async function orSaid<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Ended(EXIT.unavailable, trouble(error));
  }
}

/** @returns why the database cannot be used @throws what is a bug of ours, or was said already */
export function trouble(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof Ended || (code === undefined && !isPassing(error))) throw error;
  return `DATABASE_URL cannot be used: ${(message || String(code)).replace(/\.$/, "")}.`;
}

async function orUnwritten<T>({ folder }: DeskHome, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const remedy = writeRemedy(error, "git's folder");
    throw new Ended(EXIT.unavailable, `${folder} cannot be written (${pathTrouble(error)}). ${remedy}`);
  }
}

function keptOf({ folder, marker }: DeskHome): Kept {
  try {
    return keptIn(dirname(folder));
  } catch (error) {
    const sentence = `${marker} cannot be read (${pathTrouble(error)}). Mend that, then run this again.`;
    throw new Ended(EXIT.unavailable, error instanceof DeskBroken ? error.message : sentence);
  }
}

type Claiming = { readonly home: DeskHome; readonly schema: string; readonly here: DeskPlace; readonly coming: Coming };

async function claim(tx: Query, { home, schema, here, coming }: Claiming): Promise<readonly string[]> {
  // Of two that come together from one folder, the second one reads what the first one wrote.
  await tx.query("SELECT pg_advisory_xact_lock(hashtext($1))", [schema]);
  const standing = await standingIn(tx, schema);
  const notes = coming === "to work" ? refuseOthers(standing, home, here) : [];
  const claim: Claim = { word: randomBytes(WORD_BYTES).toString("hex"), ...here, at: new Date().toISOString() };
  const kept = keptOf(home);
  const before = kept.at === "postgres" ? kept.places.filter((place) => isElsewhere(place, here)) : [];
  // First here: one that dies before the database has it comes back with both.
  const words = [...(standing ? [standing.word] : []), claim.word];
  const places = [...before, here].slice(-PLACES_MAX);
  await orUnwritten(home, () => keepInPostgres(home, { words, claimedAt: claim.at, places }));
  await writeClaim(tx, schema, claim);
  return notes;
}

async function standingIn(database: Query, schema: string): Promise<Claim | null> {
  const [row] = await database.query<{ said: string | null }>(
    "SELECT obj_description(to_regnamespace($1), 'pg_namespace') AS said",
    [schema],
  );
  try {
    return claimSchema.parse(JSON.parse(row?.said ?? ""));
  } catch {
    // None yet, or a database that was put back without its comments.
    return null;
  }
}

/** A comment takes no parameters; the server itself quotes it. */
async function writeClaim(tx: Query, schema: string, claim: Claim): Promise<void> {
  const [row] = await tx.query<{ sql: string }>(
    "SELECT format('COMMENT ON SCHEMA %I IS %L', $1::text, $2::text) AS sql",
    [schema, JSON.stringify(claim)],
  );
  await tx.exec(row?.sql ?? "");
}

function placeOf(folder: string): DeskPlace {
  const { ino, birthtimeNs } = statSync(folder, { bigint: true });
  return { host: hostname(), folder, mark: `${ino}-${birthtimeNs}` };
}

function refuseOthers(standing: Claim | null, home: DeskHome, here: DeskPlace): readonly string[] {
  if (!standing) return [];
  const kept = keptOf(home);
  if (kept.at !== "postgres" || !kept.words.includes(standing.word)) {
    if (isOlder(standing, kept, here)) return [OLDER];
    throw new Ended(EXIT.unavailable, whichOne(standing, here, "overtaken"));
  }
  if ([standing, ...kept.places].every((place) => isElsewhere(place, here)))
    throw new Ended(EXIT.unavailable, whichOne(standing, here, "elsewhere"));
  return [];
}

/** A container has another host name each time, a renamed folder another name, and one that was put back is another folder. */
function isElsewhere(one: DeskPlace, here: DeskPlace): boolean {
  return one.mark !== here.mark && one.host !== here.host && one.folder !== here.folder;
}

function isSame(one: DeskPlace, here: DeskPlace): boolean {
  return one.mark === here.mark && one.host === here.host && one.folder === here.folder;
}

/** This very folder worked there last, and has worked since: no copy did, and the database was put back to what it was. */
function isOlder(standing: Claim, kept: Kept, here: DeskPlace): boolean {
  return isSame(standing, here) && kept.at === "postgres" && kept.claimedAt !== null && standing.at < kept.claimedAt;
}

const OLDER =
  "The database is older than this repository, as if it was restored from a backup. What was written after that backup is missing from it.";

function unclaimed(schema: string, why: string): string {
  return `The database cannot record which repository works on these tickets (${why}), so a copy of this one would not be noticed. \`ALTER SCHEMA ${schema} OWNER TO …\` with the user of DATABASE_URL helps.`;
}

function whichOne(standing: Claim, here: DeskPlace, how: "overtaken" | "elsewhere"): string {
  const { host, folder, at } = standing;
  const where = isSame(standing, here)
    ? `this very folder (${utc(at)}), which does not remember it`
    : `${folder} on ${host} (${utc(at)})`;
  const what =
    how === "overtaken"
      ? `The tickets of this repository have been worked on since, in ${where}`
      : `The tickets of this repository were last worked on in ${where}, which cannot be seen from here`;
  return `${what}. Is this repository a copy of that one? Then move ${here.folder} away: the tickets here then start again from 1. Was it moved, or is that one the copy? Then run \`coop run --list --here\` once, and the tickets continue here.`;
}
