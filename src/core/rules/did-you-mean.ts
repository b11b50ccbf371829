/** Finds what somebody probably meant to write. It only ever suggests: a slip of the keyboard never becomes a command. */

/** Longer words are no slips of ours, and comparing them would cost time. */
const WORD_CHARACTERS_MAX = 100;

/** Letters that may differ: one in a short word, two in a long one. More, and any word would mean any other. */
function slipsMax(word: string): number {
  return word.length <= 4 ? 1 : 2;
}

/**
 * The known word that is closest to what was said, or null when none is close. Case does not count, and neither does an
 * unambiguous beginning of at least three letters.
 *
 * @example
 * closest("aprove", ["approve", "rework"]) // → "approve"
 * closest("launch", ["approve", "rework"]) // → null
 */
export function closest<W extends string>(said: string, known: readonly W[]): W | null {
  const word = said.toLowerCase();
  if (word.length === 0 || word.length > WORD_CHARACTERS_MAX) return null;
  const begun = word.length >= 3 ? known.filter((one) => one.toLowerCase().startsWith(word)) : [];
  if (begun.length === 1 && begun[0] !== undefined) return begun[0];
  const ranked = known
    .map((one) => ({ one, slips: slips(word, one.toLowerCase()) }))
    .filter(({ one, slips }) => slips <= slipsMax(one))
    .sort((a, b) => a.slips - b.slips);
  const [first, second] = ranked;
  return first && first.slips !== second?.slips ? first.one : null;
}

/**
 * The one known word that differs at most in case.
 *
 * @example
 * caseless("Opus", ["opus", "codex"]) // → "opus"
 */
export function caseless<W extends string>(said: string, known: readonly W[]): W | null {
  const same = known.filter((one) => one.toLowerCase() === said.toLowerCase());
  return same.length === 1 ? (same[0] ?? null) : null;
}

/** Letters to change, add, leave out or swap with their neighbour (optimal string alignment distance). */
function slips(a: string, b: string): number {
  let twoBack: number[] = [];
  let back = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (back[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (back[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (twoBack[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [twoBack, back] = [back, row];
  }
  return back[b.length] ?? Infinity;
}
