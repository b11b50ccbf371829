import { type Evidence, evidence, names, type ProofFacts, type ReviewFacts } from "../evidence.ts";
import { shortSha } from "../../core/ledger/ids.ts";

/** Both reviews are on this very commit, no blocker is open, and every place they cite exists. */
export function reviews(facts: Pick<ProofFacts, "reviews" | "head">): Evidence {
  const sha = facts.head.commitSha;
  const current = currentReviews(facts);
  const details = facts.reviews.map((one) => describe(one, sha));
  const blockers = [...new Set(current.flatMap((one) => one.openBlockers))];
  if (blockers.length > 0) return evidence("reviews", "blockers", `Open blockers: ${names(blockers)}.`, details);
  const missing = (["reviewer", "adversary"] as const).filter((role) => !current.some((one) => one.role === role));
  if (missing.length > 0) {
    const who = missing.map((role) => `the ${role}`).join(" and ");
    return evidence("reviews", "missing", `There is no review by ${who} of commit ${shortSha(sha)}.`, details);
  }
  const broken = [...new Set(current.flatMap((one) => one.brokenCitations))];
  if (broken.length > 0)
    return evidence(
      "reviews",
      "broken-citations",
      `The reviews cite places that do not exist: ${names(broken)}.`,
      details,
    );
  const sentence = `Reviewer and adversary both looked at commit ${shortSha(sha)}; no blocker is open, and every place they cite exists.`;
  return evidence("reviews", "both", sentence, details);
}

/** The last review of each role on the head. Those of earlier commits say nothing about this one. */
export function currentReviews(facts: Pick<ProofFacts, "reviews" | "head">): ReviewFacts[] {
  const last = new Map<string, ReviewFacts>();
  for (const one of facts.reviews) if (one.headSha === facts.head.commitSha) last.set(one.role, one);
  return [...last.values()];
}

function describe(review: ReviewFacts, sha: string): string {
  const where = review.headSha === sha ? "this commit" : `the earlier commit ${shortSha(review.headSha)}`;
  const steps = review.verificationSteps === "no" ? "; finds the verification steps unusable" : "";
  return `${review.role}: on ${where}, ${review.openBlockers.length} open blockers${steps}`;
}
