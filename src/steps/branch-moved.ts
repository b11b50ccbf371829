// Held by test/scenarios/paid-words.test.ts
import type { Spend } from "../core/ledger/entries.ts";
import { SOMEBODY } from "../core/rules/let-pass.ts";
import { done, type StepContext, type StepResult } from "./step.ts";

/**
 * Somebody pushed while a round ran and nobody told. What the round had paid stands in an entry of its own, which every version adds
 * up: an older one would not see it in the entry of the move, and book it once more.
 */
export function branchMoved({ latest }: StepContext, from: string, to: string, spend: Spend): StepResult {
  const endedBy = { seq: latest().length + 1, kind: "head_moved" };
  return done(
    { kind: "head_moved", data: { from, to, by: SOMEBODY } },
    { kind: "step_interrupted", data: { step: "implement", endedBy, spend } },
  );
}
