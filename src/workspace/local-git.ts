import { realpath } from "node:fs/promises";
import { relative, resolve } from "node:path";
import type { FileMode, Snapshot, TreeFile } from "../trees/tree.ts";
import { askGit, gitBytes, type GitAt, withoutPrograms } from "./git-process.ts";

/** A git repository on this machine, read with plumbing commands only. */
export type LocalGit = {
  /** The commit that a name stands for; of a branch and a tag of one name, the branch. @returns null when there is none */
  commitOf(ref: string): Promise<string | null>;
  /** The last commit that both histories have. @returns null when there is none in what was cloned */
  mergeBase(one: string, other: string): Promise<string | null>;
  /** Merges of two that `head` has and `base` has not, the newest first. At most 20. */
  merges(base: string, head: string): Promise<{ merge: string; one: string; other: string }[]>;
  snapshot(commitSha: string): Promise<Snapshot>;
  /** Contents of files, by their names. Those that are not in the repository are left out. */
  contents(shas: Iterable<string>): Promise<Map<string, Buffer>>;
  isShallow(): Promise<boolean>;
  /**
   * Whether files of the folder differ from the last commit; those that a filter would rewrite count when they were touched.
   * Git's own folder and a bare repository have no files to differ. `untold`: git could not say it, as of a broken index.
   * @param besides paths that do not count, such as the ticket's own file
   */
  files(besides?: readonly string[]): Promise<"as-committed" | "changed" | "untold">;
};

/** What means the same whatever branches are called: where HEAD is, a whole object name, a reference with all of its name. */
const NO_BRANCH = /^(?:(?:HEAD|@)(?![\w./-])|(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-z./_-])|refs\/)/;

/** Of one change: each is looked at for what it dropped. The newest come first. */
const MERGES_MAX = 20;

export type LocalGitOptions = GitAt;

