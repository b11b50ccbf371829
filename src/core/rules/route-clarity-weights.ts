import type { ClaritySignalName } from "./route-clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -3.16,
  "words-none": 5.52,
  "words-few": 2.18,
  "words-some": 0.06,
  "text-none": -1.58,
  "text-short": 0.52,
  "text-middle": 0.04,
  "text-long": 0,
  "title-one-word": 1.36,
  "title-bare": -0.18,
  "title-specific": 0.28,
  "title-complains": 0.96,
  "form-empty": 0.14,
  "form-partly": -0.12,
  "asks-open": 0,
  "vague-one": 1.98,
  "vague-more": 2.26,
  "vague-thin": 1.54,
  pleads: 4.4,
  general: 3.96,
  "hedges-more": 3.68,
  "deed-on-anything": 3.08,
  "deed-on-thing": -0.06,
  "picture-only": 2.06,
  shows: -0.46,
  numbers: -1.28,
  quotes: -1.14,
  reports: 2.44,
};
