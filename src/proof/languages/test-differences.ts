import { type Assertion, assertingHelpers, assertionsIn } from "./assertions.ts";
import { functionsOf } from "./functions.ts";
import { waitsForRealClock } from "./clocks.ts";
import type { Language } from "./grammar.ts";
import { failureWanted } from "./expected-failures.ts";
import { lessCompared } from "./less-compared.ts";
import { answersForFailures, mockedSubjects } from "./mocked-subject.ts";
import { fittingAll, sidesOf } from "./own-expectation.ts";
import { isRetried } from "./retries.ts";
import { allLiterals, around, isStillSaid, isTelling, rowsIn, type Said, saidIn } from "./said.ts";
import { above, type SyntaxNode, within, SNIPPET_CHARS_MAX } from "./syntax.ts";
import { lenientWrappers, wrappedIn } from "./lenient-wrappers.ts";
import { type TestText, testsIn, wordsOf } from "./test-cases.ts";
import { faultsOf } from "./test-faults.ts";

/** One version of a file of tests. */
export type TestSide = {
  readonly path: string;
  readonly language: Language;
  readonly root: SyntaxNode;
  readonly tests: readonly TestText[];
  /** Names of functions that assert: calling one is asserting. */
  readonly helpers: ReadonlySet<string>;
  readonly functions: readonly TestText[];
  readonly asserting: readonly TestText[];
  readonly said: Said;
};

export function testSide(path: string, { root, language }: { root: SyntaxNode; language: Language }): TestSide {
  const helpers = assertingHelpers(root, language);
  const tests = testsIn(root, language);
  const bodies = new Set(tests.map(({ body }) => body));
  const functions = functionsOf(root, language)
    .filter(({ body, node }) => !bodies.has(body) && !bodies.has(node))
    .map(({ name, node, body }): TestText => ({ name, node, body, skipped: null }));
  const asserting = functions.filter(({ name }) => helpers.has(name));
  const said = saidIn(path, root, language, helpers);
  return { path, language, root, tests, helpers, functions, asserting, said };
}

/** Tests that may say what another one said: new ones, and old ones that say something else now. */
export function freshTests(old: readonly TestText[], after: readonly TestSide[]): TestText[] {
  const texts = new Map(old.map(({ name, node }) => [name, plain(node)]));
  return after.flatMap(({ tests }) =>
    tests.filter(({ name, node, skipped }) => skipped === null && texts.get(name) !== plain(node)),
  );
}

/** A test of another name is the same one when it says the same, or when all that it compared with is still compared. */
export function isKept(
  side: TestSide,
  test: TestText,
  fresh: readonly TestText[],
  after: readonly TestSide[],
): boolean {
  if (fresh.some((one) => [one.body, madeBy(one)].some((body) => likeness(body, test.body) >= LIKENESS_MIN)))
    return true;
  const said = assertedTogether(side, test).filter((one) => [...one].some(isTelling));
  if (!isRecognisable(said) && !fresh.some(({ body }) => likeness(body, test.body) >= LIKENESS_OF_COMMON)) return false;
  if (!asksTheSame(test, fresh, after) || said.length === 0 || fresh.length === 0) return false;
  return [...after.filter((now) => now.path === side.path || hasMoved(test, now, fresh)), null].some((now) => {
    const all = after.filter(({ path }) => path !== now?.path).map((one) => one.said);
    const other = now ? notIn(now, fresh) : () => false;
    return said.every((one) => isStillSaid(one, now?.said ?? null, other, all));
  });
}

/** Whether a new test of a file has the title that this one had. */
function hasMoved({ name }: TestText, now: TestSide, fresh: readonly TestText[]): boolean {
  const title = (text: string) => text.split(/ > |\.(?=test)/).at(-1);
  return now.tests.some((one) => fresh.includes(one) && title(one.name) === title(name));
}

/** Words of frameworks and languages: every test calls them. */
const ANYBODYS =
  /^(assert\w*|expect|is|ok|equal|deepEqual|strictEqual|throws|rejects|match|test|it|run|to[A-Z]\w*|fail\w*|len|str|int|list|set|dict|sorted|range|String|Number|Array|Object|Error\w*|Fatal\w*|DeepEqual|Run|Parallel|Helper|Println|Sprintf|print|map|filter|push|append|keys|values|entries|slice|join|format|write|encode|decode|stringify|parse|raises)$/;
