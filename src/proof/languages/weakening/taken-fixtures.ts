import { fixturesOf, isBuiltInFixture } from "./added-fixtures.ts";
import type { TestSide } from "../tests/test-side.ts";
import { plain, type SyntaxNode, within } from "../syntax/syntax.ts";
import type { Weakening } from "./found-weakening.ts";

/** What a test would ask of a stand-in: nothing of it comes from the code, nor from what the plugin gives. */
const MADE_UP =
  /^((unittest\.)?mock\.)?((Magic|Async)?Mock|(types\.)?SimpleNamespace|create_autospec)\(|^type\(\s*["']/;

/**
 * Old tests that are given a fixture of their own file now in the place of one that pytest or a plugin has: of a name that
 * is known for that, or of any name where the old file had none and what it gives is made up. One that asks for the fixture
 * of its own name goes on with what that one gives; one that stood in another file of the tests was only moved.
 */
export function takenFixtures(now: TestSide, olds: readonly TestSide[]): Weakening[] {
  const before = olds.find(({ path }) => path === now.path);
  if (now.language !== "python" || !before) return [];
  const old = new Set(fixturesOf(before.root).map(({ name }) => name));
  const fresh = fixturesOf(now.root).filter(
    ({ name, node }) =>
      !old.has(name) && !givenTo(node).has(name) && (isBuiltInFixture(name) || isMadeUp(node, now.root)),
  );
  if (fresh.length === 0) return [];
  const elsewhere = new Set(olds.flatMap(({ root }) => fixturesOf(root)).map(({ node }) => plain(node)));
  const taken = fresh.filter(({ node }) => !elsewhere.has(plain(node)));
  return taken.flatMap(({ name, node }) =>
    before.tests
      .filter((test) => givenTo(test.node).has(name) && now.tests.some((one) => one.name === test.name))
      .map((test) => ({
        path: now.path,
        test: test.name,
        line: node.line,
        what: `is given a \`${name}\` of the tests' own`,
        old: true,
      })),
  );
}

/** The names of a function's parameters. */
function givenTo(node: SyntaxNode): Set<string> {
  const inner = node.child("definition") ?? node;
  const list = inner.child("parameters");
  return new Set(list ? [...within(list)].filter(({ type }) => type === "identifier").map(({ text }) => text) : []);
}

function isMadeUp(node: SyntaxNode, root: SyntaxNode): boolean {
  if (valuesOf(node).some((text) => MADE_UP.test(text))) return true;
  const classes = [...within(root)].filter(({ type }) => type === "class_definition");
  // A class of the tests over one of the code goes on with what that one does, and is looked at by itself.
  const own = classes.filter((one) => (one.child("superclasses")?.parts.length ?? 0) === 0);
  return own.some((one) => new RegExp(`\\b${one.child("name")?.text ?? "-"}\\b`).test(node.text));
}

/** What a fixture gives: the value itself, or what its name was set to. A real thing with one part made up is no stand-in. */
function valuesOf(node: SyntaxNode): string[] {
  const given = [...within(node)].filter(({ type }) => /^(return_statement|yield)$/.test(type));
  const set = new Map([...within(node)].flatMap((one) => (one.type === "assignment" ? [[one.child("left")?.text ?? "", one.child("right")?.text ?? ""]] : []))); // prettier-ignore
  return given.flatMap(({ parts: [value] }) => (value ? [set.get(value.text) ?? value.text] : []));
}
