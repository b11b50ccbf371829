import type { ProofItemId, ProofState } from "./proof-items.ts";

/**
 * Everything that an item of the proof can find, as a code, and the state that follows from it. Whoever compares, counts or
 * tests asks for the code, so that a sentence can be improved without a proof changing its meaning. What a code tells besides
 * is in `proof-facts.ts`, and its sentence in `src/messages/proof`.
 */
export const PROOF_CODES = {
  verification: {
    passes: "proven",
    "red-before-too": "proven",
    "cannot-run": "unknown",
    "no-answer": "unknown",
    "no-count": "unknown",
    "nothing-green-before": "unknown",
    "red-before-unnamed": "unknown",
    fails: "refuted",
    "timed-out": "refuted",
    "no-test-ran": "refuted",
    "only-with-ci": "refuted",
  },
  checks: {
    green: "proven",
    "none-on-head": "unknown",
    none: "unknown",
    "not-reported": "unknown",
    pending: "unknown",
    "no-verdict": "unknown",
    "all-skipped": "unknown",
    red: "refuted",
  },
  "fail-to-pass": {
    "fails-before": "proven",
    "cannot-load-before": "proven",
    "no-code": "not-applicable",
    "cannot-run": "unknown",
    "no-runner": "unknown",
    "no-count": "unknown",
    "names-lost": "unknown",
    "red-before-unnamed": "unknown",
    "red-before-anyway": "unknown",
    "unfinished-before": "unknown",
    "only-loads-untried": "unknown",
    "passes-by-chance": "unknown",
    "inside-code": "unknown",
    "no-test-unasked": "unknown",
    "no-test": "refuted",
    "no-test-ran": "refuted",
    "passes-before": "refuted",
    "red-on-head": "refuted",
    flaky: "refuted",
    "only-loads": "refuted",
  },
  "pass-to-pass": {
    kept: "proven",
    "no-tests-before": "proven",
    "cannot-run": "unknown",
    "no-runner": "unknown",
    "no-run-before": "unknown",
    "no-run-on-head": "unknown",
    "no-count": "unknown",
    "names-lost": "unknown",
    weakened: "refuted",
    "not-run": "refuted",
    broken: "refuted",
    "looks-away": "refuted",
  },
  mutation: {
    noticed: "proven",
    "nothing-to-try": "not-applicable",
    "cannot-run": "unknown",
    "none-ran": "unknown",
    "not-reached": "unknown",
    "cannot-fail": "refuted",
    "emptied-unnoticed": "refuted",
    "change-unnoticed": "refuted",
  },
  scope: {
    "as-planned": "proven",
    accepted: "proven",
    "no-plan": "unknown",
    "not-accepted": "unknown",
    unexplained: "refuted",
    "too-many-files": "refuted",
    "nothing-changed": "refuted",
  },
  completeness: {
    complete: "proven",
    "left-undone": "refuted",
    "knows-tests": "refuted",
    "copies-answers": "refuted",
  },
  tamper: { untouched: "proven", accepted: "proven", touched: "refuted" },
  reviews: { both: "proven", missing: "unknown", blockers: "refuted", "broken-citations": "refuted" },
  done: {
    shown: "proven",
    "needs-reviewers": "not-applicable",
    "no-plan": "unknown",
    "not-shown": "unknown",
    "not-met": "refuted",
  },
  "merge-result": {
    passes: "proven",
    "not-moved": "not-applicable",
    "cannot-run": "unknown",
    "no-runner": "unknown",
    "base-red": "unknown",
    fails: "refuted",
    conflicts: "refuted",
  },
} as const satisfies Readonly<Record<ProofItemId, Readonly<Record<string, ProofState>>>>;

/** What can be found whatever the item: a file that nobody could read, and what only a ticket or a plan could show. */
export const ANY_ITEM = {
  unread: "unknown",
  "no-ticket": "not-applicable",
  "no-plan-given": "not-applicable",
} as const satisfies Readonly<Record<string, ProofState>>;

/** A code of one item of the proof. */
export type ProofCode<Id extends ProofItemId = ProofItemId> = {
  [One in Id]: keyof (typeof PROOF_CODES)[One];
}[Id] &
  string;

/**
 * The state that follows from what was found.
 * @example
 * stateOf("checks", "red"); // "refuted"
 */
export function stateOf<Id extends ProofItemId>(id: Id, code: ProofCode<Id>): ProofState {
  return (PROOF_CODES[id] as Readonly<Record<string, ProofState>>)[code] as ProofState;
}
