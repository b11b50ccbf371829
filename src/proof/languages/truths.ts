import type { Assertion } from "./assertions.ts";
import { wordsOf } from "./test-cases.ts";

const TRUTH = /^(true|false|True|False)$/;
const ASKS_FOR_TRUTH = /^(ok|assert|toBeTruthy|toBeFalsy|assertTrue|assertFalse|True|False|isTrue|isFalse|true|false)$/;

/** How many comparisons with yes or no, or with the length of nothing, became a question for just that: `assertTrue(a)`. */
export function truthsInOtherWords(was: readonly Assertion[], is: readonly Assertion[]): number {
  const fewer = was.filter(comparesWithTruth).length - is.filter(comparesWithTruth).length;
  const more = is.filter(asksForTruth).length - was.filter(asksForTruth).length;
  return Math.max(0, Math.min(fewer, more));
}

function comparesWithTruth({ node, strength }: Assertion): boolean {
  if (strength !== "exact") return false;
  if (node.type === "assert_statement") {
    const [left, right] = node.parts[0]?.parts ?? [];
    return TRUTH.test(right?.text ?? "") || (right?.text === "0" && /^len\(/.test(left?.text ?? ""));
  }
  const given = node.child("arguments")?.parts ?? [];
  return given.slice(0, 2).some((one) => TRUTH.test(one.text));
}

function asksForTruth({ node, strength }: Assertion): boolean {
  if (node.type === "assert_statement") return strength === "any";
  return ASKS_FOR_TRUTH.test(wordsOf(node.child("function")).at(-1) ?? "");
}
