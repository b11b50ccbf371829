/**
 * How long one call of a model may take, in milliseconds. A pool entry's `firstTokenSeconds` and `idleSeconds` come before the
 * first two; how long a whole step may take is in `src/agent/limits.ts`.
 */

/** To the first sign of an answer. Providers end longer waits themselves. */
export const FIRST_SIGN_MS = 10 * 60_000;
/** Silence in the middle of an answer. Models that think say nothing for minutes, and some servers send no sign of life meanwhile. */
export const IDLE_MS = 5 * 60_000;
/** The whole answer. None is worth more: the longest measured ones, of slow machines, took half of it. */
export const WHOLE_MS = 60 * 60_000;
/** The clocks are ours; the SDK's only must not ring before. */
export const SDK_TIMEOUT_MS = 2 * 60 * 60_000;
