import type { KeyObject } from "node:crypto";
import type { GitStore } from "./objects.ts";

/** Rules of a repository about what may be merged into its default branch, as a ruleset sets them. */
export type BranchRules = {
  readonly linearHistory?: "required";
  readonly conversations?: "resolved";
  /** Approving reviews by people. */
  readonly approvals?: number;
  readonly queue?: "required";
  /** Environments to which the head has to be deployed. */
  readonly deployments?: readonly string[];
  /** What the message of each commit has to fit that comes into the branch. */
  readonly message?: RegExp;
};

/** Everything this GitHub remembers, as plain data. Acts change it, views show it, nothing is stored on disk. */
export type Permission = "admin" | "maintain" | "write" | "triage" | "read" | "none";
export type Level = "read" | "write";
export type Grants = Readonly<Record<string, Level>>;

export type Account = {
  readonly id: number;
  readonly login: string;
  readonly type: "User" | "Organization" | "Bot";
};

export type App = {
  readonly id: number;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where people who log in with the App may be sent back to. */
  callbackUrl: string | null;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly privateKey: string;
  readonly publicKey: KeyObject;
  readonly permissions: Grants;
  readonly events: readonly string[];
  readonly webhookSecret: string;
  webhookUrl: string | null;
  readonly createdAt: string;
};

export type Installation = {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  readonly repositoryIds: Set<number>;
  readonly createdAt: string;
};

/** Who wrote something: a person, or an App through its bot account. */
export type Author = { readonly account: Account; readonly app: App | null };

export type Repository = {
  readonly id: number;
  owner: Account;
  name: string;
  visibility: "public" | "private";
  /** Read-only for everybody until it is taken out of the archive. */
  archived: boolean;
  defaultBranch: string;
  readonly forkOf: Repository | null;
  /** Shared with every fork, as GitHub shares one object database in a network of forks. */
  readonly git: GitStore;
  /** Full ref name (`refs/heads/main`) to commit. */
  readonly refs: Map<string, string>;
  readonly people: Map<string, Permission>;
  readonly labels: Map<string, Label>;
  readonly threads: Map<number, Thread>;
  /** Issues that are no longer here: deleted, or transferred to another repository. */
  readonly left: Map<number, "deleted" | { readonly to: Repository; readonly number: number }>;
  /** Issues below others: child's number to parent's. */
  readonly parents: Map<number, number>;
  readonly comments: Map<number, Comment>;
  readonly suites: Map<number, CheckSuite>;
  readonly runs: Map<number, CheckRun>;
  readonly statuses: Status[];
  /** Deployments that succeeded and are the newest of their environment. */
  readonly deployed: { readonly sha: string; readonly environment: string }[];
  /** Names of check runs or statuses without which nothing merges into the default branch. */
  requiredChecks: readonly string[];
  mergeMethods: readonly MergeMethod[];
  /** What else has to be so before something is merged into the default branch. */
  rules: BranchRules;
  /** Numbers of the pull requests in the default branch's merge queue, first come first. */
  readonly queue: number[];
  nextNumber: number;
  readonly createdAt: string;
};

export type MergeMethod = "merge" | "squash" | "rebase";

export type Label = {
  readonly id: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  readonly origin: "github" | "people";
};

export type Thread = {
  readonly id: number;
  readonly number: number;
  readonly author: Author;
  title: string;
  body: string;
  locked: boolean;
  state: "open" | "closed";
  stateReason: "completed" | "not_planned" | "reopened" | "duplicate" | null;
  readonly labels: string[];
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  closedBy: Account | null;
  readonly pull: Pull | null;
};

export type Pull = {
  readonly id: number;
  readonly headRepository: Repository;
  readonly headRef: string;
  headSha: string;
  readonly baseRef: string;
  baseSha: string;
  draft: boolean;
  merged: { readonly at: string; readonly by: Account; readonly sha: string } | null;
  /** For which head and base it was worked out; null until somebody has asked. */
  mergeability: { readonly head: string; readonly base: string; readonly testMerge: string | null } | null;
  readonly reviews: Review[];
  readonly reviewComments: ReviewComment[];
};

export type PullThread = Thread & { readonly pull: Pull };

export type Comment = {
  readonly id: number;
  readonly thread: Thread;
  readonly author: Author;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  readonly reactions: {
    readonly id: number;
    readonly by: Account;
    readonly content: string;
    readonly createdAt: string;
  }[];
};

export type Review = {
  readonly id: number;
  readonly author: Author;
  readonly body: string;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  readonly commitId: string;
  readonly submittedAt: string;
};

export type ReviewComment = {
  readonly id: number;
  readonly reviewId: number;
  readonly author: Author;
  readonly inReplyTo: number | null;
  readonly path: string;
  readonly side: "LEFT" | "RIGHT";
  readonly startLine: number | null;
  readonly originalLine: number;
  /** Null once a later commit changed the line: GitHub calls the comment outdated. */
  line: number | null;
  commitId: string;
  readonly originalCommitId: string;
  readonly diffHunk: string;
  body: string;
  readonly createdAt: string;
  updatedAt: string;
  resolved: boolean;
  resolvedBy: Account | null;
  readonly reactions: Comment["reactions"];
};

export type CheckSuite = {
  readonly id: number;
  readonly app: App;
  readonly headSha: string;
  readonly headBranch: string | null;
  readonly before: string | null;
  readonly createdAt: string;
};

export type Conclusion =
  | "success"
  | "failure"
  | "neutral"
  | "cancelled"
  | "skipped"
  | "timed_out"
  | "action_required"
  | "stale"
  | "startup_failure";

export type CheckRun = {
  readonly id: number;
  readonly suite: CheckSuite;
  name: string;
  status: "queued" | "in_progress" | "completed" | "waiting" | "requested" | "pending";
  conclusion: Conclusion | null;
  detailsUrl: string | null;
  externalId: string;
  startedAt: string | null;
  completedAt: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Record<string, unknown>[];
};

export type Status = {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: "error" | "failure" | "pending" | "success";
  readonly description: string | null;
  readonly by: Account;
  readonly createdAt: string;
};

export const ZERO_SHA = "0".repeat(40);

export function fullName(repo: Repository): string {
  return `${repo.owner.login}/${repo.name}`;
}

export function isPull(thread: Thread): thread is PullThread {
  return thread.pull !== null;
}

export function branchHead(repo: Repository, branch: string): string | undefined {
  return repo.refs.get(`refs/heads/${branch}`);
}

/** GitHub's logins, repository and label names ignore case. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
