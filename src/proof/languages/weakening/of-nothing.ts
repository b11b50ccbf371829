import { assertedTogether, madeBy } from "../tests/asserted.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { type Sides, sidesOf } from "../tests/own-expectation.ts";
import { ofRows } from "./new-tests.ts";
import { rowsIn } from "../tests/said.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

const NOTHING =
  /^(nil|None|null|undefined|\[\]|\{\}|""|''|``|0|\(\)|set\(\)|\[\][\w.*]+\{\}|map\[\w+\][\w.*]+\{\}|new (Map|Set)\(\))$/;
const CALL = /^call(_expression)?$/;
const PAIR = /^(pair|keyed_element)$/;

/** What a test wants of its one call: this very value, or anything that has no length. */
type Wanted = { readonly value: string; readonly isLength: boolean };

/**
 * A test that gives nothing and wants nothing (`len(Route(nil)) != 0`) has no text or number by which it is known again. It stands as a row
 * of a table that gives the same nothing and wants the same: `{nil, []string{}}`. Whether the table asks the same function is for the caller
 * to see.
 */
export function isRowOfNothing(side: TestSide, test: TestText, fresh: readonly TestText[]): boolean {
  const said = assertedTogether(side, test).flatMap((one) => [...one]);
  const calls = codeCalls(test, side);
  const given = calls[0]?.child("arguments")?.parts ?? [];
  const wanted = wantedBy(side, test);
  if (said.some((one) => one !== "0") || calls.length !== 1 || !given.every(isNothing) || !wanted) return false;
  return ofRows(fresh).some((one) =>
    rowsIn(madeBy(one), 1).some(({ row }) => isSame(valuesOf(row), given, wanted) && isGivenFirst(one, side)),
  );
}

/** Calls of the code that are given something. */
function codeCalls({ body }: TestText, side: TestSide): SyntaxNode[] {
  const calls = [...within(body)].filter((one) => CALL.test(one.type) && !isOfRunner(one, side));
  return calls.filter((one) => (one.child("arguments")?.parts.length ?? 0) > 0);
}

/** @returns null where an assertion does not compare with nothing, or says it in a form that is not read */
function wantedBy(side: TestSide, test: TestText): Wanted[] | null {
  const all = assertionsIn(test.body, side.language, side.helpers).map(({ node }) => sidesOf(node, side.language));
  const found = all.flatMap((sides) => sides.map(wantedOf)).filter((one) => one !== "no error");
  const read = found.filter((one) => one !== null);
  return all.length > 0 && read.length >= all.length && read.length === found.length ? read : null;
}

function wantedOf(sides: Sides): Wanted | "no error" | null {
  const [value, ...others] = sides.filter(isNothing);
  const came = sides.find((one) => one !== value)?.text ?? "";
  if (!value || others.length > 0) return null;
  if (value.text === "nil" && /^err/i.test(came)) return "no error";
  return { value: plainOf(value), isLength: value.text === "0" && /^len\(|\.(length|size)$/.test(came) };
}

/** The same is given, in the same order, and all that is wanted besides is what was wanted. */
function isSame(row: readonly SyntaxNode[], given: readonly SyntaxNode[], wanted: readonly Wanted[]): boolean {
  const rest = row.slice(given.length);
  const fits = (one: SyntaxNode) => (it: Wanted) =>
    it.isLength ? !/^(0|null|undefined|None)$/.test(one.text) : it.value === plainOf(one);
  return (
    given.every((one, at) => row[at] !== undefined && plainOf(one) === plainOf(row[at])) &&
    rest.length > 0 &&
    rest.every((one) => isNothing(one) && wanted.every(fits(one)))
  );
}

/** In `for (const [x, y] of rows)` the code is given `x`: a row may have what is wanted first. */
function isGivenFirst(one: TestText, side: TestSide): boolean {
  const last = namesOfRow(one).at(-1);
  const used = codeCalls(one, side).flatMap((call) => [...within(call.child("arguments") ?? call)]);
  return !used.some(({ type, text }) => type === "identifier" && text === last);
}

/** The names that a test has for the values of a row: of its loop, of `parametrize`, of the function that `each` is given. */
function namesOfRow(one: TestText): string[] {
  const inLoop = madeBy(one).child("left");
  const decorators = one.node.children.filter(({ type }) => type === "decorator");
  const [words] = decorators.map(({ text }) => /parametrize\(\s*([^\[]*?|\[[^\]]*\]),\s*\[/.exec(text)?.[1]);
  if (words !== undefined) return words.match(/\w+/g) ?? [];
  const names = inLoop ?? one.body.child("parameters");
  return names ? [...within(names)].flatMap(({ type, text }) => (type === "identifier" ? text : [])) : [];
}

function plainOf({ text }: SyntaxNode): string {
  return text.replace(/\s/g, "").replaceAll("''", '""');
}

/** What compares or tells, and no call of the code. */
function isOfRunner(call: SyntaxNode, { language, helpers }: TestSide): boolean {
  const callee = call.child("function")?.text ?? "";
  const name = callee.split(".").at(-1) ?? callee;
  if (helpers.has(name) || /^(len|list|sorted|dict|set|str)$/.test(callee)) return true;
  return language === "go"
    ? /^t\.|^(reflect|fmt|cmp|slices|maps)\./.test(callee)
    : /^(assert|expect|self|t)\b|\.(to\w+|not)\b/.test(callee);
}

const WANTED = /^["']?(want|expect|out|result|res\b|answer)/i;

/** What a row holds: without a name before it, and what is wanted at the end where parts have names. */
function valuesOf(row: SyntaxNode): SyntaxNode[] {
  const whole = bare(PAIR.test(row.type) ? row.parts.at(-1) : row);
  const parts = whole?.parts ?? [];
  const isWanted = (one: SyntaxNode) => PAIR.test(one.type) && WANTED.test(one.text);
  const ordered = [...parts.filter((one) => !isWanted(one)), ...parts.filter(isWanted)];
  const values = ordered.map((one) => (PAIR.test(one.type) ? (one.parts.at(-1) ?? one) : one));
  const isName = values[0] !== undefined && /^["'`]/.test(values[0].text) && !isNothing(values[0]);
  return isName ? values.slice(1) : values;
}

/** In Go each part of a list is wrapped once more. */
function bare(node: SyntaxNode | undefined): SyntaxNode | undefined {
  return node?.type === "literal_element" ? node.parts[0] : node;
}

function isNothing(node: SyntaxNode): boolean {
  return NOTHING.test(node.text);
}
