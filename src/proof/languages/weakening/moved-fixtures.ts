import { dirname, normalize } from "node:path/posix";
import { isLiteral, meantBy } from "../tests/assertions.ts";
import { sideOf } from "./new-tests.ts";
import { FUNCTION, oncePer, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

const HERE = /^(__dirname|import\.meta\.dirname)$/;
const JOINS = /^(join|resolve)$/;
const HERE_AS_ADDRESS = "import.meta.url";

/**
 * `join(__dirname, "fixtures/a.json")` became `join(__dirname, "../fixtures/a.json")` because the test's file moved, or `fixture("a.json")`,
 * which puts the folder before the name, there or in a file beside the tests: the same file of the repository.
 */
export function isSameFile(
  literal: string,
  side: TestSide,
  [test, same]: readonly [TestText, TestText],
  after: readonly TestSide[],
): boolean {
  const now = sideOf(after, same);
  if (!now) return false;
  const paths = namedIn(test, side, []).byText.get(literal) ?? [];
  const theirs = namedIn(same, now, after).all;
  return paths.length > 0 && paths.every((path) => path !== null && theirs.has(path));
}

type Named = {
  readonly byText: ReadonlyMap<string, readonly (string | null)[]>;
  readonly all: ReadonlySet<string | null>;
};
/** Asked for each text of a test, which may have thousands of them. */
const named = new WeakMap<TestText, Named>();

function namedIn(test: TestText, side: TestSide, all: readonly TestSide[]): Named {
  const known = named.get(test);
  if (known) return known;
  const byText = new Map<string, (string | null)[]>();
  for (const one of within(test.body)) {
    if (!isLiteral(one)) continue;
    const paths = byText.get(meantBy(one)) ?? [];
    byText.set(meantBy(one), paths);
    paths.push(pathOf(one, side, all));
  }
  const found = { byText, all: new Set([...byText.values()].flat()) };
  named.set(test, found);
  return found;
}

/** The file that a text names, from the top of the repository; null where it stands for no file. */
function pathOf(literal: SyntaxNode, side: TestSide, all: readonly TestSide[]): string | null {
  const call = literal.parent?.parent ?? null;
  const given = call?.child("arguments")?.parts ?? [];
  if (!call || !given.includes(literal)) return null;
  const own = joined(call, new Map());
  if (own !== null) return normalize(`${dirname(side.path)}/${own}`);
  const name = call.child("function")?.text ?? "";
  const { helper, path } = helperOf(name, side, all) ?? {};
  const parameters = (helper?.node.child("parameters")?.parts ?? []).map((one) => (one.child("pattern") ?? one).text);
  const value = helper && answerOf(helper.node);
  if (!value || parameters.length !== given.length || !given.every(isLiteral)) return null;
  const names = new Map(parameters.map((one, at) => [one, meantBy(given[at] ?? value)]));
  const filled = openedIn(value, names);
  return filled === null || path === undefined ? null : normalize(`${dirname(path)}/${filled}`);
}

const ownHelpers = oncePer((side: TestSide) => helpersOf([side]));

type Helper = { readonly helper: TestText; readonly path: string };

/** In the file itself, or in the only other one that has a function of this name. */
function helperOf(name: string, side: TestSide, all: readonly TestSide[]): Helper | undefined {
  const own = ownHelpers(side).get(name)?.[0];
  const [theirs, more] = helpersOf(all).get(name) ?? [];
  return own ?? (more ? undefined : theirs);
}

const helpersOf = oncePer((all: readonly TestSide[]): ReadonlyMap<string, readonly Helper[]> => {
  const found = new Map<string, Helper[]>();
  for (const { path, functions } of all)
    for (const helper of functions)
      (found.get(helper.name) ?? found.set(helper.name, []).get(helper.name))?.push({ helper, path });
  return found;
});

/** `readFileSync(join(__dirname, name), "utf8")` gives what stands in the file. */
function openedIn(value: SyntaxNode, names: ReadonlyMap<string, string>): string | null {
  const isRead = /^readFile(Sync)?$/.test(wordsOf(value.child("function")).at(-1) ?? "");
  const path = isRead ? value.child("arguments")?.parts[0] : value;
  return path ? joined(path, names) : null;
}

/** What is put behind the folder of the file. */
function joined(call: SyntaxNode, names: ReadonlyMap<string, string>): string | null {
  const given = call.child("arguments")?.parts ?? [];
  const [here, ...parts] = call.child("constructor")?.text === "URL" ? given.toReversed() : given;
  const isAddress = call.type === "new_expression" && here?.text === HERE_AS_ADDRESS && parts.length === 1;
  const isPath = JOINS.test(wordsOf(call.child("function")).at(-1) ?? "") && here !== undefined && HERE.test(here.text);
  if (!isAddress && !isPath) return null;
  const texts = parts.map((one) => textOf(one, names));
  return texts.every((one) => one !== undefined) ? texts.join("/") : null;
}

/** A text, a name that was given one, or `${name}.txt` of such names. */
function textOf(part: SyntaxNode, names: ReadonlyMap<string, string>): string | undefined {
  if (!isLiteral(part)) return names.get(part.text);
  let isKnown = true;
  const filled = meantBy(part).replace(/\$\{\s*(\w+)\s*\}/g, (_, name: string) => {
    isKnown &&= names.has(name);
    return names.get(name) ?? "";
  });
  return part.type !== "template_string" ? meantBy(part) : isKnown && !filled.includes("${") ? filled : undefined;
}

/** The one answer of a function of one line. */
function answerOf(node: SyntaxNode): SyntaxNode | null {
  const made = FUNCTION.test(node.type) ? node : (node.child("value") ?? node);
  const body = made.child("body");
  if (body?.type !== "statement_block") return body;
  const [only, more] = body.parts;
  return only?.type === "return_statement" && !more ? (only.parts[0] ?? null) : null;
}
