import type { ClaritySignalName } from "./clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -2.61,
  "words-none": 4.8,
  "words-few": 2.28,
  "words-some": 0.06,
  "text-none": -2.6,
  "text-short": -0.52,
  "text-middle": -0.5,
  "text-long": 0,
  "title-one-word": 1.16,
  "title-bare": -0.7,
  "title-specific": 0.3,
  "title-complains": 1.04,
  "form-empty": 0.34,
  "form-partly": -0.28,
  "asks-open": 0,
  "vague-one": 1.36,
  "vague-more": 2.36,
  "vague-thin": 1.64,
  pleads: 4.86,
  general: 4.12,
  "hedges-more": 4.04,
  "deed-on-anything": 3.2,
  "deed-on-thing": -0.08,
  "picture-only": 1.96,
  shows: -0.56,
  numbers: -1.08,
  quotes: -1.64,
  reports: 2.16,
};
