import { describe, expect, it } from "@jest/globals";
import { ForgeAway } from "../forge/forge.ts";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import type { Client } from "./client.ts";
import { graphql, graphqlParts } from "./graphql.ts";

/** What an answer in GraphQL means: data, a refusal in GitHub's words, or that nobody is there. */
const clientOf = (answer: () => Promise<unknown>, asked: unknown[] = []) =>
  ({ rest: { graphql: (...args: unknown[]) => (asked.push(args), answer()) } }) as unknown as Client;
const ask = (answer: () => Promise<unknown>, asked: unknown[] = [], query = "query { a }") =>
  graphql(clientOf(answer, asked), "asking", query, { id: 1 });
const fails = (over: object, message = "no") => ask(() => Promise.reject(Object.assign(new Error(message), over)));
const OWN = { name: "GraphqlResponseError" };
const refused = (reason: string, status = 200) => ({ ok: false, status, reason });

it("gives the data, for the question with its variables", async () => {
  const asked: unknown[] = [];
  expect(await ask(async () => ({ a: 1 }), asked)).toEqual({ ok: true, data: { a: 1 } });
  expect(asked).toEqual([["query { a }", { id: 1 }]]);
});

it.each<[string, object, object]>([
  ["one error", { ...OWN, errors: [{ message: "gone" }] }, refused("gone")],
  ["several", { ...OWN, errors: [{ message: "gone" }, { message: 3 }, { message: "shut" }] }, refused("gone: shut")],
  ["none", { ...OWN, errors: [] }, refused("no")],
  ["no list", OWN, refused("no")],
  ["a long one", { ...OWN, errors: [{ message: "x".repeat(WHY_CHARS_MAX + 1) }] }, refused("x".repeat(WHY_CHARS_MAX))],
  ["a server that does not know it", { status: 404 }, refused("no", 404)],
])("is refused: %s", async (_what, over, answer) => expect(await fails(over)).toEqual(answer));

it("is refused where the server has no GraphQL at all", async () => {
  expect(await fails({ status: 501 }, "Not Implemented")).toEqual(refused("This server has no GraphQL.", 501));
});

it("is away otherwise, and a fault of ours stays one", async () => {
  await expect(fails({ status: 502 }, "bad gateway")).rejects.toMatchObject({ name: "ForgeAway" });
  await expect(fails({}, "not implemented")).rejects.toThrow("not implemented");
  await expect(fails({ name: "TypeError" }, "x is undefined")).rejects.toThrow("x is undefined");
});

const WENT_WRONG = "Something went wrong while executing your query on 2026-11-29T12:00:00Z. Please include `A1:B2` when reporting this issue."; // prettier-ignore
const errors = (...all: object[]) => Promise.reject(Object.assign(new Error("no"), { ...OWN, errors: all }));

describe("an error with which GitHub says that it failed itself", () => {
  it.each<[string, object]>([
    ["in its own words", { message: WENT_WRONG }],
    ["beside data", { message: WENT_WRONG, path: ["a", "b"] }],
    ["that took too long", { message: "We couldn't respond to your request in time. Sorry about that." }],
    ["for a time limit", { message: "Timeout on validation of query" }],
    ["by its kind", { type: "SERVICE_UNAVAILABLE", message: "no" }],
  ])("is no refusal: %s", async (_what, error) => {
    const away = { name: "ForgeAway", nature: "away", retryAfterMs: null };
    await expect(ask(() => errors(error))).rejects.toMatchObject({ ...away, outcome: "not-done" });
    // The act may have been done.
    const acting = ask(() => errors(error), [], "mutation ($id: ID!) { a }");
    await expect(acting).rejects.toMatchObject({ ...away, outcome: "unknown" });
  });

  it.each([
    { type: "NOT_FOUND", message: "Could not resolve to a node with the global id of 'x'" },
    { type: "FORBIDDEN", message: "Resource not accessible by integration" },
    { type: "UNPROCESSABLE", message: "Pull request is closed" },
    { type: "UNPROCESSABLE", message: 'Required status check "test / timeout" is expected.' },
  ])("and any other is one: $type", async (error) => {
    expect(await ask(() => errors(error))).toEqual(refused(error.message));
  });
});

describe("a question in parts", () => {
  const parts = (answer: () => Promise<unknown>) => graphqlParts(clientOf(answer), "asking", "query { a }", {});
  const failing =
    (repository: object | null, ...all: object[]) =>
    () =>
      Promise.reject(Object.assign(new Error("no"), { ...OWN, errors: all, data: { repository } }));
  const SEEN = { nameWithOwner: "acme/shop", issue: { number: 1 }, checks: { status: null } };

  it.each<[string, () => Promise<unknown>, object | null]>([
    ["all of it", async () => ({ repository: SEEN }), SEEN],
    ["nothing", async () => ({ repository: null }), null],
    ["what was not refused", failing(SEEN, { type: "FORBIDDEN", path: ["repository", "checks", "status"] }), { nameWithOwner: "acme/shop", issue: { number: 1 } }],
    ["what did not fail", failing({ ...SEEN, issue: null }, { message: WENT_WRONG, path: ["repository", "issue"] }), { nameWithOwner: "acme/shop", checks: { status: null } }],
    ["nothing where an error has no place", failing(SEEN, { message: WENT_WRONG }), null],
    ["nothing where one of several has none", failing(SEEN, { path: ["repository", "issue"] }, { path: null }), null],
    ["nothing of what is not there", failing(null, { type: "NOT_FOUND", path: ["repository"] }), null],
    ["nothing where an answer is an error and names none", failing(SEEN), null],
    ["nothing where it was too much for GitHub", () => Promise.reject(Object.assign(new Error("timeout"), { status: 504 })), null],
    ["nothing without GraphQL", () => Promise.reject(Object.assign(new Error("no"), { status: 404 })), null],
  ])("gives %s", async (_what, answer, expected) => expect(await parts(answer)).toEqual(expected)); // prettier-ignore

  it("waits for a limit, which counts for every other way of asking too", async () => {
    const limited = new ForgeAway("slow down", 60_000, "not-done");
    await expect(parts(() => Promise.reject(limited))).rejects.toBe(limited);
    const refused = new ForgeAway("not let in", null, "not-done", "out-of-reach");
    await expect(parts(() => Promise.reject(refused))).rejects.toBe(refused);
  });
});
