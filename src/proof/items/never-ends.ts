import { type Evidence, evidence } from "../evidence.ts";
import type { Settled } from "../runners/settle.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";
import type { Tree } from "../../trees/tree.ts";

/**
 * What waits for something that the old code never does, such as an event, does not end there. It is not waited for as long as a
 * slow host, but longer than any of its neighbours takes.
 */
const PATIENCE = { factor: 5, plusMs: 20_000 };

export function patienceFor(...runs: readonly (SuiteRun | undefined)[]): number {
  const slowestMs = Math.max(0, ...runs.flatMap((run) => run?.runs ?? []).map((run) => run.durationMs));
  return slowestMs * PATIENCE.factor + PATIENCE.plusMs;
}

type Runs = { readonly head: Settled; readonly mixed: Settled; readonly base: Settled; readonly mixedTree: Tree };

/**
 * Where the tests end before the change and after it, and do not with the new ones on the old code, twice, these show it.
 * @returns null where something else can be said
 */
export async function neverEnds(
  tests: Tests,
  paths: readonly string[],
  { head, mixed, base, mixedTree }: Runs,
  onlyWaits: (ran: string) => boolean,
): Promise<Evidence | null> {
  if (mixed.run.verdict !== "stopped" || head.run.verdict !== "passed" || base.run.verdict !== "passed") return null;
  const fresh = [...(head.green ?? [])].filter(
    (name) => !head.flaky.includes(name) && !base.run.names?.has(name) && !onlyWaits(name),
  );
  if (fresh.length === 0 || !base.run.names) return null;
  const timeoutMs = patienceFor(base.run, head.run);
  const again = await tests.suite(mixedTree, { again: 1, timeoutMs });
  if (again?.verdict !== "stopped") return null;
  const seconds = Math.round(timeoutMs / 1000);
  return evidence("fail-to-pass", "fails-before", { shown: fresh, stoppedIn: paths, seconds });
}
