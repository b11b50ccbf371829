import { assertedTogether, madeBy } from "../tests/asserted.ts";
import { isRowOfWholes } from "./asked-whole.ts";
import { isRowOfNothing } from "./of-nothing.ts";
import { isErrorRow, wantsFailures } from "./errors-to-rows.ts";
import { isWithin, oncePerBoth, oncePerTests, ofRows, setOf, sideOf } from "./new-tests.ts";
import { allLiterals, isStillSaid, isTelling, rowsIn } from "../tests/said.ts";
import { above, oncePer, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";
import { isOnlyReachedSometimes, isUse } from "../tests/uncalled.ts";

/**
 * Tests of other names that say what this one said: the same words, or all that it compared with. One that was there
 * before and was as alike then has taken over nothing. Empty when it is gone.
 */
export function keptBy(
  side: TestSide,
  test: TestText,
  fresh: readonly TestText[],
  after: readonly TestSide[],
): readonly TestText[] {
  const said = assertedTogether(side, test).filter((one) => [...one].some(isTelling));
  const saidIn = new Map<TestSide | null, boolean>();
  const isSaidThere = (now: TestSide | null) => {
    const is = saidIn.get(now) ?? isSaidNow(said, now, fresh, after);
    saidIn.set(now, is);
    return is;
  };
  const alike = mayBeAlike(fresh)(test).filter(
    (one) => isAlike(one, test) && !isAlike(oldOf(side, one), test) && isSaidThere(sideOf(after, one)),
  );
  if (alike.length > 0) return alike;
  if (!asksTheSame(test, fresh, after)) return [];
  if (isAmongRows(side, test, fresh)) return fresh;
  if (isRowOfWholes(side, test, ofRows(fresh), (text) => rowsOf(fresh).get(text) ?? [])) return fresh;
  if (isRowOfNothing(side, test, fresh) && asksTheSame(test, fresh, after, 1)) return fresh;
  if (!isRecognisable(said) && !fresh.some(({ body }) => likeness(body, test.body) >= LIKENESS_OF_COMMON)) return [];
  if (said.length === 0 || fresh.length === 0) return [];
  // One word may stand in a test of anything.
  const telling = new Set(said.flatMap((one) => [...one].filter(isTelling)));
  if (telling.size === 1 && !asksTheSame(test, fresh, after, 1)) return [];
  const moved = after.filter((now) => now.path === side.path || hasMoved(test, now, fresh));
  const isSaid = [...moved, null].some(isSaidThere);
  return isSaid ? fresh : [];
}

/** Two tests of one function share most of their words; what new ones compare with tells them apart. */
function isSaidNow(
  said: readonly ReadonlySet<string>[],
  now: TestSide | null,
  fresh: readonly TestText[],
  after: readonly TestSide[],
): boolean {
  const all = after.filter(({ path }) => path !== now?.path).map((side) => side.said);
  const other = now ? notIn(fresh, now) : () => false;
  return said.every((group) => isStillSaid(group, now?.said ?? null, other, all));
}

/**
 * New tests that share one of the rarest words with a test. Whoever has seven of ten words in common has one of any four in common, and of
 * a thousand tests few have the rare ones.
 */
const mayBeAlike = oncePerTests((fresh) => {
  const having = new Map<string, Set<number>>();
  for (const [at, one] of fresh.entries())
    for (const words of [wordsIn(one.body), wordsIn(madeBy(one))])
      for (const word of words) (having.get(word) ?? having.set(word, new Set()).get(word))?.add(at);
  return ({ body }: TestText): TestText[] => {
    const rarest = [...wordsIn(body)]
      .map((word) => having.get(word) ?? new Set<number>())
      .sort((a, b) => a.size - b.size);
    const enough = rarest.length - Math.ceil(LIKENESS_MIN * rarest.length) + 1;
    const found = new Set(rarest.slice(0, enough).flatMap((one) => [...one]));
    return [...found].sort((a, b) => a - b).flatMap((at) => fresh[at] ?? []);
  };
});

function isAlike(one: TestText | null, test: TestText): boolean {
  return one !== null && [one.body, madeBy(one)].some((body) => likeness(body, test.body) >= LIKENESS_MIN);
}

function oldOf(side: TestSide, one: TestText): TestText | null {
  return byName(side).get(one.name) ?? null;
}

/** The first of each name. */
const byName = oncePer(
  ({ tests }: TestSide): ReadonlyMap<string, TestText> =>
    new Map(tests.toReversed().map((one) => [one.name, one] as const)),
);

/** A row may have a name besides, and an error. */
const MORE_IN_ROW = 2;

/** Each of a test's assertions became a row of a table: all that it held, the smallest numbers too, and hardly more. */
function isAmongRows(side: TestSide, test: TestText, fresh: readonly TestText[]): boolean {
  const said = assertedTogether(side, test);
  const rows = rowsOf(fresh);
  const body = allLiterals(test.body);
  const isRow = (one: ReadonlySet<string>) =>
    rowsWith(rows, one).some((row) => {
      const more = [...row].filter((text) => !one.has(text));
      const isWhole = one.size > 1 || more.some((text) => body.has(text));
      return isWhole && more.length <= MORE_IN_ROW && [...one].every((text) => row.has(text));
    });
  if (wantsFailures(side, test) && ofRows(fresh).some((one) => isErrorRow(test, one))) return true;
  return said.length > 0 && said.every((one) => one.size > 0 && isRow(one));
}

/** The rows of new tests, by each of their texts. */
const rowsOf = oncePerTests((fresh) => {
  const found = new Map<string, ReadonlySet<string>[]>();
  for (const one of ofRows(fresh))
    for (const { row } of rowsIn(madeBy(one), 1)) {
      const all = allLiterals(row);
      for (const text of all) (found.get(text) ?? found.set(text, []).get(text))?.push(all);
    }
  return found;
});

/** Those that hold the text that is in the fewest. */
function rowsWith(rows: ReturnType<typeof rowsOf>, said: ReadonlySet<string>): readonly ReadonlySet<string>[] {
  const each = [...said].map((text) => rows.get(text) ?? []);
  return each.reduce((fewest, one) => (one.length < fewest.length ? one : fewest), each[0] ?? []);
}

/** The only test of a file that has this one's last title: it stands in another group now. */
export function retitled({ name }: TestText, now: TestSide | null, fresh: readonly TestText[]): Target | null {
  const same = (now?.tests ?? []).filter((one) => lastTitle(one.name) === lastTitle(name) && setOf(fresh).has(one));
  const [test] = same;
  return now && test && same.length === 1 ? { side: now, test } : null;
}

type Target = { readonly side: TestSide; readonly test: TestText };

function lastTitle(name: string): string {
  return name.split(/ > |\.(?=test)/).at(-1) ?? name;
}

/** Whether a new test of a file has the title that this one had. */
function hasMoved({ name }: TestText, now: TestSide, fresh: readonly TestText[]): boolean {
  return now.tests.some((one) => lastTitle(one.name) === lastTitle(name) && setOf(fresh).has(one));
}

/** Words of frameworks and languages: every test calls them. */
const ANYBODYS =
  /^(assert\w*|expect|is|ok|equal|deepEqual|strictEqual|throws|rejects|match|test|it|run|to[A-Z]\w*|fail\w*|len|str|int|list|set|dict|sorted|range|String|Number|Array|Object|Error\w*|Fatal\w*|DeepEqual|Run|Parallel|Helper|Println|Sprintf|print|map|filter|push|append|keys|values|entries|slice|join|format|write|encode|decode|stringify|parse|raises)$/;
/** Half of what an old test called may be reached by other words. */
const SHARE_CALLED = 0.5;

/** Texts and numbers alone could stand anywhere: what has taken a test's place calls what that one called. */
function asksTheSame(
  test: TestText,
  fresh: readonly TestText[],
  after: readonly TestSide[],
  share = SHARE_CALLED,
): boolean {
  const calls = [...within(test.body)].filter((one) => /^call(_expression)?$/.test(one.type));
  const called = new Set(
    calls.map((one) => wordsOf(one.child("function")).at(-1) ?? "").filter((one) => one !== "" && !ANYBODYS.test(one)),
  );
  const now = wordsOfAll(fresh, after);
  const still = [...called].filter((one) => now.has(one));
  return still.length >= called.size * share;
}

/** The words of all new tests, and of the functions that they name. */
const wordsOfAll = oncePerBoth((fresh, after: readonly TestSide[]): ReadonlySet<string> => {
  const now = new Set(fresh.flatMap(({ node }) => [...wordsIn(node)]));
  for (const { functions } of after)
    for (const { name, node } of functions) if (now.has(name)) for (const word of wordsIn(node)) now.add(word);
  return now;
});

/** Whether a place belongs to no new test, nor to what one of them calls, nor to the data beside them. */
const notIn = oncePerBoth((fresh, now: TestSide): ((place: number) => boolean) => {
  const called = new Set(fresh.flatMap(({ body }) => [...alwaysUsedIn(body)]));
  const theirs = [...fresh, ...now.functions.filter(({ name }) => called.has(name))].map(({ node }) => node);
  const all = [...now.tests, ...now.functions].map(({ node }) => node);
  const [isInAny, isInTheirs] = [isWithin(all), isWithin(theirs)];
  return (place) => isInAny(place) && !isInTheirs(place);
});

/** Names that a test calls or hands on whatever happens: not one that it only mentions, nor one that stands under a condition. */
const alwaysUsedIn = oncePerNode((body): ReadonlySet<string> => {
  const names = [...within(body)].filter(
    (one) => /identifier$/.test(one.type) && isUse(one) && !isUnderCondition(one, body),
  );
  return new Set(names.map(({ text }) => text));
});

function isUnderCondition(node: SyntaxNode, body: SyntaxNode): boolean {
  let inner = node;
  for (const outer of above(node)) {
    const isAsked = inner === outer.child("condition") || inner === outer.child("initializer");
    if (
      /^(if_statement|conditional_expression|ternary_expression|switch_case|expression_case)$/.test(outer.type) &&
      !isAsked
    )
      return true;
    if (isOnlyReachedSometimes(inner, outer)) return true;
    if (outer === body) return false;
    inner = outer;
  }
  return false;
}

/** Half of the words may differ where a helper was taken out; a different test shares less. */
const LIKENESS_MIN = 0.7;

/** Where numbers that stand anywhere are all that a test compares with, its other words have to speak for it as well. */
const LIKENESS_OF_COMMON = 0.4;
const NUMBERS_MIN = 3;

/** By a text or a longer number, or by several numbers together. */
function isRecognisable(said: readonly ReadonlySet<string>[]): boolean {
  const all = new Set(said.flatMap((one) => [...one].filter(isTelling)));
  return all.size >= NUMBERS_MIN || [...all].some((one) => !/^\d\d?$/.test(one));
}

function likeness(one: SyntaxNode, other: SyntaxNode): number {
  const [a, b] = [wordsIn(one), wordsIn(other)];
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / Math.max(1, a.size + b.size - shared);
}

/** Each test that is gone is compared with each new one: what stands in them is read once. */
export const wordsIn = oncePerNode((node): ReadonlySet<string> => {
  const words = [...within(node)].filter((one) => one.children.length === 0 && /\w/.test(one.text));
  return new Set(words.map(({ text }) => text));
});
