import type { ClaritySignalName } from "./clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -3.06,
  "words-none": 4.92,
  "words-few": 2,
  "words-some": 0,
  "text-none": -2.06,
  "text-short": 0.18,
  "text-middle": -0.08,
  "text-long": 0,
  "title-one-word": 1,
  "title-bare": -0.76,
  "title-specific": 0.08,
  "title-complains": 1.04,
  "form-empty": 0.4,
  "form-partly": -0.02,
  "asks-open": 0,
  "vague-one": 1.72,
  "vague-more": 2.96,
  "vague-thin": 1.56,
  pleads: 5.08,
  general: 4.3,
  "hedges-more": 4.1,
  "deed-on-anything": 3.56,
  "deed-on-thing": 0.1,
  "picture-only": 2.32,
  shows: -0.48,
  numbers: -1.52,
  quotes: -1.46,
  reports: 2.82,
};
