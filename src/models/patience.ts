import { jittered } from "../core/rules/jitter.ts";

/** How long a step waits for a model: plain rules over numbers. */
export type ModelRetry = {
  readonly firstWaitSeconds: number;
  readonly longestWaitMinutes: number;
  /** So long a step waits in all before a person is asked. */
  readonly personAfterMinutes: number;
};

/** Ten seconds let a limit of requests a minute recover a little; ten minutes are short against an outage. */
export const MODEL_RETRY: ModelRetry = { firstWaitSeconds: 10, longestWaitMinutes: 10, personAfterMinutes: 120 };

/**
 * Doubles with each failed try. A provider's own word for it counts where it is longer: shorter ones speak of the next
 * request and not of an outage. Never longer at once than a person is left alone in all.
 * @param failures tries since the step last got on
 * @param chance see `jittered`
 */
export function waitMs(
  failures: number,
  retryAfterMs: number | null,
  chance: number,
  retry: ModelRetry = MODEL_RETRY,
): number {
  const floorMs = retry.firstWaitSeconds * 1_000;
  const grown = Math.min(retry.longestWaitMinutes * 60_000, floorMs * 2 ** Math.min(failures, 20));
  const longestMs = retry.personAfterMinutes * 60_000;
  return jittered(Math.min(longestMs, Math.max(grown, retryAfterMs ?? 0)), chance);
}
