import { jittered } from "../core/rules/jitter.ts";

/** A database or a provider that is started anew is back within seconds. */
const RETRY_BASE_MS = 5_000;
const RETRY_MAX_MS = 300_000;

/**
 * Delay before run `attempt` (2 is the first repetition): doubles each time, up to the limit.
 * @param chance see `jittered`
 * @param baseMs before the first repetition, in milliseconds
 */
export function retryDelayMs(attempt: number, chance: number, baseMs = RETRY_BASE_MS): number {
  return jittered(Math.min(RETRY_MAX_MS, baseMs * 2 ** (attempt - 2)), chance);
}
