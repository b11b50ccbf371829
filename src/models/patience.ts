import { jittered } from "../core/rules/jitter.ts";

/** How long a step waits for a model, and whether who answered is who was asked: plain rules over numbers and names. */
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
 * request and not of an outage.
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
  return jittered(Math.max(grown, retryAfterMs ?? 0), chance);
}

/** Words and numbers that make another model of a name: `-mini`, `-5` behind `-opus-5`. Dates, sizes and formats do not. */
const OTHER =
  /^(?:mini|nano|micro|flash|lite|small|medium|large|haiku|sonnet|opus|pro|max|turbo|air|ultra|fast|\d{1,2})$/;

/**
 * Is the model that says it answered the one that was asked? Providers add dates, tags, folders and their own name, so one
 * name has to begin with the other, and what follows must not name a sibling.
 */
export function isSameModel(asked: string, served: string): boolean {
  const [short, long] = [wordsOf(asked), wordsOf(served)].sort((one, other) => one.length - other.length);
  if (!short || !long || short.length === 0) return true;
  return short.every((word, nth) => word === long[nth]) && !long.slice(short.length).some((word) => OTHER.test(word));
}

/** The maker's name before the slash, and what is behind a colon or an at sign, are no part of it. */
function wordsOf(name: string): string[] {
  const bare = (name.split("/").at(-1) ?? "").split(/[:@]/)[0] ?? "";
  return bare
    .toLowerCase()
    .replace(/-20\d\d-?\d\d-?\d\d/, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && word !== "latest" && word !== "gguf");
}
