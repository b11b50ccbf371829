import type { TestSide } from "../tests/test-side.ts";
import { type Assertion, assertionsIn, isNearlyNumber } from "../tests/assertions.ts";
import { outputLost } from "./example-output.ts";
import { waitsForRealClock } from "./clocks.ts";
import { askedByRows, messagesBecomeKinds } from "./go-errors.ts";
import { failuresWanted } from "./expected-failures.ts";
import { failuresBesides, failuresNamed } from "./failures-besides.ts";
import { askedIn, keptAsNear } from "./as-near.ts";
import { textsCut } from "./cut-texts.ts";
import { lessCompared, namesFields } from "./less-compared.ts";
import { assertedTogether } from "../tests/asserted.ts";
import { wordsIn } from "./kept-tests.ts";
import { answersForFailures, mockedSubjects } from "./mocked-subject.ts";
import { fittingAll, sidesOf } from "../tests/own-expectation.ts";
import { replacedBy } from "./own-decorators.ts";
import { isOnlyReachedSometimes } from "../tests/uncalled.ts";
import { areKeptAlike } from "../tests/never-run.ts";
import { isRetried } from "./retries.ts";
import { isStillSaid, isTelling, type Said } from "../tests/said.ts";
import { truthsInOtherWords } from "./truths.ts";
import { above, FUNCTION, type SyntaxNode, within, SNIPPET_CHARS_MAX, plain } from "../syntax/syntax.ts";
import { isOnlyHeard } from "./only-heard.ts";
import { failuresOfHelpers, isErrorOfSomeRows, valuesCompared } from "./more-asked.ts";
import { lenientWrappers, wrappedIn } from "./lenient-wrappers.ts";
import type { TestText } from "../tests/test-cases.ts";
import { feedsItself } from "./own-assertions.ts";
import { filledByCode } from "./filled-by-code.ts";
import { onlyWithItself } from "./only-with-itself.ts";
import { faultsOf } from "./test-faults.ts";
import { asksNobody } from "./asks-nobody.ts";
import { partsOfWholes } from "./asked-whole.ts";
import { isNowWithFolder } from "./moved-paths.ts";
import { isSameFile } from "./moved-fixtures.ts";
import { COMPARES_LESS, IS_KEPT_FROM_RUNNING } from "./found-weakening.ts";

/**
 * Tests that may say what another one said: new ones, and old ones that say something else now.
 * @param skipped how the other one was kept from running, if it was: one that is kept from it so may stand for it as well
 */
export function freshTests(
  old: readonly TestText[],
  after: readonly TestSide[],
  skipped: string | null = null,
): TestText[] {
  const texts = new Map(old.map(({ name, node }) => [name, plain(node)]));
  return after.flatMap(({ tests }) =>
    tests.filter((one) => areKeptAlike(one.skipped ?? skipped, skipped) && texts.get(one.name) !== plain(one.node)),
  );
}

