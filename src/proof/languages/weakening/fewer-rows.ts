import { rowsAround } from "../tests/asserted.ts";
import { givenIn, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";

/** A pair of lists is named in less. */
const CALL_CHARS_MAX = 300;
const NARROWS = /^(filter|slice|splice|islice|take|head|shift|pop|first|at)$/;

/** The rows over which the test goes: `CASES` before, `CASES.slice(1)` now. */
export function takesFewerRows(was: TestText, is: TestText): boolean {
  const [before, after] = [iterated(was), iterated(is)];
  if (after.filter(isCutAtOnce).length > before.filter(isCutAtOnce).length) return true;
  const now = after.filter(isNarrowed);
  const still = new Set(after.map((one) => one.text));
  return before.some(
    (one, at) =>
      !isNarrowed(one) && !still.has(one.text) && (now.some((other) => other.text.includes(one.text)) || isIn(now, after[at])), // prettier-ignore
  );
}

/** `[["a", 1]].slice(n)`: rows that are written down and left out in one expression. */
function isCutAtOnce(rows: SyntaxNode): boolean {
  const cut = rows.child("value") ?? rows.child("function")?.child("object");
  return cut !== null && cut !== undefined && /^(array|list|tuple)$/.test(cut.type) && isNarrowed(rows);
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
      /^(slice|slice_expression|if_clause)$/.test(one.type) ||
      /^zip\(.*\brange\(\d{1,9}\)/s.test(one.text.slice(0, CALL_CHARS_MAX)) ||
      (/^call(_expression)?$/.test(one.type) && NARROWS.test(wordsOf(one.child("function")).at(-1) ?? "")),
  );
}
