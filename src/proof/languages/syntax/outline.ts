import { type Family, familyOf, type Language } from "./grammar.ts";
import type { SyntaxNode } from "./syntax.ts";

/** Levels of a tree in which everything stands that a file gives to others. */
export const OUTLINE_DEPTH = 8;
/** Longer ones are no names that anybody wrote. In characters. */
const NAME_CHARS_MAX = 60;
const NAME = /^[\p{L}_$~][\p{L}\p{N}_$.:#~]*[?!=]?$/u;

type Symbol = { readonly name: string; readonly isExported: boolean };

/**
 * The names that a file gives to others, in the order of its text. A file that exports nothing, such as a script, is told
 * by what stands at its top.
 */
export function outlineOf(root: SyntaxNode, language: Language): string[] {
  const found = (language === "rust" ? inRust(root) : READERS[familyOf(language)](root)).filter(
    ({ name }) => name.length <= NAME_CHARS_MAX && NAME.test(name),
  );
  const exported = found.filter((one) => one.isExported);
  return [...new Set((exported.length > 0 ? exported : found).map(({ name }) => name))];
}

const READERS: Readonly<Record<Family, (root: SyntaxNode) => Symbol[]>> = {
  js: (root) => root.parts.flatMap(inScript),
  python: inPython,
  go: (root) => root.parts.flatMap(inGo),
  other: (root) => declaredIn(root.parts),
};

function symbol(node: SyntaxNode | null, isExported: boolean, before = ""): Symbol[] {
  return node ? [{ name: before + node.text, isExported }] : [];
}

function inScript(node: SyntaxNode): Symbol[] {
  if (node.type !== "export_statement")
    return node.type === "expression_statement" ? inCommonJs(node) : namedInScript(node, false);
  const declaration = node.child("declaration");
  const clause = node.parts.find((one) => one.type === "export_clause");
  const specifiers = (clause?.parts ?? []).flatMap((one) => symbol(one.child("alias") ?? one.child("name"), true));
  const isDefault = node.children.some((one) => one.type === "default");
  const named = declaration ? namedInScript(declaration, true) : [];
  const byDefault = isDefault && named.length === 0 ? [{ name: "default", isExported: true }] : [];
  return [...named, ...specifiers, ...byDefault];
}

function namedInScript(node: SyntaxNode, isExported: boolean): Symbol[] {
  if (node.type === "ambient_declaration") return node.parts.flatMap((one) => namedInScript(one, isExported));
  const variables = node.parts.filter((one) => one.type === "variable_declarator");
  if (variables.length === 0)
    return /declaration|signature|module$/.test(node.type) ? symbol(node.child("name"), isExported) : [];
  return variables.flatMap((one) => {
    const name = one.child("name");
    return name?.type === "object_pattern"
      ? name.parts.flatMap((part) => symbol(part.child("value") ?? part, isExported))
      : symbol(name, isExported);
  });
}

/** `exports.a = …`, `module.exports = { a, b: … }`, `module.exports = a`. */
function inCommonJs(statement: SyntaxNode): Symbol[] {
  const given = statement.parts.find((one) => one.type === "assignment_expression");
  const left = given?.child("left")?.text ?? "";
  const right = given?.child("right") ?? null;
  const member = /^(?:module\.)?exports\.([\w$]+)$/.exec(left)?.[1];
  if (member !== undefined) return [{ name: member, isExported: true }];
  if (left !== "module.exports") return [];
  if (right?.type !== "object") return symbol(right?.child("name") ?? right, true);
  return right.parts.flatMap((part) =>
    symbol(part.child("key") ?? part.child("name") ?? (part.type === "spread_element" ? null : part), true),
  );
}

const PYTHON_BLOCK = /^(if_statement|try_statement|else_clause|except_clause|finally_clause|block)$/;

function inPython(root: SyntaxNode): Symbol[] {
  const all = root.parts
    .flatMap((one) => one.parts)
    .find((one) => one.type === "assignment" && one.child("left")?.text === "__all__");
  const listed = all?.child("right")?.parts.filter((one) => one.type === "string") ?? [];
  if (listed.length > 0)
    return listed.map((one) => ({ name: one.text.replace(/^\w*["']|["']$/g, ""), isExported: true }));
  return root.parts.flatMap(definedInPython);
}

function definedInPython(node: SyntaxNode): Symbol[] {
  if (PYTHON_BLOCK.test(node.type)) return node.parts.flatMap(definedInPython);
  const told = (name: SyntaxNode | null) => symbol(name, !name?.text.startsWith("_"));
  if (node.type === "expression_statement") {
    const left = node.parts.find((one) => one.type === "assignment")?.child("left") ?? null;
    return left?.type === "identifier" ? told(left) : [];
  }
  const definition = node.child("definition") ?? node;
  return /^(function|class)_definition$/.test(definition.type) ? told(definition.child("name")) : [];
}

function inGo(node: SyntaxNode): Symbol[] {
  const isPublic = (name: SyntaxNode | null) => /^\p{Lu}/u.test(name?.text ?? "");
  if (node.type === "method_declaration") {
    const name = node.child("name");
    const type = /(\w+)\s*(?:\[[^\]]*\])?\s*\)$/.exec(node.child("receiver")?.text ?? "")?.[1] ?? "";
    return symbol(name, isPublic(name), `${type}.`);
  }
  const specs = node.parts.flatMap((one) => (one.type.endsWith("_spec_list") ? one.parts : [one]));
  const named = node.type === "function_declaration" ? [node] : specs.filter((one) => /_spec$|_alias$/.test(one.type));
  return named.flatMap((one) => {
    const names = one.children.filter((child) => child.field === "name" && child.named);
    return names.flatMap((name) => symbol(name, isPublic(name)));
  });
}

function inRust(root: SyntaxNode): Symbol[] {
  return root.parts.flatMap((node) => {
    if (node.type !== "impl_item") return node.type.endsWith("_item") ? symbol(node.child("name"), isPub(node)) : [];
    const type = node.child("type")?.text.replace(/<[\s\S]*$/, "") ?? "";
    // What a trait asks for is known by the trait.
    const own = node.child("trait") ? [] : (node.child("body")?.parts ?? []);
    return own.filter(isPub).flatMap((one) => symbol(one.child("name"), true, `${type}::`));
  });
}

function isPub(node: SyntaxNode): boolean {
  return node.parts.some((one) => one.type === "visibility_modifier");
}

const HOLDERS =
  /^(namespace_declaration|namespace_definition|file_scoped_namespace_declaration|declaration_list|module|body_statement)$/;
const DECLARES =
  /^((class|interface|enum|record|struct|trait|function|method|annotation_type|delegate)_(declaration|definition|specifier)|class|module|method|singleton_method)$/;

/** Java, C#, PHP, Ruby, C++: types and functions outside of types, also those in namespaces. */
function declaredIn(nodes: readonly SyntaxNode[]): Symbol[] {
  return nodes.flatMap((node) => {
    const own = DECLARES.test(node.type) ? symbol(node.child("name") ?? declaratorOf(node), true) : [];
    return HOLDERS.test(node.type) ? [...own, ...declaredIn(node.child("body")?.parts ?? node.parts)] : own;
  });
}

/** A function's name in C++ stands in what declares it: `int *a::b(int)`. */
function declaratorOf(node: SyntaxNode): SyntaxNode | null {
  let at = node.child("declarator");
  while (at?.child("declarator")) at = at.child("declarator");
  return at;
}
