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

/** `!(!x)`: what is denied twice. */
function deniedIn(node: SyntaxNode): SyntaxNode | null {
  const inner = NOT.test(node.type) && /^(!|not\b)/.test(node.text) ? bare(node.parts[0]) : null;
  return inner && NOT.test(inner.type) && /^(!|not\b)/.test(inner.text) ? (inner.parts[0] ?? null) : null;
}

const NOT = /^(unary_expression|not_operator)$/;

function bare(node: SyntaxNode | undefined): SyntaxNode | null {
  let inner = node ?? null;
  while (inner?.type === "parenthesized_expression") inner = inner.parts[0] ?? null;
  return inner;
}

/** What has to be true all together: `a === 1 && b === 2`. Without recursion: a condition may be thousands of parts long. */
function demands(condition: SyntaxNode): SyntaxNode[] {
  const open = [condition];
  const found: SyntaxNode[] = [];
  for (let node = open.pop(); node; node = open.pop()) {
    const [inner] = node.type === "parenthesized_expression" ? node.parts : [];
    const [both] = /^(boolean_operator|binary_expression)$/.test(node.type) ? signsAt(node) : [];
    const denied = deniedIn(node);
    if (inner ?? denied) open.push((inner ?? denied) as SyntaxNode);
    else if (both && /^(&&|and)$/.test(both.sign)) open.push(both.right, both.left);
    else found.push(node);
  }
  return found;
}

/** `day === "2024-03-21"`: what is asked for, and the text or number that it has to be, with and without quotes. */
export type Demand = { readonly of: string; readonly literal: string; readonly said: string };

/** @returns null where a condition asks for anything else than certain values */
export function valuesDemanded(condition: SyntaxNode): Demand[] | null {
  const found: Demand[] = [];
  const others: SyntaxNode[] = [];
  for (const node of demands(condition)) {
    // `!(b !== 41)`
    const isDenied = NOT.test(node.type) && /^(!|not\b)/.test(node.text);
    const [one, ...more] = comparisonsAt((isDenied ? bare(node.parts[0]) : null) ?? node);
    const isTold = one && more.length === 0 && (isDenied ? /^!={1,2}$/ : /^={2,3}$/).test(one.sign);
    const values = isTold ? valuesOf(one.left, one.right) : [];
    if (values.length > 0) found.push(...values);
    else others.push(node);
  }
  // `&& true`, `&& a > 0` beside `a === 37`: that asks for nothing more.
  const told = new Set(found.flatMap(({ of }) => of.match(/[A-Za-z_$][\w$]*/g) ?? []));
  return others.every((one) => namesIn(one).every((name) => told.has(name))) ? found : null;
}

/** @returns what one side has to be; nothing where neither or both of them are written down */
export function valuesOf(left: SyntaxNode, right: SyntaxNode): Demand[] {
  const [literal, of] = isLiteral(right) ? [right, left] : [left, right];
  if (!isLiteral(literal) || isLiteral(of) || /^\(?typeof\b/.test(of.text)) return [];
  return packed(of, literal) ?? [{ of: of.text, literal: literal.text, said: textOf(literal) }];
}

/** `a * 100 + b === 3741` asks for 37 and 41. */
function packed(of: SyntaxNode, literal: SyntaxNode): Demand[] | null {
  const [, first, times, second] = /^\(?\(?([\w$.]+) ?\* ?([\d_]+)\)? ?\+ ?([A-Za-z_$][\w$.]*)\)?$/.exec(of.text) ?? [];
  const [size, number] = [Number((times ?? "").replaceAll("_", "")), Number(textOf(literal))];
  if (!first || !second || size < PACKED_MIN || !Number.isInteger(number)) return null;
  const parts = [`${Math.floor(number / size)}`, `${number % size}`] as const;
  return parts.map((said, at) => ({ of: at === 0 ? first : second, literal: said, said }));
}

/** By less nobody keeps two numbers apart. */
const PACKED_MIN = 10;

function namesIn(node: SyntaxNode): string[] {
  return [...within(node)].flatMap((one) => (/identifier$/.test(one.type) ? one.text : []));
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
