import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { firstOf } from "../core/rules/and-more.ts";
import type { CommitOutcome } from "../forge/forge.ts";
import type { NewCommit } from "../forge/written.ts";
import type { Changes } from "../trees/tree.ts";
import { askGit, type GitAt, type GitSaid, withoutPrograms } from "../workspace/git-process.ts";

/** Of what git says. */
const ERROR_CHARS_SHOWN = 300;

/**
 * Writes commits and moves branches with plumbing only: an index of its own, no hooks, no filters. The person's working
 * tree and index are never touched, so a branch that some working tree has checked out is left alone.
 */
export type Branches = {
  head(branch: string): Promise<string | "gone">;
  /** Whether no branch of that name is there, nor one below it, beside which git could not keep it, and no tag, which `git merge` would take instead. */
  isFree(branch: string): Promise<boolean>;
  commit(commit: NewCommit): Promise<CommitOutcome>;
  /** Brings `headSha` into `target`: moves it forward where that is enough, else with a merge commit. */
  mergeInto(target: string, headSha: string, message: string): Promise<MergedInto>;
};

export type MergedInto =
  { readonly outcome: "merged"; readonly sha: string } | { readonly outcome: "refused"; readonly reason: string };

export type Committer = { readonly name: string; readonly email: string };

/** Who wrote the change, whoever commits it. The address leads nowhere on purpose: no account of a forge has it. */
const AUTHOR: Committer = { name: "Cooperations", email: "coop@localhost" };

/** As git's own settings name the person, also those of the person's home folder; else the author. */
export async function committerAt(git: GitAt, home: string | null): Promise<Committer> {
  const environment = home === null ? {} : { HOME: home };
  const setting = async (name: string) =>
    (await askGit(git, ["config", "--get", name], { environment })).text.trim() || null;
  return { name: (await setting("user.name")) ?? AUTHOR.name, email: (await setting("user.email")) ?? AUTHOR.email };
}

export function branchesOf(git: GitAt, committer: () => Promise<Committer>): Branches {
  const head = async (branch: string) =>
    (await line(git, "rev-parse", "--verify", "--quiet", `refs/heads/${branch}`)) ?? "gone";
  return {
    head,
    isFree: async (branch) =>
      (await line(git, "for-each-ref", "--count=1", `refs/heads/${branch}`, `refs/tags/${branch}`)) === null,
    commit: async (commit) => {
      try {
        return await inFolder(git, (folder) => write(git, folder, commit, committer));
      } catch (error) {
        if (!(error instanceof GitFailed)) throw error;
        // A full disk or a folder that belongs to somebody else: who reads git's words can mend it.
        return { outcome: "refused", reason: `git could not write it (${error.message})` };
      }
    },
    mergeInto: (target, headSha, message) =>
      inFolder(git, (folder) => mergeInto(git, folder, { target, headSha, message }, committer)),
  };
}

async function line(git: GitAt, ...args: string[]): Promise<string | null> {
  const said = await askGit(git, args);
  return said.code === 0 ? said.text.trim() || null : null;
}

class GitFailed extends Error {}

/** @throws GitFailed with what git says, when it does not do what it always does: that is a full disk or a bug */
async function must(git: GitAt, args: readonly string[], more: Parameters<typeof askGit>[2] = {}): Promise<string> {
  const said = await askGit(git, args, more);
  if (said.code !== 0) throw new GitFailed(`git ${args[0]}: ${wordsOf(said)}`);
  return said.text.trim();
}

function wordsOf({ code, errors }: GitSaid): string {
  return errors.trim().replace(/\s+/g, " ").slice(0, ERROR_CHARS_SHOWN) || `ended with ${code}`;
}

