import { causeOf, type ProviderError } from "./provider-error.ts";

/** How long a provider asks to be left alone, from wherever it says so. Pure. */
type Headers = Pick<globalThis.Headers, "get">;

/** Nobody is served by an answer tomorrow: asking again after an hour costs nothing when it is turned down. */
const RETRY_AFTER_MAX_MS = 60 * 60_000;

/** What is said for this very purpose comes first, then the words, then when the limits of a minute or a day are new. */
export function retryAfterIn(error: ProviderError, now: number): number | null {
  const { headers, retryDelay, message } = error;
  const asked =
    (headers && retryAfterMs(headers, now)) ?? bounded(untilIn(retryDelay ?? null, now)) ?? bounded(inWords(message));
  if (asked !== null || !headers || causeOf(error) !== "too-fast") return asked;
  const resets = RESETS.flatMap(([left, reset]) => {
    const isUsed = Number(headers.get(left) ?? 0) <= 0;
    return isUsed ? (untilIn(headers.get(reset), now) ?? []) : [];
  });
  return resets.length > 0 ? bounded(Math.max(...resets)) : null;
}

/** Reads `retry-after-ms`, else `retry-after` in seconds, as a span or as an HTTP date. @returns null when neither makes sense */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const exact = headers.get("retry-after-ms");
  return bounded(exact ? Number(exact) : null) ?? bounded(untilIn(headers.get("retry-after"), now));
}

/** What is left of a limit, and when it begins anew. */
const RESETS: readonly (readonly [left: string, reset: string])[] = [
  ...["requests", "tokens"].map((what) => [`x-ratelimit-remaining-${what}`, `x-ratelimit-reset-${what}`] as const),
  ...["requests", "tokens", "input-tokens", "output-tokens"].map(
    (what) => [`anthropic-ratelimit-${what}-remaining`, `anthropic-ratelimit-${what}-reset`] as const,
  ),
  ["x-ratelimit-remaining", "x-ratelimit-reset"],
  ["ratelimit-remaining", "ratelimit-reset"],
];

function bounded(waitMs: number | null): number | null {
  if (waitMs === null || !Number.isFinite(waitMs)) return null;
  return Math.round(Math.min(Math.max(0, waitMs), RETRY_AFTER_MAX_MS));
}

/** Numbers above these count since 1970, in seconds or in milliseconds. */
const EPOCH_SECONDS_MIN = 1_000_000_000;
const EPOCH_MS_MIN = 1_000_000_000_000;

/** Seconds, a span (`1m2s`), a moment since 1970, or a date. */
function untilIn(text: string | null, now: number): number | null {
  if (text === null || text.trim() === "") return null;
  const number = Number(text);
  if (Number.isFinite(number)) {
    if (number >= EPOCH_MS_MIN) return number - now;
    return number >= EPOCH_SECONDS_MIN ? number * 1000 - now : number * 1000;
  }
  return spanIn(text) ?? finite(Date.parse(text) - now);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const SPAN = /^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h)){1,4}$/;

/** `250ms`, `7.66s`, `1m2s`, `1h0m5s`. */
function spanIn(text: string): number | null {
  const span = text.trim();
  if (!SPAN.test(span)) return null;
  return [...span.matchAll(/([\d.]+)(ms|s|m|h)/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (UNIT_MS[unit ?? "s"] ?? 0),
    0,
  );
}

const WORDS =
  /\b(?:again|retry|wait)\s(?:in|after|for)?\s?(?:about\s)?(\d{1,6}(?:\.\d{1,6})?)\s?(ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|m|hours?|h)\b/i;
const SPAN_IN_WORDS = /\b(?:again|retry|wait)\s(?:in|after|for)?\s?((?:\d{1,6}(?:\.\d{1,6})?(?:ms|s|m|h)){1,4})/i;

/** "Please try again in 7.66s", "retry after 23 seconds", "wait 2 minutes". */
function inWords(message: string): number | null {
  const span = spanIn(SPAN_IN_WORDS.exec(message)?.[1] ?? "");
  if (span !== null) return span;
  const [, count, unit = ""] = WORDS.exec(message) ?? [];
  if (count === undefined) return null;
  const [letter = "s"] = unit.toLowerCase();
  return Number(count) * (/^(?:ms|milli)/i.test(unit) ? 1 : (UNIT_MS[letter] ?? 1000));
}
