import { FUNCTION, givenIn, oncePerNode, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { indexedIn, isFewer, NOT_INDEXED, singleSpan, type Span } from "./rows-by-place.ts";
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
  lengthOf: (rows: string) => number | undefined,
): boolean {
  const [before, after] = [givenOnce(was.node.root), givenOnce(is.node.root)];
  const all = valuesOf(is.node.root);
  const parts = now.flatMap((rows) => {
    const value = after.get(rows.text);
    return value && isNarrowed(value) && !isOnlyNothing(value) ? [{ name: rows.text, value }] : [];
  });
  const byRows = new Map<string, Set<string>>();
  for (const { name, value } of parts) {
    const old = before.get(name);
    const isCut = old && !isNarrowed(old) && startsWith(value, plain(old)) && plain(value) !== plain(old);
    if (isCut) return true;
    for (const rows of old ? [] : gone.filter((text) => startsWith(value, text)))
      byRows.set(rows, (byRows.get(rows) ?? new Set()).add(plain(value)));
  }
  return [...byRows].some(([rows, texts]) => {
    if ([...texts].some((text) => oppositesOf(text).some((one) => all.has(one)))) return false;
    const { numbers, isElsewhere } = indexedIn(is.node).get(rows) ?? NOT_INDEXED;
    const spans = [...[...texts].map((text) => spanOf(text, rows)), ...[...numbers].map(singleSpan)];
    return !isElsewhere && isFewer(spans, lengthOf(rows));
  });
}

const valuesOf = oncePerNode((root): ReadonlySet<string> => new Set([...givenOnce(root).values()].map(plain)));

/** `ROWS.slice(0, 2)`, `ROWS[2:]`: from which row to which. */
function spanOf(text: string, rows: string): Span | null {
  const cut = text.startsWith(rows) ? text.slice(rows.length) : "";
  const [all, from, to, first, last] = /^\.slice\((\d+)(?:, ?(\d+))?\)$|^\[(\d*):(\d*)\]$/.exec(cut) ?? [];
  return all === undefined ? null : [Number(from ?? first), Number((to ?? last) || Infinity)];
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
