import { type Evidence, evidence, type ProofFacts } from "../evidence.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";

/**
 * The same tests once more without the variable by which a build machine tells that it is one: code that only behaves
 * while it is watched fails then. What fails so on the base too is not the change's fault.
 * @returns null when nothing is different
 */
export async function onlyWithCi(facts: ProofFacts, tests: Tests): Promise<Evidence<"verification"> | null> {
  const head = await tests.suite(facts.head.tree);
  const first = await tests.suite(facts.head.tree, { variant: "without-ci" });
  if (!head || first?.verdict !== "failed" || head.verdict !== "passed") return null;
  const second = await tests.suite(facts.head.tree, { variant: "without-ci", again: 1 });
  if (second?.verdict !== "failed") return null;
  const base = await tests.suite(facts.base.tree, { variant: "without-ci" });
  const red = redIn(second).filter((name) => redIn(first).includes(name) && !(base ? redIn(base) : []).includes(name));
  if (base?.verdict === "failed" && red.length === 0) return null;
  return evidence("verification", "only-with-ci", { tests: red });
}

function redIn(run: SuiteRun): string[] {
  return [...(run.names ?? [])].filter(([, outcome]) => /^(failed|errored)$/.test(outcome)).map(([name]) => name);
}
