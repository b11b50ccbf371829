import { type Assertion, assertionsIn, isLiteral, literalsOf, meantBy } from "../tests/assertions.ts";
import { madeBy, namedIn, valuesIn } from "../tests/asserted.ts";
import { expectedSubject, type Sides, sidesOf } from "../tests/own-expectation.ts";
import { failsWhereOther, hasSlice, isFromCode } from "./from-code.ts";
import { errorsAsked } from "./go-errors.ts";
import { familyOf } from "../syntax/grammar.ts";
import { allLiterals, around, rowsIn } from "../tests/said.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** A part of a text, or a pattern, for which a test asked: `strings.Contains(err.Error(), "part 1")`, `/no "="/`. */
type Part = { readonly text: string; readonly fits: (whole: string) => boolean };

/**
 * What a test asked for by a part is kept where it compares with a whole text now that has this part: who wants "ring: part 1
 * is empty" wants "part 1". The other way round, and from one whole text to another, something is lost.
 * @returns the parts for which there is such a whole
 */
export function partsOfWholes(side: TestSide, test: TestText, now: TestSide, same: TestText): ReadonlySet<string> {
  const parts = partsAsked(side, test);
  if (parts.length === 0) return new Set();
  const wholes = wholesOf(now, same);
  return new Set(parts.filter(({ fits }) => wholes.some(fits)).map(({ text }) => text));
}

/**
 * Whether a row of a table holds what a test gave to the code, and a whole text for each part for which it asked.
 * @param ofRows tests that are made of rows: one of them compares whole texts
 * @param rowsWith rows that hold a text
 */
export function isRowOfWholes(
  side: TestSide,
  test: TestText,
  ofRows: readonly TestText[],
  rowsWith: (text: string) => readonly ReadonlySet<string>[],
): boolean {
  const parts = partsAsked(side, test);
  if (parts.length === 0 || parts.length < assertionsIn(test.body, side.language, side.helpers).length) return false;
  if (!ofRows.some((one) => comparesWholes(side, one))) return false;
  const told = new Set(familyOf(side.language) === "go" ? assertionsIn(test.body, "go").map(({ node }) => node) : []);
  const asked = new Set(parts.map(({ text }) => text));
  const given = [...within(test.body, (node) => !told.has(node))].filter(isLiteral);
  const texts = [...new Set(given.map(meantBy))].filter((text) => !asked.has(text));
  const [first] = texts;
  if (first === undefined) return false;
  return rowsWith(first).some(
    (row) => texts.every((text) => row.has(text)) && parts.every(({ fits }) => [...row].some(fits)),
  );
}

function comparesWholes(side: TestSide, test: TestText): boolean {
  const all = assertionsIn(test.body, side.language, side.helpers);
  if (familyOf(side.language) === "go") return errorsAsked(all).which > 0;
  return all.some((one) => comparedWhole(one, side, test).length > 0);
}

function partsAsked(side: TestSide, { body }: TestText): Part[] {
  const asked = assertionsIn(body, side.language, side.helpers);
  return asked.flatMap(({ node }) => [...within(around(node, side.language))].flatMap(partsIn));
}

const CONTAINS = /^(includes?|contains?|startsWith|endsWith|toContain|toMatch|toThrow|toThrowError|stringContaining)$/;
const LATER = /^(assertRegex|assertRaisesRegex)$/;

function partsIn(node: SyntaxNode): Part[] {
  if (node.type === "regex") return patternOf(node, literalText(node));
  if (node.type === "comparison_operator") {
    const isIn = node.children.some(({ named, text }) => !named && text === "in");
    return isIn ? textPart(node.parts[0]) : [];
  }
  if (node.type === "keyword_argument" && node.child("name")?.text === "match")
    return patternPart(node.child("value") ?? undefined);
  if (!/^call(_expression)?$/.test(node.type)) return [];
  const [first, second] = node.child("arguments")?.parts ?? [];
  const callee = wordsOf(node.child("function"));
  const last = callee.at(-1) ?? "";
  if (callee[0] === "strings" && /^(Contains|HasPrefix|HasSuffix)$/.test(last)) return textPart(second);
  if (callee[0] === "self" && last === "assertIn") return textPart(first);
  if (LATER.test(last)) return patternPart(second);
  return CONTAINS.test(last) ? textPart(first) : [];
}

/** Shorter parts stand in anything. */
const PART_CHARS_MIN = 3;

function textPart(node: SyntaxNode | undefined): Part[] {
  if (!node || !/string/.test(node.type)) return [];
  const text = meantBy(node);
  return text.length < PART_CHARS_MIN ? [] : [{ text, fits: (whole) => whole.includes(text) }];
}

function patternPart(node: SyntaxNode | undefined): Part[] {
  return node && /string/.test(node.type) ? patternOf(node, meantBy(node)) : [];
}

function literalText({ text }: SyntaxNode): string {
  return /^\/(.*)\/[a-z]*$/s.exec(text)?.[1] ?? "";
}

