import {
  closeThread,
  createLabel,
  editThread,
  findThread,
  openIssue,
  removeLabel,
  addLabels,
  reopenThread,
  type Reason,
} from "../acts/threads.ts";
import { authorOf, authorize } from "../auth.ts";
import { type Json, isJson, oneOf, optionalText, text, texts } from "../input.ts";
import { listed, ordered } from "../paging.ts";
import { Refusal } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import { type Thread, isPull, sameName } from "../state.ts";
import { issueView, labelView } from "../views/thread.ts";

/** Issues and labels. A pull request is an issue too; to write to one the App needs the grant of its kind. */
const READ = may("read", "issues:read", "pull_requests:read");
const WRITE = may("read", "issues:write", "pull_requests:write");
const TRIAGE = may("triage", "issues:write", "pull_requests:write");

export function threadOf(call: RepoCall): Thread {
  return findThread(call.repo, Number(call.params["issue_number"]));
}

/** Refuses an App that may write to the other kind of thread only. */
export function checkKind(call: RepoCall, thread: Thread, level: "read" | "write"): void {
  const grant = isPull(thread) ? [`pull_requests:${level}`, `issues:${level}`] : [`issues:${level}`];
  authorize(call.world, call.actor, call.repo, may("read", ...grant), level === "read" ? "reads" : "writes");
}

function get(call: RepoCall) {
  const { world, repo } = call;
  const left = repo.left.get(Number(call.params["issue_number"]));
  if (left && left !== "deleted") {
    const location = `${world.url}/repositories/${left.to.id}/issues/${left.number}`;
    return {
      status: 301,
      headers: { Location: location },
      body: { message: "Moved Permanently", url: location, documentation_url: "https://docs.github.com/rest" },
    };
  }
  const thread = threadOf(call);
  checkKind(call, thread, "read");
  return { status: 200, body: issueView(world, repo, thread) };
}

function list(call: RepoCall) {
  const { query, repo } = call;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter(Boolean);
  const since = query.get("since") ?? "";
  const creator = query.get("creator");
  const found = [...repo.threads.values()]
    .filter((thread) => state === "all" || thread.state === state)
    .filter((thread) => labels.every((label) => thread.labels.some((one) => sameName(one, label))))
    .filter((thread) => thread.updatedAt >= since)
    .filter((thread) => !creator || sameName(thread.author.account.login, creator));
  return listed(call, ordered(call, found, "desc"), (thread) => issueView(call.world, repo, thread));
}

/** Labels are names or objects with a name. Without triage permission they are dropped without a word. */
function labelNames(body: Json): string[] {
  const given = body["labels"];
  if (Array.isArray(given)) return given.map((item) => (isJson(item) ? text(item, "name") : String(item)));
  return texts(body, "labels");
}

function create(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const author = authorOf(actor);
  const isAllowed = actor.kind === "installation" || allowsTriage(call);
  const issue = { title: text(body, "title"), body: optionalText(body, "body") ?? "" };
  const thread = openIssue(world, repo, author, { ...issue, labels: isAllowed ? labelNames(body) : [] });
  return { status: 201, body: issueView(world, repo, thread) };
}

function allowsTriage({ world, actor, repo }: RepoCall): boolean {
  return actor.kind === "person" && !["none", "read"].includes(world.permission(repo, actor.account));
}

function update(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const thread = threadOf(call);
  checkKind(call, thread, "write");
  const by = authorOf(actor).account;
  if (by !== thread.author.account && actor.kind === "person" && !allowsTriage(call)) {
    throw new Refusal(403, "Must have admin rights to Repository.");
  }
  editThread(world, repo, thread, by, {
    title: optionalText(body, "title"),
    body: body["body"] === null ? "" : optionalText(body, "body"),
  });
  const state = oneOf(body, "state", ["open", "closed"]);
  const reason = oneOf(body, "state_reason", ["completed", "not_planned", "duplicate", "reopened"]);
  if (state === "closed") closeThread(world, repo, thread, by, (reason ?? null) as Reason);
  if (state === "open") reopenThread(world, repo, thread, by);
  if (body["labels"] !== undefined) replaceLabels(call, thread, labelNames(body));
  return { status: 200, body: issueView(world, repo, thread) };
}

function replaceLabels({ world, repo, actor }: RepoCall, thread: Thread, names: readonly string[]): void {
  const by = authorOf(actor).account;
  const superfluous = thread.labels.filter((label) => !names.some((name) => sameName(name, label)));
  for (const label of superfluous) removeLabel(world, repo, thread, by, label);
  addLabels(world, repo, thread, by, names);
}

type LabelAct = (call: RepoCall, thread: Thread) => void;

function withLabels(act: LabelAct) {
  return (call: RepoCall) => {
    const thread = threadOf(call);
    checkKind(call, thread, "write");
    act(call, thread);
    return { status: 200, body: thread.labels.map((name) => labelView(call.world, call.repo, name)) };
  };
}

const addNamed: LabelAct = (call, thread) => {
  addLabels(call.world, call.repo, thread, authorOf(call.actor).account, labelNames(call.body));
};

const removeNamed: LabelAct = (call, thread) => {
  removeLabel(call.world, call.repo, thread, authorOf(call.actor).account, call.params["name"] ?? "");
};

function createRepositoryLabel({ world, repo, body, actor }: RepoCall) {
  const name = text(body, "name");
  const color = optionalText(body, "color") ?? "ededed";
  createLabel(world, repo, authorOf(actor).account, name, color, optionalText(body, "description"));
  return { status: 201, body: labelView(world, repo, name) };
}

function listLabels(call: RepoCall) {
  return listed(call, [...call.repo.labels.values()], ({ name }) => labelView(call.world, call.repo, name));
}

function issueLabels(call: RepoCall) {
  return listed(call, threadOf(call).labels, (name) => labelView(call.world, call.repo, name));
}

export const issueRoutes: readonly Route[] = [
  inRepo("GET /issues", READ, list),
  inRepo("POST /issues", may("read", "issues:write"), create, "content"),
  inRepo("GET /issues/{issue_number}", READ, get),
  inRepo("PATCH /issues/{issue_number}", WRITE, update),
  inRepo("GET /issues/{issue_number}/labels", READ, issueLabels),
  inRepo("POST /issues/{issue_number}/labels", TRIAGE, withLabels(addNamed)),
  inRepo(
    "PUT /issues/{issue_number}/labels",
    TRIAGE,
    withLabels((call, thread) => replaceLabels(call, thread, labelNames(call.body))),
  ),
  inRepo("DELETE /issues/{issue_number}/labels/{name}", TRIAGE, withLabels(removeNamed)),
  inRepo("GET /labels", READ, listLabels),
  inRepo("POST /labels", may("write", "issues:write", "pull_requests:write"), createRepositoryLabel),
];
