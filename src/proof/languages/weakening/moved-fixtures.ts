import { dirname, normalize } from "node:path/posix";
import { isLiteral, meantBy } from "../tests/assertions.ts";
import { sideOf } from "./new-tests.ts";
import { FUNCTION, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

const HERE = /^(__dirname|import\.meta\.dirname)$/;
const JOINS = /^(join|resolve)$/;

/**
 * `join(__dirname, "fixtures/a.json")` became `join(__dirname, "../fixtures/a.json")` because the test's file moved, or `fixture("a.json")`,
 * which puts the folder before the name: the same file of the repository.
 */
export function isSameFile(
  literal: string,
  side: TestSide,
  [test, same]: readonly [TestText, TestText],
  after: readonly TestSide[],
): boolean {
  const now = sideOf(after, same);
  if (!now) return false;
  const paths = namedIn(test, side).byText.get(literal) ?? [];
  const theirs = namedIn(same, now).all;
  return paths.length > 0 && paths.every((path) => path !== null && theirs.has(path));
}

type Named = {
  readonly byText: ReadonlyMap<string, readonly (string | null)[]>;
  readonly all: ReadonlySet<string | null>;
};
/** Asked for each text of a test, which may have thousands of them. */
const named = new WeakMap<TestText, Named>();

function namedIn(test: TestText, side: TestSide): Named {
  const known = named.get(test);
  if (known) return known;
  const byText = new Map<string, (string | null)[]>();
  for (const one of within(test.body)) {
    if (!isLiteral(one)) continue;
    const paths = byText.get(meantBy(one)) ?? [];
    byText.set(meantBy(one), paths);
    paths.push(pathOf(one, side));
  }
  const found = { byText, all: new Set([...byText.values()].flat()) };
  named.set(test, found);
  return found;
}

/** The file that a text names, from the top of the repository; null where it stands for no file. */
function pathOf(literal: SyntaxNode, side: TestSide): string | null {
  const call = literal.parent?.parent ?? null;
  const given = call?.child("arguments")?.parts ?? [];
  if (!call || !given.includes(literal)) return null;
  const own = joined(call, new Map());
  if (own !== null) return normalize(`${dirname(side.path)}/${own}`);
  const name = call.child("function")?.text;
  const helper = side.functions.find((one) => one.name === name);
  const parameters = (helper?.node.child("parameters")?.parts ?? []).map(({ text }) => text);
  const value = helper && answerOf(helper.node);
  if (!value || parameters.length !== given.length || !given.every(isLiteral)) return null;
  const filled = joined(value, new Map(parameters.map((one, at) => [one, meantBy(given[at] ?? value)])));
  return filled === null ? null : normalize(`${dirname(side.path)}/${filled}`);
}

/** What is put behind the folder of the file. */
function joined(call: SyntaxNode, names: ReadonlyMap<string, string>): string | null {
  const [here, ...parts] = call.child("arguments")?.parts ?? [];
  if (!JOINS.test(wordsOf(call.child("function")).at(-1) ?? "") || !here || !HERE.test(here.text)) return null;
  const texts = parts.map((one) => (isLiteral(one) ? meantBy(one) : names.get(one.text)));
  return texts.every((one) => one !== undefined) ? texts.join("/") : null;
}

/** The one answer of a function of one line. */
function answerOf(node: SyntaxNode): SyntaxNode | null {
  const made = FUNCTION.test(node.type) ? node : (node.child("value") ?? node);
  const body = made.child("body");
  if (body?.type !== "statement_block") return body;
  const [only, more] = body.parts;
  return only?.type === "return_statement" && !more ? (only.parts[0] ?? null) : null;
}
