import type { Tree } from "../../trees/tree.ts";
import type { SuiteRun, Tests } from "./suite.ts";
import { nameOf } from "./test-case.ts";

/** A new test that fails one time in three goes unseen in a single run by two chances in three, in five by one in eight. */
const RUNS = 5;
/** Of the whole suite: four more of a longer one would take most of a proof's time. */
const RUN_MS_MAX = 60_000;

/** Of all runs that rule out luck together, by the length of the first one. */
const MORE_MS_MAX = 240_000;

export type Repeated = {
  /** New tests that passed at first and failed later, on the same commit. */
  readonly flaky: readonly string[];
  /** How often each of them failed. */
  readonly failures: ReadonlyMap<string, number>;
  readonly times: number;
};

/** Runs new tests again, alone where their runner can be told to. What nobody has run five times is not called certain. */
export async function repeatNew(
  tests: Tests,
  tree: Tree,
  first: SuiteRun,
  fresh: ReadonlySet<string>,
  files: readonly string[],
): Promise<Repeated> {
  const cases = first.runs.flatMap((run) => run.cases).filter((one) => fresh.has(nameOf(one)));
  if (cases.length === 0) return { flaky: [], failures: new Map(), times: 1 };
  // Where everything has to run again to see one test again, a long suite is run once.
  if (first.runs.some((run) => run.durationMs > RUN_MS_MAX)) return { flaky: [], failures: new Map(), times: 1 };
  const again = Array.from({ length: RUNS - 2 }, (_, index) => ({ again: index + 2, only: { files, cases } }));
  // The run as on a developer's machine is asked for in any case, and is one more look.
  const runs = await Promise.all([{ variant: "without-ci" as const }, ...again].map((how) => tests.suite(tree, how)));
  const seen = runs.filter((run): run is SuiteRun => run?.names !== null && run?.names !== undefined);
  const failures = new Map([...fresh].map((name) => [name, seen.filter((run) => hasFailed(run, name)).length]));
  return { flaky: [...fresh].filter((name) => (failures.get(name) ?? 0) > 0), failures, times: 1 + seen.length };
}

function hasFailed({ names }: SuiteRun, name: string): boolean {
  return /^(failed|errored)$/.test(names?.get(name) ?? "");
}

/**
 * Whether tests pass so many times more, one run after the other: after the runs of `repeatNew` on the same tree.
 * @returns `no-answer` where a run tells nothing about one of them
 */
export async function staysGreen(
  tests: Tests,
  tree: Tree,
  first: SuiteRun,
  wanted: ReadonlySet<string>,
  files: readonly string[],
  times: number,
): Promise<"passed" | "failed" | "too-long" | "no-answer"> {
  const cases = first.runs.flatMap((run) => run.cases).filter((one) => wanted.has(nameOf(one)));
  if (first.runs.some((run) => run.durationMs * times > MORE_MS_MAX)) return "too-long";
  for (let at = 0; at < times; at++) {
    const run = await tests.suite(tree, { again: RUNS + at, only: { files, cases } });
    if (run?.names && [...wanted].some((name) => hasFailed(run, name))) return "failed";
    if (!run?.names || [...wanted].some((name) => run.names?.get(name) !== "passed")) return "no-answer";
  }
  return "passed";
}
