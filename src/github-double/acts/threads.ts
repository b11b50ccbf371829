import { atLeast } from "../auth.ts";
import { checkBody, checkTitle } from "../input.ts";
import { Refusal, invalid, notFound } from "../refusal.ts";
import { type Account, type Author, type Repository, type Thread, isPull, sameName } from "../state.ts";
import { repositoryView } from "../views/repository.ts";
import { issueView, labelView } from "../views/thread.ts";
import { pullView } from "../views/pull.ts";
import type { World } from "../world.ts";

/** What happens to issues, and to pull requests where they behave like issues. Each act sends its webhook. */

/** Tells of a thread: what happens to a pull request arrives as `pull_request`, never as `issues`. */
export function tell(
  world: World,
  repo: Repository,
  thread: Thread,
  action: string,
  sender: Account,
  extra: Record<string, unknown> = {},
): void {
  const payload = isPull(thread)
    ? { number: thread.number, pull_request: pullView(world, repo, thread, "shown"), ...extra }
    : { issue: issueView(world, repo, thread), ...extra };
  world.emit({ event: isPull(thread) ? "pull_request" : "issues", action, repo, sender, payload });
}

export function findThread(repo: Repository, number: number): Thread {
  const thread = repo.threads.get(number);
  if (thread) return thread;
  if (repo.left.get(number) === "deleted") throw new Refusal(410, "This issue was deleted");
  throw notFound();
}

export type NewThread = { readonly title: string; readonly body: string; readonly labels?: readonly string[] };

/** A thread that nobody was told of yet. */
export function makeThread(world: World, repo: Repository, author: Author, thread: NewThread, pull: Thread["pull"]) {
  const resource = pull ? "PullRequest" : "Issue";
  const made: Thread = {
    id: world.id(),
    number: repo.nextNumber++,
    author,
    title: checkTitle(resource, thread.title),
    body: checkBody(resource, thread.body),
    ...{ locked: false, state: "open", stateReason: null, labels: [], closedAt: null, closedBy: null },
    ...{ createdAt: world.time(), updatedAt: world.time() },
    pull,
  };
  repo.threads.set(made.number, made);
  return made;
}

export function openIssue(world: World, repo: Repository, author: Author, issue: NewThread): Thread {
  checkTitle("Issue", issue.title);
  checkBody("Issue", issue.body);
  const thread = makeThread(world, repo, author, issue, null);
  tell(world, repo, thread, "opened", author.account);
  if (issue.labels?.length) addLabels(world, repo, thread, author.account, issue.labels);
  return thread;
}

export type Edit = { readonly title?: string | undefined; readonly body?: string | undefined };

export function editThread(world: World, repo: Repository, thread: Thread, by: Account, edit: Edit): void {
  const resource = isPull(thread) ? "PullRequest" : "Issue";
  const changes: Record<string, { from: string }> = {};
  const title = edit.title === undefined ? thread.title : checkTitle(resource, edit.title);
  const body = edit.body === undefined ? thread.body : checkBody(resource, edit.body);
  if (title !== thread.title) changes["title"] = { from: thread.title };
  if (body !== thread.body) changes["body"] = { from: thread.body };
  if (Object.keys(changes).length === 0) return;
  Object.assign(thread, { title, body, updatedAt: world.time() });
  tell(world, repo, thread, "edited", by, { changes });
}

export type Reason = Exclude<Thread["stateReason"], "reopened">;

export function closeThread(world: World, repo: Repository, thread: Thread, by: Account, reason: Reason): void {
  if (thread.state === "closed") return;
  const stateReason = isPull(thread) ? null : (reason ?? "completed");
  Object.assign(thread, {
    state: "closed",
    stateReason,
    closedAt: world.time(),
    updatedAt: world.time(),
    closedBy: by,
  });
  tell(world, repo, thread, "closed", by);
}

