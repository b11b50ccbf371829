import { commentsOf } from "./acts/comments.ts";
import { findThread } from "./acts/threads.ts";
import { filesAt } from "./ci.ts";
import { pullChanges } from "./mergeability.ts";
import { notFound } from "./refusal.ts";
import { type Author, type Repository, isPull } from "./state.ts";
import { resolve } from "./views/repository.ts";

/** What stands in a repository, as plain facts for a test or a page: no request, no permission, no log. */
export type Words = {
  readonly id: number;
  readonly author: string;
  /** Slug of the App that wrote it, or null for a person. */
  readonly app: string | null;
  readonly body: string;
  readonly createdAt: string;
};

export type ThreadFacts = {
  readonly number: number;
  readonly kind: "issue" | "pull";
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly state: "open" | "closed";
  readonly labels: readonly string[];
  readonly comments: readonly (Words & { readonly edited: boolean; readonly reactions: readonly string[] })[];
};

export type PullReading = {
  readonly headSha: string;
  readonly headBranch: string;
  readonly baseBranch: string;
  readonly stage: "draft" | "ready";
  readonly mergedSha: string | null;
  readonly reviews: readonly (Words & { readonly state: string; readonly commitId: string })[];
  readonly inline: readonly (Words & {
    readonly path: string;
    readonly line: number | null;
    readonly startLine: number | null;
    readonly inReplyTo: number | null;
    readonly resolved: boolean;
    readonly reactions: readonly string[];
  })[];
  readonly files: readonly string[];
};

export type CheckReading = {
  readonly name: string;
  readonly app: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string | null;
  readonly summary: string | null;
  readonly annotations: number;
};

export function readThread(repo: Repository, number: number): ThreadFacts {
  const thread = findThread(repo, number);
  const { title, body, state, labels } = thread;
  return {
    ...{ number, title, body, state, labels: [...labels], author: thread.author.account.login },
    kind: isPull(thread) ? "pull" : "issue",
    comments: commentsOf(repo, thread).map((comment) => ({
      ...words(comment, comment.createdAt),
      edited: comment.updatedAt !== comment.createdAt,
      reactions: comment.reactions.map((reaction) => reaction.content),
    })),
  };
}

function words({ id, author, body }: { id: number; author: Author; body: string }, createdAt: string): Words {
  return { id, author: author.account.login, app: author.app?.slug ?? null, body, createdAt };
}

export function readPull(repo: Repository, number: number): PullReading {
  const thread = findThread(repo, number);
  if (!isPull(thread)) throw notFound();
  const { pull } = thread;
  return {
    ...{ headSha: pull.headSha, headBranch: pull.headRef, baseBranch: pull.baseRef },
    stage: pull.draft ? "draft" : "ready",
    mergedSha: pull.merged?.sha ?? null,
    reviews: pull.reviews.map((review) => ({
      ...words(review, review.submittedAt),
      ...{ state: review.state, commitId: review.commitId },
    })),
    inline: pull.reviewComments.map((comment) => ({
      ...words(comment, comment.createdAt),
      ...{
        path: comment.path,
        line: comment.line,
        startLine: comment.startLine,
        inReplyTo: comment.inReplyTo,
        resolved: comment.resolved,
      },
      reactions: comment.reactions.map((reaction) => reaction.content),
    })),
    files: pullChanges(repo, pull).map((file) => file.path),
  };
}

export function readChecks(repo: Repository, sha: string): CheckReading[] {
  const runs = [...repo.runs.values()].filter((run) => run.suite.headSha === sha);
  return runs.map(({ suite, name, status, conclusion, title, summary, annotations }) => {
    return { name, app: suite.app.slug, status, conclusion, title, summary, annotations: annotations.length };
  });
}

/** Files by path at a branch, tag or commit. */
export function readFiles(repo: Repository, ref: string): Map<string, Buffer> {
  const sha = resolve(repo, ref);
  if (!sha) throw notFound();
  return filesAt(repo, sha);
}
