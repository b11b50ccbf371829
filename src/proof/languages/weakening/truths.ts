import type { Assertion } from "../tests/assertions.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { plain, type SyntaxNode } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** `assert not got` of Python: who has a list asks by this for an empty one. */
const EMPTY = /^(\[\]|\{\}|\(\)|""|'')$/;
const TRUTH = /^(true|false|True|False)$/;
const ASKS_FOR_TRUTH =
  /^(ok|assert|toBeTruthy|toBeFalsy|assertTrue|assertFalse|True|False|isTrue|isFalse|true|false|fail|toContain|toContainEqual|toMatch|toBeInstanceOf|toHaveBeenCalled(Once)?|toBe(Greater|Less)Than(OrEqual)?|match|doesNotMatch|includes?|assert(Not)?(In|Regex)|assertIsInstance|assert(Greater|Less)(Equal)?|(Not)?Contains|(Not)?Regexp|(Greater|Less)(OrEqual)?)$/;

/**
 * How many comparisons with yes or no, or with the length of nothing, became a question for just that: `assertTrue(a)`, or
 * `expect(list).toContain(a)` for `expect(list.includes(a)).toBe(true)`. Of an equality nothing but an equality will do.
 */
export function truthsInOtherWords(was: readonly Assertion[], is: readonly Assertion[]): number {
  const fewer = was.filter(comparesWithTruth).length - is.filter(comparesWithTruth).length;
  const more = is.filter(asksForTruth).length - was.filter(asksForTruth).length;
  return Math.max(0, Math.min(fewer, more)) + emptyInOtherWords(was, is);
}

/** `assertEqual(got, [])` that became `assert not got`, `expect(got).to.be.empty`. */
function emptyInOtherWords(was: readonly Assertion[], is: readonly Assertion[]): number {
  const subjects = was.flatMap(comparedWithEmpty);
  const now = new Set(is.filter(({ strength }) => strength !== "exact").flatMap(askedForEmpty));
  return subjects.filter((one) => now.has(one)).length;
}

function comparedWithEmpty({ node, strength }: Assertion): string[] {
  const given = node.type === "assert_statement" ? (node.parts[0]?.parts ?? []) : [expectedSubject(node), ...(node.child("arguments")?.parts ?? [])]; // prettier-ignore
  const compared = given.filter((one) => one !== undefined).slice(0, 2);
  if (strength !== "exact" || !compared.some(({ text }) => EMPTY.test(text))) return [];
  return compared.filter(({ text }) => !EMPTY.test(text)).map(plain);
}

function askedForEmpty({ node }: Assertion): string[] {
  const what = node.type === "assert_statement" ? node.parts[0] : undefined;
  if (what?.type === "not_operator" && what.parts[0]) return [plain(what.parts[0])];
  const subject = /\bempty\b/.test(node.text.slice(-EMPTY_CHARS)) ? expectedSubject(node) : undefined;
  return subject ? [plain(subject)] : [];
}

/** `.empty()` stands at the very end. */
const EMPTY_CHARS = 10;

function comparesWithTruth({ node, strength }: Assertion): boolean {
  if (strength !== "exact") return false;
  if (node.type === "assert_statement") {
    const [left, right] = node.parts[0]?.parts ?? [];
    if (/==/.test(left?.text ?? "")) return false;
    return TRUTH.test(right?.text ?? "") || (right?.text === "0" && /^len\(/.test(left?.text ?? ""));
  }
  const given = node.child("arguments")?.parts ?? [];
  return !/==/.test(node.text) && given.slice(0, 2).some((one) => TRUTH.test(one.text));
}

function asksForTruth({ node, strength }: Assertion): boolean {
  if (node.type === "assert_statement") return strength === "any" || /\bin\b|[<>]/.test(operatorsOf(node.parts[0]));
  return ASKS_FOR_TRUTH.test(wordsOf(node.child("function")).at(-1) ?? "");
}

function operatorsOf(comparison: SyntaxNode | undefined): string {
  return (comparison?.children ?? []).filter(({ named }) => !named).map(({ text }) => text).join(" "); // prettier-ignore
}