/** Half of what an old test called may be reached by other words. */
const SHARE_CALLED = 0.5;

/** Texts and numbers alone could stand anywhere: what has taken a test's place calls what that one called. */
function asksTheSame(test: TestText, fresh: readonly TestText[], after: readonly TestSide[]): boolean {
  const calls = [...within(test.body)].filter((one) => /^call(_expression)?$/.test(one.type));
  const called = new Set(
    calls.map((one) => wordsOf(one.child("function")).at(-1) ?? "").filter((one) => one !== "" && !ANYBODYS.test(one)),
  );
  const now = new Set(fresh.flatMap(({ node }) => [...wordsIn(node)]));
  for (const { functions } of after)
    for (const { name, node } of functions) if (now.has(name)) for (const word of wordsIn(node)) now.add(word);
  const still = [...called].filter((one) => now.has(one));
  return still.length >= called.size * SHARE_CALLED;
}

/** Whether a place belongs to no new test, nor to what one of them calls, nor to the data beside them. */
function notIn(now: TestSide, fresh: readonly TestText[]): (place: number) => boolean {
  const called = new Set(fresh.flatMap(({ body }) => [...wordsIn(body)]));
  const theirs = [...fresh, ...now.functions.filter(({ name }) => called.has(name))].map(({ node }) => node);
  const all = [...now.tests, ...now.functions].map(({ node }) => node);
  const isIn = (nodes: readonly SyntaxNode[], place: number) =>
    nodes.some(({ start, end }) => start <= place && place < end);
  return (place) => isIn(all, place) && !isIn(theirs, place);
}

/** Whether a place of the file now belongs to another test that was there before. */
function ofOtherTests(side: TestSide, now: TestSide, same: TestText | null): (place: number) => boolean {
  const old = new Set(side.tests.map(({ name }) => name));
  // A test that a later one of the same name replaces is a mere function.
  const dead = now.functions.filter(({ name }) => /^test/i.test(name));
  const others = [...now.tests.filter((one) => one !== same && old.has(one.name)), ...dead].map(({ node }) => node);
  return (place) => others.some(({ start, end }) => start <= place && place < end);
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
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, new Set([...a, ...b]).size);
}

/** The loop that makes a test for each row; the test itself where there is none. */
function madeBy({ node }: TestText): SyntaxNode {
  return [...above(node)].find((one) => /^(for_in_statement|for_statement)$/.test(one.type)) ?? node;
}

function wordsIn(node: SyntaxNode): Set<string> {
  return new Set(
    [...within(node)].filter((one) => one.children.length === 0 && /\w/.test(one.text)).map((one) => one.text),
  );
}

export function differences(
  side: TestSide,
  test: TestText,
  now: TestSide,
  same: TestText,
  after: readonly TestSide[],
): string[] {
  const found: string[] = [];
  const lenient = wrappedIn(same, lenientWrappers(after));
  if (lenient !== null && !wordsIn(test.node).has(lenient))
    found.push(`stands in \`${lenient}\`, which swallows failures`);
  if (same.skipped !== null && test.skipped === null) found.push(`is skipped or singled out (${same.skipped})`);
  const was = assertionsIn(test.body, side.language, side.helpers);
  const is = assertionsIn(same.body, now.language, now.helpers);
  if (was.length > 0 && is.length === 0) return [...found, "has no assertion left"];
  const all = after.map((one) => one.said);
  const lost = assertedTogether(side, test).filter(
    (one) => !isStillSaid(one, now.said, ofOtherTests(side, now, same), all),
  );
  if (lost.length > 0) found.push(`no longer compares with ${shown(lost, now.said)}`);
  const exact = (of: readonly Assertion[]) => of.filter((one) => one.strength === "exact").length;
  const weak = (of: readonly Assertion[]) => of.length - exact(of);
  if (exact(is) < exact(was) && weak(is) > weak(was)) found.push("compares less exactly");
  if (failureWanted(is) < failureWanted(was)) found.push("takes any failure for the right one");
  const fits = (of: readonly Assertion[], { language }: TestSide) =>
    fittingAll(of.flatMap(({ node }) => sidesOf(node, language)));
  if (fits(is, now) > fits(was, side)) found.push("compares with what fits everything");
  if (isRetried(same, now.language) && !isRetried(test, side.language)) found.push("is tried again until it passes");
  const mocked = [...mockedSubjects(same)].find((name) => !mockedSubjects(test).has(name));
  if (mocked !== undefined) found.push(`puts something of its own in the place of \`${mocked}\``);
  if (answersForFailures(same.body) > answersForFailures(test.body)) found.push("answers itself where the code fails");
  if (waitsForRealClock(test.body, same.body)) found.push("waits for the real clock instead of one of its own");
  if (conditional(is, same) > conditional(was, test)) found.push("asserts only where a condition holds");
  const faults = new Set(faultsOf(test.body, side.language, side.helpers).map((one) => one.what));
  for (const { what } of faultsOf(same.body, now.language, now.helpers)) if (!faults.has(what)) found.push(what);
  if (returnsEarly(same.body) > returnsEarly(test.body)) found.push("may return before it asserts");
  return [...found, ...lessCompared({ side, test }, { side: now, test: same })];
}

