/** What a pattern of `wanted` parts says of a text of `length` parts. */
type Steps = {
  /** Whether the part of the pattern stands for any number of parts, also none. */
  isStar(want: number): boolean;
  fits(at: number, want: number): boolean;
};

/**
 * Matches a pattern with stars without a regular expression: patterns come from models and from files that strangers wrote, and
 * must not hold the process up. On a mismatch the last star takes one part more, so time is at most the product of both lengths.
 */
export function walkPattern(length: number, wanted: number, { isStar, fits }: Steps): boolean {
  let [at, want, star, taken] = [0, 0, -1, 0];
  while (at < length) {
    if (want < wanted && isStar(want)) {
      star = want++;
      taken = at;
    } else if (want < wanted && fits(at, want)) {
      at++;
      want++;
    } else if (star >= 0) {
      want = star + 1;
      at = ++taken;
    } else return false;
  }
  while (want < wanted && isStar(want)) want++;
  return want === wanted;
}
