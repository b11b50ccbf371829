/**
 * The first of a list for a sentence that has no room for all of it, and the words for the others: none is left out in silence.
 *
 * @example
 * firstOf(["a", "b", "c"], 2) // → { shown: ["a", "b"], more: " and 1 more" }
 * firstOf(["a", "b"], 2) // → { shown: ["a", "b"], more: "" }
 */
export function firstOf<T>(all: readonly T[], shownMax: number): { readonly shown: T[]; readonly more: string } {
  const left = all.length - shownMax;
  return { shown: all.slice(0, shownMax), more: left > 0 ? ` and ${left} more` : "" };
}
