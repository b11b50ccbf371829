import { assertionsIn } from "./assertions.ts";
import { functionsOf, type NamedFunction } from "./functions.ts";
import { familyOf, type Language } from "./grammar.ts";
import type { Parsed } from "./parser.ts";
import { around } from "./said.ts";
import { above, type SyntaxNode, within } from "./syntax.ts";
import { wordsOf } from "./test-cases.ts";
import type { TestSide } from "./test-differences.ts";

/** New functions of the product about whose answers tests ask only that there is one. */
export type OnlyThere = { readonly path: string; readonly line: number; readonly test: string; readonly what: string };

/** A changed file of the product. */
type Changed = { readonly before: Parsed; readonly after: Parsed };

/**
 * New functions whose answers tests look at only to see that there is one, of which type it is, or that it is not below
 * nothing. Whoever hands the answer on, or compares it once, is not meant; nor are functions that answer yes or no.
 */
export function onlyThere(product: readonly Changed[], after: readonly TestSide[]): OnlyThere[] {
  const functions = (parsed: Parsed) =>
    parsed.outcome === "cannot"
      ? []
      : functionsOf(parsed.root, parsed.language).map((one) => ({ ...one, isAnswer: answers(one, parsed.language) }));
  const old = new Set(product.flatMap(({ before }) => functions(before)).map(({ name }) => name));
  const now = product.flatMap((one) => functions(one.after)).filter(({ name, isAnswer }) => isAnswer && !old.has(name));
  const names = new Set(now.map(({ name }) => name));
  return [...names].flatMap((name): OnlyThere[] => {
    const uses = after.flatMap((side) => usesOf(name, side));
    const [first] = uses;
    if (!first || uses.some(({ isWeak }) => !isWeak)) return [];
    return [{ path: first.path, line: first.line, test: first.test, what: `only asks whether \`${name}()\` answers something` }]; // prettier-ignore
  });
}

