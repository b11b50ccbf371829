import { type Assertion, assertionsIn, isLiteral, meantBy } from "../tests/assertions.ts";
import { namedIn, valuesIn } from "../tests/asserted.ts";
import { foldedIn } from "../tests/folded.ts";
import type { TestThere } from "./less-compared.ts";
import { allLiterals, around, isTelling } from "../tests/said.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "../tests/test-cases.ts";

const NEARLY =
  /\b(abs|Abs|approx|isclose|toBeCloseTo|closeTo|approximately|assertAlmostEqual|InDelta|InEpsilon|EquateApprox)\(/;
const UPPER = /<=?/;
const LOWER = />=?/;

/**
 * Numbers of an assertion that allowed a result to be off, where one that allows no more keeps them: `abs(got - 33.33) < 0.01` by
 * `got` near `100 / 3`, by two bounds between which there is less, by the value itself.
 */
export function keptAsNear(was: TestThere, now: readonly Asked[]): (said: ReadonlySet<string>) => ReadonlySet<string> {
  const old = askedIn(was).filter(({ isNearly }) => isNearly);
  return (said) => {
    const place = old.find(({ texts }) => [...said].every((one) => texts.has(one)));
    const numbers = (place?.numbers ?? []).filter((one) => one > 0 && isTelling(String(one)));
    const off = Math.min(...numbers);
    if (numbers.length === 0 || off >= OFF_MAX) return NONE;
    const wanted = numbers.filter((one) => one !== off);
    const isKept =
      wanted.length === 0
        ? now.some((one) => one.isNearly && isFine(one.numbers, off))
        : wanted.every((value) => now.some((one) => isNearTo(value, off, one)));
    return isKept ? new Set([...said].filter((one) => numbers.includes(Number(one)))) : NONE;
  };
}

const NONE: ReadonlySet<string> = new Set();
/** What is further off is a value, not a tolerance. */
const OFF_MAX = 1;

/** What an assertion asks, with what stands behind its names. */
export type Asked = {
  readonly text: string;
  readonly texts: ReadonlySet<string>;
  readonly numbers: readonly number[];
  readonly isExact: boolean;
  readonly isNearly: boolean;
};

/** Whether the only number is a tolerance that allows no more. */
function isFine(numbers: readonly number[], off: number): boolean {
  const some = numbers.filter((one) => one !== 0);
  return some.length > 0 && some.every((one) => one > 0 && one <= off);
}

function isNearTo(value: number, off: number, { text, numbers, isExact, isNearly }: Asked): boolean {
  const near = numbers.filter((one) => Math.abs(one - value) <= off);
  const others = numbers.filter((one) => !near.includes(one));
  if (near.length === 0) return false;
  if (isNearly) return isFine(others, off);
  return isExact || (near.length > 1 && others.length === 0 && UPPER.test(text) && LOWER.test(text));
}

export function askedIn({ side, test }: TestThere): Asked[] {
  const given = valuesIn(test.body);
  return assertionsIn(test.body, side.language, side.helpers).map(({ node, strength }: Assertion) => {
    const places = headOf(around(node, side.language), side.language === "go");
    const texts = new Set(places.flatMap((place) => [...allLiterals(place), ...namedIn(place, given)]));
    const values = places.flatMap((place) => [...valuesOf(place), ...namesOf(place).flatMap((name) => (given.get(name) ?? []).flatMap(valuesOf))]); // prettier-ignore
    const numbers = values.map(Number).filter((one) => Number.isFinite(one));
    const text = places.map((one) => one.text).join("\n");
    return { text, texts, numbers, isExact: strength === "exact", isNearly: NEARLY.test(text) };
  });
}

/** With what an `if` of Go begins with. */
function headOf(place: SyntaxNode, isGo: boolean): SyntaxNode[] {
  const asked = isGo ? [...above(place)].find(({ type }) => type === "if_statement") : undefined;
  const first = asked?.child("condition") === place ? asked.child("initializer") : null;
  return first ? [first, place] : [place];
}

function namesOf(place: SyntaxNode): string[] {
  return [...within(place)].filter(({ type }) => /identifier$/.test(type)).map(({ text }) => text);
}

/** Of `100 / 3` the third of a hundred, not the two numbers of which it is made; nothing that the code under test is given. */
function valuesOf(place: SyntaxNode): string[] {
  const folded = new Map(foldedIn(place).map(({ node, text }) => [node, text]));
  const isEntered = (one: SyntaxNode) => !folded.has(one) && (!/^call(_expression)?$/.test(one.type) || asks(one));
  return [...within(place, isEntered)].flatMap((one) => folded.get(one) ?? (isLiteral(one) ? [meantBy(one)] : []));
}

function asks(call: SyntaxNode): boolean {
  const words = wordsOf(call.child("function"));
  return /^(assert|expect|require|ok|t)$/.test(words[0] ?? "") || /^(assert|Diff$)/.test(words.at(-1) ?? "") || NEARLY.test(`${words.at(-1)}(`); // prettier-ignore
}
