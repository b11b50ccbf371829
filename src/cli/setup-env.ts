import { randomBytes } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { parseEnv } from "node:util";

/** `.env` in the folder of the program: what set-up writes and `npm start` reads. */
const FILE = ".env";
const SECRET_BYTES = 32;

export type Values = Readonly<Record<string, string>>;

/** @returns {} where there is none */
export async function readSaved(): Promise<Values> {
  try {
    return parseEnv(await readFile(FILE, "utf8")) as Values;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}

/** Adds values behind what stands there; nobody but the owner can read the file then. */
export async function save(values: Readonly<Record<string, string | undefined>>): Promise<void> {
  const lines = Object.entries(values).map(([name, value = ""]) => `${name}=${quoted(value)}\n`);
  await writeFile(FILE, "", { flag: "a", mode: 0o600 });
  // It may have been there before, and readable.
  await chmod(FILE, 0o600);
  const before = await readFile(FILE, "utf8");
  await writeFile(FILE, `${before.length === 0 || before.endsWith("\n") ? "" : "\n"}${lines.join("")}`, { flag: "a" });
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
