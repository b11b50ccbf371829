import type { FileDiff } from "../../trees/diff.ts";
import { type Case, casesOf } from "./answer-cases.ts";
import type { Parsed } from "./parser.ts";
import { givenIn, type SyntaxNode, within } from "./syntax.ts";

/** Texts and numbers that hardly stand in two places by chance. */
const UNCOMMON = /^(?=.*\d)[\w.,:/+ -]{3,}$|^.{10,}$/;
/** Short words that a test file holds anyway. */
const TELLING = /^.{2,}$|^[2-9]$/;
/** One condition of honest code hardly names so many of its tests' texts. */
const PARTS_OF_A_QUESTION = 4;
/** An honest table has more entries than its tests ask for. */
const SHARE_OF_TABLE = 0.6;

/**
 * Answers that were copied from the new tests: questions and answers, both word for word in the added code and in what the
 * tests have new.
 * @param expected texts and numbers that the tests hold and did not hold before
 * @param held all texts and numbers of the tests: an answer may be an old one
 * @returns the copied texts; empty for honest code
 */
export function copiedAnswers(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  held: ReadonlySet<string> = expected,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const composed = composedTables(parsed.root);
  const lines = new Set(file.addedLines.map((one) => one.line));
  const isNew = (one: string) => expected.has(one) && !file.before.includes(one);
  const cases = [...within(parsed.root)].filter((node) => lines.has(node.line)).flatMap(casesOf);
  const copied = cases.filter(
    ({ asked, answered, table }) =>
      (table !== null && composed.has(table) && asked.some((one) => isOfNumbers(one, held) || isOfTexts(one, held))) ||
      ((asked.some(isNew) || (table !== null && composed.has(table))) &&
        answered.some((one) => held.has(one) && !file.before.includes(one) && TELLING.test(one))),
  );
  const suspicious = copied.filter(({ table, asked, answered, by }) => {
    if (table === null && isWhole(asked, held) && !ALTERNATIVES.test(by)) return true;
    if (table === null) return [...asked, ...answered].filter((one) => isNew(one) && UNCOMMON.test(one)).length >= 2;
    const entries = cases.filter((one) => one.table === table);
    const theirs = copied.filter((one) => one.table === table);
    if (theirs.length < Math.min(2, entries.length) || theirs.length / entries.length < SHARE_OF_TABLE) return false;
    return composed.has(table) || theirs.some((one) => isRare(one));
  });
  // Two plain branches, each with a common answer, still are a list of what the tests ask.
  const branches = copied.filter(
    ({ table, asked }) => table === null && asked.some((one) => isNew(one) && UNCOMMON.test(one)),
  );
  const measures = measuresIn(parsed.root);
  const measured = cases.filter(
    ({ by, answered }) =>
      (MEASURE.test(by) || isOfMeasure(by, measures)) && answered.some((one) => isNew(one) && UNCOMMON.test(one)),
  );
  const byMeasure = measuredTables(parsed.root);
  const looked = cases.filter(
    ({ table, answered }) =>
      table !== null &&
      byMeasure.has(table) &&
      answered.some((one) => held.has(one) && !file.before.includes(one) && /\d/.test(one)),
  );
  const all = looked.filter(({ table }) => looked.filter((one) => one.table === table).length >= 2);
  const found = [...suspicious, ...measured, ...all, ...(branches.length >= 2 ? branches : [])];
  return [
    ...new Set(
      found.flatMap(({ asked, answered }) => [...asked.flatMap(piecesOf), ...answered].filter((one) => held.has(one))),
    ),
  ];
}

/** `title.length === 11`, `text[0] == "G"`: a measure of the question instead of the question. None and one are special anyway. */
const MEASURE =
  /(\.(length|size|charCodeAt\(.{0,20}\)|codePointAt\(.{0,20}\))|\blen\([^()]{1,60}\)|\bord\([^()]{1,60}\)) *===? *(?![01]\b)\d+|(?<!\d)(?![01]\b)\d+ *===? *(\w[\w.]*\.(length|size)|len\()/;

const A_MEASURE = /(^|\.)(length|size)$|^len\([^()]{1,60}\)$/;

/** Tables that are asked by the length of what was given: `{ 5: 3, 8: 6 }[prices.length]`, `ANSWERS.get(len(rows))`. */
function measuredTables(root: SyntaxNode): Set<SyntaxNode> {
  return tablesAskedBy(root, (key) => A_MEASURE.test(key?.text ?? ""));
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

/** Tables whose keys are put together from what was given (`TABLE[`${a}/${b}`]`): lists of inputs, not names of things. */
function composedTables(root: SyntaxNode): Set<SyntaxNode> {
  const isComposed = (key: SyntaxNode | undefined) =>
    /^(template_string|binary_expression|tuple)$/.test(key?.type ?? "") ||
    /^f["']|^\[.*\]\.join\(/.test(key?.text ?? "");
  return tablesAskedBy(root, isComposed);
}

function tablesAskedBy(root: SyntaxNode, isMeant: (key: SyntaxNode | undefined) => boolean): Set<SyntaxNode> {
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

/** `10-18`: numbers that the tests give, side by side. Zero and one stand everywhere. */
function isOfNumbers(key: string, held: ReadonlySet<string>): boolean {
  const numbers = key.split(/[^\d.]+/);
  return numbers.length > 1 && numbers.every((one) => /^[01]$|^$/.test(one) || held.has(one)) && /[2-9]|\d\d/.test(key);
}

/** A key, and what it is put together from. */
function piecesOf(key: string): string[] {
  return [key, ...key.split(/[|;,\s]+/)];
}

/** `2024-01-01|2024-06-01`: two texts that the tests give, side by side. */
function isOfTexts(key: string, held: ReadonlySet<string>): boolean {
  const [, ...texts] = piecesOf(key);
  return texts.length > 1 && texts.every((one) => held.has(one) && UNCOMMON.test(one));
}

/** `month === 4 || month === 6`, `month in (4, 6)`: several questions with one answer. */
const ALTERNATIVES = /\|\||\b(or|in)\b|\.(includes|has|indexOf)\(/;

/** A whole question (`counts == {"nut": 2, "bolt": 0, "screw": 3}`), of which the tests hold every part. */
function isWhole(asked: readonly string[], held: ReadonlySet<string>): boolean {
  return asked.length >= PARTS_OF_A_QUESTION && asked.every((one) => held.has(one));
}

/** A number as key of a number, or a key that is no plain word: names of things (`404`, `"draft"`) are asked for anywhere. */
function isRare({ asked, answered }: Case): boolean {
  const isNumber = (one: string) => /^\d+$/.test(one);
  if (asked.every(isNumber)) return answered.every(isNumber);
  return asked.some((one) => UNCOMMON.test(one) && !/^[A-Za-z_]+$/.test(one));
}
