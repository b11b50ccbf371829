import { madeBy } from "../tests/asserted.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { rowsIn } from "../tests/said.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/** Tests of errors that become rows of a table: `raises(ValueError)` of `zone_of(-1)` is then `raises(error)` of `zone_of(km)`. */

/** Which failure it is says a class, and which input a number that may stand anywhere. */
export function wantsFailures(side: TestSide, { body }: TestText): boolean {
  const all = assertionsIn(body, side.language, side.helpers);
  return all.length > 0 && all.every(({ node }) => /^[^(]*\b(raises|throws|rejects|assertRaises\w*)\(/.test(node.text));
}

/**
 * Whether one row holds all that the old test had and the new one has not, its class alone among classes, and the new one says
 * nothing of its own: each word that is new in it is a name that the table fills, and the failure it wants is such a name.
 */
export function isErrorRow(test: TestText, one: TestText): boolean {
  const made = madeBy(one);
  const all = rowsIn(made, 1);
  const tables = new Set(all.map(({ table }) => table));
  const [was, now] = [signedWordsIn(test.body), signedWordsIn(one.body, tables)];
  const differing = [...was].filter((word) => !now.has(word));
  const filled = filledNames(made);
  const added = [...now].filter((word) => !was.has(word) && !filled.has(word));
  const used = [...now].filter((word) => !was.has(word) && filled.has(word));
  if (differing.length === 0 || used.length < differing.length || !added.every((word) => OF_TABLES.test(word)))
    return false;
  if (!wantsFilled(one.body, filled) || classesIn(made, tables).some((name) => !was.has(name))) return false;
  const outermost = all.filter(({ table }) => !all.some(({ row }) => row.start <= table.start && table.end <= row.end));
  return outermost.some(({ row }) => {
    const words = signedWordsIn(row);
    return differing.every((word) => words.has(word)) && classesIn(row).every((name) => differing.includes(name));
  });
}

/** What a loop over rows, or a test of each row, is written with. */
const OF_TABLES = /^(for|const|of|in|with|as|async|await|return|self|subTest|match)$/;

/** Names of parameters, and of what a loop goes through. */
function filledNames(made: SyntaxNode): Set<string> {
  const places = [...within(made)].flatMap((node) => {
    if (FUNCTION.test(node.type)) return [node.child("parameters"), node.child("parameter")];
    return /^for_(in_)?statement$/.test(node.type) ? [node.child("left")] : [];
  });
  const names = places
    .flatMap((place) => (place ? [...within(place)] : []))
    .filter((one) => /identifier/.test(one.type));
  return new Set(names.map(({ text }) => text));
}

/** Every failure that is wanted goes by a name alone, which the table fills. */
function wantsFilled(body: SyntaxNode, filled: ReadonlySet<string>): boolean {
  const wanted = [...within(body)].flatMap((node) => {
    const name = /^call(_expression)?$/.test(node.type) ? (wordsOf(node.child("function")).at(-1) ?? "") : "";
    if (!/^(raises|throws|rejects|assertRaises\w*)$/.test(name)) return [];
    return [node.child("arguments")?.parts[/^(throws|rejects)$/.test(name) ? 1 : 0] ?? null];
  });
  return wanted.length > 0 && wanted.every((one) => one?.type === "identifier" && filled.has(one.text));
}

/** Names with a capital, but for those of types. */
function classesIn(root: SyntaxNode, without: ReadonlySet<SyntaxNode> = new Set()): string[] {
  const isEntered = (one: SyntaxNode) => !without.has(one) && !/^type(_annotation)?$/.test(one.type);
  return [...within(root, isEntered)]
    .filter(({ type, text }) => type === "identifier" && /^[A-Z]/.test(text))
    .map(({ text }) => text);
}

function signedWordsIn(node: SyntaxNode, without: ReadonlySet<SyntaxNode> = new Set()): Set<string> {
  const isSigned = ({ type, text }: SyntaxNode) => /^unary_(operator|expression)$/.test(type) && /^-\d/.test(text);
  const words = [...within(node, (one) => !isSigned(one) && !without.has(one))].filter(
    (one) => !without.has(one) && ((one.children.length === 0 && /\w/.test(one.text)) || isSigned(one)),
  );
  return new Set(words.map(({ text }) => text.replace(/^(assertRaises)\w+$/, "$1")));
}
