import { FUNCTION, givenIn, INDEXED, oncePerNode, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { TestText } from "../tests/test-cases.ts";

/** Rows from one place to before another. */
export type Span = readonly [from: number, to: number];

/**
 * Whether parts of a list leave rows out. Several of which nobody knows how many rows they hold may share all between them.
 * @param parts null: of unknown rows
 */
export function isFewer(parts: readonly (Span | null)[], length: number | undefined): boolean {
  const known = parts.flatMap((one) => (one ? [one] : []));
  if (known.length < parts.length) return parts.length < 2;
  return !coversAll(known, length) && (parts.length < 2 || length !== undefined);
}

function coversAll(parts: readonly Span[], length = Infinity): boolean {
  let end = 0;
  for (const [from, to] of parts.toSorted(([one], [other]) => one - other)) {
    if (from > end) return false;
    end = Math.max(end, to);
  }
  return end >= length;
}

export function singleSpan(at: number): Span {
  return [at, at + 1];
}

type Indexed = { readonly numbers: ReadonlySet<number>; readonly isElsewhere: boolean };
export const NOT_INDEXED: Indexed = { numbers: new Set(), isElsewhere: false };
/** Which single rows of which list a test takes by their numbers, and whether it takes some by a name. */
export const indexedIn = oncePerNode((test): ReadonlyMap<string, Indexed> => {
  const found = new Map<string, { numbers: Set<number>; isElsewhere: boolean }>();
  for (const one of within(test)) {
    const [rows, at] = INDEXED.test(one.type) ? one.parts : [];
    if (!rows || !at) continue;
    const known = found.get(rows.text) ?? { numbers: new Set(), isElsewhere: false };
    found.set(rows.text, known);
    if (/^\d+$/.test(at.text)) known.numbers.add(Number(at.text));
    else if (at.type === "identifier") known.isElsewhere = true;
  }
  return found;
});

type LengthOf = (rows: string) => number | undefined;

/**
 * `for (let i = 0; i < ROWS.length / 2; i++)` with `ROWS[i]` in it, where all rows were gone through before: by their heads the
 * loops leave some of them out.
 * @param gone what the test went over before, and does not any more
 */
export function isPartByPlace(is: TestText, gone: readonly string[], lengthOf: LengthOf): boolean {
  const old = new Set(gone);
  const loops = new Map<string, Map<string, Span | null | "unknown">>();
  for (const loop of old.size > 0 ? within(is.node) : []) {
    const body = loop.type === "for_statement" ? loop.child("body") : null;
    const [head, taken] = body ? [plain(loop).slice(0, body.start - loop.start), takenIn(body)] : ["", []];
    for (const [rows, places] of taken)
      if (old.has(rows))
        loops.set(rows, (loops.get(rows) ?? new Map<string, Span | null | "unknown">()).set(head, spanOf(head, places, rows, lengthOf(rows)))); // prettier-ignore
  }
  return [...loops].some(([rows, heads]) => {
    const spans = [...heads.values()].flatMap((one) => (one === "unknown" ? [] : [one]));
    if (spans.length < heads.size) return false;
    const singles = [...(indexedIn(is.node).get(rows)?.numbers ?? [])].map(singleSpan);
    return isFewer([...spans, ...singles], lengthOf(rows));
  });
}

/** By which names a loop takes rows of which list. */
function takenIn(body: SyntaxNode): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const one of within(body)) {
    const [rows, at] = INDEXED.test(one.type) ? one.parts : [];
    if (rows && at) found.set(rows.text, (found.get(rows.text) ?? new Set()).add(at.text));
  }
  return found;
}

