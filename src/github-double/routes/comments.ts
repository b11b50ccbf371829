import { addComment, commentsOf, deleteComment, editComment, findComment, react } from "../acts/comments.ts";
import { atLeast, authorOf } from "../auth.ts";
import { oneOf, text } from "../input.ts";
import { listed, ordered } from "../paging.ts";
import { Refusal, notAccessible } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import type { Comment } from "../state.ts";
import { accountView, nodeId } from "../views/account.ts";
import { commentView } from "../views/thread.ts";
import { checkKind, threadOf } from "./issues.ts";

/** Comments of issues and pull requests, and reactions to them. */
const READ = may("read", "issues:read", "pull_requests:read");
const WRITE = may("read", "issues:write", "pull_requests:write");
const REACTIONS = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;

function commentOf(call: RepoCall): Comment {
  return findComment(call.repo, Number(call.params["comment_id"]));
}

function list(call: RepoCall) {
  const since = call.query.get("since") ?? "";
  const found = commentsOf(call.repo, threadOf(call)).filter((comment) => comment.updatedAt >= since);
  return listed(call, found, (comment) => commentView(call.world, call.repo, comment));
}

/** All comments of the repository: what a program that missed webhooks reads. */
function listAll(call: RepoCall) {
  const since = call.query.get("since") ?? "";
  const found = [...call.repo.comments.values()].filter((comment) => comment.updatedAt >= since);
  return listed(call, ordered(call, found, "asc"), (comment) => commentView(call.world, call.repo, comment));
}

function create(call: RepoCall) {
  const thread = threadOf(call);
  checkKind(call, thread, "write");
  const made = addComment(call.world, call.repo, thread, authorOf(call.actor), text(call.body, "body"));
  return { status: 201, body: commentView(call.world, call.repo, made) };
}

/** Somebody else's comment is edited or deleted by who may write to the repository; an App edits its own. */
function mayChange({ world, repo, actor }: RepoCall, comment: Comment): void {
  const own = authorOf(actor).account === comment.author.account;
  if (own) return;
  if (actor.kind === "installation") throw notAccessible();
  if (actor.kind === "person" && atLeast(world.permission(repo, actor.account), "write")) return;
  throw new Refusal(403, "Must have admin rights to Repository.");
}

function update(call: RepoCall) {
  const comment = commentOf(call);
  mayChange(call, comment);
  editComment(call.world, call.repo, comment, authorOf(call.actor).account, text(call.body, "body"));
  return { status: 200, body: commentView(call.world, call.repo, comment) };
}

function remove(call: RepoCall) {
  const comment = commentOf(call);
  mayChange(call, comment);
  deleteComment(call.world, call.repo, comment, authorOf(call.actor).account);
  return { status: 204 };
}

export function addReaction(call: RepoCall, to: Pick<Comment, "reactions">) {
  const content = oneOf(call.body, "content", REACTIONS);
  if (!content) throw new Refusal(422, `Invalid request.\n\n"content" wasn't supplied.`);
  const { reaction, state } = react(call.world, to, authorOf(call.actor).account, content);
  return { status: state === "new" ? 201 : 200, body: reactionView(call, reaction) };
}

function reactionView({ world }: RepoCall, { id, content, createdAt, by }: Comment["reactions"][number]) {
  return { id, node_id: nodeId("REA", id), content, created_at: createdAt, user: accountView(world, by) };
}

export function listReactions(call: RepoCall, to: Pick<Comment, "reactions">) {
  const wanted = call.query.get("content");
  const found = to.reactions.filter(({ content }) => wanted === null || content === wanted);
  return listed(call, found, (one) => reactionView(call, one));
}

export const commentRoutes: readonly Route[] = [
  inRepo("GET /issues/{issue_number}/comments", READ, list),
  inRepo("POST /issues/{issue_number}/comments", WRITE, create, "content"),
  inRepo("GET /issues/comments", READ, listAll),
  inRepo("GET /issues/comments/{comment_id}", READ, (call) => ({
    status: 200,
    body: commentView(call.world, call.repo, commentOf(call)),
  })),
  inRepo("PATCH /issues/comments/{comment_id}", WRITE, update),
  inRepo("DELETE /issues/comments/{comment_id}", WRITE, remove),
  inRepo("POST /issues/comments/{comment_id}/reactions", WRITE, (call) => addReaction(call, commentOf(call))),
];
