import { oncePer, type SyntaxNode } from "../syntax/syntax.ts";
import { rowsIn } from "../tests/said.ts";
import { madeBy } from "../tests/asserted.ts";
import type { TestText } from "../tests/test-cases.ts";
import type { TestSide } from "../tests/test-side.ts";

/**
 * What is asked of the new tests for each one that is gone, worked out once: where a thousand tests get other names, a thousand are
 * compared with a thousand, and nothing else may be gone through for each pair.
 */
export function oncePerTests<T>(workOut: (fresh: readonly TestText[]) => T): (fresh: readonly TestText[]) => T {
  return oncePer(workOut);
}

/** The same of the new tests together with something else. */
export function oncePerBoth<K extends object, T>(
  workOut: (fresh: readonly TestText[], other: K) => T,
): (fresh: readonly TestText[], other: K) => T {
  const of = oncePerTests(() => new WeakMap<K, { readonly is: T }>());
  return (fresh, other) => {
    const one = of(fresh).get(other) ?? { is: workOut(fresh, other) };
    of(fresh).set(other, one);
    return one.is;
  };
}

export const setOf = oncePerTests((fresh): ReadonlySet<TestText> => new Set(fresh));

/** Those that are made of rows. */
export const ofRows = oncePerTests((fresh): readonly TestText[] =>
  fresh.filter((one) => rowsIn(madeBy(one), 1).length > 0),
);

/** The file in which a test stands. */
export function sideOf(after: readonly TestSide[], test: TestText): TestSide | null {
  return sidesByTest(after).get(test) ?? null;
}

const sidesByTest = oncePer(
  (after: readonly TestSide[]): ReadonlyMap<TestText, TestSide> =>
    new Map(after.flatMap((side) => side.tests.map((one) => [one, side] as const))),
);

/** Whether a place lies in one of these nodes. */
export function isWithin(nodes: readonly SyntaxNode[]): (place: number) => boolean {
  const sorted = nodes.toSorted((a, b) => a.start - b.start);
  const starts = sorted.map(({ start }) => start);
  // The furthest end of all that begin no later: nodes may stand in one another.
  let furthest = 0;
  const ends = sorted.map(({ end }) => (furthest = Math.max(furthest, end)));
  return (place) => {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    return low > 0 && place < (ends[low - 1] ?? 0);
  };
}
