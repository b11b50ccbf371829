import { guardText } from "../hygiene/redact.ts";
import type { Reply } from "./model.ts";

/**
 * What went wrong outside, as a reply. The sentences are read by people in a public thread: they name the model and
 * what to do, and nothing that a provider sent stands in them unless keys were taken out of it first.
 */
export type Failure =
  | { readonly kind: "status"; readonly error: ProviderError }
  | { readonly kind: "unreachable"; readonly code: string | null }
  | { readonly kind: "timeout"; readonly timeoutMs: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "unreadable" };

/** An HTTP answer that is not a success. */
export type ProviderError = {
  readonly status: number;
  /** The provider's own word for it, such as `insufficient_quota`. */
  readonly code: string | null;
  readonly message: string;
  readonly headers: Pick<Headers, "get"> | null;
};

export type Failed = Extract<Reply, { outcome: "unavailable" | "rejected" }>;

/** Who failed, for the sentence, and what must not be repeated in it. */
export type Culprit = { readonly name: string; readonly secrets: readonly string[] };

/** The provider's explanation is one sentence; what is longer is a page of HTML from a proxy. */
const MESSAGE_CHARS_MAX = 300;
/** Nobody is served by an answer tomorrow: asking again after an hour costs nothing when it is turned down. */
const RETRY_AFTER_MAX_MS = 60 * 60_000;

/** @param now milliseconds since the epoch, for a `retry-after` that is a date */
export function failed(failure: Failure, culprit: Culprit, now: number): Failed {
  const away = (reason: string, retryAfterMs: number | null = null): Failed => ({
    outcome: "unavailable",
    reason: `${culprit.name} ${reason}`,
    retryAfterMs,
  });
  switch (failure.kind) {
    case "status":
      return statusFailed(failure.error, culprit, now);
    case "unreachable":
      return away(`could not be reached${failure.code ? ` (${failure.code})` : ""}.`);
    case "timeout":
      return away(`did not answer within ${Math.ceil(failure.timeoutMs / 1000)} seconds.`);
    case "stopped":
      return away("was stopped before it answered.");
    case "unreadable":
      return away("sent an answer that is not of the documented form.");
  }
}

function statusFailed(error: ProviderError, culprit: Culprit, now: number): Failed {
  const { status } = error;
  const reason = `${culprit.name} ${sentenceOf(error, culprit)}`;
  if (isPassing(error))
    return { outcome: "unavailable", reason, retryAfterMs: error.headers ? retryAfterMs(error.headers, now) : null };
  return { outcome: "rejected", reason, status };
}

/** An empty account answers 429 like a busy one, but waiting does not fill it. */
function isPassing({ status, code }: ProviderError): boolean {
  return code !== "insufficient_quota" && ([408, 409, 429].includes(status) || status >= 500);
}

function sentenceOf({ status, code, message }: ProviderError, culprit: Culprit): string {
  if (code === "insufficient_quota")
    return `was not asked: the provider's account has no credit left (HTTP ${status}).`;
  // Providers repeat a part of the key in this message, so it is not quoted.
  if (status === 401) return "was not asked: the provider does not accept the API key (HTTP 401).";
  if (status === 429) return "is over the provider's rate limit (HTTP 429).";
  if (status === 529 || status === 503) return `is overloaded at its provider (HTTP ${status}).`;
  if (status >= 500) return `failed at its provider (HTTP ${status}).`;
  const said = guardText(message.replace(/\s+/g, " ").trim().slice(0, MESSAGE_CHARS_MAX), culprit.secrets).text;
  return `turned the request down (HTTP ${status})${said === "" ? "." : `: ${said}`}`;
}

/** Reads `retry-after-ms`, else `retry-after` in seconds or as an HTTP date. @returns null when neither makes sense */
export function retryAfterMs(headers: Pick<Headers, "get">, now: number): number | null {
  const exact = headers.get("retry-after-ms");
  const coarse = headers.get("retry-after");
  const candidates = [
    exact ? Number(exact) : NaN,
    coarse ? Number(coarse) * 1000 : NaN,
    Date.parse(coarse ?? "") - now,
  ];
  const waitMs = candidates.find((one) => Number.isFinite(one));
  return waitMs === undefined ? null : Math.round(Math.min(Math.max(0, waitMs), RETRY_AFTER_MAX_MS));
}
