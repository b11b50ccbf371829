import { above, type SyntaxNode, within } from "./syntax.ts";

const INNER = /^(arrow_function|function_expression|func_literal|lambda|function_definition|function_declaration)$/;
/** These ask what something is, and do not call it. */
const ONLY_LOOKS = /^(callable|isinstance|type|len|id|repr|str|String|Boolean|bool|print|log|info|debug|Println)$/;

/** Whether a place stands in a function that has a name inside `root`, and that nothing there calls or hands on. */
export function isUncalled(node: SyntaxNode, root: SyntaxNode): boolean {
  for (const outer of above(node)) {
    if (outer === root) return false;
    if (!INNER.test(outer.type)) continue;
    const name = nameOf(outer);
    if (name !== null && !isUsed(name, root)) return true;
  }
  return false;
}

/** `later = lambda: …`, `const later = () => …`, `def later(): …`, `later := func() { … }` */
function nameOf(inner: SyntaxNode): string | null {
  if (/^function_(definition|declaration)$/.test(inner.type)) return inner.child("name")?.text ?? null;
  const holder = inner.parent?.type === "expression_list" ? inner.parent.parent : inner.parent;
  if (!holder || !/^(assignment|variable_declarator|short_var_declaration)$/.test(holder.type)) return null;
  const name = (holder.child("left") ?? holder.child("name"))?.text ?? "";
  return /^\w+$/.test(name) ? name : null;
}

function isUsed(name: string, root: SyntaxNode): boolean {
  return [...within(root)].some((one) => {
    if (!/^(shorthand_property_)?identifier$/.test(one.type) || one.text !== name) return false;
    const { parent } = one;
    if (parent?.type === "export_specifier") return true;
    if (!parent || ((parent.child("name") ?? parent.child("left")) === one && !/^call/.test(parent.type))) return false;
    if (parent.type === "expression_list" && parent.parent?.child("left") === parent) return false;
    if (parent.type === "unary_expression" && parent.text.startsWith("typeof ")) return false;
    const call = [...above(one)].find((outer) => /^call(_expression)?$/.test(outer.type));
    if (!call) return true;
    return (
      call.child("function") === one ||
      !ONLY_LOOKS.test(/(?<!\w)\w+$/.exec(call.child("function")?.text ?? "")?.[0] ?? "")
    );
  });
}
