import { askedBy, EQUALS, groupOf, isVisible } from "../tests/asked-by.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { familyOf } from "../syntax/grammar.ts";
import { around } from "../tests/said.ts";
import { above, givenIn, holds, oncePerNode, type SyntaxNode, within } from "../syntax/syntax.ts";
import { type TestText, wordsOf } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";
import { laidOver, type Part, wrappers } from "./laid-over.ts";
import { patchedAround } from "./patched-around.ts";
import { put } from "./put-over.ts";
import { isProduct, sourcesOf } from "../tests/test-imports.ts";

/** What stands in the tests' own file over the thing that they test. */
export type Over = { readonly line: number; readonly what: string; readonly test: string | null };

/**
 * Old tests that get their answers from the tests' own code: a class that overrides the method whose answer they compare, or
 * that answers in the place of what it wraps; a method that they set themselves, an object that is laid over the real one.
 * What the tested code is only handed has other methods than those that old tests compare.
 */
export function standOver(side: TestSide, old: TestSide): Over[] {
  const asked = askedOf(old);
  const before = new Set(partsOf(old, asked, old).map(keyOf));
  const own = partsOf(side, asked, old).filter((one) => !before.has(keyOf(one)));
  const known = new Map(old.tests.map((test) => [test.name, test]));
  const found = own.flatMap((one): Over[] => {
    const what = `get the answer of \`${one.method}\` from the tests' own code`;
    if (one.name === null) return isForNewTests(one.node, side, old) ? [] : [{ line: one.node.line, what, test: null }];
    return askedBy([one.name], one.method, side)
      .filter((test) => known.has(test.name) && (one.everywhere || isVisible(one.node, test, side)))
      .filter((test) => !one.wraps || isCalled(one.method, known.get(test.name)))
      .slice(0, 1)
      .map((test) => ({ line: one.node.line, what, test: test.name }));
  });
  return found.filter((one, at) => found.findIndex((other) => other.line === one.line) === at);
}

function isCalled(method: string, test: TestText | undefined): boolean {
  return [...(test ? within(test.body) : [])].some(
    (one) => /^call(_expression)?$/.test(one.type) && wordsOf(one.child("function")).at(-1) === method,
  );
}

function partsOf(side: TestSide, asked: ReadonlySet<string>, old: TestSide): Part[] {
  const sources = sourcesOf(side);
  const product = new Set([...sources].filter(([, from]) => isProduct(side, from)).map(([name]) => name));
  return [
    ...overridden(side, asked),
    ...laidOver(side, asked),
    ...wrappers(side, asked, product),
    ...patchedAround(side, asked, old),
    ...put(side, asked, product, (owner, method) => isTested(owner, method, sources, side, old)),
  ];
}

/** What a method that was there before says now is the business of whoever reads it. */
function keyOf({ name, method, node }: Part): string {
  return name === null ? node.text : `${name} ${method}`;
}

/** Names of the functions and methods whose answers assertions compare, at once or by a name. */
function askedOf({ root, language, helpers }: TestSide): Set<string> {
  const found = new Set<string>();
  const read = new Set<SyntaxNode>();
  for (const { node } of assertionsIn(root, language, helpers)) {
    const place = around(node, language);
    const scope = [...above(place)].find((one) => /^(statement_block|block)$/.test(one.type));
    const names = new Set([...within(place)].filter((one) => one.type === "identifier").map(({ text }) => text));
    const given = scope ? [...names].flatMap((name) => givenByName(scope).get(name) ?? []) : [];
    const first = place.parent?.type === "if_statement" ? [place.parent.child("initializer") ?? place] : [];
    for (const one of [place, ...first, ...given]) {
      if (read.has(one)) continue;
      read.add(one);
      for (const part of within(one))
        if (/^call(_expression)?$/.test(part.type)) found.add(wordsOf(part.child("function")).at(-1) ?? "");
    }
  }
  return found;
}

