import { type Assertion, assertionsIn } from "./assertions.ts";
import { familyOf } from "./grammar.ts";
import { rowsAround } from "./asserted.ts";
import { allLiterals, around, isTelling } from "./said.ts";
import { type SyntaxNode, within } from "./syntax.ts";
import { type TestText, wordsOf } from "./test-cases.ts";
import type { TestSide } from "./test-differences.ts";

/** A version of a test with the file in which it stands. */
export type TestThere = { readonly side: TestSide; readonly test: TestText };

/** Ways in which the same assertions see less: fewer rows, a part of what they compared, an error that is not asked for. */
export function lessCompared(was: TestThere, is: TestThere): string[] {
  const found: string[] = [];
  const [before, after] = [assertionsOf(was), assertionsOf(is)];
  if (stepsOver(is) > stepsOver(was)) found.push("may step over an assertion");
  if (takesFewerRows(was, is)) found.push("takes fewer rows than before");
  if (goesFewerRounds(was, is)) found.push("goes through fewer rounds than before");
  if (lossier(was, before, is, after)) found.push("compares only a part of what it compared");
  const helped = ({ side }: TestThere, all: readonly Assertion[]) =>
    all.filter(({ node }) => side.helpers.has(wordsOf(node.child("function")).at(-1) ?? "")).length;
  if (familyOf(was.side.language) === "go" && helped(is, after) <= helped(was, before)) {
    if (lossierOf(was.test.body, is.test.body)) found.push("compares only a part of what it compared");
    const [old, now] = [errorsAsked(before), errorsAsked(after)];
    if (now.which < old.which || forgetsWhich(was.test.body, is.test.body))
      found.push("takes any failure for the right one");
    else if (now.any < old.any) found.push("no longer asks for the error");
  }
  return found;
}

function assertionsOf({ side, test }: TestThere): Assertion[] {
  return assertionsIn(test.body, side.language, side.helpers);
}

const LOOP = /^(for_statement|for_in_statement|while_statement|do_statement)$/;

/** `continue` and `break` of loops that assert something. */
function stepsOver({ side, test }: TestThere): number {
  const loops = [...within(test.body)].filter(
    (one) => LOOP.test(one.type) && assertionsIn(one, side.language, side.helpers).length > 0,
  );
  const steps = loops.flatMap((loop) =>
    [...within(loop)].filter((one) => /^(continue|break)_statement$/.test(one.type)),
  );
  return new Set(steps).size;
}

/** `at < 50` of a loop that asserts something became `at < 1`, `range(50)` became `range(1)`. */
function goesFewerRounds(was: TestThere, is: TestThere): boolean {
  const [before, after] = [roundsOf(was), roundsOf(is)];
  return before.length === after.length && before.some((rounds, at) => (after[at] ?? rounds) < rounds);
}

/** Per loop that asserts something and ends at a number that is written down: this number. */
function roundsOf({ side, test }: TestThere): number[] {
  const loops = [...within(test.body)].filter(
    (one) => LOOP.test(one.type) && assertionsIn(one, side.language, side.helpers).length > 0,
  );
  return loops.flatMap((loop) => {
    const head = loop.text.slice(0, (loop.child("body")?.start ?? loop.end) - loop.start);
    const end = /<=? *(\d{1,9})\b|\brange\((?:\w+, *)?(\d{1,9})\)|\brange (\d{1,9})\b/.exec(head);
    return end ? [Number(end[1] ?? end[2] ?? end[3])] : [];
  });
}

const NARROWS = /^(filter|slice|splice|islice|take|head|shift|pop|first|at)$/;

/** The rows over which the test goes: `CASES` before, `CASES.slice(1)` now. */
function takesFewerRows(was: TestThere, is: TestThere): boolean {
  const [before, after] = [iterated(was.test), iterated(is.test)];
  const now = after.filter(isNarrowed);
  const still = new Set(after.map((one) => one.text));
  return before.some(
    (one, at) =>
      !isNarrowed(one) && !still.has(one.text) && (now.some((other) => other.text.includes(one.text)) || isIn(now, after[at])), // prettier-ignore
  );
}

/** A list that stood there has a name now, and is narrowed at once. */
function isIn(narrowed: readonly SyntaxNode[], one: SyntaxNode | undefined): boolean {
  return one !== undefined && narrowed.includes(one) && /^(list_comprehension|call|call_expression)$/.test(one.type);
}

function iterated(test: TestText): SyntaxNode[] {
  const inside = [...within(test.node)].flatMap((one) => {
    if (/^(for_in_statement|for_statement|range_clause|for_in_clause)$/.test(one.type)) return one.child("right") ?? [];
    const callee = one.type === "call_expression" ? one.child("function") : null;
    return /^(forEach|each|map)$/.test(callee?.child("property")?.text ?? "") ? (callee?.child("object") ?? []) : [];
  });
  return [...rowsAround(test), ...inside];
}

function isNarrowed(rows: SyntaxNode): boolean {
  return [...within(rows)].some(
    (one) =>
      /^(slice|slice_expression|if_clause)$/.test(one.type) ||
      (/^call(_expression)?$/.test(one.type) && NARROWS.test(wordsOf(one.child("function")).at(-1) ?? "")),
  );
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
  return [...within(place)].filter((one) => {
    if (/^(member_expression|selector_expression)$/.test(one.type))
      return /^(length|size|constructor)$/.test((one.child("property") ?? one.child("field"))?.text ?? "");
    if (one.type === "unary_expression") return one.text.startsWith("typeof ");
    if (one.type === "keyword_argument") return isTolerance(one);
    // The words of an error are all that there is of it.
    if (/^(str|String)\(\w*(value|exception|error|err|exc|caught)\w*(\.\w+)*\)$/.test(one.text)) return false;
    return /^call(_expression)?$/.test(one.type) && LOSSY.test(wordsOf(one.child("function")).at(-1) ?? "");
  }).length;
}

