import { type SyntaxNode, SNIPPET_CHARS_MAX } from "../syntax/syntax.ts";

/** Nobody writes longer chains by hand: of one that is longer, its beginning and its end count. */
const WORDS_MAX = 256;
const WORDS_KEPT = WORDS_MAX / 2;

/** Each call of a chain is asked for all that stands before it: what is known of the inner ones is not read again. */
const known = new WeakMap<SyntaxNode, readonly string[]>();

/** `test.each([…])` → test, each; `t.test` → t, test. */
export function wordsOf(callee: SyntaxNode | null): readonly string[] {
  const path: SyntaxNode[] = [];
  let words: readonly string[] | undefined;
  for (let node = callee; node; node = innerOf(node)) {
    words = known.get(node);
    if (words) break;
    path.push(node);
  }
  for (const node of path.reverse()) {
    words = withWord(words ?? [], node);
    known.set(node, words);
  }
  return words ?? [];
}

const MEMBER = /^(member_expression|selector_expression|attribute)$/;
const CALL = /^call(_expression)?$/;
/** `same[int](t, got, want)` of Go is called by its name. */
const AROUND = /^(index_expression|await_expression|non_null_expression|parenthesized_expression)$/;

function innerOf(node: SyntaxNode): SyntaxNode | null {
  if (MEMBER.test(node.type)) return node.child("object") ?? node.child("operand");
  if (CALL.test(node.type)) return node.child("function");
  return AROUND.test(node.type) ? (node.parts[0] ?? null) : null;
}

/** @param inner the words of what stands before it */
function withWord(inner: readonly string[], node: SyntaxNode): readonly string[] {
  if (MEMBER.test(node.type)) {
    const last = node.child("property") ?? node.child("attribute") ?? node.child("field");
    const before = inner.length < WORDS_MAX ? inner : [...inner.slice(0, WORDS_KEPT), ...inner.slice(1 - WORDS_KEPT)];
    return [...before, last?.text ?? ""];
  }
  return CALL.test(node.type) || AROUND.test(node.type) ? inner : [node.text.slice(0, SNIPPET_CHARS_MAX)];
}
