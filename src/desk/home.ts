import { randomBytes } from "node:crypto";
import { statSync } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "./make-folder.ts";

/** What a desk keeps in a repository: all of it below git's own folder, where no commit and no working tree sees it. */
export type DeskHome = {
  readonly folder: string;
  readonly database: string;
  /** Signs this desk's ledgers. */
  readonly secret: string;
  collab(number: number): string;
  lock(number: number): string;
};

/** @param repository its git folder, and what its tickets are called after @throws DeskBroken, or as the system does */
export async function deskHome({ home, name }: { readonly home: string; readonly name: string }): Promise<DeskHome> {
  const places = deskPlaces(home);
  const { folder, database } = places;
  await makeFolder(folder, 0o700);
  await makeFolder(join(folder, "locks"), 0o700);
  await keepName(folder, name);
  return {
    ...places,
    secret: await secretIn(join(folder, "secret"), hasTickets(database)),
    collab: (number) => join(folder, "collab", String(number)),
  };
}

/** Where the things are that somebody may look at who makes none of them. */
export function deskPlaces(gitFolder: string): Pick<DeskHome, "folder" | "database" | "lock"> {
  const folder = join(gitFolder, "coop");
  const database = join(folder, "desk.sqlite");
  return { folder, database, lock: (number) => join(folder, "locks", `${number}.lock`) };
}

/** The desk's own folder does not hold together; the message says what a person can do. */
export class DeskBroken extends Error {}

/** @throws as the system does where nobody may look: that is not the same as none */
export function hasTickets(database: string): boolean {
  try {
    return statSync(database).size > 0;
  } catch (error) {
    if (NOT_THERE.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

const NOT_THERE = ["ENOENT", "ENOTDIR"];

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
      `${path} is missing or cut, and it signs the tickets here. Put it back from a copy, or move ${dirname(path)} away: tickets then begin anew.`,
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
