import { isTestFile } from "../tests/test-files.ts";

/** What commands may call by a name: scripts of package.json and targets of a Makefile. */
export type Callable = {
  readonly scripts: ReadonlyMap<string, string>;
  readonly targets: ReadonlyMap<string, string>;
  /** Whether a file lies there. */
  has(path: string): boolean;
};

/** More are no longer read; nobody's tests call so many scripts. */
const LINES_MAX = 500;
const RUNS_SCRIPTS = /^(npm|pnpm|yarn|bun|npx|run-s|run-p|npm-run-all2?|concurrently|wireit|lerna|turbo|nx)$/;
const INTERPRETER = /^(.*\/)?(node|deno|bun|tsx|ts-node|python[\d.]*|pypy3?|ruby|perl|php|bash|dash|zsh|sh|source|\.)$/;

/**
 * Files that test commands run or are told to load: programs and scripts behind an interpreter, values of options. What a
 * linter or a compiler only looks at is not called, nor what scripts name that no test command leads to.
 */
export function calledBy(commands: readonly string[], callable: Callable): Set<string> {
  const found = new Set<string>();
  const open = [...commands];
  const seen = new Set<string>();
  for (let at = 0; at < open.length && at < LINES_MAX; at++) {
    const line = open[at] as string;
    if (seen.has(line)) continue;
    seen.add(line);
    for (const segment of line.split(/&&|\|\||[;|\n]/)) {
      const words = segment.split(/[\s"'`()=]+/).filter((word) => word !== "");
      open.push(...namedIn(words, callable));
      for (const path of pathsIn(words).filter((one) => callable.has(one) && !isTestFile(one))) found.add(path);
    }
  }
  return found;
}

function namedIn(words: readonly string[], { scripts, targets }: Callable): string[] {
  const said = words.map((word) => word.replace(/^npm:/, ""));
  const lines: string[] = [];
  if (words.some((word) => RUNS_SCRIPTS.test(word) || word.startsWith("npm:")))
    for (const word of said)
      for (const name of [`pre${word}`, word, `post${word}`]) lines.push(scripts.get(name) ?? "");
  if (words.some((word) => /^@?(g?make|\$\(?\{?MAKE\}?\)?|\$MAKE)$/.test(word)))
    for (const word of said) lines.push(targets.get(word) ?? "");
  return lines.filter((one) => one !== "");
}

function pathsIn(words: readonly string[]): string[] {
  const from = words.findIndex((word) => INTERPRETER.test(word));
  const run = from < 0 ? [] : words.slice(from + 1);
  const loaded = words.filter((_, at) => words[at - 1]?.startsWith("-") === true);
  return [...run, ...loaded, words[0] ?? ""].map((word) => word.replace(/^\.\//, ""));
}

/** Scripts of a manifest; none where it cannot be read. */
export function scriptsOf(manifest: string): Map<string, string> {
  try {
    const { scripts } = JSON.parse(manifest) as { scripts?: Record<string, unknown> };
    return new Map(Object.entries(scripts ?? {}).map(([name, line]) => [name, String(line)]));
  } catch {
    return new Map();
  }
}

/** A target's recipe, with what it needs first as calls of make. */
export function targetsOf(makefile: string): Map<string, string> {
  const found = new Map<string, string>();
  let names: string[] = [];
  for (const line of makefile.split("\n")) {
    const [, targets, needs = ""] = /^([\w./ -]+)[ \t]*::?(?!=)([^=#]*)/.exec(line) ?? [];
    if (line.startsWith("\t"))
      for (const name of names) found.set(name, `${found.get(name) ?? ""}\n${line.replace(/^\t[@+-]*/, "")}`);
    else if (targets !== undefined) {
      names = targets.split(" ").filter((name) => name !== "");
      for (const name of names) found.set(name, `${found.get(name) ?? ""}\nmake ${needs.trim()}`);
    }
  }
  return found;
}
