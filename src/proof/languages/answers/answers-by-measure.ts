import type { Case } from "./answer-cases.ts";
import { givenIn, INDEXED, type SyntaxNode, within } from "../syntax/syntax.ts";

/**
 * Answers that are found by a measure of the question, such as its length, instead of by the question.
 * @param isTests whether an answer is of the tests; one alone has to be an uncommon one
 * @param lengths of the sentences that the new tests give: nobody else asks whether one has exactly so many letters
 */
export function byMeasure(
  root: SyntaxNode,
  cases: readonly Case[],
  isTests: (text: string, isUncommon: boolean) => boolean,
  lengths: ReadonlySet<number>,
): Case[] {
  const measures = measuresIn(root);
  const alone = cases.filter(
    ({ by, answered }) =>
      (MEASURE.test(by) || isOfMeasure(by, measures)) &&
      answered.some((one) => isTests(one, !isOfSentence(by, lengths)) && !isNamedSo(one, by)),
  );
  const isTheirs = ({ table, asked, answered }: Case) =>
    answered.some(
      (one) => isTests(one, false) && (table || /\d/.test(one)) && !asked.some((number) => isNamedSo(one, number)),
    );
  const listed = measuredLists(root, cases).filter((list) => !isScale(list));
  const theirs = listed.map((list) => list.filter(isTheirs)).filter((list) => list.length >= LISTED_MIN);
  return [...alone, ...theirs.flat()];
}

/** One may be a special case. */
const LISTED_MIN = 2;

/** Tables by a measure, and conditions one after the other: `if (all.length === 2) …; if (all.length === 3) …`. */
function measuredLists(root: SyntaxNode, cases: readonly Case[]): Case[][] {
  const tables = measuredTables(root);
  const lists = new Map<SyntaxNode | string, Case[]>();
  for (const one of cases) {
    const measured = one.table ?? MEASURE.exec(one.by)?.[0].replace(/\d+/, "");
    if (measured === undefined || (typeof measured !== "string" && !tables.has(measured))) continue;
    // A length is a number: a table of words is asked by something that is only cut out at some length.
    if (one.table && !one.asked.every((key) => /^\d+$/.test(key))) continue;
    (lists.get(measured) ?? lists.set(measured, []).get(measured))?.push(one);
  }
  return [...lists.values()];
}

/** Each of several lengths, one after the other, and more for each: points for a word are a rule, and no list of questions. */
function isScale(list: readonly Case[]): boolean {
  const keys = list.map(({ asked }) => Number(asked[0]));
  const values = list.flatMap(({ answered }) => (answered.length === 1 ? [Number(answered[0])] : []));
  const isRising = values.every((one, at) => one >= (values[at - 1] ?? -Infinity));
  return keys.length >= SCALE_MIN && keys.every((one, at) => at === 0 || one === (keys[at - 1] ?? NaN) + 1) && isRising;
}

/** Three steps that rise may be copied from three tests; a scale of four or more is a rule. */
const SCALE_MIN = 4;

/** `"EAN-13"` is what something of 13 digits is called, and `"md5"`, `"sha256"`, `"ipv6"`, `"aes-192"` have their length for a kind. */
function isNamedSo(answer: string, measured: string): boolean {
  if (/^[a-z]+[-_ ]?\d{1,4}$/i.test(answer)) return true;
  const number = /\d+/.exec(measured)?.[0];
  return number !== undefined && answer !== number && new RegExp(`(?<!\\d)${number}(?!\\d)`).test(answer);
}

