import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DeskCast, DeskRoom } from "../../src/cli/desk/cast.ts";
import type { Gate } from "../../src/cli/desk/options.ts";
import type { Ending, Told } from "../../src/cli/desk/told.ts";
import { workAt } from "../../src/cli/desk/work.ts";
import type { Saying } from "../../src/cli/desk/words.ts";
import { beginTicket, checkBranches, type Desk, openDesk } from "../../src/cli/desk.ts";
import { progress } from "../../src/cli/progress.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import type { DeskSettings } from "../../src/desk/threads.ts";
import type { Model } from "../../src/models/model.ts";
import type { AheadSettings } from "../../src/proof/ahead/ahead.ts";
import type { Script } from "../../src/models/script.ts";
import { POOL, scripted } from "./scenario.ts";
import { GREETER, ISSUE, REVIEWS_ONLY } from "./stories.ts";

/** A repository on this disk and somebody who works in it: for tests of the workflow without GitHub. */
export type Seat = {
  readonly folder: string;
  readonly desk: Desk;
  git(...args: string[]): string;
  write(path: string, content: string): void;
  begin(settings?: Partial<DeskSettings>, ticket?: { title: string; body: string }): Promise<number>;
  /** Works until the ticket stands still. Nobody sits at the terminal unless `ask` is given. */
  work(number: number, models: Script | readonly Model[], options?: WorkOptions): Promise<Ending>;
};

export type WorkOptions = {
  readonly yes?: readonly Gate[];
  readonly ask?: (ticket: Ticket) => Promise<string | null>;
  readonly desk?: Desk;
  readonly later?: readonly Saying[];
  readonly signal?: AbortSignal;
  readonly leaves?: ["prove"];
  readonly page?: "none";
  readonly ahead?: AheadSettings;
  readonly note?: (sentence: string) => void;
  /** Instead of the scripted pool's own. */
  readonly cast?: Partial<DeskCast>;
  readonly room?: DeskRoom;
};

type Files = Readonly<Record<string, string>>;

const PATH = process.env["PATH"] ?? "";
const MONA = { GIT_AUTHOR_NAME: "mona", GIT_AUTHOR_EMAIL: "mona@example.org", GIT_COMMITTER_NAME: "mona", GIT_COMMITTER_EMAIL: "mona@example.org" }; // prettier-ignore
const open: (() => Promise<unknown> | void)[] = [];

/** To be called after each test. */
export async function standUp(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export function gitIn(folder: string, ...args: string[]): string {
  const env = { PATH, HOME: folder, ...MONA, GIT_CONFIG_NOSYSTEM: "1" };
  return execFileSync("git", ["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", ...args], { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim(); // prettier-ignore
}

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "coop-desk-"));
  open.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeIn(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A repository with one commit. */
export function repositoryWith(files: Files): string {
  const folder = emptyFolder();
  gitIn(folder, "init", "-q");
  writeIn(folder, files);
  gitIn(folder, "add", "-A");
  gitIn(folder, "commit", "-qm", "one");
  return folder;
}

/** No code is run, and the reviews are the proof, so that a story takes a moment. */
export async function sitDown(files: Files = { ...GREETER, ...REVIEWS_ONLY }, at?: string): Promise<Seat> {
  const folder = at ?? repositoryWith(files);
  const desk = await openAt(folder);
  return {
    ...{ folder, desk },
    git: (...args) => gitIn(folder, ...args),
    write: (path, content) => writeIn(folder, { [path]: content }),
    begin: async (settings = {}, ticket = ISSUE) => {
      await checkBranches(desk);
      return beginTicket(desk, { ...ticket, label: "coop", settings: { ...SETTINGS, ...settings } }, new Date());
    },
    work: (number, models, options = {}) => workOnce(options.desk ?? desk, number, models, options),
  };
}

export async function openAt(folder: string): Promise<Desk> {
  const desk = await openDesk({ folder, searchPath: PATH });
  open.push(() => desk.close());
  return desk;
}

const SETTINGS: DeskSettings = { base: "main", mergeInto: null, maxUsd: null, models: [], pins: {}, collab: null };

async function workOnce(desk: Desk, number: number, models: Script | readonly Model[], options: WorkOptions) {
  let ending: Ending | null = null;
  const told: Told = { ...SILENT, note: options.note ?? SILENT.note, end: (one) => void (ending = one) };
  const cast = { ...castOf(models), ...options.cast };
  await workAt({
    ...{ desk, number, cast, told, searchPath: PATH, yes: options.yes ?? [], ask: options.ask ?? null },
    later: options.later ?? [],
    leaves: options.leaves,
    ...(options.room ? { room: options.room } : {}),
    ...(options.ahead ? { ahead: options.ahead } : {}),
    ...(options.page ? { page: options.page } : {}),
    signal: options.signal ?? new AbortController().signal,
    tellAnew: () => told,
  });
  if (!ending) throw new Error("The run said nothing at its end");
  return ending as Ending;
}

const SILENT: Told = {
  ...{
    begun: () => {},
    note: () => {},
    step: () => {},
    doing: () => {},
    preparing: () => {},
    call: () => {},
    entries: () => {},
    soFar: () => {},
    quiet: () => {},
  },
  ...{ end: () => {}, say: () => {}, lines: progress(process.stderr) },
};

function castOf(given: Script | readonly Model[]): DeskCast {
  const models = given.some((one) => "ask" in one) ? (given as readonly Model[]) : scripted(given as Script);
  return {
    models,
    pool: POOL.map((one) => ({ ...one, roles: null })),
    ...{ modelRetry: undefined, secrets: [] },
    sandbox: { driver: "none", memoryMb: 2048, readOnlyPaths: [], registries: [], layersMb: 1024 },
  };
}
