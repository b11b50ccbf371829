import { isLiteral, meantBy } from "../tests/assertions.ts";
import { allLiterals, isRowStillSaid, type Row, rowsIn } from "../tests/said.ts";
import { namesIn } from "../tests/named-values.ts";
import { above, oncePer, SNIPPET_CHARS_MAX, type SyntaxNode, within, plain } from "../syntax/syntax.ts";
import type { TestSide } from "../tests/test-side.ts";
import { LOST_ROW, type Weakening } from "./found-weakening.ts";

/** Rows of tables from which tests are made, and that no table, assertion or statement of the tests has any more. */
export function lostRows(side: TestSide, known: readonly Weakening[], after: readonly TestSide[]): Weakening[] {
  const told = new Set(known.filter((one) => one.path === side.path).map((one) => one.test));
  const said = after.map((one) => one.said);
  const { now, beside } = rowsNow(after);
  return rowsIn(side.root).flatMap(({ row, table }): Weakening[] => {
    const literals = allLiterals(row);
    const test = testOf(side, table);
    if (literals.size === 0 || (test !== null && told.has(test))) return [];
    // A record that a helper with defaults makes still says all of it.
    const isMade = () => row.type === "pair" && isRowStillSaid(allLiterals(table), said);
    const isTaken = () => isTakenOut({ row, table }, now) && isSaidLess(literals, test, side, after) && !isMade();
    if ((beside.has(plain(row)) || isRowStillSaid(literals, said)) && !isTaken()) return [];
    const what = `${LOST_ROW}${row.text.replace(/\s+/g, " ").slice(0, SNIPPET_CHARS_MAX)}`;
    return [{ path: side.path, test, line: row.line, what, old: true }];
  });
}

/** The rows of all files as they are now. Asked for each old file. */
const rowsNow = oncePer((after: readonly TestSide[]) => ({
  now: new Set(after.flatMap(({ root }) => rowsIn(root, 1)).map(({ row }) => plain(row))),
  beside: new Set(after.flatMap(({ root }) => rowsBesideOthers(root))),
}));

/** `[[6, 42], isUnix && [11, 77]]`: rows that are there whatever holds, beside one that hangs on something. */
function rowsBesideOthers(root: SyntaxNode): string[] {
  const lists = [...within(root)].filter(({ type, parts }) => type === "array" && parts.some(hangs));
  return lists.flatMap(({ parts }) => parts.filter((one) => !hangs(one)).map(plain));
}

function hangs({ type }: SyntaxNode): boolean {
  return /^(binary_expression|ternary_expression)$/.test(type);
}

/** The other rows of the table still are rows, word for word. */
function isTakenOut({ row, table }: Row, now: ReadonlySet<string>): boolean {
  if (now.has(plain(row))) return false;
  const others = table.parts.filter((one) => one !== row);
  return others.filter((one) => now.has(plain(one))).length >= Math.max(1, others.length / 2);
}

/** Short texts and numbers stand in many places; in this test each of the row's stands in fewer now. */
function isSaidLess(literals: ReadonlySet<string>, test: string | null, side: TestSide, after: readonly TestSide[]) {
  const find = (one: TestSide) =>
    test === null ? (one.path === side.path ? one.root : null) : one.tests.find(({ name }) => name === test)?.node;
  const now = after.map(find).find((one) => one !== null && one !== undefined);
  const was = find(side);
  if (!was || !now) return false;
  const [old, is] = [countsIn(was), countsIn(now)];
  return [...literals].every((one) => (is.get(one) ?? 0) < (old.get(one) ?? 0));
}

function countsIn(node: SyntaxNode): Map<string, number> {
  const found = new Map<string, number>();
  for (const one of within(node, (inner) => !isLiteral(inner)))
    if (isLiteral(one)) found.set(meantBy(one), (found.get(meantBy(one)) ?? 0) + 1);
  for (const { text } of namesIn(node)) found.set(text, (found.get(text) ?? 0) + 1);
  return found;
}

/** The test in which the table stands, or the one that is made from it. */
function testOf({ tests }: TestSide, table: SyntaxNode): string | null {
  const around = [table, ...above(table)];
  const holder = tests.find(({ node, body }) => around.includes(node) || around.includes(body));
  if (holder) return holder.name;
  const statement = around.find((one) =>
    /^(for_in_statement|for_statement|expression_statement|decorated_definition)$/.test(one.type),
  );
  return tests.find(({ node }) => statement !== undefined && [node, ...above(node)].includes(statement))?.name ?? null;
}
