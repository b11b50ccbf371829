import { type NamedFunction } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Code at the beginning of a function with which it does nothing but fail. */
export type Failing = { readonly at: number; readonly code: string; readonly shown: string };

/** An error of the run itself, as from a defect. */
const GO_DEFECT = "if true { var coop map[int]int; coop[0] = 1 };";

/**
 * A new function that fails in the way that it knows itself, whatever it is given. Tests that are content with it have
 * never seen the function answer. A function that answers nothing may only be there to fail.
 * @param recovers whether code of the same file catches whatever goes wrong
 */
export function alwaysFailing(text: string, one: NamedFunction, language: Language, recovers: boolean): Failing | null {
  const own = [...within(one.body, (inner) => !FUNCTION.test(inner.type) && inner.type !== "class_body")];
  if (!own.some((part) => part.type === "return_statement" && part.parts.length > 0)) return null;
  const failure = own.find((part) => isFailure(part, language) && !part.text.includes("\n") && isFree(part, own));
  const first = one.body.parts[0];
  switch (familyOf(language)) {
    case "js": {
      if (one.body.type !== "statement_block" || !failure) return null;
      const always = language === "javascript" ? "true" : "true as boolean";
      return { at: one.body.start + 1, code: ` if (${always}) ${failure.text}`, shown: failure.text };
    }
    case "python": {
      const indent = first && text.slice(text.lastIndexOf("\n", first.start - 1) + 1, first.start);
      if (!first || !failure || indent?.trim() !== "") return null;
      return { at: first.start, code: `${failure.text}\n${indent}`, shown: failure.text };
    }
    case "go": {
      if (failure) return { at: one.body.start + 1, code: ` if true { ${failure.text} };`, shown: failure.text };
      const isPlain = recovers && !own.some((part) => part.type === "defer_statement");
      return isPlain ? { at: one.body.start + 1, code: ` ${GO_DEFECT}`, shown: "panics at once" } : null;
    }
    case "other":
      return null;
  }
}

function isFailure(node: SyntaxNode, language: Language): boolean {
  if (/^(throw|raise)_statement$/.test(node.type)) return node.parts.length > 0;
  if (familyOf(language) !== "go") return false;
  if (node.type === "expression_statement") return node.text.startsWith("panic(");
  const last = node.type === "return_statement" ? (node.parts[0]?.parts.at(-1) ?? null) : null;
  return last !== null && /^(errors\.New\(|fmt\.Errorf\(|[eE]rr[A-Z]\w*$)/.test(last.text);
}

/** Of nothing that the function has yet to find out. */
function isFree(failure: SyntaxNode, own: readonly SyntaxNode[]): boolean {
  const found = own
    .filter((one) =>
      /^(variable_declarator|assignment|short_var_declaration|var_spec|for_statement|for_in_statement|range_clause|except_clause|catch_clause|named_expression|as_pattern)$/.test(
        one.type,
      ),
    ) // prettier-ignore
    .flatMap((one) => [one.child("name"), one.child("left"), one.child("parameter"), one.child("alias")])
    .flatMap((one) => (one ? [...within(one)] : []))
    .filter((one) => /^identifier$/.test(one.type))
    .map(({ text }) => text);
  const names = new Set(found);
  return ![...within(failure)].some((one) => one.type === "identifier" && names.has(one.text));
}