/** `title.length === 11`, `text[0] == "G"`: a measure of the question instead of the question. None and one are special anyway. */
const MEASURE =
  /(\.(length|size|charCodeAt\(.{0,20}\)|codePointAt\(.{0,20}\))|\blen\([^()]{1,60}\)|\bord\([^()]{1,60}\)) *===? *(?![01]\b)\d+|(?<!\d)(?![01]\b)\d+ *===? *(\w[\w.]*\.(length|size)|len\()/;

/** `text.length === 19`, as long as a sentence of the tests. */
function isOfSentence(by: string, lengths: ReadonlySet<number>): boolean {
  const measured = MEASURE.exec(by)?.[0] ?? "";
  return (measured.match(/\d+/g) ?? []).some((number) => lengths.has(Number(number)));
}

const A_MEASURE = /(^|\.)(length|size)$|^len\([^()]{1,60}\)$/;

/** Tables that are asked by the length of what was given: `{ 5: 3, 8: 6 }[prices.length]`, `switch (rows.length) { case 5: … }`. */
function measuredTables(root: SyntaxNode): Set<SyntaxNode> {
  const measures = measuresIn(root, isWholeMeasure);
  const isMeasure = (key: SyntaxNode | null | undefined) => {
    const text = key?.text.slice(0, MEASURE_CHARS_MAX).replace(/^\((.*)\)$/s, "$1") ?? "";
    return A_MEASURE.test(text) || measures.has(text);
  };
  return new Set([...tablesAskedBy(root, isMeasure), ...switchesBy(root, isMeasure)]);
}

/** `switch (key) { case … }` */
export function switchesBy(root: SyntaxNode, isMeant: (key: SyntaxNode | null) => boolean): SyntaxNode[] {
  return [...within(root)].flatMap((one) => {
    if (!/^(switch_statement|match_statement|expression_switch_statement)$/.test(one.type)) return [];
    return isMeant(one.child("value") ?? one.child("subject")) ? [one.child("body") ?? one] : [];
  });
}

const MEASURES = /\.(charCodeAt|codePointAt)\(|\bord\(|\.(length|size)\b|\blen\(|\w*hash(code|of)?\(/i;
/** The sum of its letters. */
const OF_LETTERS = /^sum\(.*\bord\(|\.reduce\(.*\.(charCodeAt|codePointAt)\(/s;

/** `rows.length`, `len(rows)`. In `text.slice(text.length - 1)` the length is only on the way. */
function isWholeMeasure(right: SyntaxNode): boolean {
  const value = unwrapped(right) ?? right;
  const text = value.text.slice(0, MEASURE_CHARS_MAX);
  return (value.type === "member_expression" && A_MEASURE.test(value.text.slice(-MEASURE_CHARS_MAX))) || /^len\([^()]{1,60}\)$/.test(text) || OF_LETTERS.test(text); // prettier-ignore
}

/** Names that hold a measure of something: its length, the sum of its letters. */
function measuresIn(root: SyntaxNode, isOne: (right: SyntaxNode) => boolean = holdsMeasure): Set<string> {
  const given = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  return new Set(given.filter(({ right }) => right && isOne(right)).map(({ left }) => left.text));
}

function holdsMeasure(right: SyntaxNode): boolean {
  return MEASURES.test(right.text.slice(0, MEASURE_CHARS_MAX));
}

/** A measure is a short expression, and the patterns below stay linear. */
const MEASURE_CHARS_MAX = 200;

/** `sum === 150` */
function isOfMeasure(by: string, measures: ReadonlySet<string>): boolean {
  const name = /^\(?(\w+) *===? *\d{2,}\)?$/.exec(by)?.[1];
  return name !== undefined && measures.has(name);
}

export function tablesAskedBy(root: SyntaxNode, isMeant: (key: SyntaxNode | undefined) => boolean): Set<SyntaxNode> {
  const names = new Set<string>();
  const found = new Set<SyntaxNode>();
  const add = (table: SyntaxNode | null | undefined) => {
    if (table && TABLE.test(table.type)) found.add(table);
    else if (table) names.add(table.text);
  };
  for (const node of within(root)) {
    if (INDEXED.test(node.type)) {
      const key = node.child("index") ?? node.child("subscript");
      if (isMeant(key ?? undefined)) add(node.child("object") ?? node.child("value") ?? node.child("operand"));
    }
    if (!/^call(_expression)?$/.test(node.type) || !isMeant(node.child("arguments")?.parts[0])) continue;
    const callee = node.child("function");
    const asked = callee?.child("property") ?? callee?.child("attribute");
    if (/^(get|has)$/.test(asked?.text ?? "")) add(callee?.child("object"));
  }
  for (const node of within(root)) {
    const { left, right } = givenIn(node) ?? {};
    if (!left || !right || !names.has(left.text)) continue;
    const value = unwrapped(right);
    const table = value?.type === "new_expression" ? value.child("arguments")?.parts[0] : value;
    if (table) found.add(table.type === "composite_literal" ? (table.child("body") ?? table) : table);
  }
  return found;
}

/** `{ … } as Record<number, number>` */
function unwrapped(value: SyntaxNode): SyntaxNode | undefined {
  const isAround = /^(expression_list|as_expression|satisfies_expression|parenthesized_expression)$/.test(value.type);
  return isAround && value.parts[0] ? unwrapped(value.parts[0]) : value;
}

const TABLE = /^(object|dictionary|array|list|tuple)$/;
