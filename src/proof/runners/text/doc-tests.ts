import type { TestCase } from "../test-case.ts";

const LINE = / \(line (\d+)\)/;

/**
 * Rust names a test in a comment by its line: a change above it would make it another test. Without the line it keeps its
 * name; several on one item are numbered in the order in which they stand there.
 */
export function withoutLines(cases: readonly TestCase[]): TestCase[] {
  const bare = (one: TestCase) => one.name.replace(LINE, "");
  const key = (one: TestCase) => `${one.file ?? ""}\0${bare(one)}`;
  const lineOf = (one: TestCase) => Number(LINE.exec(one.name)?.[1] ?? 0);
  const together = new Map<string, number[]>();
  for (const one of cases.filter(({ name }) => LINE.test(name)))
    together.set(
      key(one),
      [...(together.get(key(one)) ?? []), lineOf(one)].sort((a, b) => a - b),
    );
  return cases.map((one) => {
    const at = together.get(key(one))?.indexOf(lineOf(one)) ?? -1;
    if (at < 0) return one;
    return { ...one, name: at === 0 ? bare(one) : `${bare(one)} (${at + 1})` };
  });
}
