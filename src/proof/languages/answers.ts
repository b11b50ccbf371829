import type { FileDiff } from "../../trees/diff.ts";
import { type Case, casesOf } from "./answer-cases.ts";
import type { Parsed } from "./parser.ts";
import { type SyntaxNode, within } from "./syntax.ts";

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
      (table !== null && composed.has(table) && asked.some((one) => isOfNumbers(one, held))) ||
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
  const measured = cases.filter(
    ({ by, answered }) => MEASURE.test(by) && answered.some((one) => isNew(one) && UNCOMMON.test(one)),
  );
  const found = [...suspicious, ...measured, ...(branches.length >= 2 ? branches : [])];
  return [...new Set(found.flatMap(({ asked, answered }) => [...asked, ...answered].filter((one) => held.has(one))))];
}

/** `title.length === 11`, `text[0] == "G"`: a measure of the question instead of the question. */
const MEASURE =
  /(\.(length|size|charCodeAt\(.{0,20}\)|codePointAt\(.{0,20}\))|\blen\([^()]{1,60}\)|\bord\([^()]{1,60}\)) *===? *\d+|(?<!\d)\d+ *===? *(\w[\w.]*\.(length|size)|len\()/;

/** Tables whose keys are put together from what was given (`TABLE[`${a}/${b}`]`): lists of inputs, not names of things. */
function composedTables(root: SyntaxNode): Set<SyntaxNode> {
  const isComposed = (key: SyntaxNode | undefined) =>
    /^(template_string|binary_expression|tuple)$/.test(key?.type ?? "") || /^f["']/.test(key?.text ?? "");
  const names = new Set<string>();
  for (const node of within(root)) {
    if (node.type === "subscript_expression" && isComposed(node.child("index") ?? undefined))
      names.add(node.child("object")?.text ?? "");
    if (node.type === "subscript" && isComposed(node.child("subscript") ?? undefined))
      names.add(node.child("value")?.text ?? "");
    if (!/^call(_expression)?$/.test(node.type) || !isComposed(node.child("arguments")?.parts[0])) continue;
    const callee = node.child("function");
    const asked = callee?.child("property") ?? callee?.child("attribute");
    if (/^(get|has)$/.test(asked?.text ?? "")) names.add(callee?.child("object")?.text ?? "");
  }
  const found = new Set<SyntaxNode>();
  for (const node of within(root)) {
    const isNamed = /^(variable_declarator|assignment)$/.test(node.type);
    if (!isNamed || !names.has((node.child("name") ?? node.child("left"))?.text ?? "")) continue;
    const value = node.child("value") ?? node.child("right");
    const table = value?.type === "new_expression" ? value.child("arguments")?.parts[0] : value;
    if (table) found.add(table);
  }
  return found;
}

/** `10-18`: numbers that the tests give, side by side. Zero and one stand everywhere. */
function isOfNumbers(key: string, held: ReadonlySet<string>): boolean {
  const numbers = key.split(/[^\d.]+/);
  return numbers.length > 1 && numbers.every((one) => /^[01]$|^$/.test(one) || held.has(one)) && /[2-9]|\d\d/.test(key);
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
