import { type FileChange, changedFiles } from "./diff.ts";
import { commitsBetween, mergeBase } from "./history.ts";
import { mergeFiles } from "./merge.ts";
import type { Commit } from "./objects.ts";
import { type Pull, type PullThread, type Repository, branchHead } from "./state.ts";
import { NOREPLY } from "./views/commit.ts";
import type { World } from "./world.ts";

/**
 * Whether a pull request merges. GitHub answers null at first and works it out after somebody has read the pull
 * request; each move of the head or of the base makes it null again.
 */
export type Mergeability = {
  readonly mergeable: boolean | null;
  readonly mergeable_state: "unknown" | "dirty" | "draft" | "blocked" | "unstable" | "clean";
};

/** The base that a pull request is compared with: the branch as it is, or as it was just before the merge. */
function baseOf(repo: Repository, pull: Pull): string {
  return pull.merged ? pull.baseSha : (branchHead(repo, pull.baseRef) ?? pull.baseSha);
}

/** What the pull request changes, seen from where its branch left the base (GitHub's three-dot comparison). */
export function pullChanges(repo: Repository, pull: Pull): FileChange[] {
  const start = mergeBase(repo.git, baseOf(repo, pull), pull.headSha);
  return changedFiles(repo.git, start ? repo.git.filesOf(start) : new Map(), repo.git.filesOf(pull.headSha));
}

export function pullCommits(repo: Repository, pull: Pull): Commit[] {
  return commitsBetween(repo.git, baseOf(repo, pull), pull.headSha);
}

/** The tree of base and head together, or "conflict". */
export function mergedTree(repo: Repository, base: string, head: string): string | "conflict" {
  const start = mergeBase(repo.git, base, head);
  const from = start ? repo.git.filesOf(start) : new Map();
  const merged = mergeFiles(repo.git, from, repo.git.filesOf(base), repo.git.filesOf(head));
  return merged.outcome === "merged" ? repo.git.writeFiles(merged.files) : "conflict";
}

export function mergeability(
  world: World,
  repo: Repository,
  thread: PullThread,
  asked: "read" | "shown",
): Mergeability {
  const unknown = { mergeable: null, mergeable_state: "unknown" } as const;
  const { pull } = thread;
  const base = branchHead(repo, pull.baseRef);
  if (thread.state === "closed" || !base) return unknown;
  const known = pull.mergeability;
  if (known?.head !== pull.headSha || known.base !== base) {
    // This answer still says null; the next one will know.
    if (asked === "read")
      pull.mergeability = { head: pull.headSha, base, testMerge: testMerge(world, repo, pull, base) };
    return unknown;
  }
  if (known.testMerge === null) return { mergeable: false, mergeable_state: "dirty" };
  return { mergeable: true, mergeable_state: stateOfChecks(repo, pull) };
}

/** A commit of head into base that no branch names; null when they conflict. */
function testMerge(world: World, repo: Repository, pull: Pull, base: string): string | null {
  const tree = mergedTree(repo, base, pull.headSha);
  if (tree === "conflict") return null;
  const by = { name: "GitHub", email: `noreply@${NOREPLY}`, date: world.time() };
  const message = `Merge ${pull.headSha} into ${base}`;
  return repo.git.writeCommit({ tree, parents: [base, pull.headSha], message, author: by, committer: by });
}

function stateOfChecks(repo: Repository, pull: Pull): "draft" | "blocked" | "unstable" | "clean" {
  if (pull.draft) return "draft";
  if (missingCheck(repo, pull)) return "blocked";
  const runs = [...repo.runs.values()].filter((run) => run.suite.headSha === pull.headSha);
  return runs.some((run) => run.conclusion === "failure" || run.status !== "completed") ? "unstable" : "clean";
}

/** The first required check that has not passed on the head, or null. */
export function missingCheck(repo: Repository, pull: Pull): string | null {
  if (pull.baseRef !== repo.defaultBranch) return null;
  const passed = (name: string): boolean => {
    const runs = [...repo.runs.values()].filter((run) => run.suite.headSha === pull.headSha && run.name === name);
    const last = runs.at(-1)?.conclusion;
    if (last) return last === "success" || last === "neutral" || last === "skipped";
    const status = repo.statuses.findLast((one) => one.sha === pull.headSha && one.context === name);
    return status?.state === "success";
  };
  return repo.requiredChecks.find((name) => !passed(name)) ?? null;
}
