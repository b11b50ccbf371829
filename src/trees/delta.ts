/** Lines of each file that changed since somebody looked, by their numbers at the head. */
export type Delta = ReadonlyMap<string, ReadonlySet<number>>;

export function changedLines(
  diffs: readonly { readonly path: string; readonly addedLines: readonly { readonly line: number }[] }[],
): Delta {
  return new Map(diffs.map((diff) => [diff.path, new Set(diff.addedLines.map((one) => one.line))]));
}
