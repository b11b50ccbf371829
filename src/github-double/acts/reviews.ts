import { type Side, hunkAt, hunkHeader } from "../diff.ts";
import { checkBody } from "../input.ts";
import { pullChanges, pullCommits } from "../mergeability.ts";
import { invalid, notFound, unprocessable } from "../refusal.ts";
import type { Account, Author, PullThread, Repository, Review, ReviewComment } from "../state.ts";
import { pullSummaryView, reviewCommentView, reviewView } from "../views/pull.ts";
import type { World } from "../world.ts";

/** Reviews with inline comments, replies in their threads, and resolving them. */
export type NewReview = {
  readonly event: "APPROVE" | "REQUEST_CHANGES" | "COMMENT";
  readonly body: string;
  readonly commitId?: string | undefined;
  readonly comments: readonly NewInline[];
};

export type NewInline = {
  readonly path: string;
  readonly body: string;
  readonly line: number;
  readonly side: Side;
  readonly startLine?: number | undefined;
};

const STATES = { APPROVE: "APPROVED", REQUEST_CHANGES: "CHANGES_REQUESTED", COMMENT: "COMMENTED" } as const;

/** All or nothing: one comment outside the diff refuses the whole review. */
export function submitReview(
  world: World,
  repo: Repository,
  thread: PullThread,
  author: Author,
  wanted: NewReview,
): Review {
  checkReview(repo, thread, author, wanted);
  const id = world.id();
  const inline = wanted.comments.map((comment) => makeInline(world, repo, thread, author, id, comment));
  const review: Review = {
    ...{ id, author, body: wanted.body, state: STATES[wanted.event], submittedAt: world.time() },
    commitId: wanted.commitId ?? thread.pull.headSha,
  };
  thread.pull.reviews.push(review);
  thread.pull.reviewComments.push(...inline);
  thread.updatedAt = world.time();
  tellReview(world, repo, thread, review);
  for (const comment of inline) tellInline(world, repo, thread, comment, author);
  return review;
}

function checkReview(repo: Repository, thread: PullThread, author: Author, wanted: NewReview): void {
  if (thread.locked && author.app) throw unprocessable("lock prevents review");
  if (thread.author.account === author.account && wanted.event !== "COMMENT") {
    const act = wanted.event === "APPROVE" ? "approve" : "request changes on";
    throw unprocessable(`Can not ${act} your own pull request`);
  }
  if (wanted.event !== "APPROVE" && wanted.body.trim() === "" && wanted.comments.length === 0) {
    throw invalid("PullRequestReview", "body", "missing_field", "Body cannot be blank");
  }
  if (wanted.event === "REQUEST_CHANGES" && wanted.body.trim() === "") {
    throw unprocessable("Body cannot be blank when requesting changes");
  }
  checkBody("PullRequestReview", wanted.body);
  const { commitId } = wanted;
  if (commitId !== undefined && !pullCommits(repo, thread.pull).some((commit) => commit.sha === commitId)) {
    throw unprocessable("The commit_id is not part of the pull request");
  }
}

function makeInline(
  world: World,
  repo: Repository,
  thread: PullThread,
  author: Author,
  reviewId: number,
  wanted: NewInline,
): ReviewComment {
  const { path, line, side, startLine } = wanted;
  const change = pullChanges(repo, thread.pull).find((file) => file.path === path);
  if (!change) throw unprocessable("Path could not be resolved");
  const hunk = hunkAt(change, side, line);
  if (!hunk) throw unprocessable("Line could not be resolved");
  if (startLine !== undefined && (startLine >= line || hunkAt(change, side, startLine) !== hunk)) {
    throw unprocessable("Start line must precede the end line and be part of the same hunk");
  }
  if (wanted.body.trim() === "") throw unprocessable("Body cannot be blank");
  const at = world.time();
  return {
    ...{ id: world.id(), reviewId, author, inReplyTo: null, path, side, line, originalLine: line },
    ...{ startLine: startLine ?? null, commitId: thread.pull.headSha, originalCommitId: thread.pull.headSha },
    ...{
      diffHunk: `${hunkHeader(hunk)}\n${hunk.lines.join("\n")}`,
      body: checkBody("PullRequestReviewComment", wanted.body),
    },
    ...{ createdAt: at, updatedAt: at, resolved: false, resolvedBy: null, reactions: [] },
  };
}

/** Answers an inline comment. GitHub keeps threads flat: a reply to a reply belongs to the first comment. */
export function reply(
  world: World,
  repo: Repository,
  thread: PullThread,
  author: Author,
  to: number,
  body: string,
): ReviewComment {
  const target = thread.pull.reviewComments.find((comment) => comment.id === to);
  if (!target) throw notFound();
  if (body.trim() === "") throw invalid("PullRequestReviewComment", "body", "missing_field");
  checkBody("PullRequestReviewComment", body);
  const review: Review = {
    ...{ id: world.id(), author, body: "", state: "COMMENTED", submittedAt: world.time() },
    commitId: thread.pull.headSha,
  };
  const at = world.time();
  const made: ReviewComment = {
    ...target,
    ...{ id: world.id(), reviewId: review.id, author, body, inReplyTo: target.inReplyTo ?? target.id },
    ...{ createdAt: at, updatedAt: at, reactions: [] },
  };
  // A single reply is a review of its own: it shows up in the list of reviews with an empty body.
  thread.pull.reviews.push(review);
  thread.pull.reviewComments.push(made);
  tellReview(world, repo, thread, review);
  tellInline(world, repo, thread, made, author);
  return made;
}

/** Takes a yes or a no of a review back; its words stay. */
export function dismissReview(world: World, repo: Repository, thread: PullThread, by: Account, id: number): void {
  const review = thread.pull.reviews.find((one) => one.id === id);
  if (!review) throw notFound();
  if (review.state !== "APPROVED" && review.state !== "CHANGES_REQUESTED")
    throw unprocessable("Can not dismiss a commented pull request review");
  review.state = "DISMISSED";
  tellReview(world, repo, thread, review, { action: "dismissed", by });
}

type Told = { readonly action: "submitted" | "dismissed"; readonly by: Account };

function tellReview(
  world: World,
  repo: Repository,
  thread: PullThread,
  review: Review,
  { action, by }: Told = { action: "submitted", by: review.author.account },
): void {
  const shown = reviewView(world, repo, thread, review);
  const payload = {
    review: { ...shown, state: shown.state.toLowerCase() },
    pull_request: pullSummaryView(world, repo, thread),
  };
  world.emit({ event: "pull_request_review", action, repo, sender: by, payload });
}

function tellInline(world: World, repo: Repository, thread: PullThread, comment: ReviewComment, author: Author): void {
  const payload = {
    comment: reviewCommentView(world, repo, thread, comment),
    pull_request: pullSummaryView(world, repo, thread),
  };
  world.emit({ event: "pull_request_review_comment", action: "created", repo, sender: author.account, payload });
}
