import { readdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { askGit, type GitAt, gitBytes } from "../workspace/git-process.ts";
import { localGit } from "../workspace/local-git.ts";
import { shortSha } from "../core/ledger/ids.ts";
import { keptName, NAME_CHARS_MAX } from "./home.ts";

/** A repository as a desk finds it. Whatever can be worked with is; what cannot is one sentence. */
export type DeskRepository = {
  readonly git: GitAt;
  /** Git's own folder, which all worktrees of a repository share: the desk keeps its things in `coop/` below it. */
  readonly home: string;
  /** What its folder was called when the first ticket began, fit for a ticket's key. */
  readonly name: string;
  readonly objects: "sha1" | "sha256";
  readonly files: "checked-out" | "none";
  /** What a person should know before the work begins: one sentence each. */
  readonly notes: readonly string[];
};

export type FoundRepository =
  | { readonly outcome: "found"; readonly repository: DeskRepository }
  | { readonly outcome: "refused"; readonly sentence: string };

export async function findRepository(git: GitAt): Promise<FoundRepository> {
  const asked = await askGit(git, [
    "rev-parse",
    ...["--is-bare-repository", "--is-shallow-repository", "--show-object-format", "--git-common-dir", "--git-dir"],
  ]);
  if (asked.code !== 0) return { outcome: "refused", sentence: await whyNoRepository(git) };
  const [bare, shallow, format, common = "", own = ""] = asked.text.trim().split("\n");
  const line = async (...args: string[]) => (await askGit(git, args)).text.trim();
  // From git's own folder the work goes as from a bare repository: it needs no files.
  const top = bare === "true" ? "" : await line("rev-parse", "--show-toplevel");
  const home = resolve(git.folder, common);
  const notes = [
    ...(bare === "true"
      ? ["This repository is bare: there are no files to look at, but the branch is made anyway."]
      : []),
    ...(shallow === "true" ? ["This clone is shallow. The work needs no older commits."] : []),
    ...(resolve(git.folder, own) === home
      ? []
      : ["This is a linked worktree. Its tickets are those of the whole repository."]),
  ];
  const folderName = nameOf(bare === "true" || top === "" ? home.replace(/\/?\.git$/, "") : ownerOf(home, top));
  const name = (await keptName(home)) ?? folderName;
  const objects = format === "sha256" ? "sha256" : "sha1";
  return {
    outcome: "found",
    repository: { git, home, name, objects, files: top === "" ? "none" : "checked-out", notes },
  };
}

/**
 * Why git finds no repository here: there is none, or git cannot read it (a broken setting, a `.git` file that leads nowhere).
 * @param otherwise what to do where there is none
 */
export async function whyNoRepository(
  git: GitAt,
  otherwise = "go into one, or run `git init` and commit your files first",
): Promise<string> {
  const none = await noGit(git);
  if (none !== null) return none;
  const said = (await askGit(git, ["rev-parse", "--git-dir"])).errors;
  // What a newer git would know is listed below the line that names it.
  const why = (/^fatal: (.*(?:(?<=:)\n+(?:[ \t]+.*\n?)+)?)/m.exec(said)?.[1] ?? "").trim().replace(/\s+/g, " ");
  if (why === "" || why.startsWith("not a git repository (or any"))
    return (await passedOver(git)) ?? `This folder is in no git repository: ${otherwise}.`;
  const helps = OF_A_NEWER_GIT.test(why) ? "A newer git may read it: install one" : "Mend that";
  return `Git cannot read this repository (${why}). ${helps}, then run this again.`;
}

/**
 * Git passes over a `.git` whose `HEAD`, `objects` or `refs` it cannot make out, and says only that there is no repository. So it says
 * of a mount within a repository that is whole, too: it looks no further up than the mount.
 */
async function passedOver(git: GitAt): Promise<string | null> {
  for (let at = resolve(git.folder); ; at = dirname(at)) {
    const whole = join(at, ".git");
    const found = await stat(whole).catch(() => null);
    const isFull = found?.isDirectory() === true && (await readdir(whole).catch(() => [])).length > 0;
    const isRead = found !== null && (await askGit({ ...git, folder: at }, ["rev-parse", "--git-dir"])).code === 0;
    if (isRead && (isFull || found.isFile()))
      return `This folder lies on a mount of its own, and git looks for no repository beyond it. Go into the folder of the repository itself, ${at}, then run this again.`;
    if (isFull)
      return `Git does not take ${whole} for a repository: its HEAD, objects or refs are damaged or missing. Mend that (HEAD names the branch, as in \`ref: refs/heads/main\`), then run this again.`;
    if (at === dirname(at)) return null;
  }
}

const OF_A_NEWER_GIT = /^unknown repository extensions? found|^expected git repo version|^unknown repository format/i;

/** All worktrees have one name: that of the folder beside git's own. */
function ownerOf(home: string, top: string): string {
  return home.endsWith("/.git") ? home.slice(0, -"/.git".length) : top;
}

function nameOf(path: string): string {
  const last = path.split("/").filter(Boolean).at(-1) ?? "";
  return (
    last
      .replace(/\.git$/, "")
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .slice(0, NAME_CHARS_MAX) || "repository"
  );
}

/** @returns the sentence where there is no such folder, or git itself is missing; null where both are there */
export async function noGit(git: GitAt): Promise<string | null> {
  const there = await stat(git.folder).catch(() => null);
  if (there === null) return `There is no folder ${git.folder} that can be read.`;
  if (!there.isDirectory()) return `${git.folder} is a file: name a folder.`;
  const version = await askGit(git, ["--version"]);
  return version.code === 0 ? null : "There is no git on the PATH: install git, then run this again.";
}

export type Begins = {
  /** A branch's name, or a commit where the work belongs to no branch: what the change is held against until it ends. */
  readonly base: string;
  readonly commitSha: string;
  readonly notes: readonly string[];
};

/**
 * What the work begins from. @returns the sentence why there is nothing
 * @param given files that the person handed in, such as the ticket: they need no commit
 */
export async function beginsAt(
  { git, files }: DeskRepository,
  wanted: string | null,
  given: readonly string[] = [],
): Promise<Begins | string> {
  const line = async (...args: string[]) => {
    const said = await askGit(git, args);
    return said.code === 0 ? said.text.trim() || null : null;
  };
  const branch = wanted === null ? await checkedOut(git) : await branchNamed(git, wanted);
  const commitSha = await localGit(git).commitOf(wanted ?? "HEAD");
  if (!commitSha) return await noCommit(git, wanted);
  const lacks = await lackingAt(git, commitSha);
  if (lacks !== null) return lacks;
  const at = shortSha(commitSha);
  const notes: string[] = [];
  if (wanted === null && branch === null)
    notes.push(`HEAD is detached: the work begins from commit ${at} and belongs to no branch.`);
  const state = files === "none" ? "as-committed" : await localGit(git).files(given);
  if (state === "changed")
    notes.push(`Uncommitted changes are not seen: the work begins from commit ${at}. Your files stay as they are.`);
  if (state === "untold")
    notes.push(
      `Git cannot say whether anything is uncommitted (\`git status\` tells why). The work begins from commit ${at}.`,
    );
  if ((await line("ls-tree", commitSha, ".gitmodules")) !== null)
    notes.push("Submodules are not looked into: their files are neither read nor changed.");
  return { base: branch ?? commitSha, commitSha, notes };
}

/**
 * Objects that a partial clone left out are not fetched behind the person's back, and what a disk has lost nobody can work with.
 * @returns the sentence for a clone that lacks files of a commit; null where it lacks none
 */
export async function lackingAt(git: GitAt, commitSha: string): Promise<string | null> {
  const promised = await askGit(git, ["config", "--get-regexp", "^remote\\..*\\.promisor$"]);
  const at = shortSha(commitSha);
  try {
    const listing = (await gitBytes(git, ["ls-tree", "-r", "-z", "-l", "--full-tree", commitSha])).toString("utf8");
    const lost = LOST.exec(listing)?.[1];
    return lost === undefined
      ? null
      : `The content of ${lost} at commit ${at} is missing from this repository: ${FSCK}`;
  } catch (error) {
    if (!isOfObjects(error as Error))
      return `The files of commit ${at} cannot be listed (${whyOf(error as Error)}). Mend that, then run this again.`;
    return promised.code === 0
      ? `This is a partial clone, and it lacks files of commit ${at}: bring them with \`git fetch --refetch --no-filter\`, then run this again.`
      : `Folders of commit ${at} are missing from this repository: ${FSCK}`;
  }
}

/** Where git knows no size of a file, it has lost it. */
const LOST = /(?:^|\0)\d{6} blob [0-9a-f]+ +BAD\t([^\0]*)/;
const FSCK = "`git fsck` shows what is lost.";

/** Git's words for an object that is missing, cut or damaged, or that a partial clone has left where it came from. */
const OF_OBJECTS =
  /not a tree object|could not (?:read [0-9a-f]{7}|fetch)|promisor|is corrupt|object file \S+ is empty|unable to (?:unpack|read) [0-9a-f]{7}|missing (?:blob|tree|object)|bad (?:tree|object)/i;

/** A full disk, or git being ended because it took too long or too much memory, says nothing about the repository. */
function isOfObjects(error: NodeJS.ErrnoException): boolean {
  return error.code === undefined && OF_OBJECTS.test(error.message);
}

function whyOf({ message }: Error): string {
  return (/^(?:git \S+: )?fatal: (.*)$/m.exec(message)?.[1] ?? message).trim().replace(/\s+/g, " ");
}

/** @returns the sentence for a repository whose HEAD is no commit; null where it is one */
export async function noCommitsYet(git: GitAt): Promise<string | null> {
  const line = async (...args: string[]) => {
    const { code, text } = await askGit(git, args);
    return code === 0 ? text.trim() : "";
  };
  if ((await line("rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}")) !== "") return null;
  const named = await line("rev-parse", "--verify", "--quiet", "HEAD");
  if (named !== "") return `Commit ${shortSha(named)}, where HEAD stands, is missing from this repository: ${FSCK}`;
  const branch = await checkedOut(git);
  if ((await line("for-each-ref", "--count=1", "refs/heads", "refs/remotes")) !== "")
    return `The branch ${branch} has no commits yet: switch to one that has some, or commit your files first.`;
  return "This repository has no commits yet: commit your files first (`git add -A && git commit`).";
}

async function noCommit(git: GitAt, wanted: string | null): Promise<string> {
  const none = wanted === null ? await noCommitsYet(git) : null;
  if (none !== null) return none;
  const shallow = (await askGit(git, ["rev-parse", "--is-shallow-repository"])).text.trim() === "true";
  const hint = shallow
    ? "this clone is shallow, so `git fetch --unshallow` may bring it"
    : "name a branch, a tag or a commit of this repository";
  return `--base ${JSON.stringify(wanted ?? "HEAD")} is no commit here: ${hint}.`;
}

const BRANCHES = "refs/heads/";

/** The branch that HEAD stands on. @returns null where HEAD is detached */
async function checkedOut(git: GitAt): Promise<string | null> {
  const said = await askGit(git, ["symbolic-ref", "--quiet", "HEAD"]);
  const name = said.text.trim();
  return said.code === 0 && name.startsWith(BRANCHES) ? name.slice(BRANCHES.length) : null;
}

/** A name that is a local branch is followed while the branch moves on; anything else is the one commit. */
async function branchNamed(git: GitAt, name: string): Promise<string | null> {
  if (name === "HEAD") return null;
  const asked = await askGit(git, ["show-ref", "--verify", "--quiet", `${BRANCHES}${name}`]);
  return asked.code === 0 ? name : null;
}
