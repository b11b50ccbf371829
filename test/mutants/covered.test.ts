import { describe, expect, it } from "@jest/globals";
import { covered, isCovered } from "./covered.ts";
import { loadedBy, type Reach, testsAt } from "./reach.ts";
import type { Sampled } from "./sample.ts";

const range = (startOffset: number, endOffset: number, count: number) => ({ startOffset, endOffset, count });

it.each([
  ["nothing", [], []],
  ["all of a script", [[range(0, 90, 1)]], [0, 90]],
  ["all but a function that nobody called", [[range(0, 90, 1)], [range(10, 30, 0)]], [0, 10, 30, 90]],
  ["a function but not one branch of it", [[range(0, 90, 1)], [range(10, 30, 2), range(20, 25, 0)]], [0, 20, 25, 90]],
  ["what was called within what is skipped", [[range(0, 90, 0)], [range(10, 30, 1)]], [10, 30]],
  ["ranges that begin and end together", [[range(0, 90, 1)], [range(10, 30, 0), range(10, 20, 3)]], [0, 20, 30, 90]],
])("finds what ran: %s", (_name, functions, pairs) => {
  expect(covered(functions.map((ranges) => ({ ranges })))).toEqual(pairs);
});

it("knows of each place whether it lies within", () => {
  expect([0, 9, 10, 29, 30, 89, 90].filter((at) => isCovered([0, 10, 30, 90], at))).toEqual([0, 9, 30, 89]);
});

it("knows what a file loads: sources, not types, and what runs in a thread", () => {
  const text = `import { a } from "./a.ts";
import type { B } from "./b.ts";
import {
  c,
} from "../c.ts";
import { readFileSync } from "node:fs";
export * from "./d.ts";
const worker = new URL("./e.ts", import.meta.url);
const said: B = "./f.ts";
`;
  expect(loadedBy("src/x/y.ts", text)).toEqual(["src/x/a.ts", "src/c.ts", "src/x/d.ts", "src/x/e.ts"]);
});

describe("the tests that are asked", () => {
  const row = (test: string, ms: number, hash: string, pairs: number[]) =>
    [test, { test, hash: "", ms, ran: { "src/a.ts": { hash, pairs } } }] as const;
  const now = "2d711642b726b044";
  const sampled = { mutant: { path: "src/a.ts" }, offset: 20 } as unknown as Sampled;
  const asked = (...rows: ReturnType<typeof row>[]) => testsAt(new Map(rows) as Reach, sampled, "x");

  it.each([
    ["ran the place", [20, 21], now, 1],
    ["ended before it", [10, 20], now, 0],
    ["began behind it", [21, 30], now, 0],
    ["ran any place of a file that has changed since", [0, 1], "another", 1],
    ["ran nothing of it", [], "another", 0],
  ])("are those that %s", (_name, pairs, hash, of) => {
    expect(asked(row("a", 1, hash, pairs)).of).toBe(of);
  });
});
