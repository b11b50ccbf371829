import { randomBytes } from "node:crypto";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { resolve } from "node:path";
import { unmarked } from "../../byte-order-mark.ts";
import { pathTrouble } from "../../path-trouble.ts";
import { Ended, EXIT } from "../exit.ts";

/** `.env` in the folder of the program: what set-up writes and `npm start` reads. */
const FILE = ".env";
const SECRET_BYTES = 32;

export type Values = Readonly<Record<string, string>>;

/** More than an App's keys take. */
const ROOM_BYTES = 16_384;

/** @returns {} where there is none. @throws Ended where it cannot be read */
export async function readSaved(): Promise<Values> {
  try {
    return parseEnv(unmarked(await readFile(FILE, "utf8"))) as Values;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw cannot("read", error, "Mend that, then run this again.");
  }
}

/**
 * Before GitHub hands out the App's keys, which it does once: whether they can be kept here. Nobody but the owner can read the file then.
 * @throws Ended
 */
export async function makeRoom(): Promise<void> {
  const probe = `${FILE}.room-${process.pid}`;
  try {
    await writeFile(FILE, "", { flag: "a", mode: 0o600 });
    // It may have been there before, and readable.
    await chmod(FILE, 0o600);
    await writeFile(probe, Buffer.alloc(ROOM_BYTES), { mode: 0o600 }).finally(() => rm(probe, { force: true }));
  } catch (error) {
    throw cannot("written", error, "Mend that first: GitHub shows the keys of a new App only once.");
  }
}

/** Adds values behind what stands there. @throws Ended */
export async function save(values: Readonly<Record<string, string | undefined>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value = ""]) => `${name}=${quoted(value)}\n`);
  try {
    const before = await readFile(FILE, "utf8");
    const begin = before.length === 0 || before.endsWith("\n") ? "" : "\n";
    await writeFile(FILE, `${begin}${lines.join("")}`, { flag: "a" });
  } catch (error) {
    throw cannot(
      "written",
      error,
      "The App was created, and its keys are lost. Delete it in GitHub's settings (Developer settings, GitHub Apps), then run this again.",
    );
  }
}

function cannot(be: "read" | "written", error: unknown, helps: string): Ended {
  return new Ended(EXIT.unavailable, `${resolve(FILE)} cannot be ${be} (${pathTrouble(error)}). ${helps}`);
}

/** The ledger's secret, apart from the webhook's, so that either can be changed without the other. */
export function newLedgerSecret(): string {
  return randomBytes(SECRET_BYTES).toString("hex");
}

/** A key has line breaks. Probot wraps it in quotes already, which would be doubled. */
function quoted(value: string): string {
  const bare = value.replace(/^"([^]*)"$/, "$1");
  return /^[\w:/.@+=-]*$/.test(bare) ? bare : `"${bare.replaceAll("\n", "\\n")}"`;
}
