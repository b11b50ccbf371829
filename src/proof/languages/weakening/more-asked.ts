import { type Assertion, assertionsIn } from "../tests/assertions.ts";
import { above, FUNCTION, oncePer, type SyntaxNode, within } from "../syntax/syntax.ts";
import { expectedSubject } from "../tests/own-expectation.ts";
import { failuresWanted } from "./expected-failures.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** How many values the exact assertions compare with: one with a whole object stands for one per field. */
export function valuesCompared(assertions: readonly Assertion[]): number {
  return assertions.reduce((sum, one) => sum + (one.strength === "exact" ? leavesOf(one.node) : 0), 0);
}

const COMPOUND = /^(object|array|dictionary|list|tuple)$/;

function leavesOf(node: SyntaxNode): number {
  const given = node.type === "assert_statement" ? node.parts[0]?.parts : node.child("arguments")?.parts;
  const sides = [expectedSubject(node), ...(given ?? []).slice(0, 2)].filter((one) => one !== undefined);
  // Of two that are written down none comes from the code.
  if (sides.every(isWritten)) return 1;
  const written = sides.find((one) => COMPOUND.test(one.type) && isWritten(one)) ?? sides.find(({ type }) => COMPOUND.test(type)); // prettier-ignore
  const other = sides.find((one) => one !== written && COMPOUND.test(one.type));
  // What the test itself puts on both sides is not compared with anything of the code.
  const own = other && written ? leavesIn(other).filter(isWritten).length : 0;
  return Math.max(1, (written ? leavesIn(written).length : 0) - own);
}

function leavesIn(side: SyntaxNode): SyntaxNode[] {
  return [...within(side)].filter((one) => !COMPOUND.test(one.type) && isValue(one));
}

function isWritten(side: SyntaxNode): boolean {
  return ![...within(side)].some(({ type }) => /^(identifier|call|call_expression|attribute)$/.test(type));
}

/** In a list or an object: what stands in a call or a sum there is one value. */
function isValue({ parent, field, named }: SyntaxNode): boolean {
  const outer = parent?.type === "pair" ? (field === "value" ? parent.parent : null) : parent;
  return named && COMPOUND.test(outer?.type ?? "");
}

/** Failures that the functions of a file want for a test that calls them. */
export function failuresOfHelpers(side: TestSide, { body }: TestText): number {
  const called = [...within(body)].filter((one) => /^call(_expression)?$/.test(one.type));
  const names = new Set(called.map((one) => (one.child("function")?.text ?? "").replace(/^(self|cls|this)\./, "")));
  return [...names].reduce((sum, name) => sum + (wantedBy(side).get(name) ?? 0), 0);
}

/** By the names of functions. */
export const wantedBy = oncePer(({ functions, language, helpers }: TestSide): ReadonlyMap<string, number> => {
  const wanted = (one: TestText) => failuresWanted(assertionsIn(one.body, language, helpers)).length;
  return new Map(functions.map((one) => [one.name, wanted(one)]));
});

/** `if tt.wantErr != ""`: the rows of a table say for which of them more is asked. */
const OF_ROW = /^!?\w+\.\w*[eE]rr\w*( != (""|nil))?$/;
const ASKS_WHICH = /\berr\w* == nil\b|\berr\w*\.Error\(\)|\berrors\.(Is|As)\(/;

/** A question for the error of some rows, in a Go test that wanted an error of none. */
export function isErrorOfSomeRows({ node }: Assertion, was: TestText): boolean {
  const asked = [...above(node)].find(({ type }) => type === "if_statement");
  const outer = asked && [...above(asked)].find(({ type }) => type === "if_statement" || FUNCTION.test(type));
  if (!asked || !OF_ROW.test(outer?.child("condition")?.text ?? "")) return false;
  return ASKS_WHICH.test(asked.child("condition")?.text ?? "") && !ASKS_WHICH.test(was.body.text);
}
