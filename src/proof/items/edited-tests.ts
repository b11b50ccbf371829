import type { FileDiff } from "../../trees/diff.ts";
import type { SyntaxReader } from "../languages/syntax/parser.ts";
import { above, plain, type SyntaxNode, within } from "../languages/syntax/syntax.ts";
import { assertedTogether } from "../languages/tests/asserted.ts";
import { assertionsIn, isLiteral, meantBy } from "../languages/tests/assertions.ts";
import { isTelling } from "../languages/tests/said.ts";
import type { TestText } from "../languages/tests/test-cases.ts";
import { type TestSide, testSide } from "../languages/tests/test-side.ts";
import { keysOfRun, keysOfSaid } from "../languages/weakening/ran-names.ts";

/** Whether a test by the name that its runner prints is an old one that compares with something new now. */
export async function saysMore(files: readonly FileDiff[], syntax: SyntaxReader): Promise<(ran: string) => boolean> {
  const changed = files.filter(({ action, kind }) => action === "change" && kind === "text");
  return isOneOf(await Promise.all(changed.map((file) => editedIn(file, syntax))));
}

/** Whether a test by the name that its runner prints only goes round and round or asks a question, and asserts nothing. */
export async function onlyWaits(files: readonly FileDiff[], syntax: SyntaxReader): Promise<(ran: string) => boolean> {
  const texts = files.filter(({ kind }) => kind === "text");
  return isOneOf(await Promise.all(texts.map((file) => waitingIn(file, syntax))));
}

/** By the name that its runner prints, where each file's tests have the names that they are given there. */
function isOneOf(names: readonly (readonly string[])[]): (ran: string) => boolean {
  const keys = new Set(names.flat().flatMap(keysOfSaid));
  return (ran) => keys.size > 0 && [...keysOfRun(ran)].some((key) => keys.has(key));
}

async function waitingIn({ path, after }: FileDiff, syntax: SyntaxReader): Promise<string[]> {
  const parsed = await syntax.parse(path, after);
  if (parsed.outcome === "cannot") return [];
  const { tests, language, helpers } = testSide(path, parsed);
  const asserts = ({ body }: TestText) => assertionsIn(body, language, helpers).length > 0;
  const waits = ({ body }: TestText) => [...within(body)].some(({ type }) => WAITS.test(type));
  return tests.filter((one) => !asserts(one) && waits(one)).map(({ name }) => name);
}

const WAITS = /^((while|do|for|if)_statement|for_in_statement|ternary_expression|conditional_expression)$/;

async function editedIn({ path, before, after }: FileDiff, syntax: SyntaxReader): Promise<string[]> {
  const [was, is] = [await syntax.parse(path, before), await syntax.parse(path, after)];
  if (was.outcome === "cannot" || is.outcome === "cannot") return [];
  const [old, now] = [testSide(path, was), testSide(path, is)];
  const texts = new Map(old.tests.map((one) => [one.name, one]));
  const edited = now.tests.filter((one) => {
    const before = texts.get(one.name);
    return before !== undefined && plain(before.node) !== plain(one.node) && hasMore(old, now, one.name);
  });
  return edited.map(({ name }) => name);
}

/** Something that is worked out, and not a text or number with itself: `assert.equal(UNIT && 771, 771)` says nothing of the code. */
function asksCode(place: SyntaxNode): boolean {
  const sides = sidesOf(place);
  const [first, second] = sides.slice(0, 2).map(bareIn);
  if (first && second && [...first].some((one) => isTelling(one) && second.has(one))) return false;
  const isWorkedOut = ({ type, text }: SyntaxNode) =>
    /^(call|call_expression)$/.test(type) || (/^(property_)?identifier$/.test(type) && !/^[A-Z\d_]+$/.test(text));
  return sides.some((side) => [...within(side)].some(isWorkedOut));
}

/** What `assert.equal(a, b)`, `expect(a).toBe(b)`, `a == b` compare. */
function sidesOf(place: SyntaxNode): readonly SyntaxNode[] {
  if (!/^(call|call_expression)$/.test(place.type)) return place.type === "expression_statement" || place.type === "assert_statement" ? sidesOf(place.parts[0] ?? place) : place.parts; // prettier-ignore
  const inner = [...within(place.child("function") ?? place)].find((one) => /^call/.test(one.type));
  const callee = place.child("function");
  const subject = inner ? (inner.child("arguments")?.parts ?? []) : /^(assert|expect|t|self|is|test)\b/.test(callee?.text ?? "") || !callee ? [] : [callee]; // prettier-ignore
  return [...subject, ...(place.child("arguments")?.parts ?? [])];
}

/** Texts and numbers that no call is given. */
function bareIn(side: SyntaxNode): Set<string> {
  const isGiven = (one: SyntaxNode) => [...above(one)].some((outer) => /^(arguments|argument_list)$/.test(outer.type) && outer.start >= side.start && outer.end <= side.end); // prettier-ignore
  return new Set([...within(side)].filter((one) => isLiteral(one) && !isGiven(one)).map(meantBy));
}

function hasMore(old: TestSide, now: TestSide, name: string): boolean {
  const asked = (side: TestSide) => side.tests.filter((one) => one.name === name).flatMap((one) => assertedTogether(side, one, asksCode)); // prettier-ignore
  const before = new Set(asked(old).flatMap((one) => [...one]));
  return asked(now).some((one) => [...one].some((text) => !before.has(text)));
}
