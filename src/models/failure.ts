import { pageIn } from "../core/rules/provider-words.ts";
import { guardText } from "../hygiene/redact.ts";
import type { Cause, Reply, Usage } from "./model.ts";
import { causeOf, type ProviderError } from "./provider-error.ts";
import { retryAfterIn } from "./retry-after.ts";
import { unreachableWords } from "./unreachable.ts";

/**
 * What went wrong outside, as a reply. The sentences are read by people in a public thread: they name the model and
 * what to do, and nothing that a provider sent stands in them unless keys were taken out of it first.
 */
export type Failure =
  | { readonly kind: "status"; readonly error: ProviderError }
  | { readonly kind: "unreachable"; readonly code: string | null }
  | { readonly kind: "timeout"; readonly timeoutMs: number; readonly since: "asked" | "last-word" }
  | { readonly kind: "broken-off" }
  | { readonly kind: "endless"; readonly bytesMax: number }
  | { readonly kind: "stopped" }
  /** A success whose body is a page for people. */
  | { readonly kind: "page"; readonly title: string | null }
  | { readonly kind: "unreadable"; readonly what?: string };

export type Failed = Extract<Reply, { outcome: "unavailable" | "rejected" }>;

/** Who failed and where it is asked, for the sentence, and what must not be repeated in it. */
export type Culprit = { readonly name: string; readonly secrets: readonly string[]; readonly host?: string | null };

/** The provider's explanation is one sentence; what is longer is a page of HTML from a proxy. */
const MESSAGE_CHARS_MAX = 300;

/**
 * @param now milliseconds since the epoch, for a `retry-after` that is a date
 * @param paid what the answer cost as far as it came
 */
export function failed(failure: Failure, culprit: Culprit, now: number, paid?: Usage): Failed {
  const away = (cause: Cause, reason: string): Failed => ({
    ...{ outcome: "unavailable", reason: `${culprit.name} ${reason}`, retryAfterMs: null, cause },
    ...(paid ? { paid } : {}),
  });
  switch (failure.kind) {
    case "status":
      return { ...statusFailed(failure.error, culprit, now), ...(paid ? { paid } : {}) };
    case "unreachable":
      if (failure.code !== null && failure.code in LACKING)
        return { outcome: "rejected", status: 0, ...lacking(failure.code, culprit.name) };
      return away("network", unreachableWords(culprit.host ?? null, failure.code));
    case "timeout":
      return away("time", tooLate(failure));
    case "broken-off":
      return away("network", "broke off in the middle of its answer.");
    case "endless":
      return away("unreadable", `sent more than ${failure.bytesMax / 1024 ** 2} MB and was ended there.`);
    case "stopped":
      return away("stopped", "was stopped before it answered.");
    case "page": {
      const titled = failure.title === null ? "" : ` ("${quotable(failure.title, culprit)}")`;
      const at = culprit.host ? ` at ${culprit.host}` : "";
      return away("unreadable", `was not reached${at}: a web page${titled} came instead of an answer. Look at its baseUrl, and whether a proxy on the way wants a login.`); // prettier-ignore
    }
    case "unreadable": {
      const what = failure.what ? `: ${quotable(failure.what, culprit)}` : ".";
      return away("unreadable", `sent an answer that is not of the documented form${what}`);
    }
  }
}

/** What lacks on this server: waiting brings it nobody. */
const LACKING: Readonly<Record<string, readonly [Cause, string]>> = {
  MISSING_PACKAGE: ["request", "the package of its cloud is not installed on this server"],
  NO_AWS_CREDENTIALS: ["key", "no credentials of AWS were found where its own tools look for them"],
  NO_GOOGLE_CREDENTIALS: ["key", "no credentials of Google were found where its own tools look for them"],
};

function lacking(code: string, name: string): { readonly cause: Cause; readonly reason: string } {
  const [cause, what] = LACKING[code] ?? ["request", code];
  const where = "docs/operations.md says what it needs, under Bedrock and Vertex.";
  return { cause, reason: `${name} was not asked: ${what}. ${where}` };
}

function tooLate({ timeoutMs, since }: Extract<Failure, { kind: "timeout" }>): string {
  const seconds = Math.ceil(timeoutMs / 1000);
  if (since === "asked") return `did not answer within ${seconds} seconds.`;
  return `fell silent for ${seconds} seconds in the middle of its answer.`;
}

function statusFailed(error: ProviderError, culprit: Culprit, now: number): Failed {
  const { status } = error;
  const cause = causeOf(error);
  const reason = `${culprit.name} ${sentenceOf(error, cause, culprit)}`;
  if (PASSING.includes(cause)) return { outcome: "unavailable", reason, retryAfterMs: retryAfterIn(error, now), cause };
  return { outcome: "rejected", reason, status, cause };
}

const PASSING: readonly Cause[] = ["too-fast", "overloaded", "server"];

function sentenceOf(error: ProviderError, cause: Cause, culprit: Culprit): string {
  const { status, code } = error;
  // Some providers say in numbers what they do not say in words, or only in another language.
  const http = code !== null && /^\d{4,12}$/.test(code) ? `HTTP ${status}, code ${code}` : `HTTP ${status}`;
  const said = quotable(error.message === "" ? (code ?? "") : error.message, culprit);
  const quote = said === "" || (said === code && http.includes(code)) ? "." : `: ${said}`;
  switch (cause) {
    case "money":
      return `was not asked: the provider's account has no credit left (${http})${quote}`;
    case "key":
      // Providers repeat a part of the key in this message, so it is not quoted.
      if (status === 401) return "was not asked: the provider does not accept the API key (HTTP 401).";
      return `was not asked: the provider does not accept the API key for this (${http})${quote}`;
    case "barred":
      return `was not asked: a firewall or proxy on the way to ${error.asked ?? "its provider"} turned the request away (HTTP ${status}${said === "" ? "" : `, "${said}"`}). Have it let this server through, or set HTTPS_PROXY.`; // prettier-ignore
    case "moderation":
      return `was stopped by the provider's content filter (${http})${quote}`;
    case "too-large":
      return `turned the request down as too large (${http})${quote}`;
    case "too-fast":
      return `is over the provider's rate limit (${http})${quote}`;
    case "overloaded":
      return `is overloaded at its provider (${http})${quote}`;
    case "missing":
      return `turned the request down (${http}${error.asked ? ` from ${error.asked}` : ""})${quote}`;
    case "server":
      return `failed at its provider (${http})${quote}`;
    default:
      return `turned the request down (${http})${quote}`;
  }
}

function quotable(message: string, culprit: Culprit): string {
  // Of a page of HTML only its title says something to people.
  const page = pageIn(message);
  const text = page ? (page.title ?? "") : message.replace(/\s+/g, " ").trim();
  return guardText(text.slice(0, MESSAGE_CHARS_MAX), culprit.secrets).text;
}