export function reopenThread(world: World, repo: Repository, thread: Thread, by: Account): void {
  if (thread.state === "open") return;
  if (isPull(thread) && thread.pull.merged)
    throw invalid("PullRequest", "state", "invalid", "state cannot be changed. The pull request cannot be reopened.");
  const stateReason = isPull(thread) ? null : "reopened";
  Object.assign(thread, { state: "open", stateReason, closedAt: null, closedBy: null, updatedAt: world.time() });
  tell(world, repo, thread, "reopened", by);
}

/** While it is locked only people who may write say something there: no App, and no sign either. */
export function lockThread(
  world: World,
  repo: Repository,
  thread: Thread,
  by: Account,
  is: "locked" | "unlocked",
): void {
  if (thread.locked === (is === "locked")) return;
  thread.locked = is === "locked";
  tell(world, repo, thread, is, by);
}

export function refuseLocked(world: World, repo: Repository, thread: Thread, author: Author): void {
  const mayWrite = author.app === null && atLeast(world.permission(repo, author.account), "write");
  if (thread.locked && !mayWrite) throw new Refusal(403, "Unable to create comment because issue is locked.");
}

const LABELS_MAX = 100;

/** Labels unknown to the repository are made on first use. */
export function addLabels(world: World, repo: Repository, thread: Thread, by: Account, names: readonly string[]): void {
  for (const name of names) {
    if (name.trim() === "") throw invalid("Label", "name", "missing_field");
    if (thread.labels.some((label) => sameName(label, name))) continue;
    if (thread.labels.length >= LABELS_MAX)
      throw invalid("Issue", "labels", "custom", "Issues cannot have more than 100 labels");
    const known = repo.labels.get(name.toLowerCase());
    if (!known) createLabel(world, repo, by, name);
    thread.labels.push(known?.name ?? name);
    thread.updatedAt = world.time();
    tell(world, repo, thread, "labeled", by, { label: labelView(world, repo, name) });
  }
}

export function removeLabel(world: World, repo: Repository, thread: Thread, by: Account, name: string): void {
  const at = thread.labels.findIndex((label) => sameName(label, name));
  if (at < 0) throw new Refusal(404, "Label does not exist");
  thread.labels.splice(at, 1);
  thread.updatedAt = world.time();
  tell(world, repo, thread, "unlabeled", by, { label: labelView(world, repo, name) });
}

export function createLabel(
  world: World,
  repo: Repository,
  by: Account,
  name: string,
  color?: string,
  description?: string | null,
): void {
  if (repo.labels.has(name.toLowerCase())) throw invalid("Label", "name", "already_exists");
  repo.labels.set(name.toLowerCase(), world.label(name, color, description ?? null));
  world.emit({ event: "label", action: "created", repo, sender: by, payload: { label: labelView(world, repo, name) } });
}

/** Moves an issue to another repository, where it gets a new number and keeps its comments. */
export function transferIssue(world: World, from: Repository, thread: Thread, by: Account, to: Repository): Thread {
  const moved: Thread = { ...thread, number: to.nextNumber++, labels: [], updatedAt: world.time() };
  to.threads.set(moved.number, moved);
  for (const comment of [...from.comments.values()].filter((one) => one.thread === thread)) {
    from.comments.delete(comment.id);
    to.comments.set(comment.id, { ...comment, thread: moved });
  }
  const changes = { new_issue: issueView(world, to, moved), new_repository: repositoryView(world, to) };
  from.threads.delete(thread.number);
  from.left.set(thread.number, { to, number: moved.number });
  tell(world, from, thread, "transferred", by, { changes });
  const origin = { old_issue: issueView(world, from, thread), old_repository: repositoryView(world, from) };
  tell(world, to, moved, "opened", by, { changes: origin });
  return moved;
}

export function deleteIssue(world: World, repo: Repository, thread: Thread, by: Account): void {
  repo.threads.delete(thread.number);
  for (const comment of [...repo.comments.values()]) if (comment.thread === thread) repo.comments.delete(comment.id);
  repo.left.set(thread.number, "deleted");
  tell(world, repo, thread, "deleted", by);
}
