import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { preparerHere, sandboxHere, toolchainsOn } from "../../machine.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import type { ServerSettings } from "../../server-file.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { askGit, type GitAt } from "../../workspace/git-process.ts";
import { findProgram } from "../../workspace/prepare/host.ts";
import type { Prepared, Preparer } from "../../workspace/preparer.ts";
import type { SandboxCheck } from "../../workspace/sandbox.ts";
import type { Example } from "../example.ts";

/** Where a benchmark's tasks are worked on: one folder for all of them, and one store of packages. */
export type Place = {
  readonly folder: string;
  readonly searchPath: string;
  readonly sandbox: SandboxCheck;
  readonly preparer: Preparer;
  remove(): Promise<void>;
};

export async function openPlace(settings: ServerSettings["sandbox"], searchPath: string): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), "coop-bench-"));
  const room = { searchPath, privatePaths: [folder], toolchain: toolchainsOn(searchPath) };
  const sandbox = await sandboxHere(settings, room);
  const preparer = preparerHere(sandbox, folder, settings);
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  return { folder, searchPath, sandbox, preparer, remove };
}

const NEEDS = { go: "go", python: "python3", typescript: null, javascript: null } as const;
const TOOL_NAMES = { go: "Go", python: "Python" } as const;

export type Fitted =
  | { readonly outcome: "fitted"; readonly prepared: Prepared }
  /** The task cannot be done on this machine, and why. */
  | { readonly outcome: "skipped"; readonly why: string };

/** Whether this machine has what the task needs, with its packages brought in before anything is measured. */
export async function fitFor(place: Place, { bench, repository }: Example): Promise<Fitted> {
  const { language } = bench;
  if (place.sandbox.state === "none") return { outcome: "skipped", why: place.sandbox.why };
  const program = NEEDS[language];
  const host = { searchPath: place.searchPath, home: tmpdir(), environment: {} };
  if (program && findProgram(host, program) === null)
    return {
      outcome: "skipped",
      why: `\`${program}\` is not on the path. Install ${TOOL_NAMES[language as "go" | "python"]}.`,
    };
  const { tree, blobs } = memoryTree(repository);
  const preparation = await place.preparer.prepare({ tree, blobs: scratchBlobs(blobs) });
  if (preparation.outcome === "failed") return { outcome: "skipped", why: preparation.sentence };
  return { outcome: "fitted", prepared: preparation.prepared };
}

const SOMEBODY = { NAME: "Mona", EMAIL: "mona@example.org" };

/** The task's repository on the disk, with one commit. @returns its folder */
export async function checkOut(place: Place, { name, repository }: Example): Promise<string> {
  const folder = join(place.folder, "desks", name);
  for (const [path, content] of repository) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const at: GitAt = { folder, searchPath: place.searchPath, temporary: place.folder };
  const people = ["AUTHOR", "COMMITTER"].flatMap((who) =>
    Object.entries(SOMEBODY).map(([what, value]) => [`GIT_${who}_${what}`, value]),
  );
  const environment = { ...Object.fromEntries(people), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  for (const args of [
    ["init", "-q", "-b", "main"],
    ["add", "-A"],
    ["commit", "-q", "-m", "The repository as it is"],
  ]) {
    const said = await askGit(at, args, { environment });
    if (said.code !== 0) throw new Error(`git ${args[0]}: ${said.errors || said.text}`);
  }
  return folder;
}
