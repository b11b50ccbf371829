import { familyOf, type Language } from "../syntax/grammar.ts";
import type { NamedFunction } from "../syntax/functions.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";

/** A line or two that hand on to something else. */
const LINES_MAX = 3;
const DECIDES =
  /^(if_statement|switch_statement|expression_switch_statement|match_statement|for_statement|for_in_statement|while_statement|ternary_expression|conditional_expression|binary_expression|binary_operator|comparison_operator|boolean_operator|unary_expression|not_operator|augmented_assignment_expression|augmented_assignment|array|list|object|dictionary|composite_literal|template_string)$/;

/**
 * A private function that decides nothing and only hands on to another: `const sleep = (ms) => new Promise((done) =>
 * setTimeout(done, ms))`. Tests put their own in its place, so that none runs it; what it could do wrong is little.
 */
export function isWrapper(root: SyntaxNode, one: NamedFunction, language: Language): boolean {
  const { node, body } = one;
  if (node.endLine - node.line >= LINES_MAX || isPublic(root, one, language)) return false;
  return ![...within(body)].some((part) => DECIDES.test(part.type));
}

function isPublic(root: SyntaxNode, { name, node }: NamedFunction, language: Language): boolean {
  switch (familyOf(language)) {
    case "go":
      return /^\p{Lu}/u.test(name);
    case "python":
      return !name.startsWith("_") || name.startsWith("__");
    case "other":
      return true;
    case "js": {
      if (name.startsWith("#")) return false;
      // A script without exports may be used by its names.
      if (!/\bexports?\b/.test(root.text)) return true;
      const outer = [...above(node)];
      if (outer.some((one) => /^(export_statement|class_body|object|assignment_expression)$/.test(one.type)))
        return true;
      return root.parts.some(
        (one) => one.type === "export_statement" && one.child("declaration") === null && mentions(one, name),
      );
    }
  }
}

function mentions(node: SyntaxNode, name: string): boolean {
  return [...within(node)].some((one) => one.type === "identifier" && one.text === name);
}
