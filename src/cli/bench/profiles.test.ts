import { describe, expect, it } from "@jest/globals";
import type { Model, Question } from "../../models/model.ts";
import { scriptedCast } from "../demo/models.ts";
import { profileOf, withCache } from "./profiles.ts";

const SCRIPT = [{ role: "reviewer" as const, turns: [{ say: "one" }, { say: "two" }, { say: "three" }] }];
const question = (body: string): Question =>
  ({ system: "Role: reviewer\n", context: [body], turns: [], tools: [], answer: null, shared: 0, outputTokensMax: 100, timeoutMs: 1 }) as unknown as Question; // prettier-ignore

async function cachedOf(model: Model, body: string): Promise<number> {
  const reply = await model.ask(question(body));
  return "usage" in reply ? reply.usage.cachedInputTokens : -1;
}

describe("a scripted model in a benchmark", () => {
  it("has a declared profile, whichever of the pool it is", () => {
    for (const { name } of scriptedCast(SCRIPT).models) expect(profileOf(name).writesPerSecond).toBeGreaterThan(0);
    expect(() => profileOf("another")).toThrow("no profile");
  });

  it("pays less for a long beginning that it was sent before, and only for that", async () => {
    const [first, second] = scriptedCast(SCRIPT).models.map(withCache);
    if (!first || !second) throw new Error("The pool has models");
    const long = "x".repeat(8_000);
    expect(await cachedOf(first, `${long} one`)).toBe(0);
    expect(await cachedOf(first, `${long} two`)).toBeGreaterThan(1_900);
    expect(await cachedOf(first, "short")).toBe(0);
    expect(await cachedOf(second, `${long} one`)).toBe(0);
  });

  it("is cheaper from the cache by the catalogue's prices", async () => {
    const [model] = scriptedCast(SCRIPT).models.map(withCache);
    const ask = async () => model?.ask(question("y".repeat(40_000)));
    const [fresh, again] = [await ask(), await ask()];
    const cost = (reply: typeof fresh) => (reply && "usage" in reply ? (reply.usage.costMicroUsd ?? 0) : 0);
    expect(cost(again)).toBeLessThan(cost(fresh) / 2);
    expect(cost(again)).toBeGreaterThan(0);
  });
});