/** Of a pattern, and of a text that is tried against it: nobody writes longer ones to be read. */
const PATTERN_CHARS_MAX = 200;
/** Letters and digits that a pattern names itself: `/.+/` asks for nothing. */
const PATTERN_WORDS_MIN = 2;
/** Signs, classes, and numbers of them: no groups and no choices, so that nothing goes back and forth. */
const PLAIN_PATTERN =
  /^\^?(?:(?:[^\\^$.*+?()[\]{}|]|\\[^\w]|\\[dwsDWS]|\.|\[[^\][\\]{1,40}\])(?:\{\d{1,3}\}|[+*?])?)+\$?$/;
const MANY = /(?<!\\)[+*]/g;
/** With more of them a text might be gone through too often. */
const MANY_MAX = 3;

function patternOf(node: SyntaxNode, source: string): Part[] {
  const telling = source.replace(/\\./g, "").match(/\w/g) ?? [];
  if (source.length > PATTERN_CHARS_MAX || telling.length < PATTERN_WORDS_MIN || !PLAIN_PATTERN.test(source)) return [];
  if ((source.match(MANY) ?? []).length > MANY_MAX) return [];
  const pattern = new RegExp(source, /\/[a-z]*i[a-z]*$/.test(node.text) && node.type === "regex" ? "i" : "");
  const fits = (whole: string) => whole.length <= PATTERN_CHARS_MAX && pattern.test(whole);
  return [{ text: meantBy(node), fits }];
}

const FAILURE = /^(throws|rejects|throwsAsync|throw|toThrow|toThrowError|rejectedWith)$/;

/** Texts that a test compares with whole: those of its exact assertions, of what stands behind their names, and of its rows. */
function wholesOf(side: TestSide, test: TestText): string[] {
  const given = new Map([...valuesIn(test.body), ...sideBySide(test.body)]);
  const asked = assertionsIn(test.body, side.language, side.helpers).flatMap((one) => {
    const place = comparedWhole(one, side, test);
    return place.flatMap((part) => [...allLiterals(part), ...namedIn(part, given)]);
  });
  const rows = asked.length > 0 || hasExact(side, test) ? rowsIn(madeBy(test), 1) : [];
  const all = [...asked, ...rows.flatMap(({ row }) => [...literalsOf(row)])];
  return all.filter((one) => !/^\/.*\/[a-z]*$/s.test(one));
}

/** `got, want := err.Error(), "ring: empty"` */
function sideBySide(body: SyntaxNode): (readonly [string, SyntaxNode[]])[] {
  return [...within(body)].flatMap((one) => {
    const [names, values] = [one.child("left")?.parts ?? [], one.child("right")?.parts ?? []];
    if (one.type !== "short_var_declaration" || names.length < 2 || names.length !== values.length) return [];
    return names.flatMap(({ text }, at) => {
      const value = values[at];
      return value && /string/.test(value.type) ? [[text, [value]] as const] : [];
    });
  });
}

function hasExact(side: TestSide, { body }: TestText): boolean {
  return assertionsIn(body, side.language, side.helpers).some((one) => one.strength === "exact");
}

/** `throws(f, "text")` of Node's `assert` only says what to print; a matcher looks for the text. */
function namesFailure(type: string, last: string): boolean {
  return (
    /^(object|new_expression)$/.test(type) ||
    (type === "string" && /^(throw|toThrow|toThrowError|rejectedWith)$/.test(last))
  );
}

/** The values with which an assertion compares whole what the code gives: `{ message: "…" }` and `new Full("…")` too, of one that wants a failure. */
function comparedWhole({ node, strength }: Assertion, side: TestSide, { body }: TestText): SyntaxNode[] {
  const last = wordsOf(node.child("function")).at(-1) ?? "";
  const [given, subject] = [node.child("arguments")?.parts ?? [], expectedSubject(node)];
  if (familyOf(side.language) === "js" && FAILURE.test(last)) {
    const from = subject ?? given[0];
    return from && isFromCode(from, body) ? given.filter(({ type }) => namesFailure(type, last)) : [];
  }
  if (strength !== "exact") return [];
  const place = around(node, side.language);
  if ([...within(place)].flatMap(partsIn).length > 0) return [];
  const sides = sidesOf(node, side.language).filter((both) => isWholeOfCode(both, body) && (place === node || failsWhereOther(both[0], place))); // prettier-ignore
  if (sides.length > 0 || place !== node || node.type === "assert_statement") return sides.flat();
  const all = [...(subject ? [subject] : []), ...given];
  return all.some((one) => isFromCode(one, body)) && !all.some(hasSlice) ? all : [];
}

/** One side comes from the code, and neither is a part of something. */
function isWholeOfCode(both: Sides, body: SyntaxNode): boolean {
  return both.some((one) => isFromCode(one, body)) && !both.some(hasSlice);
}
