import { expect, it } from "@jest/globals";
import { covered, isCovered } from "./covered.ts";

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
