import { ForgeAway } from "../forge/forge.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { pageIn } from "../core/rules/provider-words.ts";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import { jittered } from "../core/rules/jitter.ts";

/**
 * What an HTTP answer means. A refusal (4xx) is a value that the caller reads; being away is thrown, with what is known
 * about whether the act was done: a write that ended in 5xx, a broken connection or half an answer may have been done.
 */
export type Answer<T> =
  { readonly ok: true; readonly data: T } | { readonly ok: false; readonly status: number; readonly reason: string };

type Response<T> = { readonly data: T; readonly status: number };

/** When GitHub gives no time, it asks for at least a minute. */
const BACK_OFF_MS = 60_000;

/**
 * Carries out one request. `what` completes the sentence "GitHub was away while …".
 * @param shows an answer without content, where something was to be shown, is a proxy's or half of one
 */
export async function ask<T>(
  what: string,
  request: Promise<Response<T>>,
  shows: "something" | "nothing" = "something",
): Promise<Answer<T>> {
  try {
    const { data } = await request;
    if (shows === "something" && (typeof data !== "object" || data === null))
      throw new ForgeAway(`GitHub's answer could not be read while ${what}.`, null, "unknown");
    return { ok: true, data };
  } catch (error) {
    return refusal(what, error);
  }
}

/** For requests where a refusal means that the App cannot work at all now (rights taken away, repository gone). */
export async function must<T>(what: string, request: Promise<Response<T>>): Promise<T> {
  const answer = await ask(what, request);
  if (answer.ok) return answer.data;
  throw refused(what, answer);
}

export function refused(what: string, { status, reason }: { status: number; reason: string }): ForgeAway {
  return new ForgeAway(`GitHub refused (${status}) while ${what}: ${reason}`, null, "not-done", "refused");
}

/** The usual reading question: 404, 410 and the like mean that the thing is not there. */
export async function find<T>(
  what: string,
  request: Promise<Response<T>>,
  shows: "something" | "nothing" = "something",
): Promise<T | "gone"> {
  const answer = await ask(what, request, shows);
  if (answer.ok) return answer.data;
  if (GONE.has(answer.status)) return "gone";
  throw refused(what, answer);
}

/** So often GitHub is asked for a commit before its no is believed, and statuses of a no that a later look may turn into a yes. */
const LOOKS = 3;
const NOT_YET: ReadonlySet<number> = new Set([404, 410, 422, 451]);

/**
 * A commit was pushed a moment ago, and not every machine of GitHub's knows it yet: what is missing only now must not be told as
 * a branch that somebody deleted.
 * @param waitMs before the second look; grows
 */
export async function findCommit<T>(
  what: string,
  request: () => Promise<Response<T>>,
  waitMs: number,
): Promise<T | "gone"> {
  for (let look = 1; ; look += 1) {
    const answer = await ask(what, request());
    if (answer.ok) return answer.data;
    if (look < LOOKS && NOT_YET.has(answer.status)) await sleep(jittered(waitMs * look, Math.random()));
    else if (GONE.has(answer.status)) return "gone";
    else throw refused(what, answer);
  }
}

/** 301 is a transferred issue, 409 an empty repository, 422 a commit that does not exist, 451 a takedown. */
const GONE = new Set([301, 404, 409, 410, 422, 451]);

/**
 * Asks for what may be done twice without harm, and once more when it is refused as if something were not there: one poor answer is
 * no reason to call a person.
 * @param isMeant a refusal that tells something, and will be the same again
 */
export async function askTwice<T>(
  what: string,
  request: () => Promise<Response<T>>,
  waitMs: number,
  isMeant: (refusal: { readonly status: number; readonly reason: string }) => boolean = () => false,
): Promise<Answer<T>> {
  const answer = await ask(what, request());
  if (answer.ok || !NOT_YET.has(answer.status) || isMeant(answer)) return answer;
  await sleep(jittered(waitMs, Math.random()));
  return ask(what, request());
}

type HttpError = {
  readonly status: number;
  readonly message: string;
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: { readonly headers?: Record<string, string | undefined>; readonly data?: unknown };
};

function isHttpError(error: unknown): error is HttpError & Error {
  return error instanceof Error && typeof (error as Partial<HttpError>).status === "number";
}

const SUSPENDED = /installation has been suspended/i;

