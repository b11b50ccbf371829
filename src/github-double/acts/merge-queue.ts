import { type Account, type Author, type PullThread, type Repository, isPull } from "../state.ts";
import type { World } from "../world.ts";
import { forbidding } from "./merge-rules.ts";
import { merge } from "./pulls.ts";
import { findThread, tell } from "./threads.ts";

/** A branch's merge queue: joined by GraphQL, moved on by GitHub itself once the checks of its turn have ended. */
export function joinQueue(
  world: World,
  repo: Repository,
  thread: PullThread,
  by: Account,
  expectedHead: string | null,
): { readonly refused: string } | { readonly position: number } {
  const { pull } = thread;
  if (repo.rules.queue === undefined || pull.baseRef !== repo.defaultBranch)
    return { refused: "A merge queue is not enabled for this branch" };
  if (repo.queue.includes(thread.number)) return { refused: "Pull request is already in the merge queue" };
  if (expectedHead !== null && expectedHead !== pull.headSha)
    return { refused: "Head sha is not the expected head oid" };
  if (thread.state === "closed" || pull.draft) return { refused: "Pull request is in draft or closed" };
  const [method = "merge"] = repo.mergeMethods;
  const sentence = forbidding(repo, thread, { method, message: thread.title });
  if (sentence !== null) return { refused: `Pull request ${sentence.replace(/\s+/g, " ").trim()}` };
  repo.queue.push(thread.number);
  tell(world, repo, thread, "enqueued", by);
  return { position: repo.queue.length };
}

/** The turn of the first in the queue: its merge group's checks were green, or they were not. */
export function runQueue(world: World, repo: Repository, checks: "green" | "red"): void {
  const number = repo.queue.shift();
  const thread = number === undefined ? null : findThread(repo, number);
  if (!thread || !isPull(thread)) return;
  const queue: Author = { account: world.account("github-merge-queue"), app: null };
  const reason = checks === "green" ? "MERGE" : "CI_FAILURE";
  if (checks === "green") {
    const [method = "merge"] = repo.mergeMethods;
    merge(world, repo, thread, queue, { method, through: "queue" });
  }
  tell(world, repo, thread, "dequeued", queue.account, { reason });
}
