import { expect, it } from "@jest/globals";
import { changedAnswer } from "./changed-answers.ts";

it.each([
  ["append", "one more letter at the end"],
  ["near:0.04", "0.04 more"],
  ["near:0.4_1", "0.4 more"],
  ["leaf:2.1f0a", "another value in one of its parts"],
  ["effect:0.00ff_1", "another value in what it changed"],
  ["list-order", "another order"],
  ["list-drop.1f0a", "one part less"],
  ["in:extra", "one part more"],
  ["swallow_1", "nothing instead of the error"],
  ["something-new", "something-new"],
])("%s is said as %s", (variant, words) => {
  expect(changedAnswer(variant)).toBe(words);
});
