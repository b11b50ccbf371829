import type { FileDiff } from "../../../trees/diff.ts";
import { assertionsIn, isLiteral } from "../tests/assertions.ts";
import { functionsOf } from "../syntax/functions.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import type { Parsed, SyntaxReader } from "../syntax/parser.ts";
import { around } from "../tests/said.ts";
import { above, givenIn, holds, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";
import { type TestSide, testSide } from "../tests/test-side.ts";
import { answers } from "./yes-or-no.ts";

/** A new function of the product about whose answer the tests that call it ask only that there is one. */
export type OnlyThere = {
  readonly path: string;
  readonly line: number;
  readonly test: string;
  readonly what: string;
  /** Where the function stands. */
  readonly of: { readonly path: string; readonly line: number };
  /** All tests that ask so. */
  readonly tests: readonly string[];
  /** Whether none of these tests compares anything else, which may be what the function did. */
  readonly nothingElse: boolean;
};

/** A changed file of the product. */
type Changed = { readonly path: string; readonly before: Parsed; readonly after: Parsed };

/**
 * Read from the text alone, which cannot see what the function does besides, nor who calls it on the way: it is a
 * suspicion, and what the tests say to a function that answers something else decides.
 */
export async function onlyAskedFor(files: readonly FileDiff[], syntax: SyntaxReader): Promise<OnlyThere[]> {
  const text = files.filter(({ kind, path }) => kind === "text" && isCode(path));
  const tests = text.filter(({ path }) => isTestCode(path));
  if (tests.length === 0) return [];
  const product = text.filter(({ path }) => !isTestFile(path) && !isTestCode(path));
  const changed = product.map(async ({ path, before, after }) => {
    return { path, before: await syntax.parse(path, before), after: await syntax.parse(path, after) };
  });
  const sides = tests.map(async ({ path, after }) => {
    const parsed = await syntax.parse(path, after);
    return parsed.outcome === "cannot" ? [] : [testSide(path, parsed)];
  });
  return onlyThere(await Promise.all(changed), (await Promise.all(sides)).flat());
}

/**
 * New functions whose answers tests look at only to see that there is one, of which type it is, or that it is not below
 * nothing. Whoever hands the answer on, or compares it once, is not meant; nor are functions that answer yes or no.
 */
function onlyThere(product: readonly Changed[], after: readonly TestSide[]): OnlyThere[] {
  const functions = ({ path }: Changed, parsed: Parsed) =>
    parsed.outcome === "cannot"
      ? []
      : functionsOf(parsed.root, parsed.language).map((one) => {
          return { path, name: one.name, line: one.node.line, isAnswer: answers(one, parsed.language) };
        });
  const old = new Set(product.flatMap((one) => functions(one, one.before)).map(({ name }) => name));
  const now = product.flatMap((one) => functions(one, one.after)).filter((one) => one.isAnswer && !old.has(one.name));
  const names = new Map(now.map((one) => [one.name, one]));
  return [...names.values()].flatMap((one): OnlyThere[] => {
    const uses = after.flatMap((side) => usesOf(one.name, side));
    const [first] = uses;
    if (!first || uses.some(({ isWeak }) => !isWeak)) return [];
    const { path, line, test } = first;
    const what = `only asks whether \`${one.name}()\` answers something`;
    const tests = [...new Set(uses.map((use) => use.test))];
    const nothingElse = after.every((side) => !comparesElse(side, tests, uses));
    return [{ path, line, test, what, of: { path: one.path, line: one.line }, tests, nothingElse }];
  });
}

/** An exact comparison in one of the tests that is none of these uses. */
function comparesElse(side: TestSide, tests: readonly string[], uses: readonly Use[]): boolean {
  const isUse = (place: SyntaxNode) => uses.some(({ path, node }) => path === side.path && holds(place, node));
  return side.tests
    .filter(({ name }) => tests.includes(name))
    .flatMap(({ body }) => assertionsIn(body, side.language, side.helpers))
    .some(({ node, strength }) => strength === "exact" && !isUse(around(node, side.language)));
}

type Use = {
  readonly path: string;
  readonly line: number;
  readonly test: string;
  readonly node: SyntaxNode;
  readonly isWeak: boolean;
};

function usesOf(name: string, side: TestSide): Use[] {
  const { root, language, path } = side;
  const asserted = assertionsIn(root, language, side.helpers).map(({ node }) => around(node, language));
  const use = (one: SyntaxNode, held: ReadonlySet<string>): Use[] => {
    const place = asserted.find((place) => holds(place, one));
    const test = side.tests.find(({ node }) => holds(node, one));
    const isWeak = place !== undefined && test !== undefined && asksLittle(place, name, held);
    return [{ path, line: one.line, test: test?.name ?? "", node: one, isWeak }];
  };
  return [...within(root)].flatMap((one): Use[] => {
    if (!/^call(_expression)?$/.test(one.type) || wordsOf(one.child("function")).at(-1) !== name) return [];
    const outer = [...above(one)].find(
      (up) => !/^(await_expression|await|parenthesized_expression|expression_list)$/.test(up.type),
    );
    if (!outer || isWantedToFail(one)) return use(root, new Set());
    if (outer.type === "expression_statement" && !asserted.some((place) => holds(place, one))) return [];
    const given = givenIn(outer);
    if (!given || asserted.some((place) => holds(place, one))) return use(one, new Set());
    const held = namesIn(given.left);
    const scope = [...above(outer)].find((up) => /^(statement_block|block|program|module)$/.test(up.type)) ?? root;
    const uses = [...within(scope)].filter((part) => part.start >= outer.end && isName(part) && held.has(part.text));
    // An error beside the answer is a question of its own.
    const [errors, others] = [uses.filter(({ text }) => isError(text)), uses.filter(({ text }) => !isError(text))];
    if (errors.some(isWhichError)) return use(root, new Set());
    return others.flatMap((part) => (isInMessage(part, asserted) ? [] : use(part, held)));
  });
}

const isError = (name: string) => /^_?err/.test(name);

/** `errors.Is(err, ErrEmpty)`: that it fails, and how, is asked of the function. */
function isWhichError(node: SyntaxNode): boolean {
  const call = [...above(node)].find((one) => one.type === "call_expression");
  return /^(Is|As|AsType|Error(Is|As|Contains)|EqualError)$/.test(
    wordsOf(call?.child("function") ?? null).at(-1) ?? "",
  );
}

const RAISES = /^(raises|assertRaises|assertRaisesRegex|throws|rejects|toThrow\w*|assertThrows\w*|Panics\w*)$/;

/** It stands in what has to fail. */
function isWantedToFail(node: SyntaxNode): boolean {
  return [...above(node)].some((one) => {
    const asked =
      one.type === "with_statement"
        ? one.parts.filter(({ type }) => type === "with_clause").flatMap((part) => [...within(part)])
        : [one];
    return asked.some((call) => /^call(_expression)?$/.test(call.type) && wordsOf(call.child("function")).some((word) => RAISES.test(word))); // prettier-ignore
  });
}

const TELLS = /^(\w+\.(Error|Errorf|Fatal|Fatalf|Log|Logf)|(console|logging|logger|log)\.\w+|p?print|fmt\.Print\w*)$/;

/** `t.Errorf("got %v", got)`, `console.log(got)`: what is told, when it fails or anyhow. */
function isInMessage(node: SyntaxNode, asserted: readonly SyntaxNode[]): boolean {
  const call = [...above(node)].find((one) => /^call(_expression)?$/.test(one.type));
  return TELLS.test(call?.child("function")?.text ?? "") && !asserted.some((place) => holds(place, node));
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
  const [one, other] = words[0] === "expect" ? [expectedSubject(place), given[0]] : given;
  if (THERE.test(last)) return is(one) && !words.includes("not");
  if (NOT.test(last)) return is(one) && (last.startsWith("to") ? words.includes("not") : isFixed(other));
  if (AT_LEAST.test(last)) return is(one) && NOTHING.test(other?.text ?? "");
  return /equal|^toBe$|^is$/i.test(last) && one !== undefined && isOfType(one, name, held);
}

/** There are many other answers than one that is written down. */
function isFixed(node: SyntaxNode | undefined): boolean {
  return node !== undefined && (isLiteral(node) || NOTHING.test(node.text));
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
