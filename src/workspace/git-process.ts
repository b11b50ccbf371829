import { mkdtemp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { runProcess } from "./process.ts";

/**
 * Starts git on a repository of this machine. The repository's own settings may name programs (hooks, file watchers,
 * filters, credential helpers): nothing that is asked here starts one, and an object that a partial clone lacks is missing,
 * not fetched.
 */
export type GitAt = {
  readonly folder: string;
  readonly searchPath: string;
  readonly temporary: string;
  /** Variables for whatever is asked. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type GitMore = {
  /** Variables of git's own, such as `GIT_INDEX_FILE`. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: Buffer;
};

export type GitSaid = { readonly code: number | null; readonly text: string; readonly errors: string };

/** Reading a large repository's objects from a slow disk. */
const GIT_MS = 120_000;
const MEMORY_BYTES_MAX = 2 * 1024 ** 3;
/** Names and a sentence or two; what is larger goes through a file. */
const ANSWER_BYTES_MAX = 65_536;

/** What keeps git from starting programs, and from refusing a repository that belongs to another user. */
const SAFE = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "safe.directory=*"];

/** For answers of a line or a few. `code` 127: there is no git. */
export async function askGit(at: GitAt, args: readonly string[], more: GitMore = {}): Promise<GitSaid> {
  const result = await start(at, args, more, "");
  return { code: result.exitCode, text: result.output, errors: result.errors };
}

/** Output as bytes: it goes through a file, since a process's output is cut and cleaned for people. @throws when git fails */
export async function gitBytes(at: GitAt, args: readonly string[], input?: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(at.temporary, "coop-git-"));
  try {
    const to = join(folder, "output");
    const result = await start(at, args, input ? { input } : {}, to);
    if (result.exitCode !== 0) throw new Error(`git ${args[0]}: ${result.errors.trim() || result.outcome}`);
    return await readFile(to);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const FILTERS_AND_DRIVERS = "^(filter\\..*\\.(clean|smudge|process)|merge\\..*\\.driver)$";

/**
 * For what compares files with the index, or merges: git then starts the filters and drivers that a file's attributes ask for. No
 * filter leaves a file as it is; a driver that fails is a conflict, where one that did nothing would take one side for the result.
 */
export async function withoutPrograms(at: GitAt): Promise<GitAt> {
  const named = await askGit(at, ["config", "--name-only", "--get-regexp", FILTERS_AND_DRIVERS]);
  const names = [...new Set(named.text.split("\n").filter(Boolean))];
  const off = names.flatMap(
    (name): [string, string][] =>
    name.startsWith("merge.") ? [[name, "false"]] : [[name, ""], [name.replace(/[^.]*$/, "required"), "false"]], // prettier-ignore
  );
  // As variables, since a name may have the sign at which `-c` ends one.
  const set = off.flatMap(([name, value], index): [string, string][] => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return { ...at, environment: { ...Object.fromEntries(set), GIT_CONFIG_COUNT: String(off.length) } };
}

/** First what git's environment is, up to a lone dash; then git's own words. */
const SCRIPT =
  'export PATH="$1" GIT_NO_LAZY_FETCH=1 GIT_OPTIONAL_LOCKS=0 GIT_TERMINAL_PROMPT=0 LC_ALL=C; out="$2"; shift 2; ' +
  'while [ "$1" != - ]; do export "$1"; shift; done; shift; exec git "$@"';

function start(at: GitAt, args: readonly string[], { environment = {}, input }: GitMore, out: string) {
  const set = Object.entries({ ...at.environment, ...environment }).map(([name, value]) => `${name}=${value}`);
  const words = [...SAFE.flatMap((one) => ["-c", one]), "-C", at.folder, ...args];
  const script = `${SCRIPT}${input ? " <&3" : ""}${out ? ' >"$out"' : ""}`;
  return runProcess({
    file: "/bin/sh",
    args: ["-c", script, "git", at.searchPath, out, ...set, "-", ...words],
    user: null,
    timeoutMs: GIT_MS,
    outputBytesMax: ANSWER_BYTES_MAX,
    memoryBytesMax: MEMORY_BYTES_MAX,
    inputs: input ? [input] : [],
  });
}
