import { FUNCTION, givenIn, oncePerNode, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { placesOf } from "../syntax/places.ts";
import type { TestText } from "../tests/test-cases.ts";

/** What a name of a file stands for, where it is given once. */
const givenOnce = oncePerNode((root): ReadonlyMap<string, SyntaxNode> => {
  const found = new Map<string, SyntaxNode | null>();
  for (const { left, right } of [...within(root)].flatMap((one) => givenIn(one) ?? []))
    if (right && /^\w+$/.test(left.text)) found.set(left.text, found.has(left.text) ? null : single(right));
  return new Map([...found].flatMap(([name, value]) => (value && !FUNCTION.test(value.type) ? [[name, value]] : [])));
});

/** What the names stand for over which a test goes, where that is worked out and not written down. */
export function madeRows({ node }: TestText): SyntaxNode[] {
  const given = givenOnce(node.root);
  const loops = [...within(node)].filter(({ type }) => /^(for_in_statement|for_statement)$/.test(type));
  return loops.flatMap((loop) => {
    const rows = loop.child("right") ?? loop.children.find(({ type }) => type === "range_clause")?.child("right");
    const value = rows && given.get(rows.text);
    return value && /^(call|call_expression|subscript|slice_expression|list_comprehension)$/.test(value.type)
      ? [value]
      : [];
  });
}

function single(value: SyntaxNode): SyntaxNode {
  const [only, more] = value.type === "expression_list" ? value.parts : [value];
  return only && !more ? only : value;
}

/**
 * `const some = ROWS.filter(Boolean).slice(1)` and a loop over `some`, where there was one over `ROWS`; or `ROWS` itself, which
 * is cut where it is given. Two loops that share all rows between them lose none.
 * @param gone what the test went over before, and does not any more
 * @param now what it goes over
 */
export function isPartByName(
  was: TestText,
  is: TestText,
  gone: readonly string[],
  now: readonly SyntaxNode[],
  isNarrowed: (rows: SyntaxNode) => boolean,
): boolean {
  // prettier-ignore
  const [before, after] = [givenOnce(was.node.root), givenOnce(is.node.root)];
  const parts = now.flatMap((rows) => {
    const value = after.get(rows.text);
    return value && isNarrowed(value) && !isOnlyNothing(value) ? [{ name: rows.text, value }] : [];
  });
  const all = new Set([...after.values(), ...now].map(plain));
  return parts.some(({ name, value }) => {
    const old = before.get(name);
    if (old) return !isNarrowed(old) && startsWith(value, plain(old)) && plain(value) !== plain(old);
    return gone.some((text) => startsWith(value, text)) && !oppositesOf(plain(value)).some((one) => all.has(one));
  });
}

/** `ROWS.slice(1)`, `ROWS[1:]`, `take(ROWS, 3)`; not what another list says of these rows. */
function startsWith(value: SyntaxNode, rows: string): boolean {
  const text = plain(value);
  const at = text.indexOf(rows);
  return (
    at >= 0 &&
    /^([\w.]+\()*\[?$|\bfor .+ in $|, $/s.test(text.slice(0, at)) &&
    !/^\w/.test(text.slice(at + rows.length))
  );
}

/** `ROWS.filter(Boolean)` */
function isOnlyNothing(value: SyntaxNode): boolean {
  return /^[\w.]+\.filter\(Boolean\)$/.test(plain(value));
}

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [/ < /, " >= "],
  [/ >= /, " < "],
  [/ > /, " <= "],
  [/ <= /, " > "],
  [/ ={2,3} /, " !== "],
  [/ !={1,2} /, " === "],
  [/ == /, " != "],
  [/ != /, " == "],
  [/ in (?!.* in )/, " not in "],
  [/ not in /, " in "],
  [/=> /, "=> !"],
  [/=> !/, "=> "],
  [/ if not /, " if "],
  [/ if /, " if not "],
  [/\.slice\(0, ?(\d+)\)/, ".slice($1)"],
  [/\.slice\((\d+)\)/, ".slice(0, $1)"],
  [/\[:(\d+)\]/, "[$1:]"],
  [/\[(\d+):\]/, "[:$1]"],
];

/** What takes the other rows. */
function oppositesOf(text: string): string[] {
  return OPPOSITES.flatMap(([one, other]) => (one.test(text) ? [text.replace(one, other)] : []));
}

/**
 * `for (let i = 0; i < ROWS.length / 2; i++)` with `ROWS[i]` in it, where all rows were gone through before: by its head a loop
 * leaves some of them out.
 * @param gone see `isPartByName`
 */
export function isPartByPlace(
  is: TestText,
  gone: readonly string[],
  lengthOf: (rows: string) => number | undefined,
): boolean {
  // prettier-ignore
  return [...within(is.node)].some((loop) => {
    if (loop.type !== "for_statement") return false;
    const body = loop.child("body");
    const head = plain(loop).slice(0, (body?.start ?? loop.end) - loop.start);
    return body !== null && gone.some((rows) => leavesOut(head, body, rows, lengthOf(rows)));
  });
}

/** `for (const row of [ROWS[2]])`, `[first]` of `const [first, ...rest] = ROWS`: single rows where all of them were gone through. */
export function isOfSingleRows(is: TestText, gone: readonly string[], now: readonly SyntaxNode[]): boolean {
  return now.some((rows) => {
    if (!/^(array|list|tuple)$/.test(rows.type) || rows.parts.length === 0) return false;
    return gone.some((old) => {
      const firsts = firstsOf(old, is.node.root);
      return rows.parts.every((one) => (INDEXED.test(one.type) && one.parts[0]?.text === old) || firsts.has(one.text));
    });
  });
}

/** Names of single rows of a list: `first` and `second` of `const [first, second, ...rest] = ROWS`, where `rest` is used nowhere. */
function firstsOf(rows: string, root: SyntaxNode): Set<string> {
  const taken = [...within(root)].flatMap((one) => givenIn(one) ?? []).filter(({ right }) => right?.text === rows);
  return new Set(
    taken.flatMap(({ left }) => {
      const names = /^(array_pattern|pattern_list|tuple_pattern)$/.test(left.type) ? left.parts : [];
      const rest = names.find(({ type }) => /^(rest_pattern|list_splat_pattern)$/.test(type))?.text.replace(/^(\.\.\.|\*)/, ""); // prettier-ignore
      const isUsed = rest !== undefined && placesOf(rest, root).length > 1;
      return isUsed ? [] : names.filter(({ type }) => type === "identifier").map(({ text }) => text);
    }),
  );
}

const BY_PLACE =
  /^for \(?(?:(?:let|var) )?(\w+)(?:: number)? :?= ?(.+?); ?(.+?); ?(.+?)\)?(?: \{)?\s*$|^for (\w+) in range\((.+)\):?\s*$/;

function leavesOut(head: string, body: SyntaxNode, rows: string, length: number | undefined): boolean {
  const [, at, from = "", to = "", step = "", place, range = ""] = BY_PLACE.exec(head) ?? [];
  const name = at ?? place;
  if (name === undefined) return false;
  const taken = [...within(body)].filter((one) => INDEXED.test(one.type) && one.parts[0]?.text === rows);
  // Neighbours: `ROWS[i + 1]` beside `ROWS[i]`.
  if (taken.length === 0 || taken.some(({ parts }) => parts[1]?.text !== name)) return false;
  const sizes = [`${rows}.length`, `len(${rows})`, `${length ?? "?"}`];
  if (place !== undefined)
    return !sizes.some((size) => range === size || range === `0, ${size}`) && isOfLength(range, rows);
  const isUp = from === "0" && sizes.some((size) => to === `${name} < ${size}` || to === `${name} !== ${size}`) && isOneStep(step); // prettier-ignore
  const isDown = sizes.some((size) => from === `${size} - 1` || from === `${size}-1`) && /(>= ?0|> ?-1)$/.test(to);
  return !isUp && !isDown && (isOfLength(`${from} ${to}`, rows) || /^[1-9]\d*$/.test(from));
}

const INDEXED = /^(subscript_expression|subscript|index_expression)$/;

function isOneStep(step: string): boolean {
  return /^(\w+\+\+|\+\+\w+|\w+ \+= 1)$/.test(step);
}

/** The end is worked out of the number of rows, or written down. */
function isOfLength(end: string, rows: string): boolean {
  return end.includes(`${rows}.length`) || end.includes(`len(${rows})`) || /(^|< ?|, )\d+$/.test(end);
}
