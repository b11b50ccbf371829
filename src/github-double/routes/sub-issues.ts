import { addSubIssue } from "../acts/sub-issues.ts";
import { authorOf } from "../auth.ts";
import { listed } from "../paging.ts";
import { Refusal, notFound } from "../refusal.ts";
import { type RepoCall, type Route, inRepo, may } from "../route.ts";
import { isPull } from "../state.ts";
import { issueView } from "../views/thread.ts";
import { checkKind, threadOf } from "./issues.ts";

/** Issues below an issue. Both are named differently: the parent by its number in the path, the child by its id. */
const MISSING = 'Invalid request.\n\n"sub_issue_id" wasn\'t supplied.';

function add(call: RepoCall) {
  const { world, repo, body, actor } = call;
  const parent = threadOf(call);
  checkKind(call, parent, "write");
  if (isPull(parent)) throw notFound();
  const id = body["sub_issue_id"];
  if (id === undefined) throw new Refusal(422, MISSING);
  if (!Number.isInteger(id)) throw new Refusal(422, `Invalid request.\n\nFor 'properties/sub_issue_id', ${JSON.stringify(id)} is not an integer.`); // prettier-ignore
  const child = [...repo.threads.values()].find((thread) => thread.id === id && !isPull(thread));
  if (!child) throw new Refusal(404, "The provided sub-issue does not exist");
  addSubIssue(world, repo, { parent, child }, authorOf(actor).account, body["replace_parent"] === true);
  return { status: 201, body: issueView(world, repo, parent) };
}

function list(call: RepoCall) {
  const { world, repo } = call;
  const parent = threadOf(call);
  checkKind(call, parent, "read");
  const children = [...repo.threads.values()].filter((thread) => repo.parents.get(thread.number) === parent.number);
  return listed(call, children, (thread) => issueView(world, repo, thread));
}

export const subIssueRoutes: readonly Route[] = [
  inRepo("GET /issues/{issue_number}/sub_issues", may("read", "issues:read"), list),
  inRepo("POST /issues/{issue_number}/sub_issues", may("triage", "issues:write"), add),
];
