import type { StepName } from "../core/ledger/entries.ts";

/** What each step does, for people: "Attempt 1 at …", "… failed 3 times in a row", "… was interrupted". */
export const STEP_WORDS: Readonly<Record<StepName, string>> = {
  route: "reading the ticket",
  ask: "asking whether the ticket is clear",
  diagnose: "finding the root cause",
  plan: "planning",
  implement: "writing the change",
  "open-pull-request": "opening the change for review",
  review: "the review",
  attack: "the hostile review",
  settle: "settling a dispute",
  prove: "collecting the proof",
  merge: "the merge",
  split: "opening the parts",
  finish: "ending the ticket",
};

/** @param step as a log names it; what is no step stays as it is */
export function stepWords(step: string): string {
  return (STEP_WORDS as Readonly<Record<string, string | undefined>>)[step] ?? step;
}
