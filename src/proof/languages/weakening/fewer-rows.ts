import { rowsAround } from "../tests/asserted.ts";
import { givenIn, oncePerNode, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import { isPartByName } from "./part-of-rows.ts";
import { isOfSingleRows, isPartByPlace } from "./rows-by-place.ts";

/** A pair of lists is named in less. */
const CALL_CHARS_MAX = 300;
const NARROWS = /^(filter|slice|splice|toSpliced|islice|takewhile|dropwhile|compress|take|takeWhile|dropWhile|head|shift|pop|first|at|DeleteFunc|Delete)$/; // prettier-ignore

/**
 * The rows over which the test goes: `CASES` before, `CASES.slice(1)` now.
 * @param isKept whether each of the old assertions still stands where it stood
 */
export function takesFewerRows(was: TestText, is: TestText, isKept: boolean): boolean {
  const [before, after] = [iterated(was), iterated(is)];
  const still = new Set(after.map((one) => one.text));
  const whole = after.filter((one) => !isNarrowed(one));
  const named = givenLists(was.node.root);
  const rowsOf = (one: SyntaxNode) => namedList(one, named)?.parts ?? [one];
  const gone = before.filter((one) => !isNarrowed(one) && !still.has(one.text) && !whole.some((other) => hasAll(other.parts, rowsOf(one)))); // prettier-ignore
  const isLess = (one: SyntaxNode) =>
    isNarrowed(one) &&
    !dropsNone(
      one,
      gone.map((rows) => [[rows], rowsOf(rows)]),
    );
  const isOther = gone.length > 0 || !isKept;
  if (isOther && after.filter((one) => isCutAtOnce(one) && isLess(one)).length > before.filter(isCutAtOnce).length)
    return true;
  const unheard = before.filter((one) => !isNarrowed(one) && !still.has(one.text)).map(plain);
  const lengthOf = (rows: string) => givenLists(is.node.root).get(rows)?.parts.length;
  const byName = after.filter((one) => /^\w+$/.test(one.text));
  if (isPartByName(was, is, unheard, byName, isNarrowed, lengthOf)) return true;
  if (isOfSingleRows(is, unheard, after, lengthOf)) return true;
  if (isPartByPlace(is, unheard, lengthOf)) return true;
  const now = after.filter(isLess);
  return before.some(
    (one, at) =>
      !isNarrowed(one) && !still.has(one.text) && (now.some((other) => other.text.includes(one.text)) || isIn(now, after[at])), // prettier-ignore
  );
}

const LIST = /^(array|list|tuple)$/;

/** Lists by their names: `CASES = […]`, also in a class. */
const givenLists = oncePerNode((root): ReadonlyMap<string, SyntaxNode> => {
  const all = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  return new Map(all.flatMap(({ left, right }) => (right && LIST.test(unwrapped(right).type) ? [[left.text, unwrapped(right)] as const] : []))); // prettier-ignore
});

function namedList(rows: SyntaxNode, named: ReadonlyMap<string, SyntaxNode>): SyntaxNode | undefined {
  return LIST.test(rows.type) ? rows : named.get(rows.text.replace(/^(self|cls)\./, ""));
}

function hasAll(rows: readonly SyntaxNode[], old: readonly SyntaxNode[]): boolean {
  const there = new Set(rows.map((one) => plain(one).replace(/^(\.\.\.|\*)/, "")));
  return old.every((one) => there.has(plain(one)));
}

const ONLY_NOTHING =
  /^(Boolean|\(?(\w+)\)? => (\2|!!\2|Boolean\(\2\)|\2 !==? (null|undefined)|(null|undefined) !==? \2))$/;
const MAY_BE_NOTHING = /^(binary_expression|ternary_expression|null|undefined|false)$/;

/** `[…, isUnix && row].filter(Boolean)` with each old row as it was, `zip(CASES, range(2))` of two cases. */
function dropsNone(rows: SyntaxNode, old: readonly SyntaxNode[][][]): boolean {
  const [given, more] = rows.child("arguments")?.parts ?? [];
  const callee = rows.child("function");
  if (callee?.text === "zip" && given && more) {
    const list = namedList(given, givenLists(rows.root));
    return list !== undefined && list.parts.length <= Number(/^range\((\d{1,9})\)$/.exec(more.text)?.[1] ?? 0);
  }
  const list = callee?.child("object");
  if (callee?.child("property")?.text !== "filter" || !given || !list || !LIST.test(list.type)) return false;
  if (!ONLY_NOTHING.test(plain(given)) || isNarrowed(list)) return false;
  const sure = list.parts.filter(isSure);
  return sure.length === list.parts.length || (old.length > 0 && old.every((ways) => ways.some((one) => hasAll(sure, one)))); // prettier-ignore
}

function isSure(row: SyntaxNode): boolean {
  const bare = row.type === "spread_element" && row.parts[0] ? unwrapped(row.parts[0]) : unwrapped(row);
  return !MAY_BE_NOTHING.test(bare.type) && !/^(0|""|'')$/.test(bare.text);
}

/** `[["a", 1]].slice(n)`: rows that are written down and left out in one expression. */
function isCutAtOnce(rows: SyntaxNode): boolean {
  const cut = rows.child("value") ?? rows.child("function")?.child("object");
  return cut !== null && cut !== undefined && LIST.test(cut.type) && isNarrowed(rows);
}

/** A list that stood there has a name now, and is narrowed at once. */
function isIn(narrowed: readonly SyntaxNode[], one: SyntaxNode | undefined): boolean {
  return one !== undefined && narrowed.includes(one) && /^(list_comprehension|call|call_expression)$/.test(one.type);
}

function iterated(test: TestText): SyntaxNode[] {
  const inside = [...within(test.node)].flatMap((one) => {
    if (/^(for_in_statement|for_statement|range_clause|for_in_clause)$/.test(one.type)) return one.child("right") ?? [];
    const callee = one.type === "call_expression" ? one.child("function") : null;
    return /^(forEach|each|map)$/.test(callee?.child("property")?.text ?? "") ? (callee?.child("object") ?? []) : [];
  });
  const named = namedRows(test.body);
  return [...rowsAround(test), ...inside].map((rows) => {
    const bare = unwrapped(rows);
    return bare.type === "identifier" ? (named.get(bare.text) ?? bare) : bare;
  });
}

/** `[…].filter(…) as Row[]` */
function unwrapped(rows: SyntaxNode): SyntaxNode {
  const isAround = /^(as_expression|satisfies_expression|parenthesized_expression)$/.test(rows.type);
  return isAround && rows.parts[0] ? unwrapped(rows.parts[0]) : rows;
}

/** `const some = [a, b].filter(…)` in a test: rows that are written down, left out, and gone through by their name. */
function namedRows(body: SyntaxNode): Map<string, SyntaxNode> {
  const given = [...within(body)].flatMap((one) => givenIn(one) ?? []);
  const cut = given.flatMap(({ left, right }) => (right && isCutAtOnce(unwrapped(right)) ? [[left.text, unwrapped(right)] as const] : [])); // prettier-ignore
  return new Map(cut);
}

function isNarrowed(rows: SyntaxNode): boolean {
  return [...within(rows)].some(
    (one) =>
      (/^(slice|slice_expression|if_clause)$/.test(one.type) && !ALL_ROWS.test(one.text)) ||
      /^zip\(.*\brange\(\d{1,9}\)/s.test(one.text.slice(0, CALL_CHARS_MAX)) ||
      (/^call(_expression)?$/.test(one.type) && NARROWS.test(wordsOf(one.child("function")).at(-1) ?? "") && !isCopy(one)), // prettier-ignore
  );
}

/** `ROWS[:]`, `ROWS[::-1]`: a copy of all rows. */
const ALL_ROWS = /^(\w+\[:\]|0?:|0?::(-?1)?)$/;

/** `ROWS.slice()` */
function isCopy(call: SyntaxNode): boolean {
  const given = call.child("arguments")?.parts ?? [];
  return wordsOf(call.child("function")).at(-1) === "slice" && given.every(({ text }) => text === "0") && given.length < 2; // prettier-ignore
}
