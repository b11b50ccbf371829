import { type Evidence, evidence, names, plural, type ProofFacts } from "../evidence.ts";
import { isCode, isTestFile } from "../languages/test-files.ts";
import { repeatNew } from "../runners/repeat.ts";
import type { SuiteRun } from "../runners/suite.ts";
import type { Tree } from "../../trees/tree.ts";

/** What keeps two runs of code apart from each other. */
const KEEPS_APART =
  /\b(sync|atomic|threading|multiprocessing)\.|\b(R?Lock|Mutex|Semaphore|Condition|Barrier|CompareAndSwap|Atomics|singleflight|errgroup|SELECT .* FOR UPDATE)\b|\.(Lock|RLock|acquire|Acquire|runExclusive)\(|\bmake\(chan\b|<-|\b_?lock\b|\b(pending|inFlight|in_flight|tail|queue)\w* *(\?\?=|=)/i;
/** What lets code run side by side. */
const SIDE_BY_SIDE =
  /\bgo func\b|\bWaitGroup\b|\bThread(PoolExecutor)?\(|\bgather\(|\bcreate_task\(|\bPromise\.(all|allSettled|race)\(|\bWorker\(|\bt\.Parallel\(/;

/**
 * New tests of code that is run side by side may pass on the old code by chance. They are run on it again: one failure is
 * enough to show that the change does something; without one nobody knows, which is no refutation.
 * @param mixed the old code with the new tests, and their first run on it @returns null where nothing speaks of a race
 */
export async function byChance(
  facts: ProofFacts,
  mixed: { readonly tree: Tree; readonly run: SuiteRun; readonly fresh: ReadonlySet<string> },
  files: readonly string[],
): Promise<Evidence | null> {
  const { tree, run, fresh } = mixed;
  if (facts.execution.state === "impossible" || fresh.size === 0 || !isOfOrder(facts)) return null;
  const { flaky, times } = await repeatNew(facts.execution.tests, tree, run, fresh, files);
  if (flaky.length > 0)
    return evidence("fail-to-pass", "fails-before", `${plural(flaky.length, "new test")} failed in some of ${times} runs on the code before the change and in none on this commit: ${names(flaky)}.`); // prettier-ignore
  return evidence("fail-to-pass", "passes-by-chance", `The change keeps apart what runs side by side, and the new tests passed on the code before it too, ${times} times: ${names([...fresh])}. Let a test hold one side until the other has begun, so that it always fails without the change; or a person accepts this item.`); // prettier-ignore
}

/** The change adds what keeps runs apart, and its tests let them run side by side. */
function isOfOrder({ files }: ProofFacts): boolean {
  const added = (ofTests: boolean) =>
    files
      .filter(({ path }) => isCode(path) && isTestFile(path) === ofTests)
      .flatMap(({ addedLines }) => addedLines.map(({ text }) => text));
  return added(false).some((one) => KEEPS_APART.test(one)) && added(true).some((one) => SIDE_BY_SIDE.test(one));
}
