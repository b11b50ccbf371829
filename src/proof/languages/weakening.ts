import type { TestChange } from "../../core/ticket/plan.ts";
import type { FileDiff } from "../../trees/diff.ts";
import { type Assertion, assertingHelpers, assertionsIn, literalsOf } from "./assertions.ts";
import type { Language } from "./grammar.ts";
import type { SyntaxReader } from "./parser.ts";
import { type SyntaxNode, within } from "./syntax.ts";
import { type TestText, testsIn } from "./test-cases.ts";
import { isTestCode } from "./test-files.ts";
import { faultsOf } from "./test-faults.ts";
import { weakeningsByPattern } from "./weakening-by-pattern.ts";

/** One way in which a test says less than it could. `test` is null when the whole file is meant. */
export type Weakening = {
  readonly path: string;
  readonly test: string | null;
  readonly line: number;
  readonly what: string;
  /** Whether the test was there before the change. */
  readonly old: boolean;
};

type Side = {
  readonly path: string;
  readonly language: Language;
  readonly root: SyntaxNode;
  readonly tests: readonly TestText[];
  readonly helpers: ReadonlySet<string>;
};

/** Tests that are gone, skipped or say less, and new ones that cannot fail. Read without running anything. */
export async function weakenings(files: readonly FileDiff[], syntax: SyntaxReader): Promise<Weakening[]> {
  const tests = files.filter((file) => isTestCode(file.path) && file.kind === "text");
  const sides = async (which: "before" | "after") =>
    (await Promise.all(tests.map((file) => sideOf(file, which, syntax)))).filter((one) => one !== null);
  const [before, after] = [await sides("before"), await sides("after")];
  const now = new Map(after.map((one) => [one.path, one]));
  const old = before.flatMap((side) => oldTests(side, now.get(side.path) ?? null, after));
  const known = new Set(before.flatMap(({ tests: all }) => all.map(({ name }) => name)));
  return [...old, ...weakeningsByPattern(files), ...after.flatMap((side) => newTests(side, known))];
}

/** Whether a plan's person agreed to this: by the test's name, or for the whole file. */
export function isExcused(one: Weakening, changes: readonly TestChange[]): boolean {
  return changes.some(({ file, test }) => file === one.path && (test === null || isNamed(one.test, test)));
}

