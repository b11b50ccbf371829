import type { Assertion } from "../tests/assertions.ts";
import { above, FUNCTION, type SyntaxNode } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";

const LISTENS = /^(on|once|addListener|prependListener|addEventListener|subscribe)$/;
/** Signs that a test waits for what it hears, or counts it. */
const WAITS =
  /\bawait\b|\b(done|resolve|reject)\b|\bPromise\b|\.plan\(|\bt\.end\(|\b(next|cb|callback|finish(ed)?)\(|\bexpect\.(assertions|hasAssertions)\(/;

/** Whether all that a test asserts stands in listeners, of which nobody knows that they are ever called. */
export function isOnlyHeard(assertions: readonly Assertion[], { node, body }: TestText): boolean {
  if (assertions.length === 0 || WAITS.test(node.text)) return false;
  return assertions.every((one) => isInListener(one.node, body));
}

/** `shop.on("sold", (one) => assert.equal(…))` */
function isInListener(node: SyntaxNode, body: SyntaxNode): boolean {
  for (const outer of above(node)) {
    if (outer === body) return false;
    const call = FUNCTION.test(outer.type) && outer.parent?.type === "arguments" ? outer.parent.parent : null;
    const words = wordsOf(call?.child("function") ?? null);
    if (words.length > 1 && LISTENS.test(words.at(-1) ?? "")) return true;
  }
  return false;
}
