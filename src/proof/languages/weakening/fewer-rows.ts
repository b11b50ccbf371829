import { rowsAround } from "../tests/asserted.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";

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
  return [...rowsAround(test), ...inside];
}

function isNarrowed(rows: SyntaxNode): boolean {
  return [...within(rows)].some(
    (one) =>
      /^(slice|slice_expression|if_clause)$/.test(one.type) ||
      (/^call(_expression)?$/.test(one.type) && NARROWS.test(wordsOf(one.child("function")).at(-1) ?? "")),
  );
}
