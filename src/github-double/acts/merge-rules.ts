import { commitsBetween } from "../history.ts";
import { missingCheck } from "../mergeability.ts";
import { Refusal } from "../refusal.ts";
import {
  type BranchRules,
  type MergeMethod,
  type Permission,
  type Pull,
  type PullThread,
  type Repository,
  branchHead,
} from "../state.ts";

const NAMES = { merge: "Merge commits", squash: "Squash merges", rebase: "Rebase merges" } as const;

/** A way of merging, and the message that the commit on the base branch would have. */
export type Merging = { readonly method: MergeMethod; readonly message: string };

/** GitHub's sentence about the first rule that forbids a merge, or null. */
export function forbidding(repo: Repository, { pull }: PullThread, merging: Merging): string | null {
  const rules: BranchRules = pull.baseRef === repo.defaultBranch ? repo.rules : {};
  const { method } = merging;
  if (!repo.mergeMethods.includes(method)) return `${NAMES[method]} are not allowed on this repository.`;
  const missing = missingCheck(repo, pull);
  if (missing) return `Required status check "${missing}" is expected.`;
  if (rules.linearHistory && method === "merge") return violation("This branch must not contain merge commits.");
  if (rules.conversations && pull.reviewComments.some((one) => one.inReplyTo === null && !one.resolved))
    return violation("A conversation must be resolved before this pull request can be merged.");
  return undeployed(repo, pull, rules) ?? misworded(repo, pull, rules, merging) ?? unapproved(repo, pull, rules);
}

function undeployed(repo: Repository, pull: Pull, { deployments = [] }: BranchRules): string | null {
  const missing = deployments.filter(
    (name) => !repo.deployed.some(({ environment, sha }) => environment === name && sha === pull.headSha),
  );
  const noun = missing.length === 1 ? "deployment" : "deployments";
  return missing.length > 0 ? violation(`Missing successful active ${missing.join(" and ")} ${noun}.`) : null;
}

/** A squash brings its own message alone into the branch, a merge the messages of all its commits as well. */
function misworded(repo: Repository, pull: Pull, rules: BranchRules, { method, message }: Merging): string | null {
  const { message: fits } = rules;
  const base = branchHead(repo, pull.baseRef);
  if (!fits || !base) return null;
  const kept = method === "squash" ? [] : commitsBetween(repo.git, base, pull.headSha).map((one) => one.message);
  return [message, ...kept].every((one) => fits.test(one))
    ? null
    : violation(`Commit message must match a given regex pattern: ${fits.source}`);
}

const WRITERS: ReadonlySet<Permission> = new Set(["write", "maintain", "admin"]);

/** The last word of each person who may write, where that is a yes or a no: what only comments, or was dismissed, is neither. */
function unapproved(repo: Repository, pull: Pull, { approvals }: BranchRules): string | null {
  if (approvals === undefined) return null;
  const last = new Map<string, string>();
  for (const { author, state } of pull.reviews) {
    const may = author.app === null && WRITERS.has(repo.people.get(author.account.login.toLowerCase()) ?? "none");
    if (may && state !== "COMMENTED") last.set(author.account.login, state);
  }
  const count = (state: string) => [...last.values()].filter((one) => one === state).length;
  const against = count("CHANGES_REQUESTED");
  if (against > 0)
    return `${against} review${against > 1 ? "s" : ""} requesting changes by reviewers with write access.`;
  return count("APPROVED") < approvals
    ? `At least ${approvals} approving review is required by reviewers with write access.`
    : null;
}

/** A queue lets nobody past it, whatever else is met. */
export function refuseMerge(repo: Repository, thread: PullThread, merging: Merging, by: "person" | "queue"): void {
  const queued = thread.pull.baseRef === repo.defaultBranch && repo.rules.queue !== undefined && by !== "queue";
  const sentence = queued
    ? violation("Changes must be made through the merge queue")
    : forbidding(repo, thread, merging);
  if (sentence !== null) throw new Refusal(405, sentence);
}

function violation(sentence: string): string {
  return `Repository rule violations found\n\n${sentence}\n\n`;
}
