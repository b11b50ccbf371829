import type { FileDiff } from "../../../trees/diff.ts";
import { type Case, casesOf } from "./answer-cases.ts";
import { byHash } from "./answers-by-hash.ts";
import { byMeasure, tablesAskedBy } from "./answers-by-measure.ts";
import type { Parsed } from "../syntax/parser.ts";
import { isFollowing } from "./plain-answers.ts";
import { above, FUNCTION, givenIn, holds, type SyntaxNode, within } from "../syntax/syntax.ts";

/** Texts and numbers that hardly stand in two places by chance. */
const UNCOMMON = /^(?=.*\d)[\w.,:/+ -]{3,}$|^.{10,}$/;
/** Short words that a test file holds anyway. */
const TELLING = /^.{2,}$|^[2-9]$/;
/** Numbers that nobody writes twice by chance: beside one of these the shortest answer is copied too. */
const LONG = /^\d{6,}$/;
const SHORT = /^(number|integer|int_literal|true|false)$/;
/** One condition of honest code hardly names so many of its tests' texts. */
const PARTS_OF_A_QUESTION = 4;
/** So many numbers in a row, each asked for and answered as the tests have it, are a list of what they ask. */
const LINKS_MIN = 3;
/** An honest table has more entries than its tests ask for. */
const SHARE_OF_TABLE = 0.6;

/**
 * Answers that were copied from the new tests: questions and answers, both word for word in the added code and in what the
 * tests have new.
 * @param expected texts and numbers that the tests hold and did not hold before
 * @param held all texts and numbers of the tests: an answer may be an old one
 * @param repeated texts that stand in new tests more than once: what was put in comes out
 * @returns the copied texts; empty for honest code
 */
export function copiedAnswers(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  held: ReadonlySet<string> = expected,
  repeated: ReadonlySet<string> = new Set(),
): string[] {
  if (parsed.outcome === "cannot") return [];
  const [composed, listed] = [composedTables(parsed.root), listedTables(parsed.root)];
  const isListed = ({ table, asked, answered }: Case) =>
    table !== null && listed.has(table) && asked.some((one) => isOfWords(one, answered, held));
  const lines = new Set(file.addedLines.map((one) => one.line));
  const isNew = (one: string) => expected.has(one) && !file.before.includes(one);
  const cases = [...within(parsed.root)].filter((node) => lines.has(node.line)).flatMap(casesOf);
  const copied = cases.filter((one) => {
    const { asked, answered, table, node } = one;
    return (
      (table !== null && composed.has(table) && asked.some((one) => isOfNumbers(one, held) || isOfTexts(one, held))) ||
      ((asked.some(isNew) || (table !== null && composed.has(table)) || isListed(one)) &&
        answered.some((one) => held.has(one) && !file.before.includes(one) && TELLING.test(one))) ||
      (table !== null && asked.length > 0 && asked.every((one) => isNew(one) && LONG.test(one)) && isShort(node))
    );
  });
  const [all, allCopied] = [byTable(cases), byTable(copied)];
  const suspicious = copied.filter(({ table, asked, answered, by }) => {
    if (table === null && isWhole(asked, held) && !ALTERNATIVES.test(by)) return true;
    if (table === null) {
      // What is answered with the question in it could have been put together.
      const isLabel = (one: string) => isNamed(one, answered) && !answered.some((to) => to.includes(one));
      const telling = [...asked.filter((one) => !isLabel(one)), ...answered];
      return telling.filter((one) => isNew(one) && UNCOMMON.test(one)).length >= 2;
    }
    const [entries, theirs] = [all.get(table) ?? [], allCopied.get(table) ?? []];
    if (theirs.length < Math.min(2, entries.length) || theirs.length / entries.length < SHARE_OF_TABLE) return false;
    return composed.has(table) || theirs.some((one) => isRare(one) || isListed(one));
  });
  // Two plain branches, each with a common answer, still are a list of what the tests ask.
  const branches = copied.filter(
    ({ table, asked }) => table === null && asked.some((one) => isNew(one) && UNCOMMON.test(one)),
  );
  const chained = [...byTable(cases, "chain")].flatMap(([, all]) => {
    const isCopied = (one: Case) => copied.includes(one) && one.asked.some((text) => /^\d{2,}$/.test(text) && isNew(text)) && one.answered.every(isNew); // prettier-ignore
    return all.length >= LINKS_MIN && all.every(isCopied) ? all : [];
  });
  const isTheirs = (one: string, isUncommon: boolean) => {
    if (isUncommon) return isNew(one) && UNCOMMON.test(one);
    return held.has(one) && !file.before.includes(one) && (/\d/.test(one) || repeated.has(one));
  };
  const measured = byMeasure(parsed.root, cases, isTheirs, sentenceLengths(expected));
  const hashed = byHash(parsed.root, cases, (one) => held.has(one) && !file.before.includes(one) && TELLING.test(one));
  const found = [...suspicious, ...chained, ...measured, ...hashed, ...(branches.length >= 2 ? branches : [])];
  return [
    ...new Set(
      found.flatMap(({ asked, answered }) => [...asked.flatMap(piecesOf), ...answered].filter((one) => held.has(one))),
    ),
  ];
}

function byTable(cases: readonly Case[], by: "table" | "chain" = "table"): ReadonlyMap<SyntaxNode, readonly Case[]> {
  const found = new Map<SyntaxNode, Case[]>();
  for (const one of cases) {
    const list = one[by];
    if (list) (found.get(list) ?? found.set(list, []).get(list))?.push(one);
  }
  return found;
}

