import type { Tree } from "../../trees/tree.ts";
import type { How, SuiteRun, Tests } from "./suite.ts";
import { nameOf } from "./test-case.ts";

/**
 * Tests that fail are run again before anything is said about them: what passes on another look is flaky, which is
 * told and decides nothing. Without names a second run that passes as a whole says the same of all of them.
 */
export type Settled = {
  readonly run: SuiteRun;
  /** Names of tests that failed each time; null when the tests have no names. */
  readonly red: ReadonlySet<string> | null;
  /** Names that passed in at least one of the runs; null when the tests have no names. */
  readonly green: ReadonlySet<string> | null;
  readonly flaky: readonly string[];
};

/** A neighbour that fails one time in three is red twice in a row in one proof of nine, four times in one of eighty. */
const RUNS_MAX = { before: 2, after: 4 } as const;
/** Of a longer suite two runs have to do. */
const RUN_MS_MAX = 60_000;

/**
 * @param side what was red `before` the change only has to be known; what is red `after` it is held against the change
 * @param how tests that are all that is asked for, where their runner can be told so, and how long is waited
 */
export async function settle(
  tests: Tests,
  tree: Tree,
  side: keyof typeof RUNS_MAX = "after",
  how: Pick<How, "only" | "timeoutMs"> = {},
): Promise<Settled | null> {
  const first = await tests.suite(tree, how);
  if (!first) return null;
  if (first.verdict !== "failed") return settled([first]);
  const runs = [first];
  const isLong = first.runs.some((run) => run.durationMs > RUN_MS_MAX);
  const times = isLong ? RUNS_MAX.before : RUNS_MAX[side];
  while (runs.length < times && settled(runs).red?.size !== 0) {
    const next = await tests.suite(tree, { again: runs.length, ...how });
    if (next === null || next.verdict === "no-answer" || next.verdict === "stopped") break;
    runs.push(next);
    if (next.verdict === "passed" || !next.names) break;
  }
  return settled(runs);
}

function settled(runs: readonly SuiteRun[]): Settled {
  const run = runs.find(({ verdict }) => verdict === "passed") ?? (runs[0] as SuiteRun);
  if (runs.some(({ names }) => !names)) return { run, red: null, green: null, flaky: [] };
  const each = runs.map(({ names }) => named(names as NonNullable<SuiteRun["names"]>));
  const green = new Set(each.flatMap((one) => [...one.green]));
  const failed = new Set(each.flatMap((one) => [...one.red]));
  const red = new Set([...(each[0]?.red ?? [])].filter((name) => !green.has(name)));
  return { run, red, green, flaky: [...failed].filter((name) => green.has(name)) };
}

function named(names: NonNullable<SuiteRun["names"]>) {
  const of = (...outcomes: readonly string[]) =>
    new Set([...names].filter(([, outcome]) => outcomes.includes(outcome)).map(([name]) => name));
  return { red: of("failed", "errored"), green: of("passed") };
}

/** What fails now and did not fail before; null when that cannot be told by name. */
export function newlyRed(before: Settled, after: Settled): string[] | null {
  if (!before.red || !after.red) return null;
  const known = before.red;
  return [...after.red].filter((name) => !known.has(name));
}

/**
 * A sum is quickly printed, by code under test too, which may then end the run: tests that had names are known by them.
 * @returns those that the other run does not show, where it does not name all that it counts
 */
export function unseen(names: Iterable<string>, { run, red }: Settled): string[] {
  if (red) return [];
  const told = new Set(run.runs.flatMap(({ cases }) => cases.map(nameOf)));
  return [...names].filter((name) => !told.has(name));
}
