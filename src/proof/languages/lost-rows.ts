import { allLiterals, isRowStillSaid, rowsIn } from "./said.ts";
import { above, type SyntaxNode, SNIPPET_CHARS_MAX } from "./syntax.ts";
import type { TestSide } from "./test-differences.ts";
import type { Weakening } from "./weakening.ts";

/** Rows of tables from which tests are made, and that no table, assertion or statement of the tests has any more. */
export function lostRows(side: TestSide, known: readonly Weakening[], after: readonly TestSide[]): Weakening[] {
  const told = new Set(known.filter((one) => one.path === side.path).map((one) => one.test));
  const said = after.map((one) => one.said);
  return rowsIn(side.root).flatMap(({ row, table }): Weakening[] => {
    const literals = allLiterals(row);
    if (literals.size === 0 || isRowStillSaid(literals, said)) return [];
    const test = testOf(side, table);
    if (test !== null && told.has(test)) return [];
    const what = `has lost the row ${row.text.replace(/\s+/g, " ").slice(0, SNIPPET_CHARS_MAX)}`;
    return [{ path: side.path, test, line: row.line, what, old: true }];
  });
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
