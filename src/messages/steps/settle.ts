/** Why a dispute ended as it did, in the words of whoever settled it. */
export function settledBecause({
  outcome,
  rationale,
}: {
  readonly outcome: string;
  readonly rationale: string;
}): string {
  return outcome === "inconclusive" ? `The evidence does not decide, so the safer side holds. ${rationale}` : rationale;
}