const YES_OR_NO =
  /^(true|false|True|False)$|^(!|not\b)|(==|!=|<|>| in | instanceof | is )|\.(has|includes|startsWith|endsWith|test|some|every|any|all|startswith|endswith|is\w+)\([^()]*\)$|^(any|all|isinstance|bool|Boolean|errors\.Is|strings\.(Has|Contains)\w*|slices\.Contains)\(/;
const BY_NAME = /^_?(is|has|can|should|was|are|does|may|must)([A-Z_]|$)/;

/** Whether a function gives a value that is more than yes or no. */
function answers({ name, node, body }: NamedFunction, language: Language): boolean {
  if (BY_NAME.test(name) || name === "constructor") return false;
  const type = (node.child("return_type") ?? node.child("result"))?.text ?? "";
  if (/^:?\s*\(?(bool|boolean|error|void|Promise<(boolean|void)>|asserts\b.*|None)\)?$/.test(type)) return false;
  if (familyOf(language) === "js" && body.type !== "statement_block") return !YES_OR_NO.test(body.text);
  const own = (one: SyntaxNode) =>
    !/^(arrow_function|function_expression|func_literal|lambda|function_definition)$/.test(one.type);
  const given = [...within(body, own)].filter((one) => one.type === "return_statement" && one.parts.length > 0);
  return given.some((one) => !YES_OR_NO.test(one.parts[0]?.text ?? ""));
}

type Use = { readonly path: string; readonly line: number; readonly test: string; readonly isWeak: boolean };

function usesOf(name: string, side: TestSide): Use[] {
  const { root, language, path } = side;
  const asserted = assertionsIn(root, language, side.helpers).map(({ node }) => around(node, language));
  const use = (one: SyntaxNode, held: ReadonlySet<string>): Use[] => {
    const place = asserted.find((place) => place.start <= one.start && one.end <= place.end);
    const test = side.tests.find(({ node }) => node.start <= one.start && one.end <= node.end);
    const isWeak = place !== undefined && test !== undefined && asksLittle(place, name, held);
    return [{ path, line: one.line, test: test?.name ?? "", isWeak }];
  };
  return [...within(root)].flatMap((one): Use[] => {
    if (!/^call(_expression)?$/.test(one.type) || wordsOf(one.child("function")).at(-1) !== name) return [];
    const outer = [...above(one)].find(
      (up) => !/^(await_expression|await|parenthesized_expression|expression_list)$/.test(up.type),
    );
    if (outer?.type === "expression_statement") return [];
    if (!outer || !GIVES.test(outer.type) || asserted.some((place) => place.start <= one.start && one.end <= place.end))
      return use(one, new Set());
    const held = namesIn(outer.child("name") ?? outer.child("left"));
    const scope = [...above(outer)].find((up) => /^(statement_block|block|program|module)$/.test(up.type)) ?? root;
    const uses = [...within(scope)].filter((part) => part.start >= outer.end && isName(part) && held.has(part.text));
    // An error beside the answer is a question of its own.
    return uses
      .filter(({ text }) => !/^_?err/.test(text))
      .flatMap((part) => (isInMessage(part, asserted) ? [] : use(part, held)));
  });
}

const GIVES = /^(variable_declarator|assignment|assignment_expression|short_var_declaration)$/;

/** `t.Errorf("got %v", got)`: what is told when it fails. */
function isInMessage(node: SyntaxNode, asserted: readonly SyntaxNode[]): boolean {
  const call = [...above(node)].find((one) => one.type === "call_expression");
  const isTold = /^\w+\.(Error|Errorf|Fatal|Fatalf|Log|Logf)$/.test(call?.child("function")?.text ?? "");
  return isTold && !asserted.some((place) => place.start <= node.start && node.end <= place.end);
}

function namesIn(left: SyntaxNode | null): Set<string> {
  return new Set([...(left ? within(left) : [])].filter(isName).map(({ text }) => text));
}

function isName(node: SyntaxNode): boolean {
  return node.children.length === 0 && /^(identifier|shorthand_property_identifier_pattern)$/.test(node.type);
}

const THERE = /^(ok|assert|assertTrue|True|toBeTruthy|toBeDefined|assertIsNotNone|NotNil|NotEmpty|exists?|assertIsInstance|toBeInstanceOf|toBeTypeOf|IsType|instanceOf|isOk|isDefined|isNotNull)$/; // prettier-ignore
const NOT = /^(notEqual|notStrictEqual|assertNotEqual|assertIsNot|NotEqual|toBeNull|toBeUndefined)$/;
const AT_LEAST = /^(toBeGreaterThan(OrEqual)?|assertGreater(Equal)?|GreaterOrEqual|Greater|isAtLeast|isAbove)$/;
const NOTHING = /^(null|undefined|None|nil|""|''|-?[01]|\[\]|\{\})$/;

/** An assertion that only fails when there is nothing, or something of another kind. */
function asksLittle(place: SyntaxNode, name: string, held: ReadonlySet<string>): boolean {
  const is = (one: SyntaxNode | undefined) => one !== undefined && isLittle(one, name, held);
  if (place.type === "assert_statement") return is(place.parts[0]);
  if (!/^call(_expression)?$/.test(place.type)) return failsOnNothing(place, name, held);
  const words = wordsOf(place.child("function"));
  const last = words.at(-1) ?? "";
  const given = place.child("arguments")?.parts ?? [];
  const [one, other] = words[0] === "expect" ? [expectedIn(place), given[0]] : given;
  if (THERE.test(last)) return is(one) && !words.includes("not");
  if (NOT.test(last))
    return is(one) && (last.startsWith("to") ? words.includes("not") : NOTHING.test(other?.text ?? ""));
  if (AT_LEAST.test(last)) return is(one) && NOTHING.test(other?.text ?? "");
  return /equal|^toBe$|^is$/i.test(last) && one !== undefined && isOfType(one, name, held);
}

function expectedIn(node: SyntaxNode): SyntaxNode | undefined {
  for (const inner of within(node))
    if (inner.type === "call_expression" && inner.child("function")?.text === "expect")
      return inner.child("arguments")?.parts[0];
  return undefined;
}

const KIND = /^(isArray|isinstance|isFinite|isInteger|isSafeInteger|callable|hasattr|type|len|Boolean|bool|TypeOf)$/;

/** `got`, `got.id`, `f(2)`, `len(got) >= 0`, `typeof got === "string"` */
function isLittle(node: SyntaxNode, name: string, held: ReadonlySet<string>): boolean {
  const is = (one: SyntaxNode | undefined) => one !== undefined && isLittle(one, name, held);
  if (/^(await_expression|await|parenthesized_expression)$/.test(node.type)) return is(node.parts[0]);
  if (isName(node)) return held.has(node.text);
  if (/^(member_expression|attribute|selector_expression)$/.test(node.type)) return is(node.child("object") ?? node.child("operand") ?? undefined); // prettier-ignore
  if (/^call(_expression)?$/.test(node.type)) {
    const last = wordsOf(node.child("function")).at(-1) ?? "";
    return last === name || (KIND.test(last) && is(node.child("arguments")?.parts[0]));
  }
  const operators = node.children.filter((one) => !one.named || /operator/.test(one.type)).map(({ text }) => text);
  const [left, right] = node.parts;
  if (operators.some((one) => /^(&&|and)$/.test(one))) return is(left) && is(right);
  if (operators.includes("instanceof")) return is(left);
  if (operators.some((one) => /^(>=|>|!==?|is not)$/.test(one))) return is(left) && NOTHING.test(right?.text ?? "");
  return operators.some((one) => /^(===?|is)$/.test(one)) && left !== undefined && isOfType(left, name, held);
}

function isOfType(node: SyntaxNode, name: string, held: ReadonlySet<string>): boolean {
  if (node.type === "unary_expression" && node.text.startsWith("typeof ")) return isLittle(node.parts[0] ?? node, name, held); // prettier-ignore
  const isKind = /^call(_expression)?$/.test(node.type) && /^(type|TypeOf|isArray|isinstance)$/.test(wordsOf(node.child("function")).at(-1) ?? ""); // prettier-ignore
  return isKind && isLittle(node.child("arguments")?.parts[0] ?? node, name, held);
}

/** Go: the test fails if `got == nil`, `len(got) < 0`, `got == "" || err != nil`. */
function failsOnNothing(condition: SyntaxNode, name: string, held: ReadonlySet<string>): boolean {
  if (condition.type === "parenthesized_expression") return failsOnNothing(condition.parts[0] ?? condition, name, held);
  if (condition.type !== "binary_expression") return false;
  const [left, right] = condition.parts;
  if (!left || !right) return false;
  const operator = condition.children.find((one) => !one.named)?.text ?? "";
  if (operator === "||") {
    const asksError = (one: SyntaxNode) => /^\w*err\w* != nil$/i.test(one.text);
    return [left, right].every((one) => asksError(one) || failsOnNothing(one, name, held));
  }
  return /^(==|<|<=)$/.test(operator) && NOTHING.test(right.text) && isLittle(left, name, held);
}