async function inFolder<T>(git: GitAt, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(git.temporary, "coop-commit-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Who = () => Promise<Committer>;

async function write(git: GitAt, folder: string, commit: NewCommit, committer: Who): Promise<CommitOutcome> {
  const checkedOut = await whereCheckedOut(git, commit.branch);
  if (checkedOut !== null) return { outcome: "refused", reason: leaveBranch(commit.branch, checkedOut) };
  const treeSha = await writeTree(git, folder, commit.baseTreeSha, commit.changes);
  if (treeSha === commit.baseTreeSha && commit.mergedParentSha === null)
    return { outcome: "refused", reason: "the change leaves every file as it is" };
  const parents = [commit.parentSha, ...(commit.mergedParentSha === null ? [] : [commit.mergedParentSha])];
  const now = await line(git, "rev-parse", "--verify", "--quiet", `refs/heads/${commit.branch}`);
  if (now !== commit.expectedHead) return isSame(git, now, treeSha, parents);
  const headSha = await writeCommit(git, folder, { treeSha, parents, message: commit.message }, committer);
  const moved = await moveBranch(git, commit.branch, headSha, now);
  if (moved === "moved") return { outcome: "committed", headSha, treeSha };
  return moved.stands === now
    ? { outcome: "refused", reason: moved.reason }
    : isSame(git, moved.stands, treeSha, parents);
}

/** The branch stands elsewhere: by an earlier try of ours that died before it was written down, or by somebody's hand. */
async function isSame(
  git: GitAt,
  now: string | null,
  treeSha: string,
  parents: readonly string[],
): Promise<CommitOutcome> {
  if (now === null) return { outcome: "refused", reason: "its branch was deleted" };
  const [tree, ...before] = ((await line(git, "show", "-s", "--format=%T %P", now)) ?? "").split(" ");
  const same = tree === treeSha && before.join() === parents.join();
  return same ? { outcome: "committed", headSha: now, treeSha } : { outcome: "moved", headSha: now };
}

async function writeTree(git: GitAt, folder: string, baseTreeSha: string, changes: Changes): Promise<string> {
  const files = await writeBlobs(git, folder, changes);
  const environment = { GIT_INDEX_FILE: join(folder, "index") };
  await must(git, ["read-tree", baseTreeSha], { environment });
  const entries = [...changes].map(([path, change]) =>
    change ? `${change.mode} ${files.get(path)}\t${path}\0` : `0 ${"0".repeat(baseTreeSha.length)}\t${path}\0`,
  );
  if (entries.length > 0)
    await must(git, ["update-index", "-z", "--index-info"], { environment, input: Buffer.from(entries.join("")) });
  return must(git, ["write-tree"], { environment });
}

/** Contents go in by way of files with names of ours: git reads them as they are, whatever the repository's filters say. */
async function writeBlobs(git: GitAt, folder: string, changes: Changes): Promise<Map<string, string>> {
  const written = [...changes].flatMap(([path, change]) => (change ? [{ path, content: change.content }] : []));
  if (written.length === 0) return new Map();
  const at = (index: number) => join(folder, "blobs", String(index));
  await mkdir(join(folder, "blobs"));
  await Promise.all(written.map(({ content }, index) => writeFile(at(index), content)));
  const input = Buffer.from(written.map((_, index) => `${at(index)}\n`).join(""));
  const shas = (await must(git, ["hash-object", "-w", "--no-filters", "--stdin-paths"], { input })).split("\n");
  return new Map(written.map(({ path }, index) => [path, shas[index] ?? ""]));
}

type Made = { readonly treeSha: string; readonly parents: readonly string[]; readonly message: string };

async function writeCommit(git: GitAt, folder: string, made: Made, committer: Who): Promise<string> {
  const by = await committer();
  const environment = {
    ...{ GIT_AUTHOR_NAME: AUTHOR.name, GIT_AUTHOR_EMAIL: AUTHOR.email },
    ...{ GIT_COMMITTER_NAME: by.name, GIT_COMMITTER_EMAIL: by.email },
  };
  const file = join(folder, "message");
  await writeFile(file, `${made.message.trimEnd()}\n`);
  const parents = made.parents.flatMap((sha) => ["-p", sha]);
  return must(git, ["commit-tree", made.treeSha, ...parents, "-F", file], { environment });
}

type Unmoved = { readonly stands: string | null; readonly reason: string };

/** @returns where the branch stands where it was not moved: elsewhere than it was said to stand, or where git cannot move it */
async function moveBranch(git: GitAt, branch: string, to: string, from: string | null): Promise<"moved" | Unmoved> {
  const by = { GIT_COMMITTER_NAME: AUTHOR.name, GIT_COMMITTER_EMAIL: AUTHOR.email };
  const old = from ?? "0".repeat(to.length);
  const said = await askGit(git, ["update-ref", "-m", "coop", `refs/heads/${branch}`, to, old], { environment: by });
  if (said.code === 0) return "moved";
  const stands = await line(git, "rev-parse", "--verify", "--quiet", `refs/heads/${branch}`);
  return { stands, reason: `git could not set the branch ${branch} (${wordsOf(said)})` };
}

/** The working tree that has a branch checked out, or null. */
export async function whereCheckedOut(git: GitAt, branch: string): Promise<string | null> {
  const listed = (await line(git, "worktree", "list", "--porcelain")) ?? "";
  const holder = listed.split("\n\n").find((one) => one.split("\n").includes(`branch refs/heads/${branch}`));
  return holder ? (/^worktree (.*)$/m.exec(holder)?.[1] ?? null) : null;
}

function leaveBranch(branch: string, folder: string): string {
  return `the branch ${branch} is checked out in ${folder}, and files there are never changed. Switch to another branch there (\`git switch -\`), then go on`;
}

type Into = { readonly target: string; readonly headSha: string; readonly message: string };

async function mergeInto(git: GitAt, folder: string, into: Into, committer: Who): Promise<MergedInto> {
  const { target, headSha, message } = into;
  const now = await line(git, "rev-parse", "--verify", "--quiet", `refs/heads/${target}`);
  if (now === null) return { outcome: "refused", reason: `there is no branch ${target} in this repository` };
  const common = await line(git, "merge-base", now, headSha);
  // An earlier try that died before it was written down.
  if (common === headSha) return { outcome: "merged", sha: now };
  const checkedOut = await whereCheckedOut(git, target);
  if (checkedOut !== null) return { outcome: "refused", reason: leaveBranch(target, checkedOut) };
  if (common === now) return mergedAs(headSha, await moveBranch(git, target, headSha, now), { target, now });
  const merged = await askGit(await withoutPrograms(git), ["merge-tree", "--write-tree", "--name-only", now, headSha]);
  if (merged.code === 1) return { outcome: "refused", reason: conflictIn(target, merged.text) };
  if (merged.code !== 0)
    return { outcome: "refused", reason: `git merge-tree: ${merged.errors.trim().slice(0, ERROR_CHARS_SHOWN)}` };
  const treeSha = merged.text.trim().split("\n")[0] ?? "";
  const sha = await writeCommit(git, folder, { treeSha, parents: [now, headSha], message }, committer);
  return mergedAs(sha, await moveBranch(git, target, sha, now), { target, now });
}

/** @param told the tree, then the paths, up to an empty one */
function conflictIn(target: string, told: string): string {
  const paths = told.split("\n").slice(1);
  const all = paths.slice(0, paths.indexOf(""));
  const { shown, more } = firstOf(all, PATHS_SHOWN_MAX);
  return `it conflicts with the branch ${target} in ${shown.join(", ") || "some files"}${more}. Merge it there by hand, or take the conflict out of ${target}`;
}

/** One line of a terminal. */
const PATHS_SHOWN_MAX = 5;

function mergedAs(
  sha: string,
  moved: "moved" | Unmoved,
  was: { readonly target: string; readonly now: string },
): MergedInto {
  if (moved === "moved") return { outcome: "merged", sha };
  const meanwhile = `the branch ${was.target} moved while it was being merged into; go on to try it again`;
  return { outcome: "refused", reason: moved.stands === was.now ? moved.reason : meanwhile };
}
