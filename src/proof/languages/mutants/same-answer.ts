import type { NamedFunction } from "../syntax/functions.ts";
import { plain, type SyntaxNode } from "../syntax/syntax.ts";

/**
 * It always answers this, and does nothing else: a version with this fixed answer is the same code.
 * @param value as `constantsFor` gives it
 */
export function alwaysAnswers(one: NamedFunction, value: string): boolean {
  return onlyAnswer(one)?.replace(/^(['"`])(.*)\1$/, '"$2"') === value;
}

const BLOCK = /^(?:statement_block|block|statement_list)$/;

/** The source of what is answered where nothing else is done; null elsewhere. */
function onlyAnswer({ body }: NamedFunction): string | null {
  let at = body;
  while (BLOCK.test(at.type)) {
    const [only, ...others] = at.parts.filter((part) => part.type !== "comment" && !isDocstring(part));
    if (!only || others.length > 0) return null;
    at = only;
  }
  if (at !== body && at.type !== "return_statement") return null;
  return withoutBrackets(at === body ? at : at.parts[0]);
}

function withoutBrackets(node: SyntaxNode | undefined): string {
  const inner = node?.type === "parenthesized_expression" ? node.parts[0] : undefined;
  if (inner) return withoutBrackets(inner);
  return node ? plain(node) : "";
}

function isDocstring({ type, parts }: SyntaxNode): boolean {
  return type === "expression_statement" && parts.length === 1 && parts[0]?.type === "string";
}