const BY_PLACE =
  /^for \(?(?:(?:let|var) )?(\w+)(?:: number)? :?= ?(.+?); ?(.+?); ?(.+?)\)?(?: \{)?\s*$|^for (\w+) in range\((.+)\):?\s*$/;

/** Which rows a loop goes through; null: not all of them, as every other one; unknown: perhaps all. */
function spanOf(
  head: string,
  places: ReadonlySet<string>,
  rows: string,
  length: number | undefined,
): Span | null | "unknown" {
  const [, at, start = "", to = "", step = "", place, range = ""] = BY_PLACE.exec(head) ?? [];
  const name = at ?? place;
  // Neighbours: `ROWS[i + 1]` beside `ROWS[i]`.
  if (name === undefined || [...places].some((one) => one !== name)) return "unknown";
  const [, from = start, other, size] = /^(.+?), (\w+) = (.+)$/.exec(start) ?? [];
  const sizes = [`${rows}.length`, `len(${rows})`, `${length ?? "?"}`];
  const ends = other !== undefined && sizes.includes(size ?? "") ? [...sizes, other] : sizes;
  if (place !== undefined) return spanOfRange(range, ends, rows);
  const isDown = ends.some((end) => from === `${end} - 1` || from === `${end}-1`) && /(>= ?0|> ?-1)$/.test(to);
  if (isDown) return [0, Infinity];
  if (/^\d+$/.test(from) && isOneStep(step, name)) {
    if (ends.some((end) => isUntil(to, name, end))) return [Number(from), Infinity];
    const [, sign, number] = new RegExp(`^${name} (<=?|!==?) (\\d{1,9})$`).exec(to) ?? [];
    if (number !== undefined) return [Number(from), Number(number) + (sign === "<=" ? 1 : 0)];
  }
  return isOfLength(`${from} ${to}`, rows) || /^[1-9]\d*$/.test(from) ? null : "unknown";
}

function spanOfRange(range: string, ends: readonly string[], rows: string): Span | null | "unknown" {
  const [from = "0", to = range, step = "1"] = range.includes(", ") ? range.split(", ") : [];
  if (step === "1" && /^\d+$/.test(from)) {
    if (ends.includes(to)) return [Number(from), Infinity];
    if (/^\d{1,9}$/.test(to)) return [Number(from), Number(to)];
  }
  if (step === "-1" && /^-1$/.test(to) && ends.some((end) => from === `${end} - 1`)) return [0, Infinity];
  return isOfLength(range, rows) ? null : "unknown";
}

/** `i < n`, `i != n`, `n > i`, `i <= n - 1` */
function isUntil(to: string, name: string, end: string): boolean {
  const ways = [`${name} < ${end}`, `${name} !== ${end}`, `${name} != ${end}`, `${end} > ${name}`, `${name} <= ${end} - 1`]; // prettier-ignore
  return ways.includes(to);
}

function isOneStep(step: string, name: string): boolean {
  return [`${name}++`, `++${name}`, `${name} += 1`, `${name} = ${name} + 1`].includes(step);
}

/** The end is worked out of the number of rows, or written down. */
function isOfLength(end: string, rows: string): boolean {
  return end.includes(`${rows}.length`) || end.includes(`len(${rows})`) || /(^|< ?|, )\d+$/.test(end);
}

/** `for (const row of [ROWS[2]])`, `[first]` of `const [first, ...rest] = ROWS`: single rows where all of them were gone through. */
export function isOfSingleRows(
  is: TestText,
  gone: readonly string[],
  now: readonly SyntaxNode[],
  lengthOf: LengthOf,
): boolean {
  const lists = now.filter(({ type, parts }) => /^(array|list|tuple)$/.test(type) && parts.length > 0);
  const old = new Set(lists.length > 0 ? gone : []);
  if (old.size === 0) return false;
  const taken = takenOf(is);
  const byRows = new Map<string, Set<string>>();
  const others = new Set<string>();
  for (const one of lists) {
    const of = new Set(one.parts.map((part) => rowsOf(part, taken)));
    const [rows, more] = of;
    if (rows === undefined || more !== undefined || !old.has(rows)) for (const each of of) others.add(each);
    else byRows.set(rows, new Set([...(byRows.get(rows) ?? []), ...one.parts.map(({ text }) => text)]));
  }
  const elsewhere = new Set(now.filter((one) => !lists.includes(one)).flatMap((one) => one.text.match(/\w+/g) ?? []));
  return [...byRows].some(([rows, texts]) => {
    if (others.has(rows) || elsewhere.has(rows)) return false;
    // One by chance.
    if (texts.size === 1 && [...texts].some((text) => text.startsWith(`${rows}[`) && text.includes("("))) return true;
    const { numbers, isElsewhere } = indexedIn(is.node).get(rows) ?? NOT_INDEXED;
    if (isElsewhere) return false;
    const places = taken.get(rows);
    if (places?.rest !== undefined && elsewhere.has(places.rest)) return false;
    const named = [...texts].flatMap((text) => places?.names.get(text) ?? []);
    const all = new Set([...numbers, ...named]);
    return all.size > 0 && isFewer([...all].map(singleSpan), lengthOf(rows) ?? places?.length);
  });
}

/** Names of single rows, the name of all the others, and how many there are where a language takes only all at once. */
type Taken = { readonly names: ReadonlyMap<string, number>; readonly rest: string | undefined; readonly length: number | undefined }; // prettier-ignore

function rowsOf(row: SyntaxNode, taken: ReadonlyMap<string, Taken>): string {
  if (INDEXED.test(row.type)) return row.parts[0]?.text ?? "";
  return [...taken].find(([, { names }]) => names.has(row.text))?.[0] ?? "";
}

/** `const [first, second, ...rest] = ROWS`, in a test or outside of all functions. */
function takenOf({ node }: TestText): ReadonlyMap<string, Taken> {
  const found = new Map(takenAtTop(node.root));
  for (const [rows, one] of patternsIn(within(node))) found.set(rows, one);
  return found;
}

const takenAtTop = oncePerNode((root) => patternsIn(within(root, ({ type }) => !FUNCTION.test(type))));

function patternsIn(nodes: Iterable<SyntaxNode>): Map<string, Taken> {
  const found = new Map<string, Taken>();
  for (const { left, right } of [...nodes].flatMap((one) => givenIn(one) ?? [])) {
    if (!right || !/^(array_pattern|pattern_list|tuple_pattern)$/.test(left.type)) continue;
    const names = new Map<string, number>();
    let [at, rest]: [number, string | undefined] = [0, undefined];
    for (const { type, text } of left.children) {
      if (text === ",") at++;
      else if (/^(rest_pattern|list_splat_pattern)$/.test(type)) rest = text.replace(/^(\.\.\.|\*)/, "");
      else if (type === "identifier") names.set(text, at);
    }
    const isAll = left.type !== "array_pattern" && rest === undefined;
    found.set(right.text, { names, rest, length: isAll ? left.parts.length : undefined });
  }
  return found;
}
