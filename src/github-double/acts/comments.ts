import { checkBody } from "../input.ts";
import { invalid, notFound } from "../refusal.ts";
import type { Account, Author, Comment, Repository, Thread } from "../state.ts";
import { commentView, issueView } from "../views/thread.ts";
import { refuseLocked } from "./threads.ts";
import type { World } from "../world.ts";

/** Comments below issues and pull requests. Both arrive as `issue_comment`; only `issue.pull_request` tells them apart. */

function tellComment(
  world: World,
  repo: Repository,
  comment: Comment,
  action: string,
  sender: Account,
  extra: Record<string, unknown> = {},
): void {
  const issue = issueView(world, repo, comment.thread);
  const payload = { issue, comment: commentView(world, repo, comment), ...extra };
  world.emit({ event: "issue_comment", action, repo, sender, payload });
}

export function findComment(repo: Repository, id: number): Comment {
  const comment = repo.comments.get(id);
  if (!comment) throw notFound();
  return comment;
}

export function commentsOf(repo: Repository, thread: Thread): Comment[] {
  return [...repo.comments.values()].filter((comment) => comment.thread === thread);
}

function checked(body: string): string {
  if (body.trim() === "") throw invalid("IssueComment", "body", "missing_field", "Body cannot be blank");
  return checkBody("IssueComment", body);
}

export function addComment(world: World, repo: Repository, thread: Thread, author: Author, body: string): Comment {
  refuseLocked(world, repo, thread, author);
  const at = world.time();
  const made = { id: world.id(), thread, author, body: checked(body), createdAt: at, updatedAt: at, reactions: [] };
  repo.comments.set(made.id, made);
  thread.updatedAt = at;
  tellComment(world, repo, made, "created", author.account);
  return made;
}

export function editComment(world: World, repo: Repository, comment: Comment, by: Account, body: string): void {
  const from = comment.body;
  comment.body = checked(body);
  comment.updatedAt = world.time();
  if (from !== body) tellComment(world, repo, comment, "edited", by, { changes: { body: { from } } });
}

export function deleteComment(world: World, repo: Repository, comment: Comment, by: Account): void {
  repo.comments.delete(comment.id);
  tellComment(world, repo, comment, "deleted", by);
}

/** A reaction, and whether it is new: the same person's second one of a kind is the first one again. */
export function react(world: World, comment: Pick<Comment, "reactions">, by: Account, content: string) {
  const known = comment.reactions.find((one) => one.by === by && one.content === content);
  if (known) return { reaction: known, state: "known" as const };
  const reaction = { id: world.id(), by, content, createdAt: world.time() };
  comment.reactions.push(reaction);
  return { reaction, state: "new" as const };
}
