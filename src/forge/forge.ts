import { AsyncLocalStorage } from "node:async_hooks";
import type { Permission } from "../core/rules/heard.ts";
import type { MergeMethod, MergeRule } from "../core/rules/merge-rule.ts";
import type { InlineComment, IssueFacts, Person } from "../core/rules/trigger.ts";
import type { Snapshot } from "../trees/tree.ts";
import type { NewCheck, NewCommit, NewIssue, NewLabel, NewPull, NewReview } from "./written.ts";

/**
 * The port to GitHub, for one repository. A value of this type holds a token for that repository only; nothing here
 * takes a repository's name, so no caller can reach another one.
 *
 * Contract, held by `test/contracts/github.test.ts`:
 * - A meaningful "no" (moved, missing, refused) is a value. What is away for now throws `ForgeAway`.
 * - Creates are never repeated blindly: one attempt, and an unknown outcome throws `ForgeAway` with `outcome: "unknown"`.
 * - Every text that leaves passes `guard` (redaction, mentions, size) in the adapter, on every path.
 */
export type Forge = {
  /** What this App was not granted here, as far as it came to light; costs nothing. */
  missing(): Promise<MissingRights | null>;
  issue(number: number): Promise<IssueFacts | "gone">;
  /** A pull request as it stands now. `mergeable` is null while GitHub is still working it out. */
  pull(number: number): Promise<PullFacts | "gone">;
  /** `unknown` when the API did not answer properly, or the login is not the account `id` any more; every caller treats that as a no. */
  permission(login: string, id?: number): Promise<Permission>;
  /** The newest pull request from a branch of this repository, open or closed, or null. */
  pullOf(branch: string): Promise<number | null>;
  /** Head commit and whole tree of a branch or commit. Contents are fetched into the blob store. */
  snapshot(ref: string): Promise<Snapshot | "gone">;
  branchHead(branch: string): Promise<string | "gone">;
  /** The name of the default branch today. */
  defaultBranch(): Promise<string | "gone">;
  /**
   * The first of these that is a small file (up to a megabyte) of a branch or commit, without the rest of its tree; "gone" when
   * there is none, which is said only where the forge has listed the folders without it.
   */
  file(ref: string, ...paths: readonly string[]): Promise<FoundFile | "gone">;
  /** The commit at which the history of `head` left that of `base`. */
  mergeBase(base: string, head: string): Promise<string | "gone">;
  /** Merges of two that `head` has and `base` has not; the newest few. */
  merges(base: string, head: string): Promise<readonly MergeSeen[]>;
  /**
   * Check runs and commit statuses on a commit, newest of each name and suite. A suite that has begun and may still add
   * runs stands among them as pending; what could not be read to its end, as unclear.
   */
  checks(headSha: string): Promise<Check[]>;
  /** Names of the Apps, other than ours, that reported check runs on a commit. Cheaper than reading the runs. */
  checkers(sha: string): Promise<string[]>;

  /** Several of these questions in one. What the answer lacks has to be asked by itself. */
  lookTogether(wanted: Wanted): Promise<Together>;

  comments(issueNumber: number): Promise<ThreadComment[]>;
  reviews(pullNumber: number): Promise<ThreadComment[]>;
  /** @param calls whom it notifies: logins, or teams as `org/team`. Everybody else is named without being called. */
  comment(issueNumber: number, body: string, calls?: readonly string[]): Promise<{ id: number }>;
  editComment(id: number, body: string, calls?: readonly string[]): Promise<"edited" | "gone">;
  /** Only for a comment of ours that stands twice. */
  removeComment(id: number): Promise<void>;
  /** Where the forge does not take inline comments or the commit, the review stands without them. */
  review(pullNumber: number, review: NewReview): Promise<{ id: number }>;
  /** The inline comments of one review by a person; [] when there are none. */
  inlineComments(pullNumber: number, reviewId: number): Promise<InlineComment[]>;
  /** Our own answers to inline comments of a pull request: which comment each stands below. */
  inlineReplies(pullNumber: number): Promise<readonly { readonly id: number; readonly inReplyTo: number }[]>;
  /** Answers an inline comment of a person's review in its own thread; "gone" when it was deleted. */
  replyInline(pullNumber: number, inReplyTo: number, body: string): Promise<{ id: number } | "gone">;

  /**
   * Brings the conversations that our inline comments began into line with their findings, which their first line names by id:
   * settled ones are resolved unless a person spoke last, and what we resolved ourselves is opened again.
   */
  settleThreads(pullNumber: number, findings: ReadonlyMap<string, "settled" | "open">): Promise<void>;

  /** A small sign below something that a person wrote, which notifies nobody; the same sign twice is one. */
  react(to: Remarkable, sign: Sign): Promise<void>;

  /**
   * Opens an issue, or finds the one of ours that carries the marker. @param issue `marker` is a part of its body; `parent`:
   * whose part it is
   */
  openIssue(
    issue: NewIssue,
  ): Promise<{ number: number; state: "opened" | "found" } | { state: "refused"; reason: string }>;
  /** Puts an issue below its parent, where the forge knows such a thing. Doing it twice changes nothing. */
  attachChild(parent: number, child: number): Promise<"attached" | "unsupported">;
  closeIssue(number: number, as: "completed" | "not_planned"): Promise<void>;

  /** `there`: the repository has a label of this name, which stays as it is. */
  createLabel(label: NewLabel): Promise<"created" | "there">;
  /** Puts a label on an issue. One that the repository does not have is created as it should look; one that it has stays as it is. */
  addLabel(issueNumber: number, label: NewLabel): Promise<void>;
  removeLabel(issueNumber: number, label: string): Promise<void>;

  /** Writes a commit on `parent` and moves `branch` to it (creating it when `expectedHead` is null). */
  commit(commit: NewCommit): Promise<CommitOutcome>;
  openPull(
    pull: NewPull,
  ): Promise<{ number: number; state: "opened" | "found" } | { state: "refused"; reason: string }>;
  markReady(pullNumber: number): Promise<"ready" | "unsupported">;
  /**
   * Creates the check run or updates the one of that id. @param known `unsure` when an attempt to create it may have been
   * carried out: then it is looked for first
   * @returns its id
   */
  publishCheck(check: NewCheck, known: number | "new" | "unsure"): Promise<number>;
  /** @param method the only way to try; absent: the first that the repository allows */
  merge(
    pullNumber: number,
    headSha: string,
    title: string,
    message: string,
    method?: MergeMethod | null,
  ): Promise<MergeOutcome>;
  /** Where a pull request stands in its branch's merge queue. `out` is also what a merged one is. */
  mergeQueue(pullNumber: number): Promise<QueuePlace>;
};

