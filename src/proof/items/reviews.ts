import type { Line } from "../../core/ticket/proof-facts.ts";
import { type Evidence, evidence, type ProofFacts, type ReviewFacts } from "../evidence.ts";
import { shortSha } from "../../core/ledger/ids.ts";

/** Both reviews are on this very commit, no blocker is open, and every place they cite exists. */
export function reviews(facts: Pick<ProofFacts, "reviews" | "head">): Evidence {
  const sha = facts.head.commitSha;
  const current = currentReviews(facts);
  const details = facts.reviews.map((one) => describe(one, sha));
  const blockers = [...new Set(current.flatMap((one) => one.openBlockers))];
  if (blockers.length > 0) return evidence("reviews", "blockers", { blockers }, details);
  const roles = (["reviewer", "adversary"] as const).filter((role) => !current.some((one) => one.role === role));
  if (roles.length > 0) return evidence("reviews", "missing", { roles, sha }, details);
  const places = [...new Set(current.flatMap((one) => one.brokenCitations))];
  if (places.length > 0) return evidence("reviews", "broken-citations", { places }, details);
  return evidence("reviews", "both", { sha }, details);
}

/** The last review of each role on the head. Those of earlier commits say nothing about this one. */
export function currentReviews(facts: Pick<ProofFacts, "reviews" | "head">): ReviewFacts[] {
  const last = new Map<string, ReviewFacts>();
  for (const one of facts.reviews) if (one.headSha === facts.head.commitSha) last.set(one.role, one);
  return [...last.values()];
}

function describe({ role, headSha, openBlockers, verificationSteps }: ReviewFacts, sha: string): Line {
  const earlier = headSha === sha ? null : shortSha(headSha);
  const steps = verificationSteps === "no" ? "unusable" : "usable";
  return { code: "review", facts: { role, earlier, blockers: openBlockers.length, steps } };
}
