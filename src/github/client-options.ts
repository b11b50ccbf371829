import type { Rest } from "./client.ts";
import type { ConditionalCache } from "./conditional.ts";
import { createsContent } from "./pacing.ts";

/** What every client of GitHub's has in common: time limits, counting, repeats of reads only. */

/** Of reads only. What three tries do not give comes again with the next pass of the ticket. */
const READ_RETRIES = 2;
/** The first wait; each next one is longer. */
export const READ_RETRY_MS = 1000;
/** The version of GitHub's API that this client was written for; an answer of a later one may have other fields. */
export const API_VERSION = { "x-github-api-version": "2022-11-28" } as const;
/** GitHub itself gives up after 10 s; tarballs of large repositories begin late. */
const REQUEST_TIMEOUT_MS = 60_000;

export type ClientOptions = {
  /** REST base: `https://api.github.com`, or `https://host/api/v3` on an Enterprise server. */
  readonly baseUrl: string;
  /** Wait before a read is repeated; grows with the square of the attempt. Default 1,000. */
  readonly readRetryMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly log?: Log;
  readonly onRequest?: (request: { method: string; path: string; status: number | null }) => void;
};

type Line = (message: string, ...more: unknown[]) => unknown;
export type Log = { readonly info: Line; readonly warn: Line; readonly error: Line };

export function clientOptions(options: ClientOptions, counters: { restRequests: number; contentCreating: number }) {
  const silent = () => undefined;
  const given = options.log ?? { info: silent, warn: silent, error: silent };
  // Octokit writes whole requests to `debug`, with the key in the header.
  const log = {
    debug: silent,
    info: (message: string) => given.info(message),
    warn: (message: string) => given.warn(message),
    error: (message: string) => given.error(message),
  };
  const send = options.fetch ?? globalThis.fetch;
  const counted: typeof globalThis.fetch = async (url, init) => {
    const method = init?.method ?? "GET";
    const path = new URL(String(url)).pathname;
    counters.restRequests += 1;
    if (createsContent(method, path)) counters.contentCreating += 1;
    let status: number | null = null;
    try {
      const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
      const asked = { ...init, headers: { ...(init?.headers as Record<string, string>), ...API_VERSION }, signal };
      const response = await (isRead(method) ? send(url, asked) : wherever(send, url, asked));
      status = response.status;
      return response;
    } finally {
      options.onRequest?.({ method, path, status });
    }
  };
  return {
    baseUrl: options.baseUrl.replace(/\/+$/, ""),
    userAgent: "cooperations",
    log,
    request: { fetch: counted, log },
    // Refusals are answers. A number set on a request would overrule that list, so reads keep this default.
    retry: { retries: READ_RETRIES, retryAfterBaseValue: options.readRetryMs ?? READ_RETRY_MS, doNotRetry: REFUSALS },
  };
}

const isRead = (method: string) => method === "GET" || method === "HEAD";

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 307, 308]);
/** A repository that was renamed and then transferred takes two. */
const REDIRECTS_MAX = 3;

/**
 * A write that is led elsewhere, as after a rename, is written there. By the web's rules a 301 or 302 would make a read of it, whose
 * answer looks like success. Another server gets neither the text nor the token.
 */
async function wherever(send: typeof fetch, asked: Parameters<typeof fetch>[0], init: RequestInit): Promise<Response> {
  let url = new URL(String(asked));
  for (let hop = 0; hop <= REDIRECTS_MAX; hop += 1) {
    const response = await send(url.href, { ...init, redirect: "manual" });
    const target = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || target === null) return response;
    await response.body?.cancel();
    const next = new URL(target, url);
    if (next.origin !== url.origin) throw new Error(`A write was led to another server (${response.status}).`);
    url = next;
  }
  throw new Error(`A write was led on more than ${REDIRECTS_MAX} times.`);
}

const REFUSALS = [400, 401, 403, 404, 405, 406, 409, 410, 415, 422, 429, 451];

export function writesDoNotRepeat(rest: Rest): void {
  rest.hook.before("request", (request) => {
    if (request.method !== "GET") request.request.retries = 0;
  });
}

/** Conditional reads of what changes seldom and is asked often. */
const CONDITIONAL =
  /^\/repos\/\{owner\}\/\{repo\}\/(?:issues|pulls)\/\{|^\/repos\/\{owner\}\/\{repo\}\/issues\/comments$/;

export function answerFromMemory(rest: Rest, cache: ConditionalCache): void {
  rest.hook.wrap("request", async (request, options) => {
    if (options.method !== "GET" || !CONDITIONAL.test(options.url)) return request(options);
    const { owner, repo, issue_number, pull_number, page, per_page, since, after } = options as Record<string, unknown>;
    const key = JSON.stringify([options.url, owner, repo, issue_number, pull_number, page, per_page, since, after]);
    const known = cache.get(key);
    if (known) options.headers["if-none-match"] = known.etag;
    try {
      const response = await request(options);
      const etag = response.headers.etag;
      if (etag) cache.put(key, { etag, data: response.data, link: response.headers.link });
      return response;
    } catch (error) {
      if ((error as { status?: unknown }).status !== 304 || !known) throw error;
      return { status: 200, url: options.url, headers: { link: known.link }, data: known.data } as never;
    }
  });
}
