import type { SyntaxNode } from "../../languages/syntax/syntax.ts";

const OWN_NAME = /^(identifier|shorthand_property_identifier_pattern)$/;
const PATTERN = /^(formal_parameters|object_pattern|array_pattern|rest_pattern)$/;

/** All names that a parameter, a list of them or a pattern gives, in their order. */
export function boundNames(pattern: SyntaxNode): string[] {
  const names: string[] = [];
  const open = [pattern];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (OWN_NAME.test(node.type)) names.push(node.text);
    else open.push(...insideOf(node).reverse());
  }
  return names;
}

function insideOf(node: SyntaxNode): SyntaxNode[] {
  if (PATTERN.test(node.type)) return node.parts;
  const inside =
    node.child("pattern") ?? node.child("left") ?? (node.type === "pair_pattern" ? node.child("value") : null);
  return inside ? [inside] : [];
}

export function parametersOf(one: SyntaxNode): SyntaxNode | null {
  return one.child("parameters") ?? one.child("parameter");
}

const WITHOUT_DEFAULT = /^(object_pattern|array_pattern)$/;
const RUNS = /\b(await|new|throw)\b|[\w$\])]\s*\(/;

/** Whether reading the parameters can throw: an async function rejects then, another one throws. */
export function mayThrow(parameters: SyntaxNode | null): boolean {
  if (!parameters || parameters.type === "identifier") return false;
  return parameters.parts.some((one) => {
    const pattern = one.child("pattern") ?? one;
    const isBare = WITHOUT_DEFAULT.test(pattern.type) && one.child("value") === null;
    return isBare || RUNS.test(one.text);
  });
}
