/** Tickets that failed together should not come back together: each waits up to so much of its delay longer. */
export const JITTER = 0.2;

/**
 * A delay with its share of chance. It only grows: whoever asked to be left alone for a minute is left alone that long.
 *
 * @param chance from 0 (inclusive) to 1 (exclusive), such as `Math.random()`
 * @example
 * jittered(1000, 0) // → 1000
 * jittered(1000, 0.5) // → 1100
 */
export function jittered(ms: number, chance: number): number {
  return Math.round(ms * (1 + JITTER * chance));
}
