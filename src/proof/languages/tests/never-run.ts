import { functionsOf } from "../syntax/functions.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { above, type SyntaxNode, SNIPPET_CHARS_MAX, within } from "../syntax/syntax.ts";
import { isUnawaitedTest, UNAWAITED } from "./unawaited-tests.ts";
import { isUncalled } from "./uncalled.ts";

/** Said of tests in a class that no runner takes; a class of another file may derive from it. */
export const NO_TEST_CASE = "in a class that is no test case";

/** Whether two tests are kept from running alike: a condition may be put in other words, if it still asks something. */
export function areKeptAlike(one: string | null, other: string | null): boolean {
  const isAsked = (why: string | null) => why !== null && UNDER.test(why) && !UNDER_NOTHING.test(why);
  return one === other || (isAsked(one) && isAsked(other));
}

const UNDER = /^under `/;
const UNDER_NOTHING = /^under `\W*(false|true|\d+|null|undefined|None|False|True)?\W*`$/;

/**
 * Why no runner reaches a test that is written down: it stands under a condition, in a function that nobody calls, in a
 * class that is no test case.
 * @returns null where nothing speaks against it; what another file calls is not known here
 */
export function neverRun(test: SyntaxNode, root: SyntaxNode, language: Language): string | null {
  const family = familyOf(language);
  const under = [...above(test)].find((one) => isCondition(one));
  if (under) return `under \`${condition(under)}\``;
  if (family === "js") {
    const isExported = [...above(test)].some((one) => one.type === "export_statement");
    return !isExported && isUncalled(test, root) ? "in a function that nobody calls" : null;
  }
  if (family !== "python") return null;
  if ([...above(test)].some((one) => one.type === "function_definition")) return "in another function";
  const owner = [...above(test)].find((one) => one.type === "class_definition");
  if (owner && isNoTestCase(owner, root)) return NO_TEST_CASE;
  return isUnawaitedTest(test) ? UNAWAITED : null;
}

function isCondition(node: SyntaxNode): boolean {
  if (/^(if_statement|ternary_expression)$/.test(node.type)) return true;
  return node.type === "binary_expression" && node.children.some((one) => /^(&&|\|\||\?\?)$/.test(one.text));
}

function condition(node: SyntaxNode): string {
  return (node.child("condition") ?? node.parts[0] ?? node).text.slice(0, SNIPPET_CHARS_MAX);
}

/** Runners take classes by their base or by their name; one that others derive from lends them its tests. */
function isNoTestCase(owner: SyntaxNode, root: SyntaxNode): boolean {
  const name = owner.child("name")?.text ?? "";
  if (/test/i.test(name) || (owner.child("superclasses")?.parts.length ?? 0) > 0) return false;
  return ![...within(root)].some(
    (one) => one.type === "identifier" && one.text === name && one.parent?.type !== "class_definition",
  );
}

/** Functions of a file that skip whoever calls them. */
export function skippingHelpers(root: SyntaxNode, language: Language, skips: (body: SyntaxNode) => string | null) {
  return new Set(
    functionsOf(root, language)
      .filter(({ name, body }) => !/^test/i.test(name) && skips(body) !== null)
      .map(({ name }) => name),
  );
}
