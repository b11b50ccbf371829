import { ForgeAway } from "../forge/forge.ts";
import type { Doing } from "../core/rules/pace.ts";
import type { Rest } from "./client.ts";
import type { PaceGate } from "./pace-gate.ts";
import { askedWaitMs, limitMs, TOO_FAST, untilReset } from "./wire.ts";

/** Puts every request through the gate, also each that is repeated: so it has to be the innermost wrapper. */
export function pacing(rest: Pick<Rest, "hook">, gate: PaceGate): void {
  rest.hook.wrap("request", async (request, options) => {
    const doing = doingOf(options);
    for (let refused = 0; ; refused++) {
      const leave = await gate.pass(doing);
      try {
        const response = await request(options);
        const limitedMs = graphqlLimitMs(response);
        if (limitedMs === null) {
          await keepSome(gate, response.headers);
          return response;
        }
        await gate.close(limitedMs);
        throw new ForgeAway("GitHub's rate limit for GraphQL was reached.", limitedMs, "not-done");
      } catch (error) {
        const ms = limitMs(error);
        if (ms === null) throw error;
        await gate.close(ms);
        if (refused > 0 || ms > SHORT_MS) throw error;
      } finally {
        leave();
      }
    }
  });
}

/** So long a step may stand still for a rate limit; longer waits belong to the queue, which gives the worker free. */
const SHORT_MS = 10_000;

const CREATES_CONTENT = /\/(?:comments|reviews|replies|pulls|check-runs|issues)$/;
/** A token is asked for with a POST, and counts like a read. */
const TOKEN = /\/access_tokens$/;

export function createsContent(method: string, path: string): boolean {
  return method === "POST" && CREATES_CONTENT.test(path);
}

function doingOf({ method, url, query }: { method: string; url: string; query?: unknown }): Doing {
  if (method === "GET" || method === "HEAD" || TOKEN.test(url)) return "read";
  if (url.endsWith("/graphql")) return typeof query === "string" && /^\s*mutation\b/.test(query) ? "write" : "read";
  return createsContent(method, url) ? "create" : "write";
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Requests of the hour that are left to those under way; whoever asks for more is refused, and banned if it goes on. */
const LEFT_MIN = 100;

async function keepSome(gate: PaceGate, headers: Headers): Promise<void> {
  const left = Number(headers["x-ratelimit-remaining"] ?? Infinity);
  const limit = Number(headers["x-ratelimit-limit"] ?? 0);
  if (left >= Math.min(LEFT_MIN, limit / 10)) return;
  const ms = untilReset(headers);
  if (ms > 0) await gate.close(ms);
}

function graphqlLimitMs({ data, headers }: { data: unknown; headers: Headers }): number | null {
  const errors = (data as { errors?: unknown } | null | undefined)?.errors;
  if (!Array.isArray(errors) || !errors.some(isAboutLimit)) return null;
  const isOfTheHour = errors.some((error) => (error as { type?: unknown } | null)?.type === "RATE_LIMITED");
  return Math.max(SHORT_MS + 1, isOfTheHour ? untilReset(headers) : askedWaitMs(headers));
}

/** The secondary limit has no type of its own. */
function isAboutLimit(error: { readonly type?: unknown; readonly message?: unknown } | null): boolean {
  return error?.type === "RATE_LIMITED" || TOO_FAST.test(String(error?.message ?? ""));
}
