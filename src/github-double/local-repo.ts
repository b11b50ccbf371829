import { react } from "./acts/comments.ts";
import { runQueue } from "./acts/merge-queue.ts";
import { renameDefaultBranch, renameRepository, transferRepository } from "./acts/moving.ts";
import { dismissReview } from "./acts/reviews.ts";
import { closeThread, findThread, lockThread } from "./acts/threads.ts";
import { People } from "./people.ts";
import {
  type CheckReading,
  type PullReading,
  type ThreadFacts,
  readChecks,
  readFiles,
  readPull,
  readThread,
} from "./reading.ts";
import { notFound } from "./refusal.ts";
import { type BranchRules, branchHead, isPull, type Label } from "./state.ts";

/** A repository with its people and what can be read in it. */
export class LocalRepo extends People {
  thread(number: number): ThreadFacts {
    return readThread(this.state, number);
  }

  pull(number: number): PullReading {
    return readPull(this.state, number);
  }

  checks(sha: string): CheckReading[] {
    return readChecks(this.state, sha);
  }

  /** How a label of the repository looks. */
  label(name: string): Label | undefined {
    return this.state.labels.get(name.toLowerCase());
  }

  files(ref = this.state.defaultBranch): Map<string, Buffer> {
    return readFiles(this.state, ref);
  }

  /** @throws when the branch does not exist */
  head(branch = this.state.defaultBranch): string {
    const sha = branchHead(this.state, branch);
    if (!sha) throw notFound();
    return sha;
  }

  /** A sign below an inline comment, of which no webhook tells. */
  reactInline(by: string, commentId: number, content: string): void {
    const threads = [...this.state.threads.values()];
    const all = threads.flatMap((thread) => (isPull(thread) ? thread.pull.reviewComments : []));
    const comment = all.find(({ id }) => id === commentId);
    if (!comment) throw notFound();
    react(this.world, comment, this.world.account(by), content);
  }

  /** Check runs or statuses without which nothing merges into the default branch. */
  requireChecks(by: string, names: readonly string[]): void {
    this.admin(by);
    this.state.requiredChecks = names;
  }

  rename(by: string, name: string): void {
    renameRepository(this.world, this.state, this.admin(by), name);
  }

  renameDefaultBranch(by: string, name: string): void {
    renameDefaultBranch(this.world, this.state, this.admin(by), name);
  }

  /** Gives the repository to another account, which the App may or may not be installed on. */
  transferTo(by: string, owner: string): void {
    transferRepository(this.world, this.state, this.admin(by), this.world.account(owner));
  }

  /** From now on a merge into the default branch has to fit these rules. */
  protect(by: string, rules: BranchRules): void {
    this.admin(by);
    this.state.rules = rules;
  }

  /** A locked conversation is closed to whoever may not write here, and to every App. */
  lock(by: string, number: number, is: "locked" | "unlocked" = "locked"): void {
    lockThread(this.world, this.state, findThread(this.state, number), this.admin(by), is);
  }

  /** Nobody writes to an archived repository, whatever they may do in it else. */
  archive(by: string, is: "archived" | "unarchived" = "archived"): void {
    const sender = this.admin(by);
    this.state.archived = is === "archived";
    this.world.emit({ event: "repository", action: is, repo: this.state, sender, payload: {} });
  }

  /** From now on only its people see it, or everybody does. The App's own access stays. */
  show(by: string, to: "private" | "public"): void {
    const sender = this.admin(by);
    this.state.visibility = to;
    const action = to === "private" ? "privatized" : "publicized";
    this.world.emit({ event: "repository", action, repo: this.state, sender, payload: {} });
  }

  /** Nothing is said below what became a discussion: GitHub closes and locks the issue, and shows its page no more. */
  convertToDiscussion(by: string, number: number): void {
    const sender = this.admin(by);
    const thread = findThread(this.state, number);
    closeThread(this.world, this.state, thread, sender, "completed");
    lockThread(this.world, this.state, thread, sender, "locked");
  }

  dismissReview(by: string, number: number, reviewId: number): void {
    const thread = findThread(this.state, number);
    if (!isPull(thread)) throw notFound();
    dismissReview(this.world, this.state, thread, this.admin(by), reviewId);
  }

  /** A commit was deployed to an environment, and nothing has taken its place since. */
  deploy(environment: string, sha: string): void {
    this.state.deployed.push({ sha, environment });
  }

  /** What waits first in the merge queue is merged, or thrown out of it. */
  runQueue(checks: "green" | "red"): void {
    runQueue(this.world, this.state, checks);
  }

  /** Numbers of the issues below an issue. */
  subIssues(number: number): number[] {
    return [...this.state.parents].flatMap(([child, parent]) => (parent === number ? child : []));
  }

  /** Numbers of all issues and pull requests, in the order they were opened. */
  numbers(kind: "issue" | "pull"): number[] {
    return [...this.state.threads.values()].flatMap((one) =>
      (one.pull !== null) === (kind === "pull") ? one.number : [],
    );
  }
}
