import { createRun, updateRun } from "../acts/checks.ts";
import { page } from "../paging.ts";
import { notAccessible, notFound } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import type { App, CheckRun } from "../state.ts";
import { combinedStatusView, runView, suiteView } from "../views/check.ts";
import { commitAt } from "./repositories.ts";

/** Check runs, check suites and the combined commit status. Only an App can make a check run, and change only its own. */
const READ = may("read", "checks:read");
const WRITE = may("admin", "checks:write");

function appOf({ actor }: RepoCall): App {
  if (actor.kind !== "installation") throw notAccessible();
  return actor.installation.app;
}

function runOf({ repo, params }: RepoCall): CheckRun {
  const run = repo.runs.get(Number(params["check_run_id"]));
  if (!run) throw notFound();
  return run;
}

function create(call: RepoCall) {
  const run = createRun(call.world, call.repo, appOf(call), call.body);
  return { status: 201, body: runView(call.world, call.repo, run) };
}

function update(call: RepoCall) {
  const run = runOf(call);
  if (run.suite.app !== appOf(call)) throw notAccessible();
  updateRun(call.world, call.repo, run, call.body);
  return { status: 200, body: runView(call.world, call.repo, run) };
}

/** Of each name and App only the newest run, unless all are asked for. */
function listRuns(call: RepoCall) {
  const { repo, query } = call;
  const sha = commitAt(repo, call.params["ref"] ?? "");
  const [name, status, appId] = [query.get("check_name"), query.get("status"), query.get("app_id")];
  const all = [...repo.runs.values()].filter((run) => run.suite.headSha === sha);
  const latest = new Map(all.map((run) => [`${run.suite.app.id} ${run.name}`, run]));
  const found = (query.get("filter") === "all" ? all : [...latest.values()])
    .filter((run) => !name || run.name === name)
    .filter((run) => !status || run.status === status)
    .filter((run) => !appId || String(run.suite.app.id) === appId)
    .reverse();
  const { items, headers } = page(call, found);
  const runs = items.map((run) => runView(call.world, repo, run));
  return { status: 200, headers, body: { total_count: found.length, check_runs: runs } };
}

function listSuites(call: RepoCall) {
  const { repo, query } = call;
  const sha = commitAt(repo, call.params["ref"] ?? "");
  const appId = query.get("app_id");
  const found = [...repo.suites.values()]
    .filter((suite) => suite.headSha === sha)
    .filter((suite) => !appId || String(suite.app.id) === appId);
  const { items, headers } = page(call, found);
  const suites = items.map((suite) => suiteView(call.world, repo, suite));
  return { status: 200, headers, body: { total_count: found.length, check_suites: suites } };
}

function annotations(call: RepoCall) {
  const { items, headers } = page(call, runOf(call).annotations);
  const body = items.map((annotation) => ({
    ...{ start_column: null, end_column: null, title: null, raw_details: null },
    ...annotation,
    blob_href: "",
  }));
  return { status: 200, headers, body };
}

export const checkRoutes: readonly Route[] = [
  inRepo("POST /check-runs", WRITE, create, "content"),
  inRepo("GET /check-runs/{check_run_id}", READ, (call) => ({
    status: 200,
    body: runView(call.world, call.repo, runOf(call)),
  })),
  inRepo("PATCH /check-runs/{check_run_id}", WRITE, update),
  inRepo("GET /check-runs/{check_run_id}/annotations", READ, annotations),
  inRepo("GET /commits/{ref}/check-runs", READ, listRuns),
  inRepo("GET /commits/{ref}/check-suites", READ, listSuites),
  inRepo("GET /commits/{ref}/status", may("read", "statuses:read"), (call) => ({
    status: 200,
    body: combinedStatusView(call.world, call.repo, commitAt(call.repo, call.params["ref"] ?? "")),
  })),
];
