import { expect, it } from "@jest/globals";
import { WHY_CHARS_MAX } from "../core/ledger/limits.ts";
import type { Client } from "./client.ts";
import { graphql } from "./graphql.ts";

/** What an answer in GraphQL means: data, a refusal in GitHub's words, or that nobody is there. */
const ask = (answer: () => Promise<unknown>, asked: unknown[] = []) => {
  const client = { rest: { graphql: (...args: unknown[]) => (asked.push(args), answer()) } } as unknown as Client;
  return graphql(client, "asking", "query { a }", { id: 1 });
};
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
