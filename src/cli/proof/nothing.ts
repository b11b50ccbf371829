import { shortSha } from "../../core/ledger/ids.ts";
import { PROOF_ITEMS } from "../../core/ticket/proof-items.ts";
import { NOTHING, type ReportedItem } from "./report.ts";
import type { Sides } from "./source.ts";

/**
 * Two names for the same thing are no change: a misspelt branch, a base that has everything already, a commit that was
 * forgotten. Nobody can tell whether the change that was meant is right, so this is no yes, in CI least of all.
 * A commit that changes no file is one: somebody made it, and its tests can be run.
 * @returns the sentence; null where there is something
 */
export function nothingToProve(
  given: { readonly base: string; readonly head: string },
  sides: Pick<Sides, "base" | "head">,
): string | null {
  const { base, head } = sides;
  // A folder goes by the name of what is in it.
  if (base.commitSha !== head.commitSha) return null;
  if (head.commitSha === head.treeSha)
    return `There is nothing to prove: ${given.base} and ${given.head} have the same files. Name another --base or --head.`;
  return `There is nothing to prove: ${given.head} (${shortSha(head.commitSha)}) adds nothing to ${given.base}. Commit the change first, or name another --base or --head.`;
}

/** Nothing was run, and that is what the report shows: one item that could not be shown, and the others do not apply. */
export function itemsOfNothing(sentence: string): ReportedItem[] {
  return PROOF_ITEMS.map((item) => ({
    item,
    ...(item === "verification"
      ? { state: "unknown", required: true, evidence: sentence }
      : { state: "not-applicable", required: false, evidence: "Nothing was changed." }),
    code: NOTHING,
    details: [],
  }));
}
