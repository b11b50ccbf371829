import type { Rest } from "./client.ts";
import type { ConditionalCache } from "./conditional.ts";
import type { GitHubOptions } from "./octokit.ts";
import { createsContent } from "./pacing.ts";

/** What every client of GitHub's has in common: time limits, counting, repeats of reads only. */

const READ_RETRIES = 2;
/** GitHub itself gives up after 10 s; tarballs of large repositories begin late. */
const REQUEST_TIMEOUT_MS = 60_000;

export function clientOptions(
  options: Pick<GitHubOptions, "baseUrl" | "log" | "fetch" | "onRequest" | "readRetryMs">,
  counters: { restRequests: number; contentCreating: number },
) {
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
      const response = await send(url, {
        ...init,
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
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
    retry: { retries: READ_RETRIES, retryAfterBaseValue: options.readRetryMs ?? 1000, doNotRetry: REFUSALS },
  };
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
    const { owner, repo, issue_number, pull_number, page, per_page, since } = options as Record<string, unknown>;
    const key = JSON.stringify([options.url, owner, repo, issue_number, pull_number, page, per_page, since]);
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
