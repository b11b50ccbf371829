type Range = { readonly startOffset: number; readonly endOffset: number; readonly count: number };

/** What V8 tells of one script. Inner ranges overrule the outer ones in which they stand. */
export type Functions = readonly { readonly ranges: readonly Range[] }[];

/** From where to where the code was run, as pairs, in order and without gaps of nothing. */
export function covered(functions: Functions): number[] {
  const ranges = functions
    .flatMap((one) => one.ranges)
    .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const found: number[] = [];
  const open: Range[] = [];
  let at = 0;
  const upTo = (end: number) => {
    if (end > at && (open.at(-1)?.count ?? 0) > 0) {
      if (found.at(-1) === at) found[found.length - 1] = end;
      else found.push(at, end);
    }
    at = Math.max(at, end);
  };
  for (const range of ranges) {
    closeBefore(range.startOffset);
    upTo(range.startOffset);
    open.push(range);
  }
  closeBefore(Infinity);
  return found;

  function closeBefore(start: number): void {
    for (let last = open.at(-1); last && last.endOffset <= start; last = open.at(-1)) {
      upTo(last.endOffset);
      open.pop();
    }
  }
}

export function isCovered(pairs: readonly number[], offset: number): boolean {
  for (let at = 0; at < pairs.length; at += 2)
    if (offset >= (pairs[at] ?? 0) && offset < (pairs[at + 1] ?? 0)) return true;
  return false;
}
