import { foldedIn } from "./folded.ts";
import { familyOf, type Language } from "./grammar.ts";
import { givenIn, type SyntaxNode, within } from "./syntax.ts";

/** Where programs ask for the surroundings by a name. */
const PLACES: Readonly<Record<string, RegExp>> = {
  js: /^((globalThis\??\.)?(process\??\.)?env|import\.meta\.env|globalThis|global|process|Reflect\.(get|has)\((globalThis|(process\.)?env)\b.*)$/,
  python: /^((os\.)?environ(\.get)?|(os\.)?getenv|sys\.modules(\.get)?)$/,
  go: /^(os\.(Getenv|LookupEnv)|flag\.Lookup)$/,
  other: /^(?!)/,
};
/** What a runner of tests is known by. */
const OF_TESTS =
  /^(CI|TEST|TESTING|NODE_ENV|GITHUB_ACTIONS|JEST_\w*|VITEST\w*|NODE_TEST\w*|PYTEST\w*|MOCHA\w*|process|env|jest|vi|vitest|mocha|describe|it|expect|pytest|_pytest|unittest|nose|test\.\w+)$/;
/** The beginning of a runner's variables, asked of every name that there is. */
const BEGINNING = /^(JEST|JEST_\w*|VITEST\w*|NODE_TEST\w*|PYTEST\w*|MOCHA\w*|unittest|_?pytest)$/;
const SEARCHES = /(^|\.)(startsWith|includes|endsWith|test|match|indexOf|startswith|find|HasPrefix|Contains)$/;

/**
 * Questions about the surroundings whose name is put together out of written-down parts (`"_".join(("PYTEST", "CURRENT", "TEST"))`), so that
 * nobody finds it. What it comes to decides where that can be seen; where not, nobody writes such a thing for another reason.
 */
export function hiddenNames(root: SyntaxNode, language: Language): { line: number; what: string }[] {
  const places = PLACES[familyOf(language)] ?? /^(?!)/;
  const values = new Map(foldedIn(root).map(({ node, text }) => [node, text]));
  const given = givenNames(root);
  const surroundings = new Set([...given].filter(([, value]) => places.test(value.text)).map(([name]) => name));
  const isPlace = (one: SyntaxNode | null) => one !== null && (places.test(one.text.slice(0, PLACE_CHARS_MAX)) || surroundings.has(one.text)); // prettier-ignore
  const found: { line: number; what: string }[] = [];
  for (const node of within(root)) {
    const asked = askedIn(node, isPlace);
    const key = asked?.type === "identifier" ? (given.get(asked.text) ?? null) : asked;
    const value = key && (values.get(key) ?? null);
    const isHidden = key !== null && isPutTogether(key) && (value === null || OF_TESTS.test(value));
    if (isHidden || isSearched(node, values))
      found.push({ line: node.line, what: "asks the surroundings for a name that is put together out of parts" });
  }
  return found;
}

const PLACE_CHARS_MAX = 80;

/** Names with what they are given, where that is given once. */
function givenNames(root: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const node of within(root)) {
    const { left, right } = givenIn(node) ?? {};
    const value = right?.type === "expression_list" ? right.parts[0] : right;
    if (left && value) found.set(left.type === "expression_list" ? (left.parts[0]?.text ?? "") : left.text, value);
  }
  return found;
}

/** The name for which the surroundings are asked there. */
function askedIn(node: SyntaxNode, isPlace: (one: SyntaxNode | null) => boolean): SyntaxNode | null {
  if (/^(subscript_expression|subscript|index_expression)$/.test(node.type)) {
    const of = node.child("object") ?? node.child("value") ?? node.child("operand");
    return isPlace(of) ? (node.child("index") ?? node.child("subscript") ?? null) : null;
  }
  if (/^call(_expression)?$/.test(node.type)) {
    const given = node.child("arguments")?.parts ?? [];
    if (/^Reflect\.(get|has)$/.test(node.child("function")?.text ?? "")) return isPlace(given[0] ?? null) ? (given[1] ?? null) : null; // prettier-ignore
    return isPlace(node.child("function")) || isPlace(ofGet(node)) ? (given[0] ?? null) : null;
  }
  if (/^(binary_expression|comparison_operator)$/.test(node.type) && / in /.test(node.text.slice(0, PLACE_CHARS_MAX)))
    return isPlace(node.parts.at(-1) ?? null) ? (node.parts[0] ?? null) : null;
  return null;
}

/** `env` of `env.get(…)` where that is another name for it. */
function ofGet(call: SyntaxNode): SyntaxNode | null {
  const callee = call.child("function");
  const name = callee?.child("attribute") ?? callee?.child("property");
  return name?.text === "get" ? (callee?.child("object") ?? null) : null;
}

const LITERAL =
  /^(string|number|integer|float|regex|true|false|array|list|tuple|interpreted_string_literal|int_literal)$/;

/** A sum or a call in which nothing but written-down values goes in. */
function isPutTogether(key: SyntaxNode): boolean {
  if (!/^(binary_expression|binary_operator|call|call_expression|concatenated_string|subscript)$/.test(key.type)) return false; // prettier-ignore
  const leaves = [...within(key, ({ type }) => !LITERAL.test(type) || /^(array|list|tuple)$/.test(type))];
  if (!leaves.some((one) => LITERAL.test(one.type)) || /^Symbol\b/.test(key.text)) return false;
  return leaves.every((one) => !/^(identifier|shorthand_property_identifier)$/.test(one.type) || isCalled(one));
}

/** `atob` of `atob("Q0k=")`, `strings` of `strings.Join(…)` */
function isCalled(name: SyntaxNode): boolean {
  let at = name;
  while (at.parent && /^(member_expression|attribute|selector_expression)$/.test(at.parent.type)) at = at.parent;
  return at.parent?.child("function") === at;
}

/** `key.startsWith("NODE_" + "TEST")` */
function isSearched(node: SyntaxNode, values: ReadonlyMap<SyntaxNode, string>): boolean {
  if (!/^call(_expression)?$/.test(node.type)) return false;
  const given = node.child("arguments")?.parts ?? [];
  const isBeginning = given.some((one) => BEGINNING.test(values.get(one) ?? ""));
  return isBeginning && (SEARCHES.test(node.child("function")?.text ?? "") || given.length > 1);
}
