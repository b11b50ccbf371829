import { expect, it } from "@jest/globals";
import { newlyRed, settle } from "./settle.ts";
import type { SuiteRun, Tests } from "./suite.ts";

/** A suite of two tests whose second one answers as it is told, run by run. */
function flaky(...outcomes: readonly ("passed" | "failed")[]) {
  let asked = 0;
  const suite = () => {
    const outcome = outcomes[asked++] ?? "failed";
    const names = new Map([
      ["steady", "passed"],
      ["neighbour", outcome],
    ]);
    const run = { verdict: outcome, names, runs: [{ durationMs: 10 }], notLoaded: [] } as unknown as SuiteRun;
    return Promise.resolve(run);
  };
  return { tests: { suite } as unknown as Tests, asked: () => asked };
}

it("looks up to four times before it holds a red test against a change", async () => {
  const late = flaky("failed", "failed", "failed", "passed");
  const after = await settle(late.tests, new Map());
  expect([[...(after?.red ?? [])], after?.flaky, late.asked()]).toEqual([[], ["neighbour"], 4]);
  const broken = flaky();
  expect([...((await settle(broken.tests, new Map()))?.red ?? [])]).toEqual(["neighbour"]);
  expect(broken.asked()).toBe(4);
});

it("looks twice at what was red before, and once at what is green", async () => {
  const before = flaky();
  const known = await settle(before.tests, new Map(), "before");
  expect([[...(known?.red ?? [])], before.asked()]).toEqual([["neighbour"], 2]);
  const green = flaky("passed");
  const now = await settle(green.tests, new Map());
  expect([now?.red?.size, green.asked()]).toEqual([0, 1]);
  if (known && now) expect(newlyRed(now, known)).toEqual(["neighbour"]);
});
