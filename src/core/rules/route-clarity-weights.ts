import type { ClaritySignalName } from "./route-clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -2.63,
  "words-none": 5.84,
  "words-few": 2.08,
  "words-some": 0.02,
  "text-none": -1.48,
  "text-short": 1.04,
  "text-middle": -0.06,
  "text-long": 0,
  "title-one-word": 1.24,
  "title-bare": -0.2,
  "title-specific": 0.24,
  "title-complains": 0.98,
  "form-empty": 0.14,
  "form-partly": 0.4,
  "asks-open": 0,
  "vague-one": 2.04,
  "vague-more": 2.46,
  "vague-thin": 1.96,
  pleads: 4.58,
  general: 3.8,
  "picture-only": 1.84,
  shows: -0.46,
  numbers: -2.16,
  quotes: -1.4,
  reports: 2.62,
};