/** What in a scope gives a name its value, by the name. A scope of many assertions is read once. */
const givenByName = oncePerNode((scope): ReadonlyMap<string, readonly SyntaxNode[]> => {
  const found = new Map<string, SyntaxNode[]>();
  for (const node of within(scope)) {
    const left = givenIn(node)?.left;
    for (const name of left ? new Set([...within(left)].map(({ text }) => text)) : [])
      (found.get(name) ?? found.set(name, []).get(name))?.push(node);
  }
  return found;
});

const OF_FRAMEWORKS = /TestCase|Protocol|\bABC\b|Enum|Exception|Error\b|\btesting\./;

/** Methods of classes that derive from another one; in Go of types that embed one. */
function overridden({ root, language }: TestSide, asked: ReadonlySet<string>): Part[] {
  const go = familyOf(language) === "go";
  const types = new Map<string, SyntaxNode>();
  for (const one of within(root)) {
    const base = /^class/.test(one.type) ? (one.child("superclasses") ?? heritageOf(one)) : go ? embeddedIn(one) : null;
    const name = /^class/.test(one.type) ? (one.child("name") ?? one.parent?.child("name")) : one.child("name");
    if (base && name && !OF_FRAMEWORKS.test(base.text)) types.set(name.text, one);
  }
  return [...within(root)].flatMap((one): Part[] => {
    if (!/^(method_definition|function_definition|method_declaration)$/.test(one.type)) return [];
    const method = one.child("name")?.text ?? "";
    const owner = go ? receiverOf(one) : ownerOf(one);
    const isOver = owner !== null && types.has(owner) && asked.has(method);
    return owner !== null && (isOver || EQUALS.test(method))
      ? [{ node: one, name: owner, method, everywhere: true }]
      : [];
  });
}

function heritageOf(node: SyntaxNode): SyntaxNode | null {
  return node.children.find((one) => one.type === "class_heritage") ?? null;
}

function ownerOf(method: SyntaxNode): string | null {
  const owner = [...above(method)].find((one) => /^class(_declaration|_definition)?$/.test(one.type));
  return (owner?.child("name") ?? owner?.parent?.child("name"))?.text ?? null;
}

function receiverOf(method: SyntaxNode): string | null {
  return /(?<!\w)(\w+)\)?$/.exec(method.child("receiver")?.parts[0]?.child("type")?.text ?? "")?.[1] ?? null;
}

function embeddedIn(spec: SyntaxNode): SyntaxNode | null {
  if (spec.type !== "type_spec" || spec.child("type")?.type !== "struct_type") return null;
  return [...within(spec)].find((one) => one.type === "field_declaration" && one.child("name") === null) ?? null;
}

/** Whether something imported is what the tests are about: of the repository by its path, or asked the same by old tests. */
function isTested(owner: string, method: string, sources: ReadonlyMap<string, string>, side: TestSide, old: TestSide) {
  const from = sources.get(owner);
  if (from === undefined) return false;
  if (familyOf(side.language) === "js" && isProduct(side, from)) return true;
  const top = (path: string) => (path.startsWith(".") ? path : (path.split(/[./]/)[0] ?? path));
  const alike = [...sourcesOf(old)].filter(([, path]) => top(path) === top(from)).map(([name]) => name);
  return askedBy(alike, method, old).length > 0;
}

/** In a new test, or in what is done around the tests of a group that holds only new ones. */
function isForNewTests(node: SyntaxNode, side: TestSide, old: TestSide): boolean {
  const known = new Set(old.tests.map(({ name }) => name));
  const around = side.tests.find(({ node: test }) => holds(test, node));
  if (around) return !known.has(around.name);
  const group = groupOf(node);
  const inner = [...above(node)].find(({ type }) =>
    /^(arrow_function|function_expression|function_definition)$/.test(type),
  );
  // What a group does outside of its functions is done as soon as the file is loaded.
  if (!group || !inner || !holds(group, inner) || inner.parent?.parent === group) return false;
  return side.tests.every(({ name, node: test }) => !holds(group, test) || !known.has(name));
}
