import { stat } from "node:fs/promises";
import type { Blobs, Snapshot } from "../../trees/tree.ts";
import { blobSha } from "../../trees/blob-sha.ts";
import { changedPaths, COMPARED_FILES_MAX } from "../../proof/prove-change.ts";
import { readFolder } from "../../workspace/folder.ts";
import { isRepository, type LocalGit, localGit, type LocalGitOptions } from "../../workspace/local-git.ts";
import { lackingAt, noCommitsYet, whyNoRepository } from "../../desk/repository.ts";
import { lineInWords } from "../../messages/proof/lines.ts";
import { droppedByMerges } from "../../steps/dropped-by-merges.ts";
import { Ended, EXIT } from "../exit.ts";
import { shortSha } from "../../core/ledger/ids.ts";

/** The two sides that `coop proof` compares, each a commit of the repository here or a folder. */
export type Sides = {
  readonly base: Snapshot;
  readonly head: Snapshot;
  readonly blobs: Blobs;
  readonly notes: readonly string[];
};

/** @throws Ended with one sentence for everything that the person at the terminal can mend */
export async function readSides(
  given: { base: string; head: string; plan?: string; policy?: string },
  options: LocalGitOptions,
): Promise<Sides> {
  const contents = new Map<string, Buffer>();
  const notes: string[] = [];
  const [baseFolder, headFolder] = [await isFolder(given.base, options), await isFolder(given.head, options)];
  const git = baseFolder && headFolder ? null : await repository(options);
  let base = baseFolder ? await folder(given.base, contents) : null;
  const head = headFolder ? await folder(given.head, contents) : await commit(git, given.head, "--head", options);
  if (!base) base = await baseCommit(git, given, headFolder ? null : head.commitSha, notes, options);
  if (git && !headFolder && !baseFolder)
    notes.push(...(await droppedByMerges(git, base.commitSha, head)).map(lineInWords));
  const changed = changedPaths(base, head);
  if (changed === 0) notes.push("No file was changed: all that can be shown is how the tests of this commit end.");
  if (changed > COMPARED_FILES_MAX)
    throw new Ended(
      EXIT.usage,
      `${changed} files differ and at most ${COMPARED_FILES_MAX} are compared: is --base right?`,
    );
  if (git) {
    const missing = [base, head].flatMap(({ tree }) =>
      [...tree.values()].filter((one) => one.mode !== "160000" && !contents.has(one.sha)).map((one) => one.sha),
    );
    for (const [sha, content] of await git.contents(missing)) contents.set(sha, content);
    const lost = missing.find((sha) => !contents.has(sha));
    if (lost)
      throw new Ended(
        EXIT.usage,
        `The file contents ${lost} are missing: this is a partial clone; clone without --filter.`,
      );
    const besides = [given.plan, given.policy].filter((path) => path !== undefined);
    if (!headFolder && (await git.files(besides)) === "changed")
      notes.push(`Uncommitted changes are no part of this proof; it is of commit ${shortSha(head.commitSha)}.`);
  }
  return { base, head, blobs: memoryBlobs(contents), notes };
}

/** A name that is both means the commit, as everywhere in git; `./name` means the folder. */
async function isFolder(given: string, options: LocalGitOptions): Promise<boolean> {
  const found = await stat(given).catch(() => null);
  if (!found?.isDirectory()) return false;
  if (/^[./~]|\/$/.test(given)) return true;
  return !(await localGit(options).commitOf(given));
}

async function folder(path: string, contents: Map<string, Buffer>): Promise<Snapshot> {
  const read = await readFolder(path);
  if (read.outcome === "refused") throw new Ended(EXIT.usage, read.why);
  for (const [sha, content] of read.contents) contents.set(sha, content);
  return read.snapshot;
}

async function repository(options: LocalGitOptions): Promise<LocalGit> {
  if (await isRepository(options)) return localGit(options);
  throw new Ended(EXIT.usage, await whyNoRepository(options, "go into one, or give two folders as --base and --head"));
}

async function commit(git: LocalGit | null, name: string, option: string, options: LocalGitOptions): Promise<Snapshot> {
  const sha = await git?.commitOf(name);
  const lacks = sha ? await lackingAt(options, sha) : null;
  if (lacks !== null) throw new Ended(EXIT.usage, lacks);
  if (git && sha) return git.snapshot(sha);
  const none = git ? await noCommitsYet(options) : null;
  if (none !== null) throw new Ended(EXIT.usage, none);
  const hint = (await git?.isShallow())
    ? "this is a shallow clone: `git fetch --unshallow`, then try again."
    : "name a commit, a branch or a folder that exists.";
  throw new Ended(EXIT.usage, `${option} ${JSON.stringify(name)} is no commit and no folder here: ${hint}`);
}

/** What the change is made against: where it left the base's history, as a pull request shows it. */
async function baseCommit(
  git: LocalGit | null,
  given: { base: string },
  headSha: string | null,
  notes: string[],
  options: LocalGitOptions,
): Promise<Snapshot> {
  const named = await commit(git, given.base, "--base", options);
  if (!git || headSha === null) return named;
  const common = await git.mergeBase(named.commitSha, headSha);
  if (common === named.commitSha) return named;
  if (common) {
    notes.push(
      `The head does not have all of ${given.base}; it is compared with their common commit ${shortSha(common)}.`,
    );
    return git.snapshot(common);
  }
  if (await git.isShallow())
    throw new Ended(
      EXIT.usage,
      "This shallow clone does not reach a common commit: `git fetch --unshallow`, then try again.",
    );
  return named;
}

function memoryBlobs(contents: Map<string, Buffer>): Blobs {
  return {
    get: (sha) => Promise.resolve(contents.get(sha) ?? null),
    put: (content) => {
      const sha = blobSha(content);
      contents.set(sha, content);
      return Promise.resolve(sha);
    },
  };
}