function shown(lost: readonly ReadonlySet<string>[], now: Said): string {
  const gone = lost.flatMap((one) => [...one].filter((literal) => !now.groups.has(literal)));
  const all = gone.length > 0 ? gone : lost.flatMap((one) => [...one]);
  return [...new Set(all)]
    .slice(0, 3)
    .map((one) => JSON.stringify(one.slice(0, SNIPPET_CHARS_MAX)))
    .join(", ");
}

/** What each of the test's assertions holds literally, with what the names in it stand for; and rows of its tables. */
function assertedTogether(side: TestSide, test: TestText): ReadonlySet<string>[] {
  const given = valuesIn(test.body);
  const asserted = assertionsIn(test.body, side.language, side.helpers).map(({ node }) => {
    const place = around(node, side.language);
    const own = allLiterals(place);
    for (const one of within(place))
      if (/identifier$/.test(one.type))
        for (const value of given.get(one.text) ?? []) for (const text of allLiterals(value)) own.add(text);
    return own;
  });
  return [...asserted, ...rowsIn(test.node).map(({ row }) => allLiterals(row))];
}

/** `const want = {…}`, `want := …`, `want = …` in a test: only values that are written down, not results of calls. */
function valuesIn(body: SyntaxNode): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const node of within(body)) {
    if (!/^(variable_declarator|assignment|short_var_declaration|var_spec|const_spec)$/.test(node.type)) continue;
    const [name, value] = [node.child("name") ?? node.child("left"), node.child("value") ?? node.child("right")];
    const calls = value && [...within(value)].some((one) => /^call(_expression)?$/.test(one.type));
    if (name && value && !calls) found.set(name.text, [...(found.get(name.text) ?? []), value]);
  }
  return found;
}

const INNER = /^(arrow_function|function_expression|func_literal|lambda|function_definition)$/;

/** Returns of the test itself, not of functions in it. */
function returnsEarly(body: SyntaxNode): number {
  return [...within(body, (one) => !INNER.test(one.type))].filter((one) => one.type === "return_statement").length;
}

/** Assertions under an `if` of the test itself. In Go the `if` is the assertion; only one around that counts. */
function conditional(assertions: readonly Assertion[], { body }: TestText): number {
  return assertions.filter(({ node }) => {
    let conditions = 0;
    let inner = node;
    for (const outer of above(node)) {
      const from = inner;
      inner = outer;
      if (outer === body || INNER.test(outer.type)) break;
      // What an `if` begins with or asks is done in any case.
      if (from === outer.child("condition") || from === outer.child("initializer")) continue;
      if (/^(if_statement|elif_clause|ternary_expression|conditional_expression|switch_case)$/.test(outer.type))
        conditions++;
    }
    return conditions > (/^\w+\.(Error|Errorf|Fatal|Fatalf|Fail|FailNow)\(/.test(node.text) ? 1 : 0);
  }).length;
}

export function plain(node: SyntaxNode): string {
  return node.text.replace(/\s+/g, " ");
}
