import type { ClaritySignalName } from "./clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -3.28,
  "words-none": 5.04,
  "words-few": 2.18,
  "words-some": 0.06,
  "text-none": -2.18,
  "text-short": 0.14,
  "text-middle": 0.1,
  "text-long": 0,
  "title-one-word": 1.1,
  "title-bare": -0.64,
  "title-specific": 0.28,
  "title-complains": 1.22,
  "form-empty": 0.36,
  "form-partly": -0.2,
  "asks-open": 0,
  "vague-one": 1.5,
  "vague-more": 2.62,
  "vague-thin": 1.62,
  pleads: 5.1,
  general: 4.1,
  "hedges-more": 4.06,
  "deed-on-anything": 3.36,
  "deed-on-thing": 0,
  "picture-only": 2.04,
  shows: -0.52,
  numbers: -1.52,
  quotes: -1.42,
  reports: 2.6,
};
