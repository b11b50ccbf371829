import { NO_TEST_CASE } from "./never-run.ts";
import { familyOf } from "../syntax/grammar.ts";
import { above, type SyntaxNode, within } from "../syntax/syntax.ts";
import { makersIn, saidByMakers } from "./given-defaults.ts";
import { saidBesides } from "./said.ts";
import type { TestSide } from "./test-side.ts";

/** Classes that are no test case of their own lend their tests to those that derive from them, in whichever file. */
export function lent(sides: readonly TestSide[]): TestSide[] {
  const bases = new Set(
    sides.flatMap(({ root }) =>
      [...within(root)]
        .filter(({ type }) => type === "class_definition")
        .flatMap((one) => one.child("superclasses")?.parts ?? [])
        .map(({ text }) => text.split(".").at(-1) ?? text),
    ),
  );
  return sides.map((side) => ({
    ...side,
    tests: side.tests.map((test) => {
      const owner = [...above(test.node)].find(({ type }) => type === "class_definition");
      const isLent = test.skipped === NO_TEST_CASE && bases.has(owner?.child("name")?.text ?? "");
      return isLent ? { ...test, skipped: null } : test;
    }),
  }));
}

/**
 * A helper that asserts may stand in another file: in Go one of the same folder, elsewhere one whose name is imported.
 * @param aids files without tests that only tests load
 */
export function withHelpersBeside(sides: readonly TestSide[], aids: readonly TestSide[]): TestSide[] {
  const folder = ({ path }: TestSide) => path.slice(0, path.lastIndexOf("/") + 1);
  const all = [...sides, ...aids];
  return sides.map((side) => {
    const others = all.filter((one) => one !== side && familyOf(one.language) === familyOf(side.language));
    const beside = side.language === "go" ? others.filter((one) => folder(one) === folder(side)) : others;
    const imported = side.language === "go" ? null : importedNames(side.root);
    const more = beside.flatMap(({ helpers }) => [...helpers].filter((name) => imported?.has(name) ?? true));
    return more.length === 0 ? side : { ...side, helpers: new Set([...side.helpers, ...more]) };
  });
}

/** What a test says by makers of another file: `tideAt("06:10")`, which gives the port unless told otherwise. */
export function withMakersBeside(sides: readonly TestSide[], aids: readonly TestSide[]): TestSide[] {
  const known = new Map<
    string,
    { readonly path: string; readonly language: string; readonly gives: ReadonlySet<string> }
  >();
  for (const { root, language, path } of [...sides, ...aids])
    for (const [name, gives] of makersIn(root, language)) known.set(name, { path, language, gives });
  return sides.map((side) => {
    const makers = new Map<string, ReadonlySet<string>>();
    for (const name of known.size > 0 ? importedNames(side.root) : []) {
      const maker = known.get(name);
      if (maker && maker.path !== side.path && maker.language === side.language) makers.set(name, maker.gives);
    }
    const more = saidByMakers(side.root, makers);
    return more.length === 0 ? side : { ...side, said: saidBesides(side.said, more) };
  });
}

function importedNames(root: SyntaxNode): Set<string> {
  const imports = root.parts.filter(
    (one) => /^import/.test(one.type) || (/_declaration$/.test(one.type) && /\brequire\(/.test(one.text)),
  );
  return new Set(imports.flatMap((one) => one.text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []));
}
