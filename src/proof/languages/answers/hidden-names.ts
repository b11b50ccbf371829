import { BUILT, builtText, givenOnce } from "./built-texts.ts";
import { familyOf, type Language } from "../syntax/grammar.ts";
import { isSearchedFor } from "./searched-names.ts";
import { type PlaceNames, placeNames } from "../syntax/surroundings.ts";
import { INDEXED, type SyntaxNode, within } from "../syntax/syntax.ts";

/** What a runner of tests is known by. */
const OF_TESTS =
  /^(CI|TEST|TESTING|NODE_ENV|GITHUB_ACTIONS|JEST_\w*|VITEST\w*|NODE_TEST\w*|PYTEST\w*|MOCHA\w*|process|env|jest|vi|vitest|mocha|describe|it|expect|pytest|_pytest|unittest|nose|test\.\w+)$/;

/**
 * Questions about the surroundings whose name is put together out of written-down parts (`"_".join(("PYTEST", "CURRENT", "TEST"))`), so that
 * nobody finds it. What it comes to decides. Where that cannot be seen, it is one only if nothing but decoders of written-down values make it.
 */
export function hiddenNames(root: SyntaxNode, language: Language): { line: number; what: string }[] {
  const family = familyOf(language);
  if (!/^(js|python|go)$/.test(family)) return [];
  const places = placeNames(root, family);
  let given: ReadonlyMap<string, SyntaxNode> | null = null;
  const found: { line: number; what: string }[] = [];
  for (const node of within(root)) {
    const isHidden = askedIn(node, places).some((key) => {
      const from = key.type === "identifier" ? (given ??= givenOnce(root)).get(key.text) : key;
      if (!from || !isPutTogether(from)) return false;
      const value = builtText(from, (given ??= givenOnce(root)));
      return value === BUILT || (value !== null && OF_TESTS.test(value));
    });
    if (isHidden || isSearchedFor(node, places, () => (given ??= givenOnce(root))))
      found.push({ line: node.line, what: "asks the surroundings for a name that is put together out of parts" });
  }
  return found;
}

/** The names for which the surroundings are asked there. */
function askedIn(node: SyntaxNode, { isPlace, isAsker, isReflect }: PlaceNames): SyntaxNode[] {
  const some = (one: SyntaxNode | null | undefined) => (one ? [one] : []);
  if (INDEXED.test(node.type)) {
    const of = node.child("object") ?? node.child("value") ?? node.child("operand");
    return isPlace(of) ? some(node.child("index") ?? node.child("subscript")) : [];
  }
  if (/^call(_expression)?$/.test(node.type)) {
    const [callee, args] = [node.child("function"), node.child("arguments")?.parts ?? []];
    if (isReflect(callee)) return isPlace(args[0] ?? null) ? some(args[1]) : [];
    return isAsker(callee) || isPlace(ofGet(callee)) ? some(args[0]) : [];
  }
  if (/^(binary_expression|comparison_operator)$/.test(node.type) && isIn(node))
    return isPlace(node.parts.at(-1) ?? null) ? some(node.parts[0]) : [];
  const pattern = node.type === "variable_declarator" ? node.child("name") : null;
  if (pattern?.type !== "object_pattern" || !isPlace(node.child("value"))) return [];
  const keys = pattern.parts.map((one) => one.child("key"));
  return keys.flatMap((key) => (key?.type === "computed_property_name" ? some(key.parts[0]) : []));
}

function isIn(node: SyntaxNode): boolean {
  return node.children.some(({ named, type }) => !named && /^(in|not in)$/.test(type));
}

const GETS = /^(get|has|hasOwnProperty|__contains__|__getitem__|pop|setdefault)$/;

/** `env` of `env.get(…)`. */
function ofGet(callee: SyntaxNode | null): SyntaxNode | null {
  const name = callee?.child("attribute") ?? callee?.child("property");
  return GETS.test(name?.text ?? "") ? (callee?.child("object") ?? null) : null;
}

/** More than one text that stands there. */
function isPutTogether({ type, parts }: SyntaxNode): boolean {
  if (/^(template_string|string)$/.test(type)) return parts.some((one) => /^(template_substitution|interpolation)$/.test(one.type)); // prettier-ignore
  return /^(binary_expression|binary_operator|call|call_expression|concatenated_string|subscript)$/.test(type);
}
