import { type Family, familyOf, type Language } from "../syntax/grammar.ts";
import { functionsOf } from "../syntax/functions.ts";
import { assertionsByName } from "./assert-names.ts";
import { ownMatchers } from "./own-matchers.ts";
import { above, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "./test-cases.ts";

/** One place where a test can fail. */
export type Assertion = {
  readonly node: SyntaxNode;
  /** `exact`: names the value. `loose`: a part, a pattern, a tolerance. `any`: only that there is something. */
  readonly strength: "exact" | "loose" | "any";
};

const EXACT =
  /^(toBe|toEqual|toStrictEqual|toHaveLength|toBeNull|toHaveBeenCalledTimes|toHaveBeenLastCalledWith|toHaveBeenNthCalledWith|toHaveBeenCalledOnceWith|toHaveBeenCalledExactlyOnceWith|toHaveBeenCalledOnce|lengthOf|assertIsNone|equal|equals|eql|eq|strictEqual|deepEqual|deepStrictEqual|is|same|deep|toMatchSnapshot|toMatchInlineSnapshot|toHaveBeenCalledWith|calledOnceWithExactly|calledWithExactly|calledOnceWith|calledWith|calledOnce|callCount|exactly|same(Deep)?OrderedMembers|(deepP|p)ropertyVal|assertEqual|assertEquals|assertIs|assert(List|Dict|Set|Tuple|Sequence|Count|MultiLine)Equal|Equal|EqualValues|Exactly|ElementsMatch|JSONEq)$/;
const ANY =
  /^(ok|assert|toBeTruthy|toBeFalsy|toBeDefined|toBeUndefined|assertTrue|assertFalse|assertIsNotNone|True|False|NotNil|NotEmpty|exists?|true|false|notEqual|notStrictEqual|notDeepEqual|assertNotEqual|NotEqual|doesNotThrow)$/;
const HELPER = /^(assert|expect|check|verify|should|must|ensure|require)/i;
const GO_FAILS = /^(Error|Errorf|Fatal|Fatalf|Fail|FailNow)$/;

/** @param root where to look: a test's body or a whole file */
export function assertionsIn(
  root: SyntaxNode,
  language: Language,
  helpers: ReadonlySet<string> = new Set(),
): Assertion[] {
  const find = FIND[familyOf(language)];
  const found: Assertion[] = [];
  for (const node of within(root)) {
    const strength = find(node, helpers);
    if (strength) found.push({ node, strength });
  }
  return found;
}

type Find = (node: SyntaxNode, helpers: ReadonlySet<string>) => Assertion["strength"] | null;

const FIND: Readonly<Record<Family, Find>> = { js: inScript, python: inPython, go: inGo, other: () => null };

function inScript(node: SyntaxNode, helpers: ReadonlySet<string>): Assertion["strength"] | null {
  if (
    node.type === "expression_statement" &&
    node.parts[0]?.type === "member_expression" &&
    (wordsOf(node.parts[0])[0] === "expect" || saysShould(wordsOf(node.parts[0])))
  )
    return strengthOf(wordsOf(node.parts[0]).at(-1) ?? "");
  if (node.type !== "call_expression" || isInner(node)) return null;
  const words = wordsOf(node.child("function"));
  const [first = "", last = ""] = [words[0], words.at(-1)];
  if (helpers.has(first)) return "exact";
  if (/^(toHaveP|p)roperty$/.test(last) && (node.child("arguments")?.parts.length ?? 0) > 1) return "exact";
  // `request(app).get("/").expect(200)`
  if (last === "expect" && words.length > 1) return givenPattern(node) ? "loose" : "exact";
  // `expect(x)` alone compares with nothing.
  if (first === "expect" && words.length === 1) return null;
  if (
    first === "t" &&
    (words.length === 2 || (words.length === 3 && words[1] === "assert")) &&
    (EXACT.test(last) || ANY.test(last) || /^(throws|rejects|like|regex)/.test(last))
  )
    return strengthOf(last);
  const own = words.length === 1 ? assertionsByName(node).get(first) : undefined;
  if (own !== undefined) return own === "ok" && comparesExactly(node) ? "exact" : strengthOf(own);
  const isOther = saysShould(words) || (first === "sinon" && words[1] === "assert");
  if (!HELPER.test(first) && !isOther) return null;
  if (last === "members")
    return words.includes("ordered") && !words.some((one) => /^(include|contain)s?$/.test(one)) ? "exact" : "loose";
  if (/^(ok|assert)$/.test(last) && comparesExactly(node)) return "exact";
  if (/^toThrow(Error)?$/.test(last) && namesFailure(node)) return "exact";
  if (ownMatchers(node.root).has(last)) return "exact";
  return last === "toMatchObject" && namesMessage(node) ? "exact" : strengthOf(last);
}

function givenPattern(node: SyntaxNode): boolean {
  return (node.child("arguments")?.parts ?? []).some(({ type }) => type === "regex");
}

/** `toThrow("no such row")`, `toThrow(new Missing("row"))`: one failure and no other. */
function namesFailure(node: SyntaxNode): boolean {
  const first = node.child("arguments")?.parts[0];
  if (first?.type === "regex") return /^\/\^.+\$\/[a-z]*$/s.test(first.text);
  return first !== undefined && /^(string|template_string|new_expression)$/.test(first.type) && first.text.length > 2;
}

/** `{ message: "no such row" }` */
export function isMessage(one: SyntaxNode): boolean {
  return one.child("key")?.text === "message" && /^(string|template_string)$/.test(one.child("value")?.type ?? "");
}

/** `rejects.toMatchObject({ message: "no such row" })`: which failure it is, whatever else it holds. */
export function namesMessage(node: SyntaxNode): boolean {
  if (!wordsOf(node.child("function")).includes("rejects")) return false;
  const pairs = node.child("arguments")?.parts[0]?.parts ?? [];
  return pairs.some(isMessage);
}

/** `got.should.equal(3)` */
function saysShould(words: readonly string[]): boolean {
  return words.indexOf("should", 1) > 0;
}

/** `expect(a)` inside `expect(a).toBe(b)` is a part of it. */
function isInner(node: SyntaxNode): boolean {
  return node.parent?.type === "member_expression" && node.parent.child("object") === node;
}

function strengthOf(word: string): Assertion["strength"] {
  return EXACT.test(word) ? "exact" : ANY.test(word) ? "any" : "loose";
}

function comparesExactly(node: SyntaxNode): boolean {
  const first = node.child("arguments")?.parts[0];
  return first?.children.some((one) => /^={2,3}$/.test(one.text)) ?? false;
}

function inPython(node: SyntaxNode, helpers: ReadonlySet<string>): Assertion["strength"] | null {
  if (node.type === "assert_statement") {
    const what = node.parts[0];
    if (what?.type === "comparison_operator" && !isApproximate(what))
      return what.children.some((one) => one.text === "==" || one.text === "is") ? "exact" : "loose";
    if (what?.type === "comparison_operator") return "loose";
    return "any";
  }
  if (node.type !== "call") return null;
  const words = wordsOf(node.child("function"));
  const last = words.at(-1) ?? "";
  if (helpers.has(last)) return "exact";
  if (words[0] === "self" && /^(assert|fail)/.test(last)) return strengthOf(last);
  if (/^(raises|warns|approx)$/.test(last) && words[0] === "pytest") return "loose";
  return HELPER.test(last) ? "loose" : null;
}

function isApproximate(comparison: SyntaxNode): boolean {
  return comparison.parts.some(
    (one) => one.type === "call" && /^(approx|isclose|ANY)$/.test(wordsOf(one.child("function")).at(-1) ?? ""),
  );
}

/** `pytest.approx(16.5)`: the same number, but for how it is rounded. */
export function isNearlyNumber(node: SyntaxNode): boolean {
  return /^(pytest\.)?approx\(-?\d+\.\d+\)$/.test(node.text);
}

function inGo(node: SyntaxNode, helpers: ReadonlySet<string>): Assertion["strength"] | null {
  if (node.type !== "call_expression") return null;
  const words = wordsOf(node.child("function"));
  const last = words.at(-1) ?? "";
  if (words.length === 2 && GO_FAILS.test(last)) {
    const test = [...above(node)].find((one) => one.type === "if_statement" || isQuestion(one));
    const condition = (test?.child("condition") ?? test?.child("value"))?.text ?? "";
    if (/^err == nil$|^\w+ [!=]= nil$/.test(condition)) return "any";
    return /!=|DeepEqual|cmp\.Diff|(bytes|slices|maps|strings|cmp)\.Equal|errors\.(Is|As)\(/.test(condition)
      ? "exact"
      : "loose";
  }
  // A helper that is handed the test fails it.
  if (helpers.has(last)) return "exact";
  const first = node.child("arguments")?.parts[0]?.text ?? "";
  if (!/^(t|tb|b)$/.test(first) || last === "Run") return null;
  return strengthOf(last) === "any" || /^NoErrorf?$/.test(last) ? "any" : "exact";
}

/** `case err == nil:` of a `switch` over nothing, where whatever is asked before fails the test as well. */
export function isQuestion(node: SyntaxNode): boolean {
  return node.type === "expression_case" && node.parent !== null && questionsIn(node.parent).has(node);
}

const questionsIn = oncePerNode((asked): ReadonlySet<SyntaxNode> => {
  const found = new Set<SyntaxNode>();
  if (asked.type !== "expression_switch_statement" || asked.child("value")) return found;
  for (const one of asked.parts) {
    if (one.type !== "expression_case") break;
    found.add(one);
    if (!/\b\w+\.(Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/.test(one.text)) break;
  }
  return found;
});

/** Functions of a file that assert something themselves: calling one is asserting. */
export function assertingHelpers(root: SyntaxNode, language: Language): Set<string> {
  const all = functionsOf(root, language).filter(({ name }) => !/^(test|Test)/.test(name));
  return new Set(all.filter(({ body }) => assertionsIn(body, language).length > 0).map(({ name }) => name));
}

/** What stands literally in an assertion: texts and numbers that it compares with. 0 and 1 say too little by themselves. */
export function literalsOf(root: SyntaxNode, which: "telling" | "all" = "telling"): Set<string> {
  const found = new Set<string>();
  for (const node of within(root, (one) => !isLiteral(one) || one.type === "template_string")) {
    if (!isLiteral(node)) continue;
    const text = which === "all" ? meantBy(node) : textOf(node);
    if (which === "all" || text.length > 1 || /[^01\s]/.test(text)) found.add(text);
  }
  return found;
}

const LITERAL =
  /^(string|template_string|number|integer|float|int_literal|float_literal|interpreted_string_literal|raw_string_literal|rune_literal|regex)$/;

export function isLiteral(node: SyntaxNode): boolean {
  return LITERAL.test(node.type);
}

/** Without quotes; `1_000` is the number 1000. */
export function textOf({ text }: SyntaxNode): string {
  return /^[\d_]+$/.test(text) ? text.replaceAll("_", "") : text.replace(/^[rbuf]*["'`]+|["'`]+$/gi, "");
}

/** The same however it is written: `1e3` and `0x3e8` are the number 1000, `"\\u00fc"` is `"ü"`. */
export function meantBy(literal: SyntaxNode): string {
  const { text, type } = literal;
  if (NUMBER.test(text)) return String(Number(text.replaceAll("_", "").replace(/n$/, "")));
  // What a call in a text answers is no text that anybody wrote, and may get a name; what it is given stands beside: `${f(2).join("\n")}`.
  const inner = type === "template_string" ? textOf(literal).replace(CALLED, "${}") : textOf(literal);
  const isRaw = type === "regex" || type === "raw_string_literal" || /^[bf]?r[bf]?["']/i.test(text);
  return isRaw ? inner : unescaped(inner);
}

const CALLED = /\$\{[^{}]{0,200}\([^{}]{0,200}\}/g;

/** Forms of a number that JavaScript reads as well, and exactly. */
const NUMBER = /^(0[xob][\da-f_]{1,12}|\d[\d_]{0,14}n?|\d[\d_]{0,14}\.\d{1,15}|\d[\d_]{0,14}(\.\d+)?e\d{1,2})$/i;
const SIGNS: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0" };

/** What stands behind a backslash as itself; only the signs that all these languages have. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|\r?\n|([ntr0"'`\\]))/g, (_, unicode, hex, sign) => {
    const code = (unicode ?? hex) as string | undefined;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return sign === undefined ? "" : (SIGNS[sign as string] ?? (sign as string));
  });
}
