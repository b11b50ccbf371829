import type { Assertion } from "../tests/assertions.ts";
import { above, FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
import { isFromCode } from "./from-code.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { wordsOf } from "../tests/test-cases.ts";

const RAISES =
  /^(raises|assertRaises|assertRaisesRegex|assertWarns|throws?|rejects|toThrow|toThrowError|throwsAsync|rejectedWith)$/;
const ANY_FAILURE = /^(Exception|BaseException|Error|StandardError)$/;

/** Each assertion that says which failure it wants (its class, its words, or a check of it), with the code that fails so. */
export function failuresWanted(assertions: readonly Assertion[]): string[] {
  const looked = new Set<string>();
  const others = assertions.filter(isOfCode).flatMap(({ node }) => {
    const words = wordsOf(node.child("function"));
    // Whatever is asked of one failure, in one assertion or in three, it is one failure.
    if (words.includes("rejects") && looksAtFailure(node, words)) {
      looked.add(node.text.split(/\.\s*rejects\b/, 1)[0]?.replace(/\s+/g, "") ?? "");
      return [];
    }
    if (looksAtFailure(node, words)) return [`${node.text} of ${codeOf(node).replace(/\s+/g, "")}`];
    const asks = askingIn(node);
    if (!asks) return [];
    const last = wordsOf(asks.child("function")).at(-1) ?? "";
    const given = asks.child("arguments")?.parts ?? [];
    // `throws(f, Kind)` has the code first; `raises(Kind)` and `expect(f).toThrow(Kind)` have not.
    const isFirst = /^(throws|rejects|throwsAsync)$/.test(last) && words[0] !== "expect";
    const wanted = isFirst ? given.slice(1) : given.slice(0, 2);
    // `rejectedWith(Error, "sold out")` names the words.
    const isWorded = /^(throw|rejectedWith)$/.test(last) && /^(string|regex)$/.test(wanted[1]?.type ?? "");
    const isAny = ANY_FAILURE.test(wanted[0]?.text ?? "") && !isWorded;
    if (wanted.length === 0 || isAny || wanted.some(takesAny)) return [];
    return [`${wanted.map((one) => one.text).join()} of ${codeOf(node).replace(/\s+/g, "")}`];
  });
  return [...looked, ...others];
}

/** `expect(f).to.throw(Full).with.property("size", 2)`: what follows asks for more. */
function askingIn(node: SyntaxNode): SyntaxNode | null {
  for (let at: SyntaxNode | null = node; at; at = at.child("function") ?? at.child("object"))
    if (RAISES.test(wordsOf(at.child("function")).at(-1) ?? "")) return at;
  return null;
}

export const FAILURE_NAME = /^(e|ex|exc|err|error|reason|caught|thrown|failure)$|[eE]rr(or)?$/;

/** `throws(() => JSON.parse("{"), SyntaxError)` and an error that the test makes itself are no failures of the code. */
function isOfCode({ node }: Assertion): boolean {
  const isFirst = /^(throws|rejects|throwsAsync)$/.test(wordsOf(node.child("function")).at(-1) ?? "");
  const asked = expectedSubject(node) ?? (isFirst ? node.child("arguments")?.parts[0] : undefined);
  const test = [...above(node)].findLast(({ type }) => FUNCTION.test(type));
  return asked === undefined || test === undefined || isFromCode(asked, test);
}

const COMPARES = /^(toMatchObject|toEqual|toStrictEqual|toBeInstanceOf|toHaveProperty)$/;

/** `rejects.toMatchObject({ size: 2 })`, and outside of what looks for the failure `ok(error instanceof Full)`. */
function looksAtFailure(node: SyntaxNode, words: readonly string[]): boolean {
  const [first] = node.child("arguments")?.parts ?? [];
  if (!first) return false;
  if (words.includes("rejects") && COMPARES.test(words.at(-1) ?? ""))
    return !ANY_FAILURE.test(first.text) && !/^\{\s*\}$|\bexpect\.any/.test(first.text);
  const kind = words[0] === "assert" ? node.child("arguments")?.parts[1] : first;
  if (isOfInstance(node, words) && !ANY_FAILURE.test(kind?.text ?? "Error")) return true;
  const isKind = first.type === "binary_expression" && first.children.some(({ text }) => text === "instanceof");
  if (!isKind || ANY_FAILURE.test(first.child("right")?.text ?? "")) return false;
  // `ok(got instanceof Map)` is about a value.
  if (!FAILURE_NAME.test(first.child("left")?.text ?? "")) return false;
  return ![...above(node)].some((one) => one.type === "call_expression" && RAISES.test(wordsOf(one.child("function")).at(-1) ?? "")); // prettier-ignore
}

/** `expect(error).to.be.an.instanceOf(Full)`, `expect(error).toBeInstanceOf(Full)` */
function isOfInstance(node: SyntaxNode, words: readonly string[]): boolean {
  if (!/^(expect|assert)$/.test(words[0] ?? "") || !/^(toBeInstanceOf|instance[oO]f)$/.test(words.at(-1) ?? "")) return false; // prettier-ignore
  return FAILURE_NAME.test((expectedSubject(node) ?? node.child("arguments")?.parts[0])?.text ?? "");
}

/** The body of the `with` around it, or what it is called on and with. */
function codeOf(node: SyntaxNode): string {
  const outer = [...above(node)].find((one) => /^(with_statement|block|expression_statement)$/.test(one.type));
  return (outer?.type === "with_statement" ? outer.child("body") : null)?.text ?? node.text;
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
