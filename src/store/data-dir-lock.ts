import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * An embedded database belongs to one process: two on one PGlite destroy it, and the queue in SQLite takes what is active
 * at its start for left over. The lock is a file that names its holder; a holder that died leaves it behind, and the next
 * process takes it over. A process is known by its id *and* its start time: in a container the new process often has the id of the dead one. Not covered: two containers or
 * machines that share a volume, which see different processes under the same ids.
 */
export type Lock =
  { readonly outcome: "held"; release(): Promise<void> } | { readonly outcome: "busy"; readonly pid: number };

type Holder = { readonly pid: number; readonly started: string | null };

/** Takes over at most this many stale locks before giving up: more means that others are racing for it and winning. */
const ATTEMPTS_MAX = 5;

export async function lockDataDir(file: string): Promise<Lock> {
  const mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) } satisfies Holder);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    if (await createOnly(file, mine)) return { outcome: "held", release: () => rm(file, { force: true }) };
    const found = await readFile(file, "utf8").catch(() => null);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder && isAlive(holder)) return { outcome: "busy", pid: holder.pid };
    await buryStale(file, found);
  }
  return { outcome: "busy", pid: parseHolder(await readFile(file, "utf8").catch(() => ""))?.pid ?? 0 };
}

/** @returns the process that holds a lock now, or null */
export async function holderOf(file: string): Promise<number | null> {
  const holder = parseHolder(await readFile(file, "utf8").catch(() => ""));
  return holder && isAlive(holder) ? holder.pid : null;
}

type Held = Extract<Lock, { outcome: "held" }>;

/** @returns the lock, or the sentence why there can be none: a folder that cannot be written is the operator's to mend */
export async function takeFolder(folder: string): Promise<Held | string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockDataDir(join(folder, "database.lock"));
    return lock.outcome === "held" ? lock : busySentence(folder, lock.pid);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (!code) throw error;
    return `The folder ${folder} cannot be written (${code}). Give COOP_DATA_DIR a folder that this process may write.`;
  }
}

function busySentence(folder: string, pid: number): string {
  return (
    `Another process (pid ${pid}) is using the database in ${folder}. ` +
    "Stop it first, give this one its own COOP_DATA_DIR, or set DATABASE_URL to share a PostgreSQL."
  );
}

/** Written whole to a file of its own and then linked, so that nobody ever reads a half-written lock. */
async function createOnly(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Race: somebody else may have taken over between our look and our move. What we moved away is then put back. */
async function buryStale(file: string, expected: string): Promise<void> {
  const grave = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await rename(file, grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  const buried = await readFile(grave, "utf8");
  if (buried !== expected) await link(grave, file).catch(() => undefined);
  await rm(grave, { force: true });
}

function parseHolder(text: string): Holder | null {
  try {
    const value = JSON.parse(text) as Partial<Holder>;
    if (typeof value.pid !== "number" || !Number.isInteger(value.pid) || value.pid < 1) return null;
    return { pid: value.pid, started: typeof value.started === "string" ? value.started : null };
  } catch {
    return null;
  }
}

function isAlive(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // A process that ended stays in the list until its parent asks how; in a container perhaps nobody ever does.
  if (/^[ZX]$/.test(statOf(holder.pid)?.[0] ?? "")) return false;
  const started = startOf(holder.pid);
  return started === null || holder.started === null || started === holder.started;
}

/** Start time in clock ticks since boot (proc(5), field 22), or null where the system does not say. */
function startOf(pid: number): string | null {
  return statOf(pid)?.[19] ?? null;
}

/** Fields of proc(5) from the third on, or null where the system has none. */
function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold anything, brackets and spaces too.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}
