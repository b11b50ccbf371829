import { missingCheck } from "../mergeability.ts";
import { Refusal } from "../refusal.ts";
import { type BranchRules, type MergeMethod, type PullThread, type Repository } from "../state.ts";

const NAMES = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" } as const;

/** GitHub's sentence about the first rule that forbids a merge, or null. */
export function forbidding(repo: Repository, { pull }: PullThread, method: MergeMethod): string | null {
  const rules: BranchRules = pull.baseRef === repo.defaultBranch ? repo.rules : {};
  if (!repo.mergeMethods.includes(method)) return `${NAMES[method]} are not allowed on this repository.`;
  const missing = missingCheck(repo, pull);
  if (missing) return `Required status check "${missing}" is expected.`;
  if (rules.linearHistory && method === "merge") return violation("This branch must not contain merge commits.");
  if (rules.conversations && pull.reviewComments.some((one) => one.inReplyTo === null && !one.resolved))
    return violation("A conversation must be resolved before this pull request can be merged.");
  const approvals = pull.reviews.filter((one) => one.state === "APPROVED" && one.author.app === null).length;
  if (approvals < (rules.approvals ?? 0))
    return `At least ${rules.approvals} approving review is required by reviewers with write access.`;
  return null;
}

/** A queue lets nobody past it, whatever else is met. */
export function refuseMerge(repo: Repository, thread: PullThread, method: MergeMethod, by: "person" | "queue"): void {
  const queued = thread.pull.baseRef === repo.defaultBranch && repo.rules.queue !== undefined && by !== "queue";
  const sentence = queued
    ? violation("Changes must be made through the merge queue")
    : forbidding(repo, thread, method);
  if (sentence !== null) throw new Refusal(405, sentence);
}

function violation(sentence: string): string {
  return `Repository rule violations found\n\n${sentence}\n\n`;
}
