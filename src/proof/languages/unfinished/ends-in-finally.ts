import type { FileDiff } from "../../../trees/diff.ts";
import { familyOf } from "../syntax/grammar.ts";
import type { Parsed } from "../syntax/parser.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";

const CLASS = /^(class|class_declaration|class_definition)$/;
const EVERY_ERROR = /^except\*?\s*(:|\(?[^:]*\b(Base)?Exception\b)/;
const ENDS = /^(return|break|continue)_statement$/;
const LOOP = /^(for_statement|for_in_statement|while_statement|do_statement)$/;
const BLOCK = /^(block|statement_block)$/;

/**
 * `finally { return rows; }`: whatever goes wrong in the `try` is thrown away, and nobody hears of it. Where the errors are caught
 * before, for all their kinds, nothing is left to throw away.
 */
export function endsInFinally(file: FileDiff, parsed: Parsed): { line: number; what: string }[] {
  if (parsed.outcome === "cannot" || !/^(js|python)$/.test(familyOf(parsed.language))) return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  return [...within(parsed.root)].flatMap((node) => {
    if (node.type !== "finally_clause" || (node.parent && catchesAll(node.parent))) return [];
    const body = node.child("body") ?? node.parts.find(({ type }) => BLOCK.test(type)) ?? node;
    // A `finally` in it answers for itself: many in one another are read once each.
    const isOfBody = ({ type }: SyntaxNode) => !FUNCTION.test(type) && !CLASS.test(type) && type !== "finally_clause";
    const end = [...within(body, isOfBody)].find((one) => ENDS.test(one.type) && isEnd(one, body));
    const word = end?.type.replace("_statement", "") ?? "";
    return end && lines.has(end.line) ? [{ line: end.line, what: `a \`${word}\` in \`finally\` swallows every error` }] : []; // prettier-ignore
  });
}

/** Whether it leaves the `finally`, and not only a loop in it. `if (timer === null) return;` is a guard before more of the tidying up. */
function isEnd(one: SyntaxNode, body: SyntaxNode): boolean {
  const isAlways = ({ parent }: SyntaxNode) => parent !== null && (parent === body || isPlain(parent, body));
  if (one.type === "return_statement") return one.parts.length > 0 || isAlways(one);
  if (!isAlways(one)) return false;
  return one.parts.length === 0 || !isLabelIn(one, body);
}

/** A block that is always entered: one of its own, or under `if (true)`. */
function isPlain(block: SyntaxNode, body: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = block; at && at !== body; at = at.parent) {
    if (LOOP.test(at.type)) return false;
    const isTrue = at.type === "if_statement" && /^\(?\s*([Tt]rue|1)\s*\)?$/.test(at.child("condition")?.text ?? "");
    if (!BLOCK.test(at.type) && !isTrue) return false;
  }
  return true;
}

/** `break done;` where `done:` stands in the `finally` itself. */
function isLabelIn(one: SyntaxNode, body: SyntaxNode): boolean {
  for (let at = one.parent; at && at !== body; at = at.parent) if (at.type === "labeled_statement") return true;
  return false;
}

/** Somebody hears of every error before: a handler for all kinds that does not throw it again, here or around all that is tried. */
function catchesAll(tried: SyntaxNode): boolean {
  const handlers = tried.children.filter(
    (one) => one.type === "catch_clause" || (one.type === "except_clause" && EVERY_ERROR.test(one.text)),
  );
  if (handlers.length > 0) return handlers.some((one) => !throwsOn(one));
  const body = tried.child("body") ?? tried.parts.find(({ type }) => BLOCK.test(type));
  const [inner, ...more] = body?.parts ?? [];
  return inner?.type === "try_statement" && more.length === 0 && catchesAll(inner);
}

/** Its last statement throws. */
function throwsOn(handler: SyntaxNode): boolean {
  const body = handler.child("body") ?? handler.parts.find(({ type }) => BLOCK.test(type));
  return /^(throw|raise)_statement$/.test(body?.parts.at(-1)?.type ?? "");
}
