import { familyOf, type Language } from "../syntax/grammar.ts";
import type { SyntaxNode } from "../syntax/syntax.ts";

/** A table or list that a file holds outside of its functions: data that code answers with. */
export type Table = {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly emptied: readonly [start: number, end: number, text: string];
};

const EMPTY: Readonly<Record<string, string>> = {
  array: "[]",
  list: "[]",
  object: "{}",
  dictionary: "{}",
  set: "set()",
};

export function tablesIn(root: SyntaxNode, language: Language): Table[] {
  if (familyOf(language) !== "js" && familyOf(language) !== "python") return [];
  return root.parts
    .flatMap((statement) => declarationsIn(statement))
    .flatMap(({ name, value }) => {
      const text = value && EMPTY[value.type];
      if (!name || !value || !text || value.parts.length === 0) return [];
      return [
        { name: name.text, line: name.line, endLine: value.endLine, emptied: [value.start, value.end, text] as const },
      ];
    });
}

function declarationsIn(statement: SyntaxNode): { name: SyntaxNode | null; value: SyntaxNode | null }[] {
  if (statement.type === "export_statement") return statement.parts.flatMap(declarationsIn);
  if (/^(lexical|variable)_declaration$/.test(statement.type))
    return statement.parts.map((one) => ({ name: one.child("name"), value: plain(one.child("value")) }));
  if (statement.type !== "expression_statement") return [];
  return statement.parts
    .filter((one) => one.type === "assignment")
    .map((one) => ({ name: one.child("left"), value: one.child("right") }));
}

/** `[…] as const` is the list. */
function plain(value: SyntaxNode | null): SyntaxNode | null {
  return value && /^(as|satisfies)_expression$/.test(value.type) ? (value.parts[0] ?? null) : value;
}
