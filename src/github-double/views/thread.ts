import { type Author, type Comment, type Repository, type Thread, fullName, isPull } from "../state.ts";
import type { World } from "../world.ts";
import { accountView, appView, association, nodeId } from "./account.ts";
import { repositoryUrl } from "./repository.ts";

/** Issues and their comments as the API shows them. A pull request can be read as an issue, too. */

export function reactionsView(url: string, contents: readonly string[] = []) {
  const kinds = ["+1", "-1", "laugh", "hooray", "confused", "heart", "rocket", "eyes"];
  const counts = kinds.map((kind) => [kind, contents.filter((content) => content === kind).length]);
  return { url: `${url}/reactions`, total_count: contents.length, ...Object.fromEntries(counts) };
}

export function writtenBy(world: World, repo: Repository, author: Author) {
  return {
    user: accountView(world, author.account),
    author_association: association(repo, author.account),
    performed_via_github_app: author.app ? appView(world, author.app) : null,
  };
}

export function labelView(world: World, repo: Repository, name: string) {
  const label = repo.labels.get(name.toLowerCase());
  return {
    id: label?.id ?? 0,
    node_id: nodeId("LA", label?.id ?? 0),
    url: `${repositoryUrl(world, repo)}/labels/${encodeURIComponent(name)}`,
    name: label?.name ?? name,
    color: label?.color ?? "ededed",
    default: label?.origin === "github",
    description: label?.description ?? null,
  };
}

export function pageOf(world: World, repo: Repository, thread: Thread): string {
  return `${world.url}/${fullName(repo)}/${isPull(thread) ? "pull" : "issues"}/${thread.number}`;
}

/** What issues and pull requests share. */
export function threadView(world: World, repo: Repository, thread: Thread) {
  return {
    number: thread.number,
    title: thread.title,
    // GitHub stores an empty body as null.
    body: thread.body === "" ? null : thread.body,
    state: thread.state,
    ...{ locked: thread.locked, active_lock_reason: null },
    user: accountView(world, thread.author.account),
    author_association: association(repo, thread.author.account),
    labels: thread.labels.map((name) => labelView(world, repo, name)),
    ...{ assignee: null, assignees: [], milestone: null },
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    closed_at: thread.closedAt,
  };
}

export function issueView(world: World, repo: Repository, thread: Thread) {
  const url = `${repositoryUrl(world, repo)}/issues/${thread.number}`;
  const pullUrl = `${repositoryUrl(world, repo)}/pulls/${thread.number}`;
  const page = pageOf(world, repo, thread);
  const links = { url: pullUrl, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` };
  return {
    ...threadView(world, repo, thread),
    ...{ id: thread.id, node_id: nodeId("I", thread.id), url, repository_url: repositoryUrl(world, repo) },
    ...{ labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events` },
    ...{ html_url: page, timeline_url: `${url}/timeline`, reactions: reactionsView(url) },
    comments: [...repo.comments.values()].filter((comment) => comment.thread === thread).length,
    state_reason: thread.stateReason,
    closed_by: thread.closedBy ? accountView(world, thread.closedBy) : null,
    performed_via_github_app: writtenBy(world, repo, thread.author).performed_via_github_app,
    ...(isPull(thread)
      ? { draft: thread.pull.draft, pull_request: { ...links, merged_at: thread.pull.merged?.at ?? null } }
      : {}),
  };
}

export function commentView(world: World, repo: Repository, comment: Comment) {
  const base = `${repositoryUrl(world, repo)}/issues`;
  const url = `${base}/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    url,
    html_url: `${pageOf(world, repo, comment.thread)}#issuecomment-${comment.id}`,
    issue_url: `${base}/${comment.thread.number}`,
    body: comment.body,
    ...writtenBy(world, repo, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    reactions: reactionsView(
      url,
      comment.reactions.map((reaction) => reaction.content),
    ),
  };
}
