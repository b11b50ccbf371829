import type { ClaritySignalName } from "./route-clarity-signals.ts";

/**
 * What each signal adds to the doubt whether a ticket is clear; from zero on, the router asks what is meant. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const CLARITY_WEIGHTS: Readonly<Record<ClaritySignalName | "start", number>> = {
  start: -2.7,
  "words-none": 5.74,
  "words-few": 1.92,
  "words-some": -0.12,
  "text-none": -1.82,
  "text-short": 0.78,
  "text-middle": -0.12,
  "text-long": 0,
  "title-one-word": 0.72,
  "title-bare": -0.1,
  "title-specific": 0.34,
  "title-complains": 0.84,
  "form-empty": 0.2,
  "form-partly": -0.1,
  "asks-open": 0,
  "vague-one": 2.12,
  "vague-more": 2.8,
  "vague-thin": 1.98,
  pleads: 4.6,
  general: 4.22,
  "picture-only": 2.08,
  shows: -0.48,
  numbers: -2.06,
  quotes: -1.2,
  reports: 2.58,
};
