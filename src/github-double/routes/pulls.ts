import { merge, openPull, retarget } from "../acts/pulls.ts";
import { closeThread, editThread, findThread, reopenThread } from "../acts/threads.ts";
import { atLeast, authorOf } from "../auth.ts";
import { flag, oneOf, optionalText, text } from "../input.ts";
import { pullChanges, pullCommits } from "../mergeability.ts";
import { listed, ordered } from "../paging.ts";
import { Refusal, notFound } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import { type PullThread, isPull } from "../state.ts";
import { commitView, fileView } from "../views/commit.ts";
import { pullSummaryView, pullView } from "../views/pull.ts";

/** Pull requests: opening, reading, changing and merging them. */
const READ = may("read", "pull_requests:read");
const WRITE = may("read", "pull_requests:write");

export function pullOf({ repo, params }: RepoCall): PullThread {
  const thread = findThread(repo, Number(params["pull_number"]));
  if (!isPull(thread)) throw notFound();
  return thread;
}

function create(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const author = authorOf(actor);
  const thread = openPull(world, repo, author, {
    ...{ title: text(body, "title"), body: optionalText(body, "body") ?? "" },
    ...{ head: text(body, "head"), base: text(body, "base") },
    stage: flag(body, "draft", false) ? "draft" : "ready",
  });
  return { status: 201, body: pullView(world, repo, thread, "read") };
}

function list(call: RepoCall) {
  const { repo, query } = call;
  const [state, head, base] = [query.get("state") ?? "open", query.get("head"), query.get("base")];
  const found = [...repo.threads.values()]
    .filter(isPull)
    .filter((thread) => state === "all" || thread.state === state)
    // GitHub ignores a head that lacks its owner; only `owner:branch` filters.
    .filter(({ pull }) => !head?.includes(":") || head === `${pull.headRepository.owner.login}:${pull.headRef}`)
    .filter(({ pull }) => !base || base === pull.baseRef);
  return listed(call, ordered(call, found, "desc"), (thread) => pullSummaryView(call.world, repo, thread));
}

function update(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const thread = pullOf(call);
  const by = authorOf(actor).account;
  const isAllowed = by === thread.author.account || actor.kind === "installation";
  if (!isAllowed && !atLeast(world.permission(repo, by), "write")) throw notFound();
  editThread(world, repo, thread, by, { title: optionalText(body, "title"), body: optionalText(body, "body") });
  const base = optionalText(body, "base");
  if (base !== undefined) retarget(world, repo, thread, by, base);
  const state = oneOf(body, "state", ["open", "closed"]);
  if (state === "closed") closeThread(world, repo, thread, by, null);
  if (state === "open") reopenThread(world, repo, thread, by);
  return { status: 200, body: pullView(world, repo, thread, "read") };
}

function mergePull(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const sha = merge(world, repo, pullOf(call), authorOf(actor), {
    method: oneOf(body, "merge_method", ["merge", "squash", "rebase"]) ?? "merge",
    sha: optionalText(body, "sha"),
    title: optionalText(body, "commit_title"),
    message: optionalText(body, "commit_message"),
  });
  return { status: 200, body: { sha, merged: true, message: "Pull Request successfully merged" } };
}

function isMerged(call: RepoCall) {
  if (!pullOf(call).pull.merged) throw new Refusal(404, "Not Found");
  return { status: 204 };
}

export const pullRoutes: readonly Route[] = [
  inRepo("GET /pulls", READ, list),
  inRepo("POST /pulls", WRITE, create, "content"),
  inRepo("GET /pulls/{pull_number}", READ, (call) => ({
    status: 200,
    body: pullView(call.world, call.repo, pullOf(call), "read"),
  })),
  inRepo("PATCH /pulls/{pull_number}", WRITE, update),
  inRepo("GET /pulls/{pull_number}/files", READ, (call) => {
    const { pull } = pullOf(call);
    return listed(call, pullChanges(call.repo, pull), (file) => fileView(call.world, call.repo, pull.headSha, file));
  }),
  inRepo("GET /pulls/{pull_number}/commits", READ, (call) =>
    listed(call, pullCommits(call.repo, pullOf(call).pull), ({ sha }) => commitView(call.world, call.repo, sha)),
  ),
  inRepo("GET /pulls/{pull_number}/merge", READ, isMerged),
  inRepo("PUT /pulls/{pull_number}/merge", may("write", "contents:write"), mergePull, "content"),
];
