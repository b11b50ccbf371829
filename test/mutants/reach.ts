import { createHash } from "node:crypto";
import { appendFileSync, existsSync, globSync, mkdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import type { Copy } from "./copy.ts";
import { isCovered } from "./covered.ts";
import { FOLDERS, type Sampled } from "./sample.ts";

/**
 * What a mutant may cost that nobody notices, as a part of what all test files cost together: tests beyond it are not played,
 * and so never speak for us. A part and no time, because a map that was made on a busy machine calls every test slow. About
 * a minute where nothing else runs.
 */
const TESTS_PART_MAX = 1 / 10;
/** So many are played whatever they cost: a place that only long scenarios run would be judged by none. */
const TESTS_MIN = 3;
/** Read sources or documents as text: they would notice that something was changed, not that it is wrong. */
const READERS = /^(test\/(tidy|docs|doc-examples|supply-chain)|src\/messages\/voice|src\/proof\/unread)\.test\.ts$/;

/** What one test file ran when it was last looked at. */
type Row = {
  readonly test: string;
  /** Of its text, and of the names of all the sources that it loads. */
  readonly hash: string;
  readonly ms: number;
  /** By source: the source's hash then, and from where to where it was run, in pairs of characters. */
  readonly ran: Readonly<Record<string, { readonly hash: string; readonly pairs: readonly number[] }>>;
};
export type Reach = ReadonlyMap<string, Row>;

export type Reaching = {
  /** When time is up, in milliseconds since 1970. */
  readonly until: number;
  timeUp(left: string): never;
  say(line: string): void;
};

/**
 * Which places of the rooms each test file runs, and how long it takes. Kept beside the checkout's packages: only new and
 * changed test files are played again, and those that load a source which they did not load before.
 *
 * @throws if a test is red before anything is changed
 */
export async function reachOf(copy: Copy, checkout: string, { until, timeUp, say }: Reaching): Promise<Reach> {
  const kept = join(checkout, "node_modules/.cache/mutants/reach.jsonl");
  const hashOf = (path: string) => hash(readFileSync(join(copy.root, path), "utf8"));
  const tests = globSync(["{src,test}/**/*.test.ts", "test/scenarios/*.system.ts", "test/gate/read.gate.ts"], {
    cwd: checkout,
  }).filter((path) => !READERS.test(path));
  const reach = new Map<string, Row>();
  for (const line of existsSync(kept) ? readFileSync(kept, "utf8").split("\n").filter(Boolean) : []) {
    const row = JSON.parse(line) as Row;
    if (tests.includes(row.test)) reach.set(row.test, row);
  }
  const loads = loadsOf(copy.root);
  const stateOf = (test: string) => hash(`${hashOf(test)} ${[...loads(test)].sort().join(" ")}`);
  const missing = tests.filter((test) => reach.get(test)?.hash !== stateOf(test)).sort();
  if (missing.length === 0) return withThreads(reach, loads);
  say(`Looking at what ${missing.length} test files run.`);
  mkdirSync(dirname(kept), { recursive: true });
  const args = [
    "--coverage",
    "--coverageProvider=v8",
    `--collectCoverageFrom={${FOLDERS.join(",")}}/**/*.ts`,
    "--maxWorkers=2",
  ];
  const left = new Set(missing);
  const clock = setTimeout(() => timeUp(`${left.size} test files`), Math.max(0, until - Date.now()));
  const played = await copy.play(missing, () => null, {
    args,
    heard: (told) => {
      if (!("ended" in told)) return;
      const ran = Object.entries(told.ran).map(([path, pairs]) => [path, { hash: hashOf(path), pairs }] as const);
      const row = { test: told.ended, hash: stateOf(told.ended), ms: told.ms, ran: Object.fromEntries(ran) };
      appendFileSync(kept, `${JSON.stringify(row)}\n`);
      reach.set(row.test, row);
      left.delete(row.test);
      if (left.size % 25 === 0) say(`${left.size} to go`);
    },
  });
  clearTimeout(clock);
  if (played.outcome !== "green") throw new Error(`Red before anything is changed: ${played.by}. Mend it first.`);
  return withThreads(reach, loads);
}

/** Of a thread nobody hears what it ran: whoever loads a source that no test was seen to run may have run it there. */
function withThreads(reach: Reach, loads: (path: string) => ReadonlySet<string>): Reach {
  const seen = new Set([...reach.values()].flatMap(({ ran }) => Object.keys(ran)));
  const unseen = (test: string) => [...loads(test)].filter((path) => !seen.has(path) && !path.endsWith(".test.ts"));
  return new Map(
    [...reach].map(([test, row]) => {
      const ran = unseen(test).map((path) => [path, { hash: "not seen", pairs: [0, 1] }] as const);
      return [test, { ...row, ran: { ...row.ran, ...Object.fromEntries(ran) } }];
    }),
  );
}

/**
 * The test files that run the place where a mutant stands: its own unit test first, then those that say most about it for
 * what they cost, until that is too much.
 */
export function testsAt(
  reach: Reach,
  { mutant: { path }, offset }: Sampled,
  source: string,
): { readonly chosen: readonly string[]; readonly of: number } {
  const now = hash(source);
  const own = path.replace(/\.ts$/, ".test.ts");
  const weight = ({ test, ms, ran }: Row) =>
    test === own ? 0 : ms * Object.values(ran).reduce((sum, { pairs }) => sum + length(pairs), 1);
  const there = [...reach.values()]
    .filter(({ ran }) => {
      const here = ran[path];
      // A source that changed since has moved: whoever ran any of it may run this place.
      return here && here.pairs.length > 0 && (here.hash !== now || isCovered(here.pairs, offset));
    })
    .sort((a, b) => weight(a) - weight(b) || (a.test < b.test ? -1 : 1));
  const msMax = [...reach.values()].reduce((sum, { ms }) => sum + ms, 0) * TESTS_PART_MAX;
  let spent = 0;
  const chosen = there.filter(({ ms }, at) => {
    const fits = at < TESTS_MIN || spent + ms <= msMax;
    if (fits) spent += ms;
    return fits;
  });
  return { chosen: chosen.map(({ test }) => test), of: there.length };
}

/** The files of the copy that one loads, itself and through others. */
function loadsOf(root: string): (path: string) => ReadonlySet<string> {
  const known = new Map<string, readonly string[]>();
  const namedIn = (path: string) => {
    const found = known.get(path) ?? loadedBy(path, readFileSync(join(root, path), "utf8"));
    known.set(path, found);
    return found;
  };
  return (path) => {
    const loaded = new Set([path]);
    for (const one of loaded) for (const next of namedIn(one)) if (existsSync(join(root, next))) loaded.add(next);
    return loaded;
  };
}

const LOADED = /(?:^(?:import|export)\b[^;]*?|\bnew URL\()["'](\.[^"']+\.ts)["']/gm;

/** Also what is loaded into a thread of its own, not what is imported for types alone: nothing of that is run. */
export function loadedBy(path: string, text: string): string[] {
  return [...stripTypeScriptTypes(text).matchAll(LOADED)].map((match) => join(dirname(path), match[1] ?? ""));
}

function length(pairs: readonly number[]): number {
  return pairs.reduce((sum, at, index) => sum + (index % 2 === 0 ? -at : at), 0);
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
