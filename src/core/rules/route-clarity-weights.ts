import type { ClaritySignalName } from "./route-clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -3.05,
  "words-none": 5.5,
  "words-few": 2.18,
  "words-some": 0.06,
  "text-none": -1.54,
  "text-short": 0.5,
  "text-middle": -0.06,
  "text-long": 0,
  "title-one-word": 1.38,
  "title-bare": -0.2,
  "title-specific": 0.28,
  "title-complains": 0.94,
  "form-empty": 0.14,
  "form-partly": -0.04,
  "asks-open": 0,
  "vague-one": 1.9,
  "vague-more": 2.24,
  "vague-thin": 1.56,
  pleads: 4.36,
  general: 4,
  "hedges-more": 3.72,
  "deed-on-anything": 3.08,
  "deed-on-thing": -0.08,
  "picture-only": 2.06,
  shows: -0.42,
  numbers: -1.24,
  quotes: -1.1,
  reports: 2.46,
};
