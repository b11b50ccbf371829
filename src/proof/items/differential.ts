import { withText } from "../../trees/with-text.ts";
import type { Line } from "../../core/ticket/proof-facts.ts";
import type { ProofFacts } from "../evidence.ts";
import { sameFunctions } from "../languages/mutants/same-functions.ts";
import type { Tests } from "../runners/suite.ts";
import { fateOf, patienceWith } from "./try-mutants.ts";

/** Enough to see whether changed tests still look; each one costs two runs. */
const TRIED_MAX = 6;
const BUDGET_MS = 90_000;

/**
 * What the old tests noticed in the old code, the new ones still notice in the new: whatever words a changed test uses, it
 * may not look away. Asked only of functions that the change left alone, and that changed tests speak of; changed
 * functions are the business of the mutants.
 * @param isExcused whether the plan lets a test of this name change
 * @returns what is no longer noticed
 */
export async function noLongerNoticed(
  facts: ProofFacts,
  tests: Tests,
  isExcused: (name: string) => boolean,
): Promise<Line[]> {
  if (facts.policy.proof.mutationsMax === 0) return [];
  const [before, after] = await Promise.all([tests.suite(facts.base.tree), tests.suite(facts.head.tree)]);
  if (!before?.names || before.verdict !== "passed" || after?.verdict !== "passed") return [];
  const until = performance.now() + BUDGET_MS;
  const lost: Line[] = [];
  for (const twin of (await sameFunctions(facts)).slice(0, TRIED_MAX)) {
    if (performance.now() > until) break;
    const [was, is] = [{ timeoutMs: patienceWith(before) }, { timeoutMs: patienceWith(after) }];
    const old = fateOf(before, await tests.suite(await withText(facts, facts.base.tree, twin.path, twin.before), was));
    if (old.fate !== "noticed" || old.by.length === 0 || old.by.every(isExcused)) continue;
    const now = fateOf(after, await tests.suite(await withText(facts, facts.head.tree, twin.path, twin.after), is));
    if (now.fate !== "survived") continue;
    const { path, line, what } = twin;
    lost.push({ code: "no-longer-noticed", facts: { path, line, what, by: old.by[0] ?? "" } });
  }
  return lost;
}
