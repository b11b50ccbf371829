import { type Mergeability, mergeability, pullChanges, pullCommits } from "../mergeability.ts";
import type { PullThread, Repository, Review, ReviewComment } from "../state.ts";
import type { World } from "../world.ts";
import { accountView, association, nodeId } from "./account.ts";
import { repositoryUrl, repositoryView } from "./repository.ts";
import { pageOf, reactionsView, threadView, writtenBy } from "./thread.ts";

/** Pull requests, reviews and their inline comments as the API shows them. */

function endView(world: World, repo: Repository, ref: string, sha: string) {
  return {
    label: `${repo.owner.login}:${ref}`,
    ref,
    sha,
    user: accountView(world, repo.owner),
    // Null once a fork is deleted.
    repo: world.repositories.has(repo.id) ? repositoryView(world, repo) : null,
  };
}

/** A pull request as lists show it. */
export function pullSummaryView(world: World, repo: Repository, thread: PullThread) {
  const { pull } = thread;
  const root = repositoryUrl(world, repo);
  const url = `${root}/pulls/${thread.number}`;
  const page = pageOf(world, repo, thread);
  const urls = {
    issue_url: `${root}/issues/${thread.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${root}/pulls/comments{/number}`,
    comments_url: `${root}/issues/${thread.number}/comments`,
    statuses_url: `${root}/statuses/${pull.headSha}`,
  };
  const links = {
    self: { href: url },
    html: { href: page },
    issue: { href: urls.issue_url },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: urls.review_comment_url },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
  return {
    ...threadView(world, repo, thread),
    ...{ id: pull.id, node_id: nodeId("PR", pull.id), url, html_url: page, ...urls, _links: links },
    ...{ diff_url: `${page}.diff`, patch_url: `${page}.patch`, requested_reviewers: [], requested_teams: [] },
    draft: pull.draft,
    merged_at: pull.merged?.at ?? null,
    // Before the merge this names a test merge, never the merged commit.
    merge_commit_sha: pull.merged?.sha ?? pull.mergeability?.testMerge ?? null,
    head: endView(world, pull.headRepository, pull.headRef, pull.headSha),
    base: endView(world, repo, pull.baseRef, pull.baseSha),
    auto_merge: null,
  };
}

/** `asked` is "read" when a client reads: only that makes GitHub work out whether the branches merge. */
export function pullView(world: World, repo: Repository, thread: PullThread, asked: "read" | "shown") {
  const { pull } = thread;
  const merges: Mergeability = mergeability(world, repo, thread, asked);
  const changes = pullChanges(repo, pull);
  const sum = (field: "additions" | "deletions") => changes.reduce((total, file) => total + file[field], 0);
  return {
    ...pullSummaryView(world, repo, thread),
    merged: pull.merged !== null,
    ...merges,
    rebaseable: null,
    merged_by: pull.merged ? accountView(world, pull.merged.by) : null,
    comments: [...repo.comments.values()].filter((comment) => comment.thread === thread).length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: false,
    commits: pullCommits(repo, pull).length,
    ...{ additions: sum("additions"), deletions: sum("deletions"), changed_files: changes.length },
  };
}

export function reviewView(world: World, repo: Repository, thread: PullThread, review: Review) {
  const page = `${pageOf(world, repo, thread)}#pullrequestreview-${review.id}`;
  const pullUrl = `${repositoryUrl(world, repo)}/pulls/${thread.number}`;
  return {
    id: review.id,
    node_id: nodeId("PRR", review.id),
    user: accountView(world, review.author.account),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pullUrl,
    author_association: association(repo, review.author.account),
    _links: { html: { href: page }, pull_request: { href: pullUrl } },
    submitted_at: review.submittedAt,
    commit_id: review.commitId,
  };
}

export function reviewCommentView(world: World, repo: Repository, thread: PullThread, comment: ReviewComment) {
  const root = `${repositoryUrl(world, repo)}/pulls`;
  const url = `${root}/comments/${comment.id}`;
  const page = `${pageOf(world, repo, thread)}#discussion_r${comment.id}`;
  const pullUrl = `${root}/${thread.number}`;
  const { user, author_association } = writtenBy(world, repo, comment.author);
  return {
    ...{ id: comment.id, node_id: nodeId("PRRC", comment.id), pull_request_review_id: comment.reviewId, url },
    ...{ diff_hunk: comment.diffHunk, path: comment.path, body: comment.body, user, author_association },
    ...{ commit_id: comment.commitId, original_commit_id: comment.originalCommitId },
    ...{ created_at: comment.createdAt, updated_at: comment.updatedAt, html_url: page, pull_request_url: pullUrl },
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl } },
    reactions: reactionsView(
      url,
      comment.reactions.map((reaction) => reaction.content),
    ),
    ...{ start_line: comment.startLine, original_start_line: comment.startLine },
    start_side: comment.startLine === null ? null : comment.side,
    ...{ line: comment.line, original_line: comment.originalLine, side: comment.side, subject_type: "line" },
    ...{ position: comment.line === null ? null : 1, original_position: 1 },
    ...(comment.inReplyTo === null ? {} : { in_reply_to_id: comment.inReplyTo }),
  };
}
