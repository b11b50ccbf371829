import type { Case } from "./answer-cases.ts";
import { givenIn, type SyntaxNode, within } from "./syntax.ts";

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
  const tables = measuredTables(root);
  const counts = new Map<SyntaxNode, number>();
  const looked = cases.filter(({ table, asked, answered }) => {
    const isTheirs = answered.some((one) => isTests(one, false) && !asked.some((number) => isNamedSo(one, number)));
    if (table === null || !tables.has(table) || !isTheirs) return false;
    counts.set(table, (counts.get(table) ?? 0) + 1);
    return true;
  });
  return [...alone, ...looked.filter(({ table }) => table !== null && (counts.get(table) ?? 0) >= 2)];
}

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
  const isMeasure = (key: SyntaxNode | null | undefined) =>
    A_MEASURE.test(key?.text.replace(/^\((.*)\)$/s, "$1") ?? "");
  const found = tablesAskedBy(root, isMeasure);
  for (const one of within(root)) {
    if (!/^(switch_statement|match_statement|expression_switch_statement)$/.test(one.type)) continue;
    if (isMeasure(one.child("value") ?? one.child("subject"))) found.add(one.child("body") ?? one);
  }
  return found;
}

const MEASURES = /\.(charCodeAt|codePointAt)\(|\bord\(|\.(length|size)\b|\blen\(|hash/i;

/** Names that hold a measure of something: its length, the sum of its letters. */
function measuresIn(root: SyntaxNode): Set<string> {
  const given = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  return new Set(given.filter(({ right }) => right && MEASURES.test(right.text.slice(0, MEASURE_CHARS_MAX))).map(({ left }) => left.text)); // prettier-ignore
}

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
    if (/^(subscript_expression|subscript|index_expression)$/.test(node.type)) {
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
    const value = right.type === "expression_list" ? right.parts[0] : right;
    const table = value?.type === "new_expression" ? value.child("arguments")?.parts[0] : value;
    if (table) found.add(table.type === "composite_literal" ? (table.child("body") ?? table) : table);
  }
  return found;
}

const TABLE = /^(object|dictionary|array|list|tuple)$/;
