import type { FileDiff } from "../../trees/diff.ts";
import { familyOf } from "./grammar.ts";
import type { Parsed } from "./parser.ts";
import { FUNCTION, type SyntaxNode, within } from "./syntax.ts";

const CLASS = /^(class|class_declaration|class_definition)$/;
const EVERY_ERROR = /^except\s*(:|\(?\s*(Base)?Exception\b)/;

/**
 * `finally { return rows; }`: whatever goes wrong in the `try` is thrown away, and nobody hears of it. Where the errors are caught
 * before, for all their kinds, nothing is left to throw away.
 */
export function endsInFinally(file: FileDiff, parsed: Parsed): { line: number; what: string }[] {
  if (parsed.outcome === "cannot" || !/^(js|python)$/.test(familyOf(parsed.language))) return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  return [...within(parsed.root)].flatMap((node) => {
    if (node.type !== "finally_clause" || (node.parent && catchesAll(node.parent))) return [];
    const body = node.child("body") ?? node.parts.find(({ type }) => /^(block|statement_block)$/.test(type)) ?? node;
    const end = [...within(body, ({ type }) => !FUNCTION.test(type) && !CLASS.test(type))].find(
      (one) => one.type === "return_statement" && (one.parts.length > 0 || one.parent === body),
    );
    return end && lines.has(end.line) ? [{ line: end.line, what: "a `return` in `finally` swallows every error" }] : [];
  });
}

function catchesAll(tried: SyntaxNode): boolean {
  return tried.children.some((one) => one.type === "catch_clause" || (one.type === "except_clause" && EVERY_ERROR.test(one.text))); // prettier-ignore
}
