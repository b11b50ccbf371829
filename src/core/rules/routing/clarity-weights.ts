import type { ClaritySignalName } from "./clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -3.29,
  "words-none": 5.04,
  "words-few": 2.2,
  "words-some": 0.08,
  "text-none": -2.18,
  "text-short": 0.16,
  "text-middle": 0.1,
  "text-long": 0,
  "title-one-word": 1.12,
  "title-bare": -0.64,
  "title-specific": 0.26,
  "title-complains": 1.22,
  "form-empty": 0.36,
  "form-partly": -0.18,
  "asks-open": 0,
  "vague-one": 1.5,
  "vague-more": 2.62,
  "vague-thin": 1.6,
  pleads: 5.1,
  general: 4.1,
  "hedges-more": 4.06,
  "deed-on-anything": 3.36,
  "deed-on-thing": 0.02,
  "picture-only": 2.04,
  shows: -0.48,
  numbers: -1.54,
  quotes: -1.42,
  reports: 2.64,
};
