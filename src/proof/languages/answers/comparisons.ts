import { isLiteral, textOf } from "../tests/assertions.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

/** `a <= 500`: what is held against what. */
type Comparison = { readonly left: SyntaxNode; readonly sign: string; readonly right: SyntaxNode };

const COMPARED = /^(binary_expression|comparison_operator)$/;

/** Python has several in one: `0 < a <= 500`. */
function signsAt({ parts, text, start }: SyntaxNode): Comparison[] {
  return parts.slice(1).map((right, at) => {
    const left = parts[at] as SyntaxNode;
    return { left, sign: text.slice(left.end - start, right.start - start).trim(), right };
  });
}

function comparisonsAt(node: SyntaxNode): Comparison[] {
  return COMPARED.test(node.type) ? signsAt(node) : [];
}

/** What has to be true all together: `a === 1 && b === 2`. Without recursion: a condition may be thousands of parts long. */
function demands(condition: SyntaxNode): SyntaxNode[] {
  const open = [condition];
  const found: SyntaxNode[] = [];
  for (let node = open.pop(); node; node = open.pop()) {
    const [inner] = node.type === "parenthesized_expression" ? node.parts : [];
    const [both] = /^(boolean_operator|binary_expression)$/.test(node.type) ? signsAt(node) : [];
    if (inner) open.push(inner);
    else if (both && /^(&&|and)$/.test(both.sign)) open.push(both.right, both.left);
    else found.push(node);
  }
  return found;
}

/** `day === "2024-03-21"`: what is asked for, and the text or number that it has to be. */
export type Demand = { readonly of: string; readonly literal: SyntaxNode };

/** @returns null where a condition asks for anything else than certain values */
export function valuesDemanded(condition: SyntaxNode): Demand[] | null {
  const found: Demand[] = [];
  for (const node of demands(condition)) {
    const [one, ...more] = comparisonsAt(node);
    if (!one || more.length > 0 || !/^={2,3}$/.test(one.sign)) return null;
    const [literal, of] = isLiteral(one.right) ? [one.right, one.left] : [one.left, one.right];
    if (!isLiteral(literal) || isLiteral(of)) return null;
    found.push({ of: of.text, literal });
  }
  return found;
}

type Limit = { readonly of: string; readonly literal: SyntaxNode; readonly isUpper: boolean };

/**
 * Limits are no questions: whoever is told "up to 500 g" asks for 500. Two that leave room for next to one value are.
 * @returns the texts and numbers of a condition that only stand for limits
 */
export function limitsIn(condition: SyntaxNode): Set<string> {
  const limits = [...within(condition)].flatMap(comparisonsAt).flatMap((one) => limitOf(one) ?? []);
  const sides = new Map<string, Limit[]>();
  for (const one of limits) (sides.get(one.of) ?? sides.set(one.of, []).get(one.of))?.push(one);
  const isNarrow = (one: Limit) => {
    const others = (sides.get(one.of) ?? []).slice(0, SIDES_READ);
    return others.some((other) => other.isUpper !== one.isUpper && isNear(one.literal, other.literal));
  };
  const only = new Set([
    ...limits.filter((one) => !isNarrow(one)).map(({ literal }) => literal),
    ...stepsIn(condition),
  ]);
  const others = new Set([...within(condition)].filter((one) => isLiteral(one) && !only.has(one)).map(textOf));
  return new Set([...only].map(textOf).filter((one) => !others.has(one)));
}

/** Nobody gives one value more limits in a condition. */
const SIDES_READ = 20;

/** `year % 400 === 0`: every so many, and a round number. */
function stepsIn(condition: SyntaxNode): SyntaxNode[] {
  return [...within(condition)].flatMap((node) => {
    const [one] = /^binary_(expression|operator)$/.test(node.type) ? signsAt(node) : [];
    return one?.sign === "%" && /^[1-9]0+$/.test(one.right.text) ? [one.right] : [];
  });
}

function limitOf({ left, sign, right }: Comparison): Limit | null {
  if (!/^[<>]=?$/.test(sign)) return null;
  const isTurned = isLiteral(left);
  const [literal, of] = isTurned ? [left, right] : [right, left];
  return isLiteral(literal) && !isLiteral(of)
    ? { of: of.text, literal, isUpper: sign.startsWith("<") !== isTurned }
    : null;
}

/** `a > 41 && a < 43` */
const WHOLE_APART = 2;
/** `a > 42.4 && a < 42.6` */
const PARTS_APART = 0.25;
/** `day > "2024-03-20" && day < "2024-03-22"` */
const DAYS_APART = 3;
const DAY_MS = 86_400_000;

function isNear(one: SyntaxNode, other: SyntaxNode): boolean {
  const [a, b] = [textOf(one), textOf(other)];
  if (a === b) return true;
  const apart = Math.abs(Number(a) - Number(b));
  if (!Number.isNaN(apart)) return apart <= (/\./.test(a + b) ? PARTS_APART : WHOLE_APART);
  return Math.abs(Date.parse(a) - Date.parse(b)) <= DAYS_APART * DAY_MS;
}