/** An assertion whose texts and numbers stand only in assertions that lose more of what they look at. */
function lossier(was: TestThere, before: readonly Assertion[], is: TestThere, after: readonly Assertion[]): boolean {
  const places = after.map(({ node }) => around(node, is.side.language));
  const now = places.map((place) => ({ literals: allLiterals(place), loses: lossy(place) }));
  return before.some(({ node }) => {
    const place = around(node, was.side.language);
    const wanted = [...allLiterals(place)].filter(isTelling);
    if (wanted.length === 0)
      return !after.some((one) => one.node.text === node.text) && after.some((one) => isLossierCall(node, one.node));
    const same = now.filter(({ literals }) => wanted.every((one) => literals.has(one)));
    return same.length > 0 && same.every(({ loses }) => loses > lossy(place));
  });
}

/** `equal(all, [1])` became `equal(all.slice(0, 1), [1])`: the same is expected of less. */
function isLossierCall(was: SyntaxNode, is: SyntaxNode): boolean {
  const [old, now] = [was, is].map((one) => one.child("arguments")?.parts ?? []);
  const [given, wanted] = old ?? [];
  const [given2, wanted2] = now ?? [];
  if (!given || !wanted || !given2 || wanted.text !== wanted2?.text) return false;
  return given2.text.startsWith(`${given.text}.`) && lossy(given2) > lossy(given);
}

/** Of the same results (`got, want := f(2), []int{1}`) the condition behind them sees less. */
function lossierOf(before: SyntaxNode, after: SyntaxNode): boolean {
  const [old, now] = [lossyConditions(before), lossyConditions(after)];
  return [...old].some(([given, loses]) => (now.get(given) ?? 0) > loses);
}

function lossyConditions(body: SyntaxNode): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of within(body)) {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    const given = condition && (one.child("initializer") ?? assignedBefore(one));
    if (given) found.set(given.text, (found.get(given.text) ?? 0) + lossy(condition));
  }
  return found;
}

/** An error of the same call of which it was asked which one it is, and now only whether there is one. */
function forgetsWhich(before: SyntaxNode, after: SyntaxNode): boolean {
  const [old, now] = [whichErrors(before), whichErrors(after)];
  return [...old].some(([call, which]) => which && now.get(call) === false);
}

/** Per statement that gives an error: whether a condition behind it asks which one. */
function whichErrors(body: SyntaxNode): Map<string, boolean> {
  const found = new Map<string, boolean>();
  for (const one of within(body)) {
    const condition = one.type === "if_statement" ? one.child("condition") : null;
    if (!condition || !/\berr\w*\b/i.test(condition.text)) continue;
    const given = one.child("initializer") ?? assignedBefore(one);
    if (given) found.set(given.text, (found.get(given.text) ?? false) || errorsIn([condition]).which > 0);
  }
  return found;
}

function assignedBefore(node: SyntaxNode): SyntaxNode | null {
  const all = node.parent?.parts ?? [];
  return (
    all
      .slice(0, all.indexOf(node))
      .findLast((one) => /^(short_var_declaration|assignment_statement)$/.test(one.type)) ?? null
  );
}

/** How often a Go test asks whether there is an error, and how often which one. */
function errorsAsked(all: readonly Assertion[]): { any: number; which: number } {
  return errorsIn([...new Set(all.map(({ node }) => around(node, "go")))].filter((one) => !isOfPreparation(one)));
}

/** Of what a test prepares for itself: `t.TempDir()` asks for the error of `os.MkdirTemp()` in its place. */
const PREPARES =
  /= (os\.(MkdirTemp|CreateTemp|MkdirAll|Mkdir|WriteFile|Chdir|Setenv|Unsetenv|Getwd)|ioutil\.(TempDir|TempFile|WriteFile)|filepath\.Abs|net\.Listen|http\.NewRequest\w*)\(/;

function isOfPreparation(condition: SyntaxNode): boolean {
  const asked = condition.parent?.type === "if_statement" ? condition.parent : null;
  return asked !== null && PREPARES.test((asked.child("initializer") ?? assignedBefore(asked))?.text ?? "");
}

function errorsIn(places: readonly SyntaxNode[]): { any: number; which: number } {
  const parts = places.flatMap((one) => [...within(one)]);
  const which = parts.filter(
    (one) =>
      one.type === "call_expression" &&
      /^errors\.(Is|As)$|\.(Error|ErrorIs|ErrorAs|EqualError|ErrorContains)$/.test(one.child("function")?.text ?? "") &&
      !/^(t|tb|b)\.Error$/.test(one.child("function")?.text ?? ""),
  );
  const compared = parts.filter(
    (one) => one.type === "binary_expression" && one.parts.some(({ text }) => /^err\w*$/i.test(text)),
  );
  const withNil = compared.filter((one) => one.parts.some(({ text }) => text === "nil"));
  const asserted = parts.filter(
    (one) => one.type === "call_expression" && /^(require|assert)\.NoErrorf?$/.test(one.child("function")?.text ?? ""),
  );
  return {
    any: withNil.length + asserted.length + which.length,
    which: which.length + compared.length - withNil.length,
  };
}
