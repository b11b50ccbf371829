import { type NewInline, reply, submitReview } from "../acts/reviews.ts";
import { authorOf } from "../auth.ts";
import { type Json, objects, oneOf, optionalInteger, optionalText, text } from "../input.ts";
import { listed } from "../paging.ts";
import { Refusal, notFound, unprocessable } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import type { Side } from "../diff.ts";
import { isPull } from "../state.ts";
import { reviewCommentView, reviewView } from "../views/pull.ts";
import { addReaction, listReactions } from "./comments.ts";
import { pullOf } from "./pulls.ts";

/** Reviews of pull requests, their inline comments, and replies to these. */
const READ = may("read", "pull_requests:read");
const WRITE = may("read", "pull_requests:write");

function inlineOf(comment: Json): NewInline {
  const line = optionalInteger(comment, "line");
  // `position` counts lines of the diff and is being retired; this GitHub wants lines of the file.
  if (line === undefined) throw unprocessable("Line could not be resolved");
  return {
    path: text(comment, "path"),
    body: text(comment, "body"),
    line,
    side: oneOf<Side>(comment, "side", ["LEFT", "RIGHT"]) ?? "RIGHT",
    startLine: optionalInteger(comment, "start_line"),
  };
}

function create(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const thread = pullOf(call);
  const event = oneOf(body, "event", ["APPROVE", "REQUEST_CHANGES", "COMMENT"]);
  // Without an event GitHub keeps a pending review that nobody else sees: a program that forgets it has said nothing.
  if (!event) throw new Refusal(501, "Pending reviews are not supported by this server: send an event.");
  const review = submitReview(world, repo, thread, authorOf(actor), {
    ...{ event, body: optionalText(body, "body") ?? "", commitId: optionalText(body, "commit_id") },
    comments: objects(body, "comments").map(inlineOf),
  });
  return { status: 200, body: reviewView(world, repo, thread, review) };
}

function list(call: RepoCall) {
  const thread = pullOf(call);
  return listed(call, thread.pull.reviews, (review) => reviewView(call.world, call.repo, thread, review));
}

function listInline(call: RepoCall) {
  const thread = pullOf(call);
  const since = call.query.get("since") ?? "";
  const found = thread.pull.reviewComments.filter((comment) => comment.updatedAt >= since);
  return listed(call, found, (comment) => reviewCommentView(call.world, call.repo, thread, comment));
}

function listOfReview(call: RepoCall) {
  const thread = pullOf(call);
  const id = Number(call.params["review_id"]);
  if (!thread.pull.reviews.some((review) => review.id === id)) throw notFound();
  const found = thread.pull.reviewComments.filter((comment) => comment.reviewId === id);
  return listed(call, found, (comment) => reviewCommentView(call.world, call.repo, thread, comment));
}

function listInlineOfAll(call: RepoCall) {
  const since = call.query.get("since") ?? "";
  const all = [...call.repo.threads.values()].flatMap((thread) =>
    isPull(thread) ? thread.pull.reviewComments.map((comment) => ({ thread, comment })) : [],
  );
  const found = all.filter(({ comment }) => comment.updatedAt >= since);
  const isAscending = call.query.get("direction") !== "desc";
  const inOrder = isAscending ? found : found.toReversed();
  return listed(call, inOrder, ({ thread, comment }) => reviewCommentView(call.world, call.repo, thread, comment));
}

function createReply(call: RepoCall) {
  const thread = pullOf(call);
  const to = Number(call.params["comment_id"]);
  const made = reply(call.world, call.repo, thread, authorOf(call.actor), to, text(call.body, "body"));
  return { status: 201, body: reviewCommentView(call.world, call.repo, thread, made) };
}

function inlineOfRepository({ repo, params }: RepoCall) {
  const all = [...repo.threads.values()].flatMap((thread) => (isPull(thread) ? thread.pull.reviewComments : []));
  const found = all.find((comment) => comment.id === Number(params["comment_id"]));
  if (!found) throw notFound();
  return found;
}

export const reviewRoutes: readonly Route[] = [
  inRepo("GET /pulls/{pull_number}/reviews", READ, list),
  inRepo("POST /pulls/{pull_number}/reviews", WRITE, create, "content"),
  inRepo("GET /pulls/{pull_number}/reviews/{review_id}/comments", READ, listOfReview),
  inRepo("GET /pulls/{pull_number}/comments", READ, listInline),
  inRepo("POST /pulls/{pull_number}/comments/{comment_id}/replies", WRITE, createReply, "content"),
  inRepo("GET /pulls/comments", READ, listInlineOfAll),
  inRepo("GET /pulls/comments/{comment_id}/reactions", READ, (call) => listReactions(call, inlineOfRepository(call))),
  // Nobody is told of a reaction, so it counts as no content.
  inRepo("POST /pulls/comments/{comment_id}/reactions", WRITE, (call) => addReaction(call, inlineOfRepository(call))),
];
