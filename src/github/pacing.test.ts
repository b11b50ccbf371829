import { describe, expect, it } from "@jest/globals";
import { ForgeAway } from "../forge/forge.ts";
import type { PaceGate } from "./pace-gate.ts";
import { createsContent, pacing } from "./pacing.ts";

/** Each request passes the gate, and what GitHub says of its limits closes it. */
type Wrapped = (request: (options: unknown) => Promise<unknown>, options: unknown) => Promise<unknown>;
const DATE = "Sun, 01 Mar 2026 12:00:00 GMT";
const AT = Date.parse(DATE) / 1000;

/** @param answers of the server, one after the other; the last one stays */
async function asked(options: object, ...answers: readonly unknown[]) {
  const told: string[] = [];
  const gate = {
    pass: async (doing: string) => {
      told.push(doing);
      return () => void told.push("leaves");
    },
    close: async (ms: number) => void told.push(`closed ${ms}`),
  } as unknown as PaceGate;
  let wrapped: Wrapped | undefined;
  const rest = { hook: { wrap: (_name: string, with_: Wrapped) => void (wrapped = with_) } };
  pacing(rest as unknown as Parameters<typeof pacing>[0], gate);
  let at = 0;
  const request = async () => {
    const answer = answers[Math.min(at++, answers.length - 1)];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const outcome = await wrapped?.(request, options).catch((error: unknown) => error);
  return { told, outcome };
}

const fine = (headers: object = {}, data: unknown = {}) => ({ data, headers: { date: DATE, ...headers } });
const limited = (retryAfter: number) =>
  Object.assign(new Error("slow down"), { name: "HttpError", status: 429, response: { headers: { "retry-after": `${retryAfter}` } } }); // prettier-ignore
const READ = { method: "GET", url: "/repos/a/b" };

describe("what a request does", () => {
  it.each([
    [{ method: "GET", url: "/repos/a/b/issues/1/comments" }, "read"],
    [{ method: "HEAD", url: "/repos/a/b" }, "read"],
    [{ method: "POST", url: "/app/installations/5/access_tokens" }, "read"],
    [{ method: "POST", url: "/graphql", query: "query { a }" }, "read"],
    [{ method: "POST", url: "/graphql" }, "read"],
    [{ method: "POST", url: "/api/graphql", query: " mutation ($id: ID!) { a }" }, "write"],
    [{ method: "POST", url: "/repos/a/b/issues/1/comments" }, "create"],
    [{ method: "POST", url: "/repos/a/b/check-runs" }, "create"],
    [{ method: "PATCH", url: "/repos/a/b/issues/comments" }, "write"],
    [{ method: "POST", url: "/repos/a/b/issues/1/labels" }, "write"],
    [{ method: "PUT", url: "/repos/a/b/pulls/1/merge" }, "write"],
  ])("%j", async (options, doing) => {
    expect((await asked(options, fine())).told).toEqual([doing, "leaves"]);
  });

  it.each(["comments", "reviews", "replies", "pulls", "check-runs", "issues"])(
    "creates content by POST: %s",
    (last) => {
      expect([createsContent("POST", `/repos/a/b/${last}`), createsContent("PATCH", `/repos/a/b/${last}`), createsContent("POST", `/repos/a/b/${last}/1`)]).toEqual([true, false, false]); // prettier-ignore
    },
  );
});

describe("a limit that was reached", () => {
  it("is waited for once where it is short, and left to the queue where it is long", async () => {
    const once = await asked(READ, limited(10), fine());
    expect([once.told, once.outcome]).toEqual([["read", "closed 10000", "leaves", "read", "leaves"], fine()]);
    const twice = await asked(READ, limited(10));
    expect(twice.told).toEqual(["read", "closed 10000", "leaves", "read", "closed 10000", "leaves"]);
    expect(twice.outcome).toBeInstanceOf(Error);
    const long = await asked(READ, limited(11), fine());
    expect([long.told, long.outcome]).toEqual([["read", "closed 11000", "leaves"], expect.any(Error)]);
  });

  it("is no other failure's business", async () => {
    const { told, outcome } = await asked(READ, new Error("broken"));
    expect([told, String(outcome)]).toEqual([["read", "leaves"], "Error: broken"]);
  });

  it.each<[string, unknown, object, number | null]>([
    ["of GraphQL, until it is reset", { errors: [{ type: "OTHER" }, { type: "RATE_LIMITED" }] }, { "x-ratelimit-reset": AT + 60 }, 61_000],
    ["of GraphQL, too long to stand still where nobody says", { errors: [{ type: "RATE_LIMITED" }] }, {}, 10_001],
    ["of GraphQL by its words, as long as it asks and not until the hour is over", { errors: [{ message: "You have exceeded a secondary rate limit." }] }, { "retry-after": "60", "x-ratelimit-remaining": "4900", "x-ratelimit-reset": AT + 3_000 }, 60_000],
    ["of GraphQL by its words, for an hour at most", { errors: [{ message: "You have exceeded a secondary rate limit." }] }, { "retry-after": "999999" }, 3_600_000],
    ["not another error of GraphQL", { errors: [{ type: "NOT_FOUND" }, null] }, {}, null],
    ["not what only looks like one", { errors: "RATE_LIMITED" }, {}, null],
    ["not an answer without a body", null, {}, null],
  ])("%s", async (_what, data, headers, ms) => {
    const { told, outcome } = await asked({ method: "POST", url: "/graphql" }, fine(headers, data));
    expect(told).toEqual(ms === null ? ["read", "leaves"] : ["read", `closed ${ms}`, "leaves"]);
    if (ms !== null) expect(outcome).toMatchObject({ retryAfterMs: ms, outcome: "not-done" });
    expect(outcome instanceof ForgeAway).toBe(ms !== null);
  }); // prettier-ignore
});

describe("requests of the hour that are left to those under way", () => {
  const reset = { "x-ratelimit-reset": AT + 60 };
  it.each<[string, object, number | null]>([
    ["a hundred of five thousand", { "x-ratelimit-remaining": "100", "x-ratelimit-limit": "5000", ...reset }, null],
    ["one fewer", { "x-ratelimit-remaining": "99", "x-ratelimit-limit": "5000", ...reset }, 61_000],
    ["a tenth of a small limit", { "x-ratelimit-remaining": "6", "x-ratelimit-limit": "60", ...reset }, null],
    ["less than that", { "x-ratelimit-remaining": "5", "x-ratelimit-limit": "60", ...reset }, 61_000],
    ["none, and the hour is over", { "x-ratelimit-remaining": "0", "x-ratelimit-limit": "5000", "x-ratelimit-reset": AT - 1 }, null],
    ["nobody says how many", reset, null],
    ["nobody says of how many", { "x-ratelimit-remaining": "0", ...reset }, null],
  ])("%s", async (_what, headers, ms) => {
    const { told } = await asked(READ, fine(headers));
    expect(told).toEqual(ms === null ? ["read", "leaves"] : ["read", `closed ${ms}`, "leaves"]);
  }); // prettier-ignore
});
