import type { Assertion } from "./assertions.ts";
import { type SyntaxNode, within } from "./syntax.ts";
import { wordsOf } from "./test-cases.ts";

const RAISES = /^(raises|assertRaises|assertRaisesRegex|assertWarns|throws|rejects|toThrow|toThrowError|throwsAsync)$/;
const ANY_FAILURE = /^(Exception|BaseException|Error|StandardError)$/;

/** How many assertions say which failure they want: its class, its words, or a check of it. */
export function failureWanted(assertions: readonly Assertion[]): number {
  return assertions.filter(({ node }) => {
    const words = wordsOf(node.child("function"));
    if (!RAISES.test(words.at(-1) ?? "")) return false;
    const given = node.child("arguments")?.parts ?? [];
    // `throws(f, Kind)` has the code first; `raises(Kind)` and `expect(f).toThrow(Kind)` have not.
    const wanted = /^(throws|rejects|throwsAsync)$/.test(words.at(-1) ?? "") ? given.slice(1) : given.slice(0, 2);
    return wanted.length > 0 && !ANY_FAILURE.test(wanted[0]?.text ?? "") && !wanted.some(takesAny);
  }).length;
}

/** `(error) => error !== null`: a function that does not look at the failure takes each. */
function takesAny(wanted: SyntaxNode): boolean {
  if (!/^(arrow_function|function_expression)$/.test(wanted.type)) return false;
  const body = wanted.child("body");
  return (
    body !== null &&
    ![...within(body)].some(
      (one) => /^(member_expression|call_expression)$/.test(one.type) || one.text === "instanceof",
    )
  );
}
