import { followLine } from "../diff.ts";
import { isAncestor } from "../history.ts";
import { type Account, type PullThread, type Repository, branchHead, isPull } from "../state.ts";
import { openPullsFrom } from "../views/repository.ts";
import type { World } from "../world.ts";
import { closeThread, tell } from "./threads.ts";

/** What a moved or deleted branch does to pull requests, and a merged text to the issues it names. */

/** Open pull requests of this branch follow it: their head moves and `synchronize` is sent. */
export function followBranch(world: World, repo: Repository, branch: string, before: string | null, by: Account): void {
  const head = branchHead(repo, branch);
  if (!head) return;
  for (const { home, thread } of openPullsFrom(world, repo, branch)) {
    const { pull } = thread;
    if (pull.headSha === head) continue;
    const base = branchHead(home, pull.baseRef) ?? pull.baseSha;
    moveComments(home, thread, pull.headSha, head);
    Object.assign(pull, { headSha: head, baseSha: base });
    thread.updatedAt = world.time();
    tell(world, home, thread, "synchronize", by, { before, after: head });
  }
  closeMergedElsewhere(world, repo, branch, head, by);
}

/** Inline comments keep their line where a push left it alone; elsewhere they become outdated (line null). */
function moveComments(repo: Repository, thread: PullThread, before: string, after: string): void {
  const textAt = (commit: string, path: string): string | null => {
    const entry = repo.git.filesOf(commit).get(path);
    return entry && entry.mode !== "160000" ? repo.git.blob(entry.sha).toString("utf8") : null;
  };
  for (const comment of thread.pull.reviewComments) {
    if (comment.line === null || comment.side === "LEFT") continue;
    const [old, now] = [textAt(before, comment.path), textAt(after, comment.path)];
    comment.line = old === null || now === null ? null : followLine(old, now, comment.line);
    if (comment.line !== null) comment.commitId = after;
  }
}

/** A pull request whose commits reached its base by another way counts as merged. */
function closeMergedElsewhere(world: World, repo: Repository, base: string, head: string, by: Account): void {
  for (const thread of [...repo.threads.values()].filter(isPull)) {
    const { pull } = thread;
    if (thread.state === "closed" || pull.baseRef !== base || pull.merged) continue;
    if (!isAncestor(repo.git, pull.headSha, head)) continue;
    pull.merged = { at: world.time(), by, sha: head };
    closeThread(world, repo, thread, by, null);
  }
}

/** Deleting a branch closes the pull requests from it and into it. */
export function leaveBranch(world: World, repo: Repository, branch: string, by: Account): void {
  for (const { home, thread } of openPullsFrom(world, repo, branch)) closeThread(world, home, thread, by, null);
  for (const thread of [...repo.threads.values()].filter(isPull)) {
    if (thread.pull.baseRef === branch) closeThread(world, repo, thread, by, null);
  }
}

const CLOSING = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+#(\d+)\b/gi;

/** Closes the issues that texts name with a closing keyword, once they are on the default branch. */
export function closeByKeywords(world: World, repo: Repository, texts: readonly string[], by: Account): void {
  for (const [, number] of texts.flatMap((text) => [...text.matchAll(CLOSING)])) {
    const thread = repo.threads.get(Number(number));
    if (thread && !isPull(thread)) closeThread(world, repo, thread, by, "completed");
  }
}