/** Whether a place of the file now belongs to another test that was there before. */
function ofOtherTests(side: TestSide, now: TestSide, same: TestText | null): (place: number) => boolean {
  const old = new Set(side.tests.map(({ name }) => name));
  // A test that a later one of the same name replaces is a mere function.
  const dead = now.functions.filter(({ name }) => /^test/i.test(name));
  const others = [...now.tests.filter((one) => one !== same && old.has(one.name)), ...dead].map(({ node }) => node);
  return (place) => others.some(({ start, end }) => start <= place && place < end);
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
    found.push(`is wrapped in \`${lenient}\`, which swallows failures`);
  if (same.skipped !== null && test.skipped === null)
    found.push(`${IS_KEPT_FROM_RUNNING} or singled out (${same.skipped})`);
  const was = assertionsIn(test.body, side.language, side.helpers);
  const is = assertionsIn(same.body, now.language, now.helpers);
  if (was.length > 0 && is.length === 0) return [...found, "has no assertion left"];
  if (asksNobody(side, test, now, same)) found.push("no longer asks anything of the code");
  const lost = lostTogether(side, test, now, same, after);
  if (lost.length > 0) found.push(`${COMPARES_LESS} ${shown(lost, now.said)}`);
  const exact = (of: readonly Assertion[]) => of.filter((one) => one.strength === "exact").length;
  const weak = (of: readonly Assertion[]) => of.length - exact(of);
  const printed = side.language === "go" ? outputLost(test, same) : [];
  if (printed.length > 0)
    found.push(`${COMPARES_LESS} ${JSON.stringify(printed.join(" ").slice(0, SNIPPET_CHARS_MAX))}`);
  const byRows = side.language === "go" ? askedByRows(is) : nearlyNumbers(is, was);
  const other =
    byRows +
    is.filter((one) => namesFields(one, was)).length +
    truthsInOtherWords(was, is) +
    Math.max(0, failuresNamed(is) - failuresNamed(was));
  const isFewer = exact(is) + other < exact(was) && valuesCompared(is) + other < valuesCompared(was);
  if (isFewer && weak(is) - other > weak(was)) found.push("compares less exactly");
  const wanted = failuresWanted(was).length + failuresOfHelpers(side, test);
  const wants = failuresWanted(is).length + failuresOfHelpers(now, same);
  const besides = Math.max(0, failuresBesides(now, same) - failuresBesides(side, test));
  if (wants + besides + ofNewTests(failuresWanted(was), side, after) < wanted)
    found.push("takes any failure for the right one");
  const fits = (of: readonly Assertion[], { language }: TestSide) =>
    fittingAll(of.flatMap(({ node }) => sidesOf(node, language)));
  if (fits(is, now) > fits(was, side)) found.push("compares with what fits everything");
  if (isRetried(same, now.language) && !isRetried(test, side.language)) found.push("is tried again until it passes");
  const mocked = [...mockedSubjects(same)].find((name) => !mockedSubjects(test).has(name));
  if (mocked !== undefined) found.push(`puts something of its own in the place of \`${mocked}\``);
  if (answersForFailures(same.body) > answersForFailures(test.body)) found.push("answers itself where the code fails");
  if (waitsForRealClock(test.body, same.body)) found.push("waits for the real clock instead of one of its own");
  const decorator = side.language === "python" ? replacedBy(test, same, now.root) : null;
  if (decorator !== null) found.push(`stands under \`${decorator}\`, which never calls it`);
  if (COUNTS.test(test.body.text) && !COUNTS.test(same.body.text) && is.some(isOnlyCaught))
    found.push("no longer counts its assertions, some of which stand in a `catch`");
  const asked = is.filter((one) => !isErrorOfSomeRows(one, test));
  if (conditional(asked, same) > conditional(was, test)) found.push("asserts only where a condition holds");
  if (isOnlyHeard(is, same) && !isOnlyHeard(was, test)) found.push("asserts only if an event comes");
  const fed = feedsItself(same.body, now.language);
  if (fed !== null && feedsItself(test.body, side.language) === null) found.push(fed);
  const own = filledByCode(side, test);
  if ([...filledByCode(now, same)].some((name) => !own.has(name)) || onlyWithItself(side, test, now, same))
    found.push("takes what it wants from the code that it tests");
  const faults = new Set(faultsOf(test.body, side.language, side.helpers).map((one) => one.what));
  for (const { what } of faultsOf(same.body, now.language, now.helpers)) if (!faults.has(what)) found.push(what);
  if (returnsEarly(same.body) > returnsEarly(test.body)) found.push("may return before it asserts");
  return [...found, ...lessCompared({ side, test }, { side: now, test: same }, after)];
}

function nearlyNumbers(is: readonly Assertion[], was: readonly Assertion[]): number {
  const nearly = (of: readonly Assertion[]) => of.filter(({ node }) => node.type === "assert_statement" && [...within(node)].some(isNearlyNumber)).length; // prettier-ignore
  return Math.max(0, nearly(is) - nearly(was));
}

