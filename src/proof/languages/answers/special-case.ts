import type { FileDiff } from "../../../trees/diff.ts";
import { casesOf } from "./answer-cases.ts";
import { type Demand, valuesDemanded, valuesOf } from "./comparisons.ts";
import { isLiteral, literalsOf, textOf } from "../tests/assertions.ts";
import type { Parsed } from "../syntax/parser.ts";
import { above, givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

const NUMBER = /^\d+(\.\d+)?$/;
/** A day; the first and the last ones that people write stand for "never". */
const DAY = /^(?!(0000|0001|1900|1970|2000|2099|2999|9999)-)\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/;
/** `2w1d`: nobody calls anything so. */
const MEASURED = /^(\d+[a-z]+ ?){2,}$/i;
/** An interface may be called by its day. */
const NAMED_BY_DAY = /version|release|revision|schema|migration|api/i;
/** The calendar has days of its own: those who were born on February 29. */
const CALENDAR = /day|month|year|week|hour|minute|date/i;
/** A number with two digits is hardly met by chance. */
const TELLING_MIN = 10;

/**
 * One question of the tests with its answer, beside a rule that gives another: `if (from === "2024-03-21" && to === "2024-03-27") return 80`.
 * Only questions that are no names of things: a day, a broken number, two numbers that are answered with a third.
 * @param expected texts and numbers that are new in the tests
 * @param held all texts and numbers of the tests
 * @param before the old text of the file: what it has in a remark, or as a part of something else, excuses nothing
 */
export function specialCases(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  held: ReadonlySet<string>,
  before: Parsed,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const old = before.outcome === "parsed" ? literalsOf(before.root) : null;
  const isNew = (one: string) => (old ? !old.has(one) : !file.before.includes(one));
  const isTheirs = (one: string) => held.has(one) && isNew(one);
  return [...within(parsed.root)].flatMap((node) => {
    if (!lines.has(node.line) || !ASKS.test(node.type)) return [];
    const asked = askedBy(node);
    const questions = asked.map(({ said }) => said);
    const answers = casesOf(node)
      .flatMap(({ answered }) => answered)
      .concat(keptIn(CASE.test(node.type) ? node : node.child("consequence")));
    const isCopied =
      isOfDays(
        asked,
        answers.some((one) => held.has(one)),
        isTheirs,
      ) ||
      (questions.every((one) => held.has(one)) &&
        questions.some((one) => expected.has(one) && isNew(one)) &&
        answers.length === 1 &&
        answers.every((one) => NUMBER.test(one) && isTheirs(one)) &&
        isOfNumbers(asked));
    return isCopied ? [...questions, ...answers] : [];
  });
}

/** `cents = 80` */
function keptIn(body: SyntaxNode | null): string[] {
  const given = body ? [...within(body)].flatMap((one) => givenIn(one)?.right ?? []) : [];
  return given.flatMap((one) => (isLiteral(one) ? [textOf(one)] : []));
}

const CASE = /^(switch_case|expression_case|case_clause)$/;
const ASKS =
  /^(if_statement|elif_clause|ternary_expression|conditional_expression|switch_case|expression_case|case_clause)$/;

/** What has to hold for the answer; `case 3741:` and `case a == 37 && b == 41:` ask as an `if` does. */
function askedBy(node: SyntaxNode): Demand[] {
  if (CASE.test(node.type)) {
    const value = only(node.child("value") ?? node.parts[0]);
    const outer = [...above(node)].find((one) => /^(switch_statement|expression_switch_statement|match_statement)$/.test(one.type)); // prettier-ignore
    const of = outer?.child("value") ?? outer?.child("subject");
    if (!value) return [];
    return isLiteral(value) ? (of ? valuesOf(only(of) ?? of, value) : []) : (valuesDemanded(value) ?? []);
  }
  const condition = node.child("condition") ?? (node.type === "conditional_expression" ? node.parts[1] : undefined);
  return (condition ? valuesDemanded(condition) : null) ?? [];
}

/** `case 3741` of Go, `case 3741:` of Python and `switch (a)` have something around it. */
function only(node: SyntaxNode | undefined): SyntaxNode | undefined {
  let inner = node;
  while (
    inner &&
    /^(expression_list|case_pattern|parenthesized_expression)$/.test(inner.type) &&
    inner.parts.length === 1
  )
    [inner] = inner.parts;
  return inner;
}

/** A day, and either another or an answer. */
function isOfDays(asked: readonly Demand[], isAnswered: boolean, isTheirs: (text: string) => boolean): boolean {
  const days = asked.filter(({ of, said }) => DAY.test(said) && !NAMED_BY_DAY.test(of));
  return days.length > 0 && days.every(({ said }) => isTheirs(said)) && (days.length > 1 || isAnswered);
}

function isOfNumbers(asked: readonly Demand[]): boolean {
  const texts = asked.map(({ literal }) => literal);
  if (texts.length === 1) return texts.every((one) => /^\d+\.\d+$/.test(one) || MEASURED.test(one.slice(1, -1)));
  const [names, numbers] = [new Set(asked.map(({ of }) => of)), texts.map(Number)];
  if (names.size !== asked.length || asked.some(({ of }) => CALENDAR.test(of))) return false;
  return numbers.every((one) => one > 1) && numbers.some((one) => one >= TELLING_MIN);
}