export function localGit(options: GitAt): LocalGit {
  const git = (...args: string[]) => askGit(options, args);
  const line = async (...args: string[]) => {
    const said = await git(...args);
    return said.code === 0 ? said.text.trim() || null : null;
  };
  return {
    commitOf: async (ref) => {
      const commit = (name: string) => line("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
      return (NO_BRANCH.test(ref) ? null : await commit(`refs/heads/${ref}`)) ?? (await commit(ref));
    },
    mergeBase: (one, other) => line("merge-base", one, other),
    merges: async (base, head) => {
      const range = ["--end-of-options", head, `^${base}`];
      const said = await line(
        "rev-list",
        "--min-parents=2",
        "--max-parents=2",
        "--parents",
        `-${MERGES_MAX}`,
        ...range,
      );
      return (said ?? "").split("\n").flatMap((row) => {
        const [merge, one, other] = row.split(" ");
        return merge && one && other ? [{ merge, one, other }] : [];
      });
    },
    snapshot: async (commitSha) => {
      const treeSha = await line("rev-parse", "--verify", "--quiet", "--end-of-options", `${commitSha}^{tree}`);
      const listing = await gitBytes(options, ["ls-tree", "-r", "-z", "-l", "--full-tree", commitSha]);
      return { commitSha, treeSha: treeSha ?? commitSha, tree: treeOf(listing.toString("utf8")) };
    },
    contents: async (shas) => {
      const wanted = [...new Set(shas)];
      if (wanted.length === 0) return new Map();
      const asked = Buffer.from(wanted.map((sha) => `${sha}\n`).join(""));
      return batch(await gitBytes(options, ["cat-file", "--batch"], asked));
    },
    isShallow: async () => (await line("rev-parse", "--is-shallow-repository")) === "true",
    files: async (besides = []) => {
      if ((await line("rev-parse", "--is-inside-work-tree")) !== "true") return "as-committed";
      try {
        return (await isDirty(options, besides)) ? "changed" : "as-committed";
      } catch {
        return "untold";
      }
    },
  };
}

/** @throws when git fails */
async function isDirty(options: GitAt, besides: readonly string[]): Promise<boolean> {
  const left = await leftOut(options, besides);
  const calm = await withoutPrograms(options);
  const listed = await gitBytes(calm, ["diff-files", "-z", "--ignore-submodules", "--", ...left]);
  if (!(await isUnchanged(options, touchedIn(String(listed))))) return true;
  if ((await askGit(calm, ["diff-index", "--cached", "--quiet", "HEAD", "--", ...left])).code === 1) return true;
  const others = async (...args: string[]) => {
    const said = await askGit(options, [
      "ls-files",
      "--others",
      "--exclude-standard",
      ...args,
      "--",
      ":(top)",
      ...left,
    ]);
    return said.code === 0 && said.text.trim() !== "";
  };
  // An untracked folder counts as one, however many files it has; only where a file in it does not count are all looked at.
  return (await others("--directory", "--no-empty-directory")) && (left.length === 0 || (await others()));
}

/** Pathspecs that leave these out; git would refuse those that lie outside the working tree. */
async function leftOut(options: GitAt, paths: readonly string[]): Promise<string[]> {
  if (paths.length === 0) return [];
  const top = (await askGit(options, ["rev-parse", "--show-toplevel"])).text.trim();
  const real = (path: string) => realpath(path).catch(() => path);
  const named = await Promise.all(paths.map(async (path) => relative(top, await real(resolve(options.folder, path)))));
  return named.filter((path) => path !== "" && !path.startsWith("../")).map((path) => `:(top,exclude,literal)${path}`);
}

type Touched = { readonly path: string; readonly sha: string; readonly isSameKind: boolean };

/** Copied and restored folders have new times on every file. More than these are not read. */
const TOUCHED_READ_MAX = 2_000;

/** `:<mode> <mode> <sha> <sha> <letter>\0<path>\0`: files with other times or another size than the index knows. */
function touchedIn(listing: string): Touched[] {
  return [...listing.matchAll(/:(\d{6}) (\d{6}) ([0-9a-f]+) [0-9a-f]+ ([A-Z])\0([^\0]*)\0/g)].map(
    ([, before, now, sha = "", letter, path = ""]) => ({
      ...{ path, sha },
      isSameKind: letter === "M" && before === now && now !== "120000",
    }),
  );
}

/** Read as they are: the repository's own filters are programs. What cannot be read any more has changed. */
async function isUnchanged(options: GitAt, touched: readonly Touched[]): Promise<boolean> {
  if (touched.length === 0) return true;
  if (touched.length > TOUCHED_READ_MAX || !touched.every(({ isSameKind }) => isSameKind)) return false;
  const names = touched.map(({ path }) => path);
  const now = await gitBytes(options, ["hash-object", "--no-filters", "--", ...names]).catch(() => null);
  return now !== null && String(now).trim() === touched.map(({ sha }) => sha).join("\n");
}

/** Whether a folder lies in a work tree or is a repository itself. */
export async function isRepository(options: GitAt): Promise<boolean> {
  return (await askGit(options, ["rev-parse", "--git-dir"])).code === 0;
}

const MODES: readonly string[] = ["100644", "100755", "120000", "160000"] satisfies FileMode[];

/** `<mode> <type> <sha> <size>\t<path>\0`; old repositories have files of mode 100664. */
function treeOf(listing: string): Map<string, TreeFile> {
  const tree = new Map<string, TreeFile>();
  for (const entry of listing.split("\0")) {
    const tab = entry.indexOf("\t");
    const [mode = "", , sha = "", size = ""] = entry.slice(0, tab).split(/ +/);
    if (tab < 0) continue;
    const known = MODES.includes(mode) ? (mode as FileMode) : "100644";
    tree.set(entry.slice(tab + 1), { mode: known, sha, sizeBytes: Number(size) || 0 });
  }
  return tree;
}

/** `<sha> blob <size>\n<content>\n`, or `<sha> missing\n`. */
function batch(bytes: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    if (end < 0) break;
    const [sha = "", type, size] = bytes.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type === "missing" || size === undefined) continue;
    found.set(sha, bytes.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}
