import { assertionsIn } from "./assertions.ts";
import { allLiterals, around, rowsIn } from "./said.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "./test-cases.ts";
import type { TestSide } from "./test-side.ts";

/** What each of the test's assertions holds literally, with what the names in it stand for; and rows of its tables. */
export function assertedTogether(
  side: TestSide,
  test: TestText,
  counts: (assertion: SyntaxNode) => boolean = () => true,
): ReadonlySet<string>[] {
  const given = valuesIn(test.body);
  const asserted = assertionsIn(test.body, side.language, side.helpers).flatMap(({ node }) => {
    const place = around(node, side.language);
    if (COUNTS.test(node.text) || !counts(place)) return [];
    const own = allLiterals(place);
    for (const text of [...messageOf(node), ...separatorsIn(place)]) own.delete(text);
    return [new Set([...own, ...namedIn(place, given)])];
  });
  return [...asserted, ...rowsIn(madeBy(test)).map(({ row }) => allLiterals(row))];
}

/** How many assertions a test has is no value that it compares with. */
const COUNTS = /^(expect\.(assertions|hasAssertions)|t\.plan)\(/;

/** The texts and numbers for which names stand in a place. */
export function namedIn(place: SyntaxNode, given: ReadonlyMap<string, readonly SyntaxNode[]>): string[] {
  const names = [...within(place)].filter((one) => /identifier$/.test(one.type));
  return names.flatMap(({ text }) => (given.get(text) ?? []).flatMap((value) => [...allLiterals(value)]));
}

/** `const want = {…}`, `want := …`, `want = …` in a test: only values that are written down, not results of calls. */
export function valuesIn(body: SyntaxNode): Map<string, SyntaxNode[]> {
  const found = new Map<string, SyntaxNode[]>();
  for (const node of within(body)) {
    if (!/^(variable_declarator|assignment|short_var_declaration|var_spec|const_spec)$/.test(node.type)) continue;
    const [name, value] = [node.child("name") ?? node.child("left"), node.child("value") ?? node.child("right")];
    const calls = value && [...within(value)].some((one) => /^call(_expression)?$/.test(one.type));
    if (!name || !value || calls) continue;
    const known = found.get(name.text) ?? [];
    if (known.length === 0) found.set(name.text, known);
    if (known.length < VALUES_OF_NAME_MAX && known.every((one) => one.text !== value.text)) known.push(value);
  }
  return found;
}

/** A name that stands for more in one test, as that of a loop, says nothing of what is compared. */
const VALUES_OF_NAME_MAX = 50;

const JOINS = /^strings\.Join$|\.join$/;

/** `strings.Join(got, "|") != strings.Join(want, "|")`: what only stands between the parts of both. */
function separatorsIn(place: SyntaxNode): string[] {
  const joins = [...within(place)].filter((one) => JOINS.test(one.child("function")?.text ?? ""));
  const each = joins.map((one) => one.child("arguments")?.parts.at(-1)).map((by) => (by ? [...allLiterals(by)] : []));
  const all = each.map(([by]) => by);
  return all.length === 2 && all[0] !== undefined && all[0] === all[1] ? [all[0]] : [];
}

/** The loop that makes a test for each row; the test itself where there is none. */
export function madeBy({ node }: TestText): SyntaxNode {
  return [...above(node)].find((one) => /^(for_in_statement|for_statement)$/.test(one.type)) ?? node;
}

/** What a test goes through in the heads of the loops around it: `for (const row of ROWS)`, `ROWS.forEach(`. */
export function rowsAround({ node }: TestText): SyntaxNode[] {
  return [...above(node)].flatMap((one) => {
    if (/^(for_in_statement|for_statement)$/.test(one.type)) return one.child("right") ?? [];
    const callee = one.type === "call_expression" ? one.child("function") : null;
    return /^(forEach|map)$/.test(callee?.child("property")?.text ?? "") ? (callee?.child("object") ?? []) : [];
  });
}

/** How many arguments an assertion compares; what stands behind them is told when it fails. */
const COMPARED: readonly (readonly [name: RegExp, count: number])[] = [
  [/^(fail|Fail)$/, 0],
  [/^(ok|assert|assertTrue|assertFalse|assertIsNone|assertIsNotNone|true|false|isTrue|isFalse|exists)$/, 1],
  [/./, 2],
];

/** Texts that only tell what went wrong, as `assert.equal(a, 4, "four")` and `assert a == 4, "four"` have them. */
function messageOf(node: SyntaxNode): Set<string> {
  const words = wordsOf(node.child("function"));
  const given = node.type === "assert_statement" ? node.parts : (node.child("arguments")?.parts ?? []);
  const isOwn = node.type === "assert_statement" || /^(assert|self|t|pytest)$/.test(words[0] ?? "");
  const count =
    node.type === "assert_statement" ? 1 : (COMPARED.find(([name]) => name.test(words.at(-1) ?? ""))?.[1] ?? 2);
  const messages = isOwn ? given.slice(count) : [];
  const compared = new Set(given.slice(0, count).flatMap((one) => [...allLiterals(one)]));
  return new Set(messages.flatMap((one) => [...allLiterals(one)]).filter((text) => !compared.has(text)));
}
