import { assertionsIn } from "../tests/assertions.ts";
import { rowsAround } from "../tests/asserted.ts";
import { givenIn, INDEXED, oncePerNode, plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import { sidesOf } from "../tests/own-expectation.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/**
 * Functions from which a test takes both what it compares and what it compares that with: `row.want = fee(row.minutes)` before
 * `equal(fee(row.minutes), row.want)`, a loop over `ROWS.map(([n]) => [n, fee(n)])`. To be asked of old tests: a new one may look
 * whether an answer stays the same.
 */
export function filledByCode({ language, helpers, root }: TestSide, test: TestText): Set<string> {
  const sides = assertionsIn(test.body, language, helpers).flatMap(({ node }) => sidesOf(node, language));
  const found = new Set<string>();
  if (sides.length === 0) return found;
  const calls = callsByName(test.body);
  const filled = filledIn(root);
  const made = madeIn(test, root);
  for (const both of sides)
    for (const [one, other] of [both, [both[1], both[0]] as const]) {
      const asked = askedIn(one, calls);
      if (asked === null || askedIn(other, calls) !== null) continue;
      const place = placeOf(other);
      const isFilled = place !== null && filled.get(place)?.some((name) => name === asked.name) && !plain(asked.call).includes(plain(other)); // prettier-ignore
      if (isFilled || (/^\w+$/.test(other.text) && made.has(asked.name))) found.add(asked.name);
    }
  return found;
}

type Call = { readonly name: string; readonly call: SyntaxNode };

/** The call by which a side of a comparison came about, at once or by its name. */
function askedIn(side: SyntaxNode, calls: ReadonlyMap<string, SyntaxNode>): Call | null {
  const call = callOf(side) ?? (/^\w+$/.test(side.text) ? (calls.get(side.text) ?? null) : null);
  const name = call?.child("function")?.text ?? "";
  return call && /^\w+(\.\w+)*$/.test(name) ? { name, call } : null;
}

export function callOf(value: SyntaxNode | null): SyntaxNode | null {
  if (!value) return null;
  if (/^(await_expression|await|parenthesized_expression|expression_list)$/.test(value.type)) return callOf(value.parts[0] ?? null); // prettier-ignore
  return /^call(_expression)?$/.test(value.type) ? value : null;
}

/** `got := Yield(row)`, `got, err := Yield(row)` */
export function callsByName(body: SyntaxNode): Map<string, SyntaxNode> {
  const found = new Map<string, SyntaxNode>();
  for (const { left, right } of [...within(body)].flatMap((one) => givenIn(one) ?? [])) {
    const call = callOf(right);
    const name = left.type === "expression_list" ? left.parts[0] : left;
    if (call && name) found.set(name.text, call);
  }
  return found;
}

/** `row.want` is `.want`, `want[i]` is `want[]`. */
function placeOf(side: SyntaxNode): string | null {
  if (INDEXED.test(side.type)) return `${side.parts[0]?.text ?? ""}[${/^["'\d]/.test(side.parts[1]?.text ?? "") ? side.parts[1]?.text : ""}]`; // prettier-ignore
  const field = side.child("property") ?? side.child("field") ?? side.child("attribute");
  return field && /^(member_expression|selector_expression|attribute)$/.test(side.type) ? `.${field.text}` : null;
}

/** Places of a file that are given what a function answers. */
const filledIn = oncePerNode((root): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const { left, right } of [...within(root)].flatMap((one) => givenIn(one) ?? [])) {
    const name = callOf(right)?.child("function")?.text;
    const first = left.type === "expression_list" ? left.parts[0] : left;
    const place = first ? placeOf(first) : null;
    if (name !== undefined && place !== null) found.set(place, [...(found.get(place) ?? []), name]);
  }
  return found;
});

/** Functions that are asked for each row while the rows are made: `ROWS.map(([n]) => [n, fee(n)])`. */
function madeIn(test: TestText, root: SyntaxNode): Set<string> {
  const named = listsIn(root);
  const loops = [...within(test.node)].flatMap((one) => (/^(for_in_statement|for_statement)$/.test(one.type) ? (one.child("right") ?? []) : [])); // prettier-ignore
  const rows = [...rowsAround(test), ...loops].flatMap((one) => named.get(one.text) ?? one);
  return new Set(rows.flatMap(askedForRows));
}

const listsIn = oncePerNode((root): ReadonlyMap<string, SyntaxNode> => {
  const given = [...within(root)].flatMap((one) => givenIn(one) ?? []);
  return new Map(given.flatMap(({ left, right }) => (right && MAKES.test(right.type) ? [[left.text, right] as const] : []))); // prettier-ignore
});

const MAKES = /^(list_comprehension|generator_expression|call|call_expression)$/;

/** The functions in the last part of each row that is made. */
function askedForRows(made: SyntaxNode): string[] {
  if (!MAKES.test(made.type)) return [];
  return [...within(made)].flatMap((one) => {
    const isRow = /^(array|tuple|list|object|dictionary)$/.test(one.type) && one.start > made.start;
    const values = isRow ? one.parts.map((part) => part.child("value") ?? part) : [];
    return values.flatMap((value) => callOf(value)?.child("function")?.text ?? []);
  });
}

/** All that a file fills in so, as one text. */
export const filledText = oncePerNode((root): string => JSON.stringify([...filledIn(root)]));