function refusal(what: string, error: unknown): { ok: false; status: number; reason: string } {
  if (error instanceof ForgeAway || !isHttpError(error)) throw error;
  const limited = rateLimit(error);
  if (limited !== null) throw new ForgeAway(`GitHub's rate limit was reached while ${what}.`, limited, "not-done");
  const reason = reasonOf(error);
  if (error.status >= 500) {
    const asked = retryAfterMs(error.response?.headers ?? {});
    throw new ForgeAway(`GitHub was away while ${what}: ${reason}`, asked, outcomeOf(error));
  }
  if (error.status === 401) throw new ForgeAway(`GitHub did not accept the App's key while ${what}.`, null, "not-done");
  if (isTokenRequest(error))
    throw new ForgeAway(`GitHub gave no token for this repository while ${what}: ${reason}`, null, "not-done", "out-of-reach"); // prettier-ignore
  // Tokens of before the suspension are refused one by one, as if each request were not allowed.
  if (error.status === 403 && SUSPENDED.test(reason))
    throw new ForgeAway(`GitHub refused while ${what}: ${reason}`, null, "not-done", "out-of-reach");
  return { ok: false, status: error.status, reason };
}

/** What GitHub says, and said in earlier years, to a client that writes too fast. */
export const TOO_FAST = /rate limit|abuse detection|submitted too quickly/i;

/** How long GitHub asks to wait in an answer that is a limit's refusal, else null. */
export function limitMs(error: unknown): number | null {
  return isHttpError(error) ? rateLimit(error) : null;
}

/** @returns milliseconds to wait, or null when the answer is about something else. */
function rateLimit(error: HttpError): number | null {
  const headers = error.response?.headers ?? {};
  const isLimit =
    error.status === 429 ||
    (error.status === 403 &&
      (headers["x-ratelimit-remaining"] === "0" || Boolean(headers["retry-after"]) || TOO_FAST.test(error.message))) ||
    (error.status === 422 && /submitted too quickly/i.test(reasonOf(error)));
  if (!isLimit) return null;
  return askedWaitMs(headers);
}

/** Of a refusal for its limit: as it says, until the hour is over where nothing of it is left, else a while. */
export function askedWaitMs(headers: Headers): number {
  const asked = retryAfterMs(headers);
  if (asked !== null) return asked;
  const resetMs = untilReset(headers);
  return headers["x-ratelimit-remaining"] === "0" && resetMs > 0 ? resetMs : BACK_OFF_MS;
}

/** GitHub counts by the hour. Nobody is believed for longer, such as a proxy with a clock of its own. */
const ASKED_MS_MAX = 60 * 60_000;

type Headers = Readonly<Record<string, string | number | undefined>>;

/** GitHub gives seconds; a proxy in front of a server may give a date, as HTTP allows. */
function retryAfterMs(headers: Headers): number | null {
  const said = headers["retry-after"];
  if (said === undefined) return null;
  const seconds = Number(said);
  const ms = Number.isNaN(seconds) ? Date.parse(String(said)) - forgeNow(headers) : seconds * 1000;
  return ms > 0 ? Math.min(ms, ASKED_MS_MAX) : null;
}

/** Milliseconds until the primary limit is counted anew, and a second more. */
export function untilReset(headers: Headers): number {
  return Number(headers["x-ratelimit-reset"] ?? 0) * 1000 - forgeNow(headers) + 1000;
}

/** By the forge's own clock, where it says what time it is: this machine's may be wrong by minutes. */
function forgeNow(headers: Headers): number {
  const now = Date.parse(String(headers["date"] ?? ""));
  return Number.isNaN(now) ? Date.now() : now;
}

function isTokenRequest(error: HttpError): boolean {
  return error.request?.url?.includes("/access_tokens") ?? false;
}

function outcomeOf(error: HttpError): "not-done" | "unknown" {
  const isRead = /^(?:GET|HEAD)$/i.test(error.request?.method ?? "");
  return isRead || isTokenRequest(error) ? "not-done" : "unknown";
}

/** GitHub's own words, without the links to its manual. */
function reasonOf(error: HttpError): string {
  const page = typeof error.response?.data === "string" ? pageIn(error.response.data) : null;
  if (page) return `a web page came instead of an answer${page.title === null ? "" : ` ("${page.title}")`}`;
  const data = error.response?.data as { message?: unknown; errors?: unknown } | undefined;
  const message = typeof data?.message === "string" ? data.message : error.message;
  const details = Array.isArray(data?.errors) ? data.errors.map(detailOf).filter((one) => one !== "") : [];
  return [message, ...details].map(inOneLine).join(": ").slice(0, WHY_CHARS_MAX);
}

/** A rule's refusal is a heading and paragraphs. */
function inOneLine(said: string): string {
  const lines = said.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").join(": ");
}

function detailOf(detail: unknown): string {
  if (typeof detail === "string") return detail;
  const { message, field, code } = (detail ?? {}) as { message?: unknown; field?: unknown; code?: unknown };
  if (typeof message === "string") return message;
  return [field, code].filter((one) => typeof one === "string").join(" ");
}
