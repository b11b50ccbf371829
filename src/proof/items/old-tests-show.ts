import type { ProofFacts } from "../evidence.ts";
import { repeatNew } from "../runners/repeat.ts";
import { settle } from "../runners/settle.ts";
import { nameOf } from "../runners/test-case.ts";
import type { Tests } from "../runners/suite.ts";

/**
 * A test may have waited for the change: it stood there and was red each time, and is green each time now. What is red now and
 * then is run four times on the old code and five on the new before it counts.
 * @returns the names of such tests; empty where tests have none
 */
export async function oldTestsThatShow(facts: ProofFacts, tests: Tests): Promise<string[]> {
  const [base, head] = await Promise.all([settle(tests, facts.base.tree), settle(tests, facts.head.tree)]);
  if (!base?.red || !head?.green) return [];
  const waited = base.red;
  const turned = [...head.green].filter((name) => waited.has(name) && !head.flaky.includes(name));
  if (turned.length === 0) return [];
  const cases = head.run.runs.flatMap((run) => run.cases).filter((one) => turned.includes(nameOf(one)));
  const files = [...new Set(cases.flatMap(({ file }) => file ?? []))];
  const { flaky } = await repeatNew(tests, facts.head.tree, head.run, new Set(turned), files);
  return turned.filter((name) => !flaky.includes(name));
}
