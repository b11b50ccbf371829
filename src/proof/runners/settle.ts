import type { Tree } from "../../trees/tree.ts";
import type { SuiteRun, Tests } from "./suite.ts";

/**
 * Tests that fail are run once more before anything is said about them: what passes on the second look is flaky, which is
 * told and decides nothing. Without names a second run that passes as a whole says the same of all of them.
 */
export type Settled = {
  readonly run: SuiteRun;
  /** Names of tests that failed both times; null when the tests have no names. */
  readonly red: ReadonlySet<string> | null;
  /** Names that passed in at least one of the runs; null when the tests have no names. */
  readonly green: ReadonlySet<string> | null;
  readonly flaky: readonly string[];
};

export async function settle(tests: Tests, tree: Tree): Promise<Settled | null> {
  const first = await tests.suite(tree);
  if (!first) return null;
  if (first.verdict !== "failed") return settled(first, first);
  const second = await tests.suite(tree, { again: 1 });
  return second === null || second.verdict === "no-answer" || second.verdict === "stopped"
    ? settled(first, first)
    : settled(first, second);
}

function settled(first: SuiteRun, second: SuiteRun): Settled {
  const run = second.verdict === "passed" ? second : first;
  if (!first.names || !second.names) return { run, red: null, green: null, flaky: [] };
  const [before, after] = [named(first.names), named(second.names)];
  const red = new Set([...before.red].filter((name) => !after.green.has(name)));
  const green = new Set([...before.green, ...after.green]);
  const unsure = [...before.red, ...after.red].filter((name) => green.has(name));
  return { run, red, green, flaky: [...new Set(unsure)] };
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
