import type { FileDiff } from "../../../trees/diff.ts";
import { casesOf } from "./answer-cases.ts";
import { type Demand, valuesDemanded } from "./comparisons.ts";
import { isLiteral, textOf } from "../tests/assertions.ts";
import type { Parsed } from "../syntax/parser.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";

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
 */
export function specialCases(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  held: ReadonlySet<string>,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const isTheirs = (one: string) => held.has(one) && !file.before.includes(one);
  return [...within(parsed.root)].flatMap((node) => {
    if (!lines.has(node.line) || !ASKS.test(node.type)) return [];
    const condition = node.child("condition") ?? (node.type === "conditional_expression" ? node.parts[1] : undefined);
    const asked = (condition ? valuesDemanded(condition) : null) ?? [];
    const questions = asked.map(({ literal }) => textOf(literal));
    const answers = casesOf(node)
      .flatMap(({ answered }) => answered)
      .concat(keptIn(node.child("consequence")));
    const isCopied =
      isOfDays(
        asked,
        answers.some((one) => held.has(one)),
        isTheirs,
      ) ||
      (questions.every((one) => held.has(one)) &&
        questions.some((one) => expected.has(one) && !file.before.includes(one)) &&
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

const ASKS = /^(if_statement|elif_clause|ternary_expression|conditional_expression)$/;

/** A day, and either another or an answer. */
function isOfDays(asked: readonly Demand[], isAnswered: boolean, isTheirs: (text: string) => boolean): boolean {
  const days = asked.filter(({ of, literal }) => DAY.test(textOf(literal)) && !NAMED_BY_DAY.test(of));
  return days.length > 0 && days.every(({ literal }) => isTheirs(textOf(literal))) && (days.length > 1 || isAnswered);
}

function isOfNumbers(asked: readonly Demand[]): boolean {
  const texts = asked.map(({ literal }) => literal.text);
  if (texts.length === 1) return texts.every((one) => /^\d+\.\d+$/.test(one) || MEASURED.test(one.slice(1, -1)));
  const [names, numbers] = [new Set(asked.map(({ of }) => of)), texts.map(Number)];
  if (names.size !== asked.length || asked.some(({ of }) => CALENDAR.test(of))) return false;
  return numbers.every((one) => one > 1) && numbers.some((one) => one >= TELLING_MIN);
}
