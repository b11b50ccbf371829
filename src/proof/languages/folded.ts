import { isLiteral, textOf } from "./assertions.ts";
import { type SyntaxNode, within } from "./syntax.ts";

/** An expression of nothing but numbers or texts, with its value: `24 * HOUR`, `"a long " + "text"`. */
export type Folded = { readonly node: SyntaxNode; readonly text: string };

const NUMBER = /^\d[\d_]*(\.\d+)?$/;
const DEEP_MAX = 6;

export function foldedIn(root: SyntaxNode): Folded[] {
  const found: Folded[] = [];
  let constants: ReadonlyMap<string, SyntaxNode> | null = null;
  for (const node of within(root)) {
    if (!/^(binary_expression|binary_operator|concatenated_string)$/.test(node.type)) continue;
    constants ??= constantsOf(root);
    const value = valueOf(node, constants, DEEP_MAX);
    if (value !== null) found.push({ node, text: String(value) });
  }
  return found;
}

/** Names that a file gives to single values, outside of its functions. */
function constantsOf(node: SyntaxNode): Map<string, SyntaxNode> {
  let root = node;
  while (root.parent) root = root.parent;
  const found = new Map<string, SyntaxNode>();
  for (const one of within(root, (part) => !/^(statement_block|block|arrow_function)$/.test(part.type))) {
    if (!/^(variable_declarator|assignment|const_spec|var_spec)$/.test(one.type)) continue;
    const [name, value] = [one.child("name") ?? one.child("left"), one.child("value") ?? one.child("right")];
    if (name && value) found.set(name.text, value);
  }
  return found;
}

function valueOf(node: SyntaxNode, constants: ReadonlyMap<string, SyntaxNode>, deep: number): number | string | null {
  if (deep === 0) return null;
  if (isLiteral(node)) return NUMBER.test(node.text) ? Number(node.text.replaceAll("_", "")) : /string/.test(node.type) ? textOf(node) : null; // prettier-ignore
  const known = node.type === "identifier" ? constants.get(node.text) : undefined;
  const inner = known ?? (/^(parenthesized_expression|expression_list)$/.test(node.type) ? node.parts[0] : undefined);
  if (inner) return valueOf(inner, constants, deep - 1);
  if (node.type === "concatenated_string") {
    const all = node.parts.map((one) => valueOf(one, constants, deep - 1));
    return all.every((one) => typeof one === "string") ? all.join("") : null;
  }
  if (!/^binary_(expression|operator)$/.test(node.type)) return null;
  const [left, right] = node.parts.map((one) => valueOf(one, constants, deep - 1));
  const sign = node.children.find((one) => !one.named)?.text ?? "";
  if (typeof left === "string" && typeof right === "string") return sign === "+" ? left + right : null;
  if (typeof left !== "number" || typeof right !== "number") return null;
  const value = sign === "*" ? left * right : sign === "+" ? left + right : sign === "-" ? left - right : NaN;
  return Number.isFinite(value) ? value : null;
}
