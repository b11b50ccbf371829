import type { CheckRun, CheckSuite, Conclusion, Repository, Status } from "../state.ts";
import { ZERO_SHA, fullName, isPull } from "../state.ts";
import type { World } from "../world.ts";
import { accountView, appView, nodeId } from "./account.ts";
import { repositoryUrl, repositoryView } from "./repository.ts";

/** Check runs, check suites and commit statuses as the API shows them. */

/** Open pull requests of a commit: only those of the same repository, never a fork's. */
function pullsAt(world: World, repo: Repository, sha: string) {
  const end = (home: Repository, ref: string, at: string) => ({
    ...{ ref, sha: at },
    repo: { id: home.id, url: repositoryUrl(world, home), name: home.name },
  });
  return [...repo.threads.values()]
    .filter(isPull)
    .filter(({ state, pull }) => state === "open" && pull.headSha === sha && pull.headRepository === repo)
    .map(({ number, pull }) => ({
      id: pull.id,
      number,
      url: `${repositoryUrl(world, repo)}/pulls/${number}`,
      head: end(repo, pull.headRef, pull.headSha),
      base: end(repo, pull.baseRef, pull.baseSha),
    }));
}

export function runView(world: World, repo: Repository, run: CheckRun) {
  const url = `${repositoryUrl(world, repo)}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId("CR", run.id),
    head_sha: run.suite.headSha,
    external_id: run.externalId,
    url,
    html_url: `${world.url}/${fullName(repo)}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: appView(world, run.suite.app),
    pull_requests: pullsAt(world, repo, run.suite.headSha),
  };
}

export function runsOf(repo: Repository, suite: CheckSuite): CheckRun[] {
  return [...repo.runs.values()].filter((run) => run.suite === suite);
}

/** From worst to best; a suite is as good as its worst run. */
const WORST_FIRST: readonly Conclusion[] = [
  ...(["startup_failure", "failure", "timed_out", "cancelled", "action_required", "stale", "success"] as const),
  ...(["neutral", "skipped"] as const),
];

/** A suite without runs stays queued for ever: GitHub makes one for every App, whether it checks anything or not. */
export function suiteState(repo: Repository, suite: CheckSuite): { status: string; conclusion: Conclusion | null } {
  const runs = runsOf(repo, suite);
  if (runs.length === 0) return { status: "queued", conclusion: null };
  if (runs.some((run) => run.status !== "completed")) return { status: "in_progress", conclusion: null };
  const conclusion = WORST_FIRST.find((worst) => runs.some((run) => run.conclusion === worst)) ?? null;
  return { status: "completed", conclusion };
}

export function suiteView(world: World, repo: Repository, suite: CheckSuite) {
  const url = `${repositoryUrl(world, repo)}/check-suites/${suite.id}`;
  const commit = repo.git.commit(suite.headSha);
  return {
    id: suite.id,
    node_id: nodeId("CS", suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repo, suite),
    url,
    before: suite.before ?? ZERO_SHA,
    after: suite.headSha,
    pull_requests: pullsAt(world, repo, suite.headSha),
    app: appView(world, suite.app),
    repository: repositoryView(world, repo),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    head_commit: {
      ...{ id: commit.sha, tree_id: commit.tree, message: commit.message, timestamp: commit.committer.date },
      author: { name: commit.author.name, email: commit.author.email },
      committer: { name: commit.committer.name, email: commit.committer.email },
    },
    latest_check_runs_count: runsOf(repo, suite).length,
    check_runs_url: `${url}/check-runs`,
  };
}

function statusView(world: World, repo: Repository, status: Status) {
  return {
    id: status.id,
    node_id: nodeId("SC", status.id),
    url: `${repositoryUrl(world, repo)}/statuses/${status.sha}`,
    state: status.state,
    description: status.description,
    target_url: null,
    context: status.context,
    avatar_url: accountView(world, status.by).avatar_url,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** The newest status of each context. Without any the combined state is "pending", although nothing is awaited. */
export function combinedStatusView(world: World, repo: Repository, sha: string) {
  const latest = new Map(
    repo.statuses.filter((status) => status.sha === sha).map((status) => [status.context, status]),
  );
  const states = [...latest.values()].map((status) => status.state);
  const bad = states.some((state) => state === "failure" || state === "error");
  const state = bad ? "failure" : states.length === 0 || states.includes("pending") ? "pending" : "success";
  return {
    state,
    statuses: [...latest.values()].map((status) => statusView(world, repo, status)),
    sha,
    total_count: latest.size,
    repository: repositoryView(world, repo),
    commit_url: `${repositoryUrl(world, repo)}/commits/${sha}`,
    url: `${repositoryUrl(world, repo)}/commits/${sha}/status`,
  };
}
