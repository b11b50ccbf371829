import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

/** The simplest statements of a function: what it throws, what it answers, and whether it looks at what it is given. */

/** By the class that languages keep for it, never by what a message says. */
export function isNotWritten(one: SyntaxNode): boolean {
  if (!isThrow(one)) return false;
  const thrown = one.parts[0];
  const name = wordsOf((thrown?.type === "new_expression" ? thrown.child("constructor") : thrown) ?? null).at(-1) ?? "";
  return /^NotImplemented(Error|Exception)?$/.test(name);
}

export function isThrow(one: SyntaxNode): boolean {
  if (/^(throw|raise)_statement$/.test(one.type)) return true;
  const call = one.type === "expression_statement" ? one.parts[0] : one;
  return call?.type === "call_expression" && call.child("function")?.text === "panic";
}

export function isConstantAnswer(one: SyntaxNode): boolean {
  if (one.type !== "return_statement") return false;
  const names = [...within(one, (part) => !isFixedError(part))].filter((part) =>
    /^(identifier|call|call_expression|new_expression|this|self)$/.test(part.type),
  );
  return names.every((part) => /^(undefined|nil|true|false)$/.test(part.text) || isFixedError(part));
}

/** `errors.New("unknown")`: an error made of nothing but words. */
function isFixedError(one: SyntaxNode): boolean {
  if (!/^(call_expression|new_expression)$/.test(one.type)) return false;
  const made = one.child("function") ?? one.child("constructor");
  return (
    /^(errors\.New|fmt\.Errorf|\w*Error)$/.test(made?.text ?? "") &&
    (one.child("arguments")?.parts ?? []).every((part) => /string/.test(part.type))
  );
}

/** `return 0, errors.New("not implemented")` alone, or `warnings.warn("discounts are not implemented yet")` before the simplest answer. */
export function onlySaysSo([first, second, ...more]: readonly SyntaxNode[]): boolean {
  if (!first || more.length > 0) return false;
  if (first.type === "return_statement") return !second && RETURNED.test(first.text);
  const isSimple = !second || /^return(\s+[\w.]+)?\s*;?$/.test(second.text);
  return isSimple && LOGGED.test(first.text);
}

/** In words that nothing is put into: what another program answers names it. */
const RETURNED =
  /^return\b[\w\s.,"{}]{0,80}\b(errors\.New|fmt\.Errorf)\(["`][^"`%]{0,200}\b(not (yet )?implemented( yet)?|unimplemented)[.!]?["`]\)$/i;
const LOGGED =
  /^(warnings\.warn|console\.(warn|error|log)|log(ger|ging)?\.\w+)\((["'`])(?:(?!\4)[^%{}$]){0,200}\b(not yet implemented|not implemented yet)[.!]?\4/i;

export function parameterNames(node: SyntaxNode): Set<string> {
  const list = node.child("parameters") ?? node.child("parameter");
  if (!list) return new Set();
  const names = [...within(list)].filter((one) =>
    /^(identifier|shorthand_property_identifier_pattern)$/.test(one.type),
  );
  return new Set(names.map((one) => one.text).filter((name) => name !== "self" && name !== "cls"));
}

export function hasParameters(node: SyntaxNode): boolean {
  return parameterNames(node).size > 0;
}

export function usesParameters(node: SyntaxNode, statement: SyntaxNode): boolean {
  const names = parameterNames(node);
  return [...within(statement)].some((one) => /identifier/.test(one.type) && names.has(one.text));
}
