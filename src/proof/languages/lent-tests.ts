import { NO_TEST_CASE } from "./never-run.ts";
import { above, within } from "./syntax.ts";
import type { TestSide } from "./test-differences.ts";

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

/** In Go the files of a folder are one package: a helper that asserts may stand in another one. */
export function withHelpersBeside(sides: readonly TestSide[]): TestSide[] {
  const folder = ({ path }: TestSide) => path.slice(0, path.lastIndexOf("/") + 1);
  return sides.map((side) => {
    if (side.language !== "go") return side;
    const beside = sides.filter((one) => one.language === "go" && folder(one) === folder(side));
    return { ...side, helpers: new Set(beside.flatMap(({ helpers }) => [...helpers])) };
  });
}
