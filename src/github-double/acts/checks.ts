import { satisfies } from "../auth.ts";
import { type Json, isJson, objects, oneOf, optionalText, text } from "../input.ts";
import { Refusal, invalid } from "../refusal.ts";
import type { Account, App, CheckRun, CheckSuite, Conclusion, Repository, Status } from "../state.ts";
import { runView, suiteState, suiteView } from "../views/check.ts";
import { resolve } from "../views/repository.ts";
import type { World } from "../world.ts";

/** Check suites, check runs and commit statuses. A run belongs to the App that made it; only that App may change it. */

/** GitHub takes at most 50 annotations in one request; more are added by further updates. */
const ANNOTATIONS_MAX = 50;
const OUTPUT_CHARS_MAX = 65_535;
const STATUSES = ["queued", "in_progress", "completed"] as const;
const CONCLUSIONS = [
  ...(["success", "failure", "neutral", "cancelled", "skipped", "timed_out", "action_required"] as const),
] satisfies readonly Conclusion[];

/** On each push GitHub opens a suite for every App that may write checks, and asks that App to fill it. */
export function openSuites(world: World, repo: Repository, branch: string, before: string | null, head: string): void {
  for (const { app } of world.installationsOf(repo)) {
    if (!satisfies(app.permissions, "checks:write")) continue;
    const known = [...repo.suites.values()].some((suite) => suite.app === app && suite.headSha === head);
    if (!known) tellSuite(world, repo, makeSuite(world, repo, app, branch, before, head), "requested", app.bot);
  }
}

function makeSuite(
  world: World,
  repo: Repository,
  app: App,
  headBranch: string | null,
  before: string | null,
  headSha: string,
): CheckSuite {
  const suite = { id: world.id(), app, headSha, headBranch, before, createdAt: world.time() };
  repo.suites.set(suite.id, suite);
  return suite;
}

/** A request for a suite goes to its App alone; its completion to everybody. */
function tellSuite(world: World, repo: Repository, suite: CheckSuite, action: string, sender: Account): void {
  const payload = { check_suite: suiteView(world, repo, suite) };
  const audience = action === "requested" ? { onlyFor: suite.app } : {};
  world.emit({ event: "check_suite", action, repo, sender, payload, ...audience });
}

function tellRun(world: World, repo: Repository, run: CheckRun, action: string): void {
  const payload = { check_run: { ...runView(world, repo, run), check_suite: suiteView(world, repo, run.suite) } };
  world.emit({ event: "check_run", action, repo, sender: run.suite.app.bot, payload });
}

export function createRun(world: World, repo: Repository, app: App, body: Json): CheckRun {
  const headSha = text(body, "head_sha");
  if (repo.git.typeOf(headSha) !== "commit") throw new Refusal(422, `No commit found for SHA: ${headSha}`);
  const name = text(body, "name");
  const known = [...repo.suites.values()].find((suite) => suite.app === app && suite.headSha === headSha);
  const branch = [...repo.refs].find(([ref, sha]) => sha === headSha && ref.startsWith("refs/heads/"))?.[0];
  const run: CheckRun = {
    id: world.id(),
    suite: known ?? makeSuite(world, repo, app, branch?.slice("refs/heads/".length) ?? null, null, headSha),
    ...{ name, status: "queued", conclusion: null, detailsUrl: `${world.url}/apps/${app.slug}`, externalId: "" },
    ...{ startedAt: world.time(), completedAt: null, title: null, summary: null, text: null, annotations: [] },
  };
  apply(world, run, body);
  repo.runs.set(run.id, run);
  tellRun(world, repo, run, "created");
  if (run.status === "completed") tellCompleted(world, repo, run);
  return run;
}

export function updateRun(world: World, repo: Repository, run: CheckRun, body: Json): void {
  const before = run.status;
  apply(world, run, body);
  if (run.status === "completed" && before !== "completed") tellCompleted(world, repo, run);
}

function tellCompleted(world: World, repo: Repository, run: CheckRun): void {
  tellRun(world, repo, run, "completed");
  if (suiteState(repo, run.suite).status === "completed") {
    tellSuite(world, repo, run.suite, "completed", run.suite.app.bot);
  }
}

/** Checks everything first: a refused update changes nothing. */
function apply(world: World, run: CheckRun, body: Json): void {
  const conclusion = oneOf(body, "conclusion", CONCLUSIONS);
  // A conclusion completes the run by itself.
  const status = conclusion ? "completed" : oneOf(body, "status", STATUSES);
  if (status === "completed" && !conclusion) throw invalid("CheckRun", "conclusion", "missing_field");
  const output = outputOf(body);
  if (status) run.status = status;
  if (status && status !== "completed") run.conclusion = null;
  if (conclusion) run.conclusion = conclusion;
  run.name = optionalText(body, "name") ?? run.name;
  run.detailsUrl = optionalText(body, "details_url") ?? run.detailsUrl;
  run.externalId = optionalText(body, "external_id") ?? run.externalId;
  run.startedAt = optionalText(body, "started_at") ?? run.startedAt;
  if (run.status === "completed") run.completedAt = optionalText(body, "completed_at") ?? world.time();
  if (!output) return;
  Object.assign(run, { title: output.title ?? run.title, summary: output.summary, text: output.text ?? run.text });
  run.annotations.push(...output.annotations);
}

function outputOf(body: Json) {
  const output = body["output"];
  if (!isJson(output)) return null;
  const parts = {
    title: optionalText(output, "title"),
    summary: text(output, "summary"),
    text: optionalText(output, "text"),
  };
  for (const field of ["summary", "text"] as const) {
    if ((parts[field]?.length ?? 0) <= OUTPUT_CHARS_MAX) continue;
    throw invalid("CheckRun", field, "custom", `${field} exceeds a maximum bytesize of ${OUTPUT_CHARS_MAX}`);
  }
  const annotations = objects(output, "annotations");
  if (annotations.length > ANNOTATIONS_MAX) {
    throw new Refusal(
      422,
      `Invalid request.\n\nNo more than ${ANNOTATIONS_MAX} items are allowed; ${annotations.length} were supplied.`,
    );
  }
  for (const annotation of annotations) {
    for (const field of ["path", "start_line", "end_line", "annotation_level", "message"]) {
      if (annotation[field] === undefined) throw new Refusal(422, `Invalid request.\n\n"${field}" wasn't supplied.`);
    }
  }
  return { ...parts, annotations };
}

export function setStatus(
  world: World,
  repo: Repository,
  by: Account,
  status: Pick<Status, "sha" | "context" | "state" | "description">,
): void {
  const sha = resolve(repo, status.sha);
  if (!sha) throw new Refusal(422, `No commit found for SHA: ${status.sha}`);
  const made = { ...status, sha, id: world.id(), by, createdAt: world.time() };
  repo.statuses.push(made);
  const payload = {
    ...{ id: made.id, sha, name: `${repo.owner.login}/${repo.name}`, context: made.context },
    state: made.state,
  };
  world.emit({
    event: "status",
    action: null,
    repo,
    sender: by,
    payload: { ...payload, description: made.description },
  });
}