/** `0`, `1` and truths are no literals that tell anything. */
function isShort(entry: SyntaxNode): boolean {
  const value = entry.child("value") ?? entry.parts[1];
  return SHORT.test((value?.type === "literal_element" ? value.parts[0] : value)?.type ?? "");
}

function sentenceLengths(texts: ReadonlySet<string>): Set<number> {
  return new Set([...texts].filter((one) => SENTENCE.test(one)).map((one) => one.length));
}

/** Two blanks between words: no code, number or name. */
const SENTENCE = /^\p{L}+\P{L}*\s\p{L}+.*\s\p{L}/u;

/** Tables whose keys are put together from what was given (`TABLE[`${a}/${b}`]`): lists of inputs, not names of things. */
function composedTables(root: SyntaxNode): Set<SyntaxNode> {
  const isOne = (key: SyntaxNode | undefined) =>
    (/^(template_string|binary_expression|tuple)$/.test(key?.type ?? "") && !isRemainder(key)) ||
    JOINED.test(key?.text ?? "");
  const given = new Map<string, SyntaxNode[]>();
  for (const { left, right } of [...within(root)].flatMap((one) => givenIn(one) ?? []))
    if (right) (given.get(left.text) ?? given.set(left.text, []).get(left.text))?.push(right);
  // Another function may have another thing by this name.
  const valuesOf = (key: SyntaxNode) => {
    const values = given.get(key.text) ?? [];
    const own = values.length > 1 ? [...above(key)].find(({ type }) => FUNCTION.test(type)) : undefined;
    const near = own ? values.filter((one) => holds(own, one)) : [];
    return near.length > 0 ? near : values;
  };
  // A number that was worked out (`at + 1`) is no text of inputs.
  const isText = (value: SyntaxNode | null | undefined) =>
    value?.type !== "binary_expression" || [...within(value)].some(({ type }) => /string/.test(type));
  const isKept = (key: SyntaxNode | undefined) =>
    (key ? valuesOf(key) : []).some((value) => isText(value) && isOne(value.type === "expression_list" ? value.parts[0] : value)); // prettier-ignore
  return tablesAskedBy(root, (key) => isOne(key) || isKept(key));
}

/** `JSON.stringify([a, b])`, `[a, b].join("/")`, `f"{a}/{b}"`, `fmt.Sprintf("%d/%d", a, b)`: one text for all that was given. */
const JOINED =
  /^f["']|^\[.*\]\.join\(|^JSON\.stringify\(|^json\.dumps\(|^fmt\.Sprintf\(|^repr\(\(|^["'].{0,9}["']\.join\(/;

/** Tables that are asked by a whole list as one text (`ORDERS[all.map((one) => one.name).join("/")]`): nobody has a name for each list. */
function listedTables(root: SyntaxNode): Set<SyntaxNode> {
  const isOne = (key: SyntaxNode | null | undefined) => LISTED.test(key?.text.slice(0, KEY_CHARS_MAX) ?? "");
  const given = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  const names = new Set(given.flatMap(({ left, right }) => (isOne(right) ? [left.text] : [])));
  return tablesAskedBy(root, (key) => isOne(key) || names.has(key?.text ?? ""));
}

/** The key of a table is no longer. */
const KEY_CHARS_MAX = 200;
const LISTED = /^[\w.]+(\.map\(.*\))?\.join\(|^["'].{0,9}["']\.join\((?!\[|\()|^strings\.Join\(/s;

/** `rye/roll/bun`: words that the tests give, side by side, answered with a list of them, or numbers with numbers. One word may be the name of what they are together. */
function isOfWords(key: string, answered: readonly string[], held: ReadonlySet<string>): boolean {
  const words = key.split(/[^\p{L}\p{N}]+/u).filter((one) => one !== "");
  const isNumber = (one: string) => /^\d+$/.test(one);
  const follows =
    (answered.length > 1 && answered.every((one) => words.includes(one))) || [...words, ...answered].every(isNumber);
  return words.length > 1 && answered.length > 0 && follows && words.every((one) => held.has(one));
}

/** `COLORS[at % 3]`: a place in turn, and nothing that was put together. */
function isRemainder(key: SyntaxNode | undefined): boolean {
  return key?.children.some(({ named, type }) => !named && type === "%") ?? false;
}

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

/** A number as key of a number, or a key that is no plain word, nor two with a hyphen: names of things (`404`, `"draft"`) are asked for anywhere. */
function isRare({ asked, answered }: Case): boolean {
  const isNumber = (one: string) => /^\d+$/.test(one);
  if (asked.every(isNumber)) return answered.every(isNumber);
  const isPlain = (one: string) => /^[A-Za-z_]+(-[A-Za-z_]+)?$/.test(one) || isNamed(one, answered);
  return asked.some((one) => UNCOMMON.test(one) && !isPlain(one));
}

/** The name of a thing, unless its answer is the same word in another form. */
function isNamed(one: string, answered: readonly string[]): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return NAME.test(one) && answered.every((to) => letters(one) !== letters(to) && !isFollowing(one, to));
}

/** `order:shipped`, `/settings/billing`, `text/plain`, `Europe/Berlin`, `New Zealand` */
const NAME =
  /^\W?[A-Za-z]+([-_.:][A-Za-z]+)*$|^(\/[a-z]+([-_][a-z]+)*)+$|^(application|audio|font|image|message|model|multipart|text|video)\/[a-z]+([-+.][a-z]+)*$|^[A-Z][a-z]+([/ ][A-Z][a-z]+)+$/;