/** A runner prints `group > test`, `Class.test`, `TestX/row`; people often write the last part only. */
export function isNamed(test: string | null, said: string): boolean {
  if (test === null) return false;
  const plain = (text: string) =>
    text
      .split(/ > |::|\.(?=test)|\//)
      .at(-1)
      ?.trim() ?? text;
  return test === said || plain(test) === plain(said);
}

async function sideOf(file: FileDiff, which: "before" | "after", syntax: SyntaxReader): Promise<Side | null> {
  const parsed = await syntax.parse(file.path, file[which]);
  if (parsed.outcome === "cannot") return null;
  const { root, language } = parsed;
  return { path: file.path, language, root, tests: testsIn(root, language), helpers: assertingHelpers(root, language) };
}

function oldTests(side: Side, now: Side | null, after: readonly Side[]): Weakening[] {
  const everywhere = new Set(after.flatMap(({ root }) => [...literalsOf(root)]));
  const names = new Set(side.tests.map(({ name }) => name));
  const fresh = after.flatMap(({ tests }) => tests.filter(({ name, skipped }) => !names.has(name) && skipped === null));
  return side.tests.flatMap((test) => {
    const say = (what: string, line = test.node.line): Weakening => ({
      path: side.path,
      test: test.name,
      line,
      what,
      old: true,
    });
    const where = [now, ...after].find((one) => one?.tests.some(({ name }) => name === test.name));
    const same = where?.tests.find(({ name }) => name === test.name);
    if (!where || !same) return isKept(side, test, fresh, everywhere) ? [] : [say("is gone")];
    if (plain(test.node) === plain(same.node) && test.skipped === same.skipped) return [];
    return differences(side, test, where, same, everywhere).map((what) => say(what, same.node.line));
  });
}

/** A test of another name is the same one when it says the same, or when all that it compared with is still compared. */
function isKept(side: Side, test: TestText, fresh: readonly TestText[], everywhere: ReadonlySet<string>): boolean {
  const twin = fresh.find((one) => likeness(one.body, test.body) >= LIKENESS_MIN);
  if (twin) return true;
  const said = assertedLiterals(side, test);
  return said.size > 0 && fresh.length > 0 && [...said].every((one) => everywhere.has(one));
}

/** Half of the words may differ where a helper was taken out; a different test shares less. */
const LIKENESS_MIN = 0.7;

function likeness(one: SyntaxNode, other: SyntaxNode): number {
  const [a, b] = [wordsIn(one), wordsIn(other)];
  const shared = [...a].filter((word) => b.has(word)).length;
  return shared / Math.max(1, new Set([...a, ...b]).size);
}

function wordsIn(node: SyntaxNode): Set<string> {
  return new Set(
    [...within(node)].filter((one) => one.children.length === 0 && /\w/.test(one.text)).map((one) => one.text),
  );
}

function differences(side: Side, test: TestText, now: Side, same: TestText, everywhere: ReadonlySet<string>): string[] {
  const found: string[] = [];
  if (same.skipped !== null && test.skipped === null) found.push(`is skipped or singled out (${same.skipped})`);
  const was = assertionsIn(test.body, side.language, side.helpers);
  const is = assertionsIn(same.body, now.language, now.helpers);
  if (was.length > 0 && is.length === 0) return [...found, "has no assertion left"];
  const lost = [...assertedLiterals(side, test)].filter((one) => !everywhere.has(one));
  if (lost.length > 0)
    found.push(
      `no longer compares with ${lost
        .slice(0, 3)
        .map((one) => JSON.stringify(one.slice(0, 40)))
        .join(", ")}`,
    );
  const exact = (all: readonly Assertion[]) => all.filter((one) => one.strength === "exact").length;
  const weak = (all: readonly Assertion[]) => all.length - exact(all);
  if (exact(is) < exact(was) && weak(is) > weak(was)) found.push("compares less exactly");
  const faults = new Set(faultsOf(test.body, side.language, side.helpers).map((one) => one.what));
  for (const { what } of faultsOf(same.body, now.language, now.helpers)) if (!faults.has(what)) found.push(what);
  if (returnsEarly(same.body) > returnsEarly(test.body)) found.push("may return before it asserts");
  return found;
}

/** What the test's assertions and tables of cases hold literally. */
function assertedLiterals(side: Side, test: TestText): Set<string> {
  const found = new Set<string>();
  for (const { node } of assertionsIn(test.body, side.language, side.helpers)) {
    const place = node.parent?.type === "expression_statement" && side.language === "go" ? conditionAround(node) : node;
    for (const one of literalsOf(place)) found.add(one);
  }
  for (const table of tablesOf(test.node)) for (const one of literalsOf(table)) found.add(one);
  return found;
}

/** In Go the comparison stands in the `if` around the failing call; the call itself has the message. */
function conditionAround(node: SyntaxNode): SyntaxNode {
  for (let at = node.parent; at !== null; at = at.parent)
    if (at.type === "if_statement") return at.child("condition") ?? node;
  return node;
}

function* tablesOf(node: SyntaxNode): Generator<SyntaxNode> {
  for (const one of within(node)) {
    const isList = /^(array|list|literal_value)$/.test(one.type) && one.parts.length > 1;
    const holdsRows =
      isList &&
      one.parts.every((row) => /^(array|list|tuple|object|dictionary|literal_value|literal_element)$/.test(row.type));
    if (holdsRows) yield one;
  }
}

/** Returns of the test itself, not of functions in it, that stand before an assertion. */
function returnsEarly(body: SyntaxNode): number {
  const own = within(
    body,
    (one) => !/^(arrow_function|function_expression|func_literal|lambda|function_definition)$/.test(one.type),
  );
  return [...own].filter((one) => one.type === "return_statement").length;
}

function newTests(side: Side, known: ReadonlySet<string>): Weakening[] {
  return side.tests
    .filter(({ name }) => !known.has(name))
    .flatMap((test) =>
      faultsOf(test.body, side.language, side.helpers).map(({ line, what }): Weakening => {
        return { path: side.path, test: test.name, line, what, old: false };
      }),
    );
}

function plain(node: SyntaxNode): string {
  return node.text.replace(/\s+/g, " ");
}