/** A test that wants a failure says how many assertions it has: without that it passes where nothing fails. */
const COUNTS = /\bexpect\.(assertions|hasAssertions)\(|\bt\.plan\(/;

function isOnlyCaught({ node }: Assertion): boolean {
  return [...above(node)].some(({ type }) => type === "catch_clause");
}

/** Values that a sentence names as lost. */
const LOST_SHOWN_MAX = 3;

/** The texts and numbers of each assertion and row that no longer stand together. */
export function lostTogether(
  side: TestSide,
  test: TestText,
  now: TestSide,
  same: TestText,
  after: readonly TestSide[],
): ReadonlySet<string>[] {
  const all = after.map((one) => one.said);
  const kinds = side.language === "go" ? messagesBecomeKinds(test.body, same.body) : new Set<string>();
  const whole = partsOfWholes(side, test, now, same);
  const asked = askedIn({ side: now, test: same });
  const isCut = textsCut(test, asked, same);
  const near = keptAsNear({ side, test }, asked);
  const isMoved = (text: string) =>
    whole.has(text) ||
    isCut(text) ||
    isNowWithFolder(text, side, [test, same], after) ||
    isSameFile(text, side, [test, same], after);
  return assertedTogether(side, test).filter((one) => {
    const left = new Set([...one].filter((text) => !isMoved(text) && !near(one).has(text)));
    return (
      ![...left].every((text) => kinds.has(text)) &&
      !isStillSaid(left, now.said, ofOtherTests(side, now, same), all) &&
      !isLengthOfList(left, same, now.said)
    );
  });
}

/** How many of these failures a new test wants now of the same code: it was taken out of an old one. */
function ofNewTests(wanted: readonly string[], side: TestSide, after: readonly TestSide[]): number {
  if (wanted.length === 0) return 0;
  const old = new Set(side.tests.map(({ name }) => name));
  const now = after.flatMap(({ tests, language, helpers }) =>
    tests
      .filter(({ name, skipped }) => !old.has(name) && skipped === null)
      .flatMap(({ body }) => failuresWanted(assertionsIn(body, language, helpers))),
  );
  return wanted.filter((one) => now.includes(one)).length;
}

/** `equal(read("a\nb").length, 2)` became a comparison with a list of two; what else it said is still said there. */
function isLengthOfList(said: ReadonlySet<string>, { body }: TestText, now: Said): boolean {
  const isIn = (place: number) => body.start <= place && place < body.end;
  const telling = [...said].filter(isTelling).filter((one) => !now.places.get(one)?.some(isIn));
  const [only] = telling;
  if (telling.length !== 1 || !/^\d{1,2}$/.test(only ?? "")) return false;
  return [...within(body)].some(
    (one) => /^(array|list|literal_value)$/.test(one.type) && one.parts.length === Number(only),
  );
}

function shown(lost: readonly ReadonlySet<string>[], now: Said): string {
  const gone = lost.flatMap((one) => [...one].filter((literal) => !now.groups.has(literal)));
  const all = gone.length > 0 ? gone : lost.flatMap((one) => [...one]);
  return [...new Set(all)]
    .slice(0, LOST_SHOWN_MAX)
    .map((one) => JSON.stringify(one.slice(0, SNIPPET_CHARS_MAX)))
    .join(", ");
}

/** Returns of the test itself, not of functions in it; what stands at its very end leaves nothing out. */
export function returnsEarly(body: SyntaxNode): number {
  const last = (body.child("body") ?? body).parts.at(-1);
  const own = [...within(body, (one) => !FUNCTION.test(one.type))];
  return own.filter((one) => one.type === "return_statement" && one !== last).length;
}

/** Assertions under an `if` of the test itself. In Go the `if` is the assertion; only one around that counts. */
function conditional(assertions: readonly Assertion[], { body }: TestText): number {
  return assertions.filter(({ node }) => {
    let conditions = 0;
    let inner = node;
    for (const outer of above(node)) {
      const from = inner;
      inner = outer;
      if (outer === body || FUNCTION.test(outer.type)) break;
      // What an `if` begins with or asks is done in any case.
      if (from === outer.child("condition") || from === outer.child("initializer")) continue;
      if (
        /^(if_statement|elif_clause|ternary_expression|conditional_expression|switch_case|switch_default|case_clause)$/.test(
          outer.type,
        )
      )
        conditions++;
      if (isOnlyReachedSometimes(from, outer)) conditions++;
    }
    return conditions > (FAILS.test(node.text) ? 1 : 0);
  }).length;
}

/** What fails whenever it is reached: the condition around it is the assertion. */
const FAILS = /^\w+\.(Error|Errorf|Fatal|Fatalf|Fail|FailNow|fail)\(/;