export type FoundFile = { readonly path: string; readonly content: Buffer };

/** Rights such as `checks: write`, and the page on which somebody can grant them. */
export type MissingRights = { readonly rights: readonly string[]; readonly page: string };

/** A merge commit and its two parents. */
export type MergeSeen = { readonly merge: string; readonly one: string; readonly other: string };

/** By number, by name, and by commit: what to look at. */
export type Wanted = {
  readonly issue?: number;
  readonly pull?: number;
  readonly branch?: string;
  /** Another branch, such as one that would stand in the way. */
  readonly beside?: string;
  readonly checks?: string;
  readonly checkers?: string;
};
export type Together = {
  readonly issue?: IssueFacts;
  readonly pull?: PullFacts;
  readonly branch?: string;
  readonly beside?: string;
  readonly checks?: Check[];
  readonly checkers?: string[];
};

/** What can carry a sign: a comment, or an inline comment of a review. GitHub lets no App put one on a review itself. */
export type Remarkable = { readonly place: "comment" | "inline"; readonly id: number };
/** Heard; done; refused. */
export type Sign = "eyes" | "+1" | "confused";

export type PullFacts = {
  readonly number: number;
  readonly state: "open" | "closed";
  readonly merged: boolean;
  readonly mergedSha: string | null;
  readonly mergedBy: string | null;
  readonly draft: boolean;
  /** Whether only people may write there; absent where the forge did not say. */
  readonly locked?: boolean | undefined;
  readonly title: string;
  readonly body: string;
  readonly author: Person;
  readonly headSha: string;
  readonly headBranch: string;
  /** False for a fork's branch, which this App cannot write. */
  readonly headIsOurs: boolean;
  readonly baseBranch: string;
  readonly baseSha: string;
  readonly mergeable: boolean | null;
};

export type Check = {
  readonly name: string;
  /** Check runs of our own App are not evidence of the repository's own checks. */
  readonly ours: boolean;
  /**
   * `skipped`: it ended without looking at the code, which GitHub lets pass and which is evidence of nothing. `unclear`: it
   * ended without a verdict on the code (cancelled, a failed start, a person is asked), or could not be read.
   */
  readonly status: "pending" | "green" | "skipped" | "red" | "unclear";
  readonly summary: string;
  /** Of a red one: what it says about the code, line by line. Foreign text. */
  readonly says?: readonly string[];
};

/** A comment or review body with its author, as found in a thread. */
export type ThreadComment = {
  readonly id: number;
  readonly place: "comment" | "review";
  readonly body: string;
  readonly author: Person;
  /** Id of the App that wrote it, or null for a person. Logins prove nothing. */
  readonly appId: number | null;
  readonly createdAt: string;
  readonly edited: boolean;
};

export type CommitOutcome =
  | { readonly outcome: "committed"; readonly headSha: string; readonly treeSha: string }
  | { readonly outcome: "moved"; readonly headSha: string }
  | { readonly outcome: "refused"; readonly reason: string };

export type MergeOutcome =
  | { readonly outcome: "merged"; readonly sha: string }
  | { readonly outcome: "head-moved" }
  | { readonly outcome: "conflict" }
  /** The branch has a merge queue, and the pull request is in it. */
  | { readonly outcome: "queued" }
  /** `links`: what a person has to look at, such as conversations that are open. */
  | {
      readonly outcome: "refused";
      readonly rule: MergeRule;
      readonly reason: string;
      readonly links: readonly string[];
    };

export type QueuePlace =
  | { readonly state: "in"; readonly position: number }
  | { readonly state: "out" }
  | { readonly state: "unknown"; readonly reason: string };

/** GitHub could not be reached or told us to slow down. The step is tried again later. */
export class ForgeAway extends Error {
  readonly retryAfterMs: number | null;
  readonly outcome: "not-done" | "unknown";
  /**
   * `refused`: GitHub answered with a no, which may last. `out-of-reach`: the App is not let into the repository at all. Nothing is
   * known of the others but that they pass.
   */
  readonly nature: "away" | "refused" | "out-of-reach";
  constructor(
    reason: string,
    retryAfterMs: number | null,
    outcome: "not-done" | "unknown",
    nature: ForgeAway["nature"] = "away",
  ) {
    super(reason);
    this.name = "ForgeAway";
    this.retryAfterMs = retryAfterMs;
    this.outcome = outcome;
    this.nature = nature;
  }
}

/**
 * What a write has to ask when it has waited for its turn, such as for the pause between two writes: whether it may still be
 * done. A worker that was frozen meanwhile has lost its ticket to another one. It throws to keep the write from leaving.
 */
export const lastLook = new AsyncLocalStorage<() => Promise<void>>();
