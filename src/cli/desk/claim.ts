import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { z } from "zod";
import { type DeskHome, keepInPostgres, keptIn, schemaOf } from "../../desk/home.ts";
import { utc } from "../../messages/format.ts";
import type { Database, Query } from "../../store/database.ts";
import { Ended, EXIT } from "../exit.ts";

/**
 * Copies of one repository reach the same tickets in a database, and from its folder alone nobody can tell a copy from a repository
 * that was moved. So whoever begins to work gives the schema a new word, which is kept in that folder only: who comes with an older
 * one has been overtaken by a copy, and is asked which of them goes on.
 */
export type Coming = "to look" | "to work" | "to go on here";

const claimSchema = z.object({
  word: z.string(),
  host: z.string(),
  folder: z.string(),
  /** The folder itself, however it is called: a copy is another one. */
  mark: z.string(),
  at: z.string(),
});
type Claim = z.infer<typeof claimSchema>;

/** 128 bits: nobody comes upon another one's. */
const WORD_BYTES = 16;

/** @throws Ended with the question for the person, where these may be another repository's tickets */
export async function claimTickets(database: Database, home: DeskHome, coming: Coming): Promise<void> {
  try {
    await claim(database, home, coming);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof Ended || code === undefined) throw error;
    throw new Ended(EXIT.unavailable, `DATABASE_URL cannot be used: ${message.replace(/\.$/, "")}.`);
  }
}

async function claim(database: Database, home: DeskHome, coming: Coming): Promise<void> {
  const schema = schemaOf(home.secret);
  const here = { host: hostname(), folder: home.folder, mark: markOf(home.folder) };
  if (coming === "to look") return refuseOthers(await standingIn(database, schema), home, here);
  await database.transaction(async (tx) => {
    // Of two that come together from one folder, the second one reads what the first one wrote.
    await tx.query("SELECT pg_advisory_xact_lock(hashtext($1))", [schema]);
    const standing = await standingIn(tx, schema);
    if (coming === "to work") refuseOthers(standing, home, here);
    const claim: Claim = { word: randomBytes(WORD_BYTES).toString("hex"), ...here, at: new Date().toISOString() };
    // First here: one that dies before the database has it comes back with both.
    await keepInPostgres(home, [...(standing ? [standing.word] : []), claim.word]);
    await writeClaim(tx, schema, claim);
  });
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

function markOf(folder: string): string {
  const { ino, birthtimeNs } = statSync(folder, { bigint: true });
  return `${ino}-${birthtimeNs}`;
}

type Here = Pick<Claim, "host" | "folder" | "mark">;

function refuseOthers(standing: Claim | null, home: DeskHome, here: Here): void {
  if (!standing) return;
  const kept = keptIn(dirname(home.folder));
  const isOvertaken = kept.at !== "postgres" || !kept.words.includes(standing.word);
  if (isOvertaken || isElsewhere(standing, here))
    throw new Ended(EXIT.unavailable, whichOne(standing, home.folder, isOvertaken ? "overtaken" : "elsewhere"));
}

/** A container has another host name each time, a renamed folder another name, and one that was put back is another folder. */
function isElsewhere(standing: Here, here: Here): boolean {
  return standing.mark !== here.mark && standing.host !== here.host && standing.folder !== here.folder;
}

function whichOne({ host, folder, at }: Claim, home: string, how: "overtaken" | "elsewhere"): string {
  const where = `${folder} on ${host} (${utc(at)})`;
  const what =
    how === "overtaken"
      ? `The tickets of this repository have been worked on since, in ${where}`
      : `The tickets of this repository were last worked on in ${where}, which cannot be seen from here`;
  return `${what}. Is this repository a copy of that one? Then move ${home} away: its own tickets then start again at 1. Was it moved, or is that one the copy? Then run \`coop run --list --here\` once, and the tickets go on here.`;
}
