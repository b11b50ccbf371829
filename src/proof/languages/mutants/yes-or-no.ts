import type { NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

const SAYS_YES_OR_NO =
  /^(has|includes|startsWith|endsWith|test|some|every|startswith|endswith|is[A-Z_]\w*|any|all|isinstance|bool|Boolean|Is|As|HasPrefix|HasSuffix|Contains\w*)$/;

/** By its form: `a < b`, `!a`, `all.includes(a)`, `a === 1 && b` */
function isYesOrNo(node: SyntaxNode): boolean {
  if (/^(true|false|not_operator)$/i.test(node.type)) return true;
  if (/^(parenthesized_expression|expression_list)$/.test(node.type)) return node.parts.length === 1 && node.parts.every(isYesOrNo); // prettier-ignore
  if (node.type === "unary_expression") return node.children[0]?.text === "!";
  const signs = node.children.filter((one) => !one.named).map(({ text }) => text);
  if (node.type === "comparison_operator") return true;
  if (node.type === "boolean_operator") return node.parts.every(isYesOrNo);
  if (node.type === "binary_expression" && signs.some((one) => /^(&&|\|\|)$/.test(one)))
    return node.parts.every(isYesOrNo);
  if (node.type === "binary_expression") return signs.some((one) => /^([!=]==?|[<>]=?|in|instanceof)$/.test(one));
  return /^call(_expression)?$/.test(node.type) && SAYS_YES_OR_NO.test(wordsOf(node.child("function")).at(-1) ?? "");
}

const BY_NAME = /^_?(is|has|can|should|was|are|does|may|must)([A-Z_]|$)/;

/** Whether a function gives a value that is more than yes or no. */
export function answers({ name, node, body }: NamedFunction, language: Language): boolean {
  if (BY_NAME.test(name) || name === "constructor") return false;
  const type = (node.child("return_type") ?? node.child("result"))?.text ?? "";
  if (/^:?\s*\(?(bool|boolean|error|void|Promise<(boolean|void)>|asserts\b.*|None)\)?$/.test(type)) return false;
  if (familyOf(language) === "js" && body.type !== "statement_block") return !isYesOrNo(body);
  const own = (one: SyntaxNode) =>
    !/^(arrow_function|function_expression|func_literal|lambda|function_definition)$/.test(one.type);
  const given = [...within(body, own)].filter((one) => one.type === "return_statement" && one.parts.length > 0);
  return given.some((one) => !one.parts[0] || !isYesOrNo(one.parts[0]));
}
