import { createHash, randomBytes } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { open, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { makeFolder } from "./make-folder.ts";

/** What a desk keeps in a repository: all of it below git's own folder, where no commit and no working tree sees it. */
export type DeskHome = {
  readonly folder: string;
  readonly database: string;
  /** Says that the tickets are in a PostgreSQL, and in which schema of it. */
  readonly marker: string;
  /** Signs this desk's ledgers. */
  readonly secret: string;
  collab(number: number): string;
  lock(number: number): string;
};

/** @param repository its git folder, and what its tickets are called after @throws DeskBroken, or as the system does */
export async function deskHome({ home, name }: { readonly home: string; readonly name: string }): Promise<DeskHome> {
  const places = deskPlaces(home);
  const { folder } = places;
  await makeFolder(folder, 0o700);
  await makeFolder(join(folder, "locks"), 0o700);
  await keepName(folder, name);
  return {
    ...places,
    secret: await secretIn(join(folder, "secret"), keptIn(home).at !== "nowhere"),
    collab: (number) => join(folder, "collab", String(number)),
  };
}

/** Where the things are that somebody may look at who makes none of them. */
export function deskPlaces(gitFolder: string): Pick<DeskHome, "folder" | "database" | "marker" | "lock"> {
  const folder = join(gitFolder, "coop");
  const database = join(folder, "desk.sqlite");
  const marker = join(folder, "postgres.json");
  return { folder, database, marker, lock: (number) => join(folder, "locks", `${number}.lock`) };
}

/** The desk's own folder does not hold together; the message says what a person can do. */
export class DeskBroken extends Error {}

/** Where the tickets of a desk are. They stay where the first of them began. */
export type Kept =
  | { readonly at: "nowhere" }
  | { readonly at: "file"; readonly path: string }
  /** `home` is the folder that the desk had when it was last written down: a copy of the repository has another one. */
  | ({ readonly at: "postgres"; readonly schema: string; readonly home: string } & KeptClaim);

/** How a schema and the folder that works on it know each other. */
export type KeptClaim = {
  /** By which the schema knows the folder that worked on it last. */
  readonly words: readonly string[];
  /** When the last of them was made; null where nobody wrote it down. */
  readonly claimedAt: string | null;
  /** Where this very folder was seen when somebody worked from it. */
  readonly places: readonly DeskPlace[];
};

/** `mark`: the folder itself, however it is called; a copy is another one. */
export const deskPlaceSchema = z.object({ host: z.string(), folder: z.string(), mark: z.string() });
export type DeskPlace = Readonly<z.infer<typeof deskPlaceSchema>>;

/** @throws DeskBroken, or as the system does where nobody may look: that is not the same as none */
export function keptIn(gitFolder: string): Kept {
  const { database, marker } = deskPlaces(gitFolder);
  const written = ifThere(() => readFileSync(marker, "utf8"));
  if (written !== null) return { at: "postgres", ...markerOf(marker, written) };
  return ifThere(() => statSync(database).size) ? { at: "file", path: database } : { at: "nowhere" };
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (NOT_THERE.includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

const NOT_THERE = ["ENOENT", "ENOTDIR"];

const markerSchema = z.object({
  schema: z.string().regex(/^coop_desk_[0-9a-f]+$/),
  home: z.string(),
  words: z.array(z.string()).default([]),
  claimedAt: z.string().nullable().default(null),
  places: z.array(deskPlaceSchema).default([]),
});

function markerOf(path: string, text: string): z.infer<typeof markerSchema> {
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    throw new DeskBroken(
      `${path} says where the tickets of this repository are, and is not whole. Put it back from a copy, or move it away and run \`coop run --list --here\` with DATABASE_URL set, which writes it anew.`,
    );
  }
}

/** Written once the schema is there, by one process at a time. */
export async function keepInPostgres({ folder, marker, secret }: DeskHome, claim: KeptClaim): Promise<void> {
  const made = `${marker}.${process.pid}`;
  await writeFile(made, JSON.stringify({ schema: schemaOf(secret), home: folder, ...claim }), { mode: 0o600 });
  await rename(made, marker);
}

/** What does not change need not be read before every ticket; where that cannot be remembered, it is. @param name of the file that remembers it */
export async function saidOnce(home: DeskHome, name: string, sentence: string): Promise<readonly string[]> {
  try {
    await writeFile(join(home.folder, name), "", { flag: "wx" });
    return [sentence];
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EEXIST" ? [] : [sentence];
  }
}

/** Told from those of all other desks as the secrets are, and says nothing of this one. */
export function schemaOf(secret: string): string {
  return `coop_desk_${createHash("sha256").update(`schema ${secret}`).digest("hex").slice(0, SCHEMA_HEX_CHARS)}`;
}

/** 96 bits; PostgreSQL cuts names off after 63 bytes. */
const SCHEMA_HEX_CHARS = 24;

/** Ledgers are kept under the repository's name: a folder that is renamed or moved must not lose its tickets. */
async function keepName(folder: string, name: string): Promise<void> {
  await writeFile(join(folder, "name"), name, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

/** @returns null where no desk has been yet */
export async function keptName(gitFolder: string): Promise<string | null> {
  const name = await readFile(join(gitFolder, "coop", "name"), "utf8").catch(() => "");
  return NAME.test(name) ? name : null;
}

/** What GitHub takes as a repository's name. */
export const NAME_CHARS_MAX = 100;
const NAME = new RegExp(`^[A-Za-z0-9._-]{1,${NAME_CHARS_MAX}}$`);

/**
 * Made once, before the first ticket. Race: of two processes that begin together one makes it, and the other one reads what that
 * one wrote. A new one beside tickets that an old one signed would look like a forger's.
 */
async function secretIn(path: string, isInUse: boolean): Promise<string> {
  const found = await readFile(path, "utf8").catch(() => "");
  if (found.length >= SECRET_CHARS) return found.slice(0, SECRET_CHARS);
  if (isInUse)
    throw new DeskBroken(
      `${path} is missing or cut, and it signs the tickets here. Put it back from a copy, or move ${dirname(path)} away: the tickets then start again from 1.`,
    );
  const made = randomBytes(SECRET_CHARS / 2).toString("hex");
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(made);
    await file.close();
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  for (let look = 0; look < SECRET_LOOKS_MAX; look++) {
    const other = await readFile(path, "utf8");
    if (other.length >= SECRET_CHARS) return other.slice(0, SECRET_CHARS);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new DeskBroken(`${path} is not whole: remove it, then run this again.`);
}

/** 256 bits in hex. */
const SECRET_CHARS = 64;
/** A second: writing 64 characters takes no longer. */
const SECRET_LOOKS_MAX = 100;
