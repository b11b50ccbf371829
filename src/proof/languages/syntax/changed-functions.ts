import type { NamedFunction } from "./functions.ts";

/** How many of the ordered numbers are at most this one. */
function upTo(ordered: readonly number[], most: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A function is changed by a line of its own, not by one of a function inside.
 * @param all in the order of the text
 */
export function changedFunctions(all: readonly NamedFunction[], lines: ReadonlySet<number>): NamedFunction[] {
  const ordered = [...lines].sort((a, b) => a - b);
  const count = (from: number, to: number) => (to < from ? 0 : upTo(ordered, to) - upTo(ordered, from - 1));
  /** How many changed lines belong to functions inside, and up to which line that is counted. */
  const inside = new Map<NamedFunction, { lines: number; to: number }>();
  forEachWithOuter(all, (one, outer) => {
    const known = outer && inside.get(outer);
    const { line, endLine } = one.node;
    if (known && endLine > known.to) {
      known.lines += count(Math.max(line, known.to + 1), endLine);
      known.to = endLine;
    }
    inside.set(one, { lines: 0, to: 0 });
  });
  return all.filter((one) => count(one.node.line, one.node.endLine) > (inside.get(one)?.lines ?? 0));
}

/** Which function a place belongs to: the one that began last and has not ended. */
export function innermostOf(all: readonly NamedFunction[]): (at: number) => NamedFunction | undefined {
  const outerOf = new Map<NamedFunction, NamedFunction | undefined>();
  forEachWithOuter(all, (one, outer) => outerOf.set(one, outer));
  const starts = all.map((one) => one.node.start);
  return (at) => {
    let found = all[upTo(starts, at) - 1];
    while (found && found.node.end <= at) found = outerOf.get(found);
    return found;
  };
}

function forEachWithOuter(
  all: readonly NamedFunction[],
  see: (one: NamedFunction, outer: NamedFunction | undefined) => void,
): void {
  const open: NamedFunction[] = [];
  for (const one of all) {
    while (open.length > 0 && (open.at(-1) as NamedFunction).node.end <= one.node.start) open.pop();
    see(one, open.at(-1));
    open.push(one);
  }
}
