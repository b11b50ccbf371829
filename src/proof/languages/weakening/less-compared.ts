import { type Assertion, assertionsIn, isNearlyNumber, namesMessage } from "../tests/assertions.ts";
import { namedIn, valuesIn } from "../tests/asserted.ts";
import { familyOf } from "../syntax/grammar.ts";
import { takesFewerRows } from "./fewer-rows.ts";
import { assignedBefore, errorsAsked, forgetsWhich, rowsWithError } from "./go-errors.ts";
import { comparesOrders, losesOrder } from "./lost-order.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { allLiterals, around, isTelling } from "../tests/said.ts";
import { above, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** A version of a test with the file in which it stands. */
export type TestThere = { readonly side: TestSide; readonly test: TestText };

/** Ways in which the same assertions see less: fewer rows, a part of what they compared, an error that is not asked for. */
export function lessCompared(was: TestThere, is: TestThere, all: readonly TestSide[] = []): string[] {
  const found: string[] = [];
  const [before, after] = [assertionsOf(was), assertionsOf(is)];
  if (stepsOver(is) > stepsOver(was)) found.push("may step over an assertion");
  if (takesFewerRows(was.test, is.test, standsEach(before, after))) found.push("takes fewer rows than before");
  if (goesFewerRounds(was, is)) found.push("goes through fewer rounds than before");
  if (lossier(was, before, is, after)) found.push("compares only a part of what it compared");
  const helped = ({ side }: TestThere, all: readonly Assertion[]) =>
    all.filter(({ node }) => side.helpers.has(wordsOf(node.child("function")).at(-1) ?? "")).length;
  if (familyOf(was.side.language) === "go" && helped(is, after) <= helped(was, before)) {
    if (lossierOf(was.test.body, is.test.body)) found.push("compares only a part of what it compared");
    const [old, now] = [errorsAsked(before), errorsAsked(after)];
    if (now.which < old.which || forgetsWhich(was.test.body, is.test.body))
      found.push("takes any failure for the right one");
    else if (now.any + errorsOfNewTests(was.side, all) < old.any && rowsWithError(is.test.body) < old.any)
      found.push("no longer asks for the error");
  }
  return found;
}

/** Whether each assertion still stands, in loops over the same or over rows that are written down there. */
function standsEach(before: readonly Assertion[], after: readonly Assertion[]): boolean {
  const now = new Set(after.map(inLoops));
  return before.every((one) => now.has(inLoops(one)));
}

function inLoops({ node }: Assertion): string {
  const loops = [...above(node)].flatMap((one) => one.child("right") ?? one.child("function")?.child("object") ?? []);
  return [plain(node), ...loops.map((one) => (/^(array|list|tuple)$/.test(one.type) ? "" : plain(one)))].join("\n");
}

/** Where a new test was taken out of an old one, it asks for the error now. */
function errorsOfNewTests(side: TestSide, all: readonly TestSide[]): number {
  const old = new Set(side.tests.map(({ name }) => name));
  const fresh = all.flatMap((one) => (one.path === side.path ? one.tests.map((test) => ({ side: one, test })) : []));
  return fresh
    .filter(({ test }) => !old.has(test.name) && test.skipped === null)
    .reduce((sum, one) => sum + errorsAsked(assertionsOf(one)).any, 0);
}

function assertionsOf({ side, test }: TestThere): Assertion[] {
  return assertionsIn(test.body, side.language, side.helpers);
}

const LOOP = /^(for_statement|for_in_statement|while_statement|do_statement)$/;

function assertingLoops({ side, test }: TestThere): SyntaxNode[] {
  return [...within(test.body)].filter(
    (one) => LOOP.test(one.type) && assertionsIn(one, side.language, side.helpers).length > 0,
  );
}

/** `continue` and `break` of loops that assert something. */
function stepsOver(there: TestThere): number {
  const steps = assertingLoops(there).flatMap((loop) =>
    [...within(loop)].filter((one) => /^(continue|break)_statement$/.test(one.type)),
  );
  // `break look` leaves the block of that name, `goto done` anything.
  const all = [...within(there.test.body)];
  const jumping = all.filter(({ type }) => type === "goto_statement" || type === "break_statement");
  if (jumping.length === 0) return new Set(steps).size;
  const asserted = assertionsOf(there).map(({ node }) => node.start);
  const isAsserted = (from: number, to: number) => asserted.some((start) => from < start && start < to);
  const labels = new Map<string | undefined, SyntaxNode>();
  for (const one of all.filter(({ type }) => type === "labeled_statement").reverse()) labels.set(one.parts[0]?.text, one); // prettier-ignore
  const jumps = jumping.filter((one) => {
    const name = one.parts[0]?.text;
    // `goto done`, past an assertion; `goto again` goes back.
    if (one.type === "goto_statement") return isAsserted(one.end, labels.get(name)?.start ?? Infinity);
    const left = name === undefined ? undefined : leftBy(one, name);
    return left !== undefined && isAsserted(one.end, left.end);
  });
  return new Set([...steps, ...jumps]).size;
}

/** `break look` leaves the block of that name: what stands behind it is not stepped over. */
function leftBy(one: SyntaxNode, name: string): SyntaxNode | undefined {
  return [...above(one)].find((outer) => outer.type === "labeled_statement" && outer.child("label")?.text === name);
}

/** `at < 50` of a loop that asserts something became `at < 1`, `range(50)` became `range(1)`. */
function goesFewerRounds(was: TestThere, is: TestThere): boolean {
  const [before, after] = [roundsOf(was), roundsOf(is)];
  return before.length === after.length && before.some((rounds, at) => (after[at] ?? rounds) < rounds);
}

/** Per loop that asserts something and ends at a number that is written down: this number. */
function roundsOf(there: TestThere): number[] {
  return assertingLoops(there).flatMap((loop) => {
    const head = loop.text.slice(0, (loop.child("body")?.start ?? loop.end) - loop.start);
    const end = /<=? *(\d{1,9})\b|\brange\((?:\w+, *)?(\d{1,9})\)|\brange (\d{1,9})\b/.exec(head);
    return end ? [Number(end[1] ?? end[2] ?? end[3])] : [];
  });
}

/** Calls after which different values may be the same. */
const LOSSY =
  /^(round|floor|ceil|trunc|int|len|cap|sorted|sort|toSorted|set|str|bool|type|abs|lower|upper|casefold|EqualFold|filter|slice|substring|toLowerCase|toUpperCase|toFixed|parseInt|Boolean|Set|keys|strip|trim|ToLower|ToUpper|TrimSpace|Round|Floor|Trunc|isinstance|Strings|Ints|Sort|approx|isclose|objectContaining|arrayContaining|stringContaining|stringMatching|toMatchObject|partialDeepStrictEqual|containSubset|toBeCloseTo|assertAlmostEqual)$/;

/** `rel=0.1`: finer ones than the usual allow less. */
const USUAL_TOLERANCE = 1e-6;

function isTolerance(argument: SyntaxNode): boolean {
  const named = /^(delta|abs|rel|abs_tol|rel_tol|atol|rtol)$/.test(argument.child("name")?.text ?? "");
  const value = Number(argument.child("value")?.text ?? "0");
  return named && !(value <= USUAL_TOLERANCE);
}

function lossy(place: SyntaxNode): number {
  return (
    (losesOrder(place) ? 1 : 0) +
    comparesOrders(place) +
    [...within(place)].filter((one) => {
      if (/^(member_expression|selector_expression)$/.test(one.type))
        return /^(length|size|constructor)$/.test((one.child("property") ?? one.child("field"))?.text ?? "");
      if (one.type === "unary_expression") return one.text.startsWith("typeof ");
      if (one.type === "keyword_argument") return isTolerance(one);
      if (/^(if_clause|slice_expression|slice)$/.test(one.type)) return true;
      // The words of an error are all that there is of it.
      if (/^(str|String)\(\w*(value|exception|error|err|exc|caught)\w*(\.\w+)*\)$/.test(one.text)) return false;
      if (namesMessage(one) || isNearlyNumber(one)) return false;
      return /^call(_expression)?$/.test(one.type) && LOSSY.test(wordsOf(one.child("function")).at(-1) ?? "");
    }).length
  );
}

/** An assertion whose texts and numbers stand only in assertions that lose more of what they look at. */
function lossier(was: TestThere, before: readonly Assertion[], is: TestThere, after: readonly Assertion[]): boolean {
  const places = after.flatMap(({ node }) => placesOf(node, is));
  const given = valuesIn(is.test.body);
  const literals = (place: SyntaxNode) => new Set([...allLiterals(place), ...namedIn(place, given)]);
  const now = places.map((place) => ({ literals: literals(place), loses: losesAt(place), place }));
  return before.some(({ node }) => {
    const place = around(node, was.side.language);
    const wanted = [...allLiterals(place)].filter(isTelling);
    if (wanted.length === 0)
      return !after.some((one) => one.node.text === node.text) && after.some((one) => isLossierCall(node, one.node));
    const same = now.filter(({ literals }) => wanted.every((one) => literals.has(one)));
    const isOfField = FIELD.test(subjectOf(node)) && !isOfWhole(node);
    const isLess = (one: (typeof now)[number]) =>
      one.loses - (isOfField && PARTS.test(one.place.text) ? 1 : 0) > losesAt(place);
    if (same.length > 0) return same.every(isLess);
    // Keys in one assertion and values in another: what belongs together is no longer said.
    const parts = now.filter(({ literals }) => wanted.some((one) => literals.has(one)));
    return parts.length > 1 && parts.every(isLess) && wanted.every((one) => parts.some(({ literals }) => literals.has(one))); // prettier-ignore
  });
}

/** `if got := strings.TrimSpace(out); got != "…"`: what the `if` begins with loses as well. */
function losesAt(place: SyntaxNode): number {
  const asked = [...above(place)].find(({ type }) => type === "if_statement");
  const first = asked && asked.child("condition")?.end === place.end ? asked.child("initializer") : null;
  return lossy(place) + (first ? lossy(first) : 0);
}

/** Each part of `got != 4 || len(all) != 2` fails by itself. */
function placesOf(node: SyntaxNode, { side: { language } }: TestThere): SyntaxNode[] {
  return familyOf(language) === "go" ? disjuncts(around(node, language)) : [node];
}

function disjuncts(condition: SyntaxNode): SyntaxNode[] {
  const isOr = condition.type === "binary_expression" && condition.children.some((one) => one.text === "||");
  return isOr ? condition.parts.flatMap(disjuncts) : [condition];
}

/** `got.id`: who compared one field loses nothing when a matcher of parts names it. */
const FIELD = /^[\w$]+(\.[\w$]+|\[\d+\])+$/;
const PARTS = /\b(toMatchObject|partialDeepStrictEqual|containSubset|objectContaining)\(/;

/** Whether a matcher of parts only names what was compared field by field before. */
export function namesFields({ node }: Assertion, was: readonly Assertion[]): boolean {
  if (!PARTS.test(node.text)) return false;
  const literals = allLiterals(node);
  const theirs = was.filter((one) => [...allLiterals(one.node)].some((text) => isTelling(text) && literals.has(text)));
  return theirs.length > 0 && theirs.every((one) => FIELD.test(subjectOf(one.node)) && !isOfWhole(one.node));
}

/** `expect(got.user).toEqual({ id: 27 })` fails where there is more: a matcher of parts does not. */
function isOfWhole(node: SyntaxNode): boolean {
  const isRecord = (one: SyntaxNode) => /^(object|dictionary)$/.test(one.type) && one.parts.length > 0;
  const expected = node.child("arguments")?.parts ?? [];
  return !PARTS.test(node.text) && expected.some(isRecord);
}

/** What an assertion looks at. */
function subjectOf(node: SyntaxNode): string {
  return (expectedSubject(node) ?? node.child("arguments")?.parts[0])?.text ?? "";
}

/** `equal(all, [1])` became `equal(all.slice(0, 1), [1])`: the same is expected of less. */
function isLossierCall(was: SyntaxNode, is: SyntaxNode): boolean {
  const [old, now] = [was, is].map((one) => one.child("arguments")?.parts ?? []);
  const [given, wanted] = old ?? [];
  const [given2, wanted2] = now ?? [];
  if (!given || !wanted || !given2 || !wanted2) return false;
  if (wanted.text === wanted2.text) return given2.text.startsWith(`${given.text}.`) && lossy(given2) > lossy(given);
  // `equal(got > 0, want > 0)`, `equal(round(got), round(want))`: both sides lose the same.
  const isIn = (old: SyntaxNode, is: SyntaxNode) => [...within(is)].some((one) => one.text === old.text);
  if (!isIn(given, given2) || !isIn(wanted, wanted2)) return false;
  return comparesOrders(is) > comparesOrders(was) || (lossy(given2) > lossy(given) && lossy(wanted2) > lossy(wanted));
}

/** Of the same results (`got, want := f(2), []int{1}`) the condition behind them sees less. */
function lossierOf(before: SyntaxNode, after: SyntaxNode): boolean {
  const [old, now] = [lossyConditions(before), lossyConditions(after)];
  return [...old].some(([given, { loses, asked }]) => {
    const is = now.get(given);
    return is !== undefined && is.loses > loses && asked.some((one) => !is.asked.includes(one));
  });
}

type Lossy = { readonly loses: number; readonly asked: readonly string[] };

function lossyConditions(body: SyntaxNode): Map<string, Lossy> {
  const found = new Map<string, Lossy>();
  for (const one of within(body)) {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    const given = condition && (one.child("initializer") ?? assignedBefore(one));
    const { loses = 0, asked = [] } = (given && found.get(given.text)) ?? {};
    if (given)
      found.set(given.text, { loses: loses + lossy(condition), asked: [...asked, ...disjuncts(condition).map(({ text }) => text)] }); // prettier-ignore
  }
  return found;
}
