import { familyOf, type Language } from "../syntax/grammar.ts";
import { around } from "./said.ts";
import { oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { wordsOf } from "./test-cases.ts";

/** The two sides of an assertion that compares two values. */
export type Sides = readonly [one: SyntaxNode, other: SyntaxNode];

const EQUAL = /equal|^toBe$|^is$|^same$|^assertIs$|^eql?$|^Diff$|^toMatchObject$/i;

/** @param node an assertion, as `assertionsIn` finds it */
export function sidesOf(node: SyntaxNode, language: Language): Sides[] {
  const family = familyOf(language);
  if (family === "go") return sidesInGo(around(node, language));
  if (node.type === "assert_statement") return ofComparison(node.parts[0], /^(==|is)$/);
  if (!/^call(_expression)?$/.test(node.type)) return [];
  const words = wordsOf(node.child("function"));
  const own = node.child("arguments")?.parts ?? [];
  if (/^(ok|assert|assertTrue)$/.test(words.at(-1) ?? "")) return ofComparison(own[0], /^={2,3}$/);
  if (!EQUAL.test(words.at(-1) ?? "") || /not/i.test(words.join("."))) return [];
  const [one, other] = words[0] === "expect" || words.includes("should") ? [expectedSubject(node), own[0]] : own;
  return one && other ? [[one, other]] : [];
}

function ofComparison(what: SyntaxNode | undefined, sign: RegExp): Sides[] {
  const [one, other] = what?.parts ?? [];
  if (!what || !one || !other || !what.children.some((part) => sign.test(part.text))) return [];
  return /^(comparison_operator|binary_expression)$/.test(what.type) ? [[one, other]] : [];
}

function sidesInGo(place: SyntaxNode): Sides[] {
  return [...within(place)].flatMap((one): Sides[] => {
    if (one.type === "binary_expression") return ofComparison(one, /^[!=]=$/);
    if (one.type !== "call_expression" || !EQUAL.test(wordsOf(one.child("function")).at(-1) ?? "")) return [];
    const given = one.child("arguments")?.parts ?? [];
    const [left, right] = /^(t|tb|b)$/.test(given[0]?.text ?? "") ? given.slice(1) : given;
    return left && right ? [[left, right]] : [];
  });
}

/** What `expect(…)` or `….should` in an assertion looks at. */
export function expectedSubject(node: SyntaxNode): SyntaxNode | undefined {
  for (const inner of within(node))
    if (inner.type === "call_expression" && inner.child("function")?.text === "expect")
      return inner.child("arguments")?.parts[0];
    else if (inner.type === "member_expression" && inner.child("property")?.text === "should")
      return inner.child("object") ?? undefined;
  return undefined;
}

/**
 * Whether what is expected is taken from what came, so that both sides are the same whatever the code does:
 * `deepEqual({ ...want, ...got }, { ...got })`, `want.update(got)` before `assertEqual(got, want)`.
 * @param root the test's body
 */
export function isOwnExpectation([one, other]: Sides, root: SyntaxNode): boolean {
  const given = takenIn(root, one.start);
  const [all, theirs] = [allOf(one, given), allOf(other, given)];
  return [...all].some((text) => theirs.has(text)) && (isComposed(one, given) || isComposed(other, given));
}

/** A side that is no plain value: two plain ones are compared elsewhere. */
function isComposed(side: SyntaxNode, given: ReadonlyMap<string, readonly SyntaxNode[]>): boolean {
  return wholeOf(side) !== null || (given.get(side.text)?.length ?? 0) > 0;
}

/** Names and places (`got`, `page.body`) all of which a value holds, with nothing of it laid over. */
function allOf(side: SyntaxNode, given: ReadonlyMap<string, readonly SyntaxNode[]>, steps = STEPS_MAX): Set<string> {
  const found = new Set<string>();
  if (isPlace(side)) found.add(side.text);
  if (steps === 0) return found;
  const whole = wholeOf(side);
  const next = [...(whole ? [whole] : []), ...(given.get(side.text) ?? [])];
  for (const inner of next) for (const text of allOf(inner, given, steps - 1)) found.add(text);
  return found;
}

/** A name for a name for a name. */
const STEPS_MAX = 4;

function isPlace(node: SyntaxNode): boolean {
  return /^(identifier|member_expression|attribute|selector_expression)$/.test(node.type) && !node.text.includes("(");
}

const COPIES = /^(structuredClone|dict|list|objectContaining|arrayContaining|assign|merge|defaults)$/;

/** What decides the whole of a composed value: the last that is spread into it, the last that is laid over. */
function wholeOf(node: SyntaxNode): SyntaxNode | null {
  if (/^(object|array|dictionary|list)$/.test(node.type)) {
    const last = node.parts.at(-1);
    const isSpread = last && /^(spread_element|dictionary_splat|list_splat)$/.test(last.type);
    const isAlone = /^(object|dictionary)$/.test(node.type) || node.parts.length === 1;
    return isSpread && isAlone ? (last.parts[0] ?? null) : null;
  }
  if (node.type === "parenthesized_expression" || node.type === "expression_list") return node.parts[0] ?? null;
  if (node.type === "binary_operator" && node.children.some((one) => one.text === "|"))
    return node.parts.at(-1) ?? null;
  if (!/^call(_expression)?$/.test(node.type)) return null;
  const words = wordsOf(node.child("function"));
  const own = node.child("arguments")?.parts ?? [];
  if (!COPIES.test(words.at(-1) ?? "")) return null;
  const last = own.at(-1);
  return last?.type === "dictionary_splat" ? (last.parts[0] ?? null) : (last ?? null);
}

type Take = { readonly name: string; readonly value: SyntaxNode; readonly start: number; readonly end: number };
type Steps = { readonly takes: readonly Take[]; readonly done: readonly { start: number; end: number }[] };

/** What each name of a test takes over as a whole before a place: `want = got`, `want.update(got)`, `maps.Copy(want, got)`. */
function takenIn(root: SyntaxNode, before: number): Map<string, SyntaxNode[]> {
  const steps = stepsIn(root);
  // What was taken before something is done that is no assertion may have changed then.
  const last = steps.done.reduce((most, { start, end }) => (end <= before && start > most ? start : most), -1);
  const found = new Map<string, SyntaxNode[]>();
  for (const { name, value, start, end } of steps.takes)
    if (start < before && end > last) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

/** Gone through once a test: asking again for each assertion takes minutes where there are hundreds. */
const stepsIn = oncePerNode((root): Steps => {
  const takes: Take[] = [];
  const done: SyntaxNode[] = [];
  const take = (name: SyntaxNode | null | undefined, value: SyntaxNode | null | undefined, at: SyntaxNode) => {
    if (name && value && name.text !== value.text) takes.push({ name: name.text, value, start: at.start, end: at.end });
  };
  for (const node of within(root)) {
    if (isDone(node)) done.push(node);
    if (
      /^(variable_declarator|short_var_declaration|assignment|assignment_statement|assignment_expression|var_spec)$/.test(
        node.type,
      )
    )
      // prettier-ignore
      take(single(node.child("name") ?? node.child("left")), single(node.child("value") ?? node.child("right")), node);
    if (/^call(_expression)?$/.test(node.type) && /statement|^block$/.test(node.parent?.type ?? "")) {
      const callee = node.child("function");
      const own = node.child("arguments")?.parts ?? [];
      const words = wordsOf(callee);
      if (/^(update|extend|Copy|copy|assign)$/.test(words.at(-1) ?? ""))
        take(own.length > 1 ? own[0] : (callee?.child("object") ?? callee?.parts[0]), own.at(-1), node);
    }
    const over = iteratedIn(node);
    if (over) for (const name of filledIn(node)) take(name, over, node);
  }
  return { takes, done };
});

/** Something that is no assertion. */
function isDone(one: SyntaxNode): boolean {
  if (/^(augmented_assignment|augmented_assignment_expression|update_expression|inc_statement)$/.test(one.type))
    return true;
  if (!/^call(_expression)?$/.test(one.type)) return false;
  const words = wordsOf(one.child("function"));
  return !/^(assert|expect|t$|t\.|self\.assert)/.test(words.join(".")) && !COPIES.test(words.at(-1) ?? "");
}

function single(node: SyntaxNode | null): SyntaxNode | null {
  return node?.type === "expression_list" ? (node.parts.length === 1 ? (node.parts[0] ?? null) : null) : node;
}

function iteratedIn(node: SyntaxNode): SyntaxNode | null {
  if (!/^(for_statement|for_in_statement)$/.test(node.type)) return null;
  const range = node.children.find((one) => one.type === "range_clause");
  return (range ?? node).child("right");
}

/** `want[key] = value` for all that is gone through. */
function filledIn(loop: SyntaxNode): SyntaxNode[] {
  return [...within(loop.child("body") ?? loop)].flatMap((one) => {
    if (!/^assignment(_statement|_expression)?$/.test(one.type)) return [];
    const left = single(one.child("left"));
    const isElement = left && /^(index_expression|subscript|subscript_expression)$/.test(left.type);
    return isElement ? (left.parts[0] ?? []) : [];
  });
}

const FITS_ALL = /^((unittest\.)?(mock\.)?ANY|expect\.anything\(\)|expect\.any\(Object\)|sinon\.match\.any|match\.any|gomock\.Any\(\)|mock\.Anything)$/; // prettier-ignore

/** How many of the comparisons have a side that fits everything. */
export function fittingAll(sides: readonly Sides[]): number {
  return sides.filter((both) => both.some((one) => FITS_ALL.test(one.text))).length;
}
