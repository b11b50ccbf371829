import { type SyntaxNode, within } from "../../languages/syntax/syntax.ts";
import { boundNames, parametersOf } from "./parameters.ts";

/** A function whose answers can be told and changed, and the name by which it is known in its file. */
export type Asked = { readonly name: string; readonly node: SyntaxNode; readonly body: SyntaxNode };

const ASKED = /^(function_declaration|function_expression|arrow_function|method_definition)$/;
const SCOPE =
  /^(function_declaration|function_expression|arrow_function|method_definition|generator_function|generator_function_declaration|class|class_declaration|abstract_class_declaration|internal_module|object)$/;
/** What stands between a function and what gives it its name, and does nothing at run time. */
const AROUND = /^(parenthesized_expression|as_expression|satisfies_expression|non_null_expression|type_assertion)$/;
/** What gives a function, a class or an object without a name one. */
const NAMING: Readonly<Record<string, string>> = {
  variable_declarator: "name",
  assignment_expression: "left",
  pair: "key",
  public_field_definition: "name",
  field_definition: "property",
};

/** The functions of a file that can be wrapped, each with a name of its own, in the order of the text. */
export function askedFunctions(root: SyntaxNode): Asked[] {
  const scopes = new Map<SyntaxNode, string>();
  const times = new Map<string, number>();
  const found: Asked[] = [];
  for (const node of within(root)) {
    const around = (node.parent && scopes.get(node.parent)) ?? "";
    const own = node.named && SCOPE.test(node.type) ? nameOf(node) : null;
    const name = own === null ? around : around === "" ? own : `${around}.${own}`;
    scopes.set(node, name);
    const body = node.child("body");
    if (own === null || !body || !ASKED.test(node.type) || !canBeWrapped(node, body)) continue;
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    found.push({ name: time === 1 ? name : `${name}#${time}`, node, body });
  }
  return found;
}

function nameOf(node: SyntaxNode): string | null {
  const own = node.child("name");
  if (own) return plainName(own.text);
  let inside = node;
  while (inside.parent && AROUND.test(inside.parent.type)) inside = inside.parent;
  const parent = inside.parent;
  if (parent?.type === "export_statement") return "default";
  const given = parent && NAMING[parent.type] ? parent.child(NAMING[parent.type] ?? "") : null;
  return given && given !== inside ? plainName(given.text) : null;
}

/** Longer ones are expressions that work a name out. */
const NAME_CHARS_MAX = 80;

function plainName(text: string): string | null {
  const name = text
    .replace(/^(module\.)?exports\.|^this\./, "")
    .replace(/^module\./, "")
    .replace(".prototype.", ".")
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/\s+/g, " ");
  return name.length <= NAME_CHARS_MAX && !/[|\n{}]/.test(name) ? name : null;
}

function canBeWrapped(node: SyntaxNode, body: SyntaxNode): boolean {
  if (node.type === "method_definition") {
    const name = node.child("name");
    if (name?.type === "private_property_identifier" || name?.text === "constructor") return false;
    if (node.children.some(({ type }) => type === "set" || type === "*")) return false;
  }
  const returned = node.child("return_type");
  if (returned && (returned.type === "asserts_annotation" || /^:\s*(Promise<\s*)?never\b/.test(returned.text)))
    return false;
  return !clashes(node, body);
}

/** `function f(a) { var a; }`: one variable, which would be two once the body is a function of its own. */
function clashes(node: SyntaxNode, body: SyntaxNode): boolean {
  const parameters = parametersOf(node);
  const names = new Set(parameters ? boundNames(parameters) : []);
  if (names.has("arguments")) return true;
  const enter = (one: SyntaxNode) => !SCOPE.test(one.type) || one.type === "object";
  for (const one of within(body, enter)) {
    if (one.type !== "variable_declaration" && one.type !== "for_in_statement") continue;
    const given = one.type === "for_in_statement" ? [one.child("left")] : one.parts.map((part) => part.child("name"));
    for (const pattern of given)
      if (pattern && boundNames(pattern).some((name) => names.has(name) || name === "arguments")) return true;
  }
  return false;
}
