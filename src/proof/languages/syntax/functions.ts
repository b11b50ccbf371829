import { type Family, familyOf, type Language } from "./grammar.ts";
import { type SyntaxNode, within } from "./syntax.ts";

/** A function that has a name by which people speak of it. */
export type NamedFunction = {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly body: SyntaxNode;
};

const FUNCTIONS: Readonly<Record<Family, ReadonlySet<string>>> = {
  js: new Set([
    "function_declaration",
    "generator_function_declaration",
    "function_expression",
    "generator_function",
    "arrow_function",
    "method_definition",
  ]),
  python: new Set(["function_definition"]),
  go: new Set(["function_declaration", "method_declaration"]),
  other: new Set([
    "method_declaration",
    "constructor_declaration",
    "function_item",
    "method",
    "singleton_method",
    "function_definition",
  ]),
};

/** What gives a function without a name of its own one: `const a = () => 1`, `{ a: () => 1 }`, `a = function () {}`. */
const NAMING: Readonly<Record<string, string>> = {
  variable_declarator: "name",
  assignment_expression: "left",
  pair: "key",
  public_field_definition: "name",
  field_definition: "property",
};

export function functionsOf(root: SyntaxNode, language: Language): NamedFunction[] {
  const kinds = FUNCTIONS[familyOf(language)];
  const found: NamedFunction[] = [];
  for (const node of within(root)) {
    if (!node.named || !kinds.has(node.type)) continue;
    const body = node.child("body");
    const name = node.child("name")?.text ?? givenName(node);
    if (body && name) found.push({ name, node, body });
  }
  return found;
}

function givenName(node: SyntaxNode): string | null {
  const parent = node.parent;
  const field = parent && NAMING[parent.type];
  return field ? (parent.child(field)?.text.replace(/^(module\.)?exports\./, "") ?? null) : null;
}

/** The source text in which the function does nothing and answers nothing. @returns null where that cannot be written */
export function emptied(text: string, one: NamedFunction, language: Language): string | null {
  const insert = (at: number, code: string) => text.slice(0, at) + code + text.slice(at);
  const { node, body } = one;
  switch (familyOf(language)) {
    case "js": {
      if (one.name === "constructor") return null;
      const nothing = language === "javascript" ? "undefined" : "undefined as never";
      if (body.type !== "statement_block") return text.slice(0, body.start) + `(${nothing})` + text.slice(body.end);
      // The old body stays behind, so that nothing it uses becomes unused, which some compilers refuse.
      const always = language === "javascript" ? "true" : "true as boolean";
      return insert(body.start + 1, ` if (${always}) return ${nothing};`);
    }
    case "python": {
      const first = body.parts[0];
      if (!first) return null;
      const lineStart = text.lastIndexOf("\n", first.start - 1) + 1;
      const indent = text.slice(lineStart, first.start);
      return insert(first.start, indent.trim() === "" ? `return None\n${indent}` : "return None; ");
    }
    case "go":
      if (one.name === "main" || one.name === "init") return null;
      return insert(body.start + 1, ` ${zeroReturn(node.child("result"))}`);
    case "other":
      return null;
  }
}

/** `if true { var coop0 int; return coop0 }`: Go wants a value of each type, and no code that is plainly never reached. */
function zeroReturn(result: SyntaxNode | null): string {
  if (!result) return "if true { return };";
  if (result.type !== "parameter_list") return `if true { var coop0 ${result.text}; return coop0 };`;
  const types = result.parts.map((one) => ({ name: one.child("name"), type: one.child("type")?.text ?? one.text }));
  if (types.some(({ name }) => name !== null)) return "if true { return };";
  const declared = types.map(({ type }, at) => `var coop${at} ${type}; `).join("");
  return `if true { ${declared}return ${types.map((_, at) => `coop${at}`).join(", ")} };`;
}
