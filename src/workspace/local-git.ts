import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FileMode, Snapshot, TreeFile } from "../trees/tree.ts";
import { runProcess } from "./process.ts";

/**
 * A git repository on this machine, read with plumbing commands only. The repository's own settings may name programs
 * (hooks, file watchers, filters, credential helpers): none of the commands here starts one, and an object that a
 * partial clone lacks is missing, not fetched.
 */
export type LocalGit = {
  /** The commit that a name stands for. @returns null when there is none */
  commitOf(ref: string): Promise<string | null>;
  /** The last commit that both histories have. @returns null when there is none in what was cloned */
  mergeBase(one: string, other: string): Promise<string | null>;
  snapshot(commitSha: string): Promise<Snapshot>;
  /** Contents of files, by their names. Those that are not in the repository are left out. */
  contents(shas: Iterable<string>): Promise<Map<string, Buffer>>;
  isShallow(): Promise<boolean>;
  /** Whether files of the folder differ from the last commit, as far as can be seen without reading them. */
  isDirty(): Promise<boolean>;
};

export type LocalGitOptions = { readonly folder: string; readonly searchPath: string; readonly temporary: string };

/** Reading a large repository's objects from a slow disk. */
const GIT_MS = 120_000;
const MEMORY_BYTES_MAX = 2 * 1024 ** 3;
/** A SHA or two; what is larger goes through a file. */
const ANSWER_BYTES_MAX = 4096;

/** What keeps git from starting programs, and from refusing a repository that belongs to another user. */
const SAFE = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "safe.directory=*"];

type Said = { readonly code: number | null; readonly text: string; readonly errors: string };

export function localGit(options: LocalGitOptions): LocalGit {
  const git = (...args: string[]) => ask(options, args);
  const line = async (...args: string[]) => {
    const said = await git(...args);
    return said.code === 0 ? said.text.trim() || null : null;
  };
  return {
    commitOf: (ref) => line("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`),
    mergeBase: (one, other) => line("merge-base", one, other),
    snapshot: async (commitSha) => {
      const treeSha = await line("rev-parse", "--verify", "--quiet", "--end-of-options", `${commitSha}^{tree}`);
      const listing = await bytesOf(options, ["ls-tree", "-r", "-z", "-l", "--full-tree", commitSha]);
      return { commitSha, treeSha: treeSha ?? commitSha, tree: treeOf(listing.toString("utf8")) };
    },
    contents: async (shas) => {
      const wanted = [...new Set(shas)];
      if (wanted.length === 0) return new Map();
      const asked = Buffer.from(wanted.map((sha) => `${sha}\n`).join(""));
      return batch(await bytesOf(options, ["cat-file", "--batch"], asked));
    },
    isShallow: async () => (await line("rev-parse", "--is-shallow-repository")) === "true",
    isDirty: async () => {
      const differs = async (...args: string[]) => (await git(...args)).code === 1;
      if (await differs("diff-files", "--quiet", "--ignore-submodules")) return true;
      if (await differs("diff-index", "--cached", "--quiet", "HEAD", "--")) return true;
      return (await line("ls-files", "--others", "--exclude-standard", "--directory")) !== null;
    },
  };
}

/** Whether a folder lies in a work tree or is a repository itself. */
export async function isRepository(options: LocalGitOptions): Promise<boolean> {
  return (await ask(options, ["rev-parse", "--git-dir"])).code === 0;
}

async function ask(options: LocalGitOptions, args: readonly string[]): Promise<Said> {
  const result = await start(options, args, 'exec git "$@"', []);
  return { code: result.exitCode, text: result.output, errors: result.errors };
}

/** Output as bytes: it goes through a file, since a process's output is cut and cleaned for people. @throws when git fails */
async function bytesOf(options: LocalGitOptions, args: readonly string[], input?: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(options.temporary, "coop-git-"));
  try {
    const to = join(folder, "output");
    const result = await start(options, args, `exec git "$@" ${input ? "<&3 " : ""}>"$OUT"`, input ? [input] : [], to);
    if (result.exitCode !== 0) throw new Error(`git ${args[0]}: ${result.errors.trim() || result.outcome}`);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function start(options: LocalGitOptions, args: readonly string[], script: string, inputs: Buffer[], out = "") {
  const words = [...SAFE.flatMap((one) => ["-c", one]), "-C", options.folder, ...args];
  const environment =
    'export PATH="$1" OUT="$2" GIT_NO_LAZY_FETCH=1 GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 LC_ALL=C; shift 2';
  return runProcess({
    file: "/bin/sh",
    args: ["-c", `${environment}; ${script}`, "git", options.searchPath, out, ...words],
    user: null,
    timeoutMs: GIT_MS,
    outputBytesMax: ANSWER_BYTES_MAX,
    memoryBytesMax: MEMORY_BYTES_MAX,
    inputs,
  });
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
