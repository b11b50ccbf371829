import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { Octokit } from "@octokit/rest";
import { createAppAuth } from "@octokit/auth-app";
import type { GitHubDouble } from "../../src/github-double/double.ts";
import type { LocalRepo } from "../../src/github-double/local-repo.ts";
import { OPERATIONS, startForge } from "../../src/github-double/server.ts";
import { validator } from "../support/openapi.ts";

/** Every operation of the local GitHub, asked by Octokit, answers in the form that GitHub describes. */
const checked = validator();
const here = { owner: "acme", repo: "shop" };
const LINES = "one\ntwo\nthree\n";

let forge: GitHubDouble;
let repo: LocalRepo;
let octokit: Octokit;
let asApp: Octokit;

beforeAll(async () => {
  forge = await startForge({ onExchange: checked.onExchange });
  repo = forge.createRepo({
    fullName: "acme/shop",
    owner: "organization",
    files: {
      "a.txt": LINES,
      "src/git-data.txt": "b\n",
      "src/change.txt": "c\n",
      "src/checked.txt": "d\n",
      ".github/workflows/ci.yml": "on: push\n",
    },
    people: { alice: "write" },
    ci: () => Promise.resolve({ conclusion: "success", title: "1 passed", summary: "1 of 1 passed" }),
  });
  octokit = new Octokit({ baseUrl: forge.url, auth: forge.installationToken("acme") });
  const auth = { appId: forge.app.id, privateKey: forge.app.privateKey };
  asApp = new Octokit({ baseUrl: forge.url, authStrategy: createAppAuth, auth });
  await forge.idle();
});

afterAll(() => forge.close());

/** A commit on a new branch, through the Git Data API. */
async function commitOn(branch: string): Promise<string> {
  const head = await octokit.git.getRef({ ...here, ref: "heads/main" });
  const parent = head.data.object.sha;
  const blob = await octokit.git.createBlob({ ...here, content: "new\n", encoding: "utf-8" });
  const tree = await octokit.git.createTree({
    ...here,
    base_tree: (await octokit.git.getCommit({ ...here, commit_sha: parent })).data.tree.sha,
    tree: [
      { path: "a.txt", mode: "100644", type: "blob", content: `${LINES}four\n` },
      { path: "new.txt", mode: "100644", type: "blob", sha: blob.data.sha },
      { path: `src/${branch}.txt`, mode: "100644", type: "blob", sha: null },
    ],
  });
  const commit = await octokit.git.createCommit({ ...here, tree: tree.data.sha, parents: [parent], message: "Change" });
  await octokit.git.createRef({ ...here, ref: `refs/heads/${branch}`, sha: commit.data.sha });
  return commit.data.sha;
}

/** Walks one subject a test; the last test asks whether anything was left out or answered in another form. */
describe("the local GitHub speaks as GitHub describes itself", () => {
  it("about the App and its installations", async () => {
    const installation_id = (await asApp.apps.getRepoInstallation(here)).data.id;
    await asApp.apps.getAuthenticated();
    await asApp.apps.listInstallations();
    await asApp.apps.getInstallation({ installation_id });
    await asApp.apps.createInstallationAccessToken({
      installation_id,
      repositories: ["shop"],
      permissions: { issues: "write" },
    });
    await octokit.apps.listReposAccessibleToInstallation();
  });

  it("about repositories, branches, commits and files", async () => {
    await octokit.repos.get(here);
    await octokit.repos.listBranches(here);
    await octokit.repos.getBranch({ ...here, branch: "main" });
    await octokit.repos.getCommit({ ...here, ref: "main" });
    await octokit.repos.getContent({ ...here, path: "a.txt" });
    await octokit.repos.getContent({ ...here, path: "" });
    await octokit.repos.getContent({ ...here, path: "src" });
    await octokit.repos.getCollaboratorPermissionLevel({ ...here, username: "alice" });
    await octokit.repos.downloadTarballArchive({ ...here, ref: "main" });
  });

  it("about git data", async () => {
    const sha = await commitOn("git-data");
    const main = (await octokit.git.getRef({ ...here, ref: "heads/main" })).data.object.sha;
    const tree = (await octokit.git.getTree({ ...here, tree_sha: sha, recursive: "1" })).data;
    await octokit.git.getBlob({ ...here, file_sha: tree.tree.find((entry) => entry.path === "a.txt")?.sha ?? "" });
    await octokit.repos.compareCommitsWithBasehead({ ...here, basehead: `${main}...${sha}` });
    await octokit.git.updateRef({ ...here, ref: "heads/git-data", sha: main, force: true });
    await octokit.git.deleteRef({ ...here, ref: "heads/git-data" });
  });

  it("about issues, labels, comments and reactions", async () => {
    const issue_number = (await octokit.issues.create({ ...here, title: "Slow", body: "It is slow", labels: ["coop"] }))
      .data.number;
    await octokit.issues.get({ ...here, issue_number });
    await octokit.issues.update({
      ...here,
      issue_number,
      title: "Very slow",
      state: "closed",
      state_reason: "not_planned",
    });
    await octokit.issues.listForRepo({ ...here, state: "all", labels: "coop", since: "2020-01-01T00:00:00Z" });
    const child = (await octokit.issues.create({ ...here, title: "A part" })).data;
    await octokit.issues.addSubIssue({ ...here, issue_number, sub_issue_id: child.id });
    expect((await octokit.issues.listSubIssues({ ...here, issue_number })).data).toMatchObject([{ id: child.id }]);
    await octokit.issues.addLabels({ ...here, issue_number, labels: ["bug"] });
    await octokit.issues.setLabels({ ...here, issue_number, labels: ["bug", "coop"] });
    await octokit.issues.removeLabel({ ...here, issue_number, name: "bug" });
    await octokit.issues.listLabelsOnIssue({ ...here, issue_number });
    await octokit.issues.createLabel({ ...here, name: "coop:ready", color: "0e8a16", description: "Ready" });
    await octokit.issues.listLabelsForRepo(here);
    const comment_id = (await octokit.issues.createComment({ ...here, issue_number, body: "I look" })).data.id;
    await octokit.issues.getComment({ ...here, comment_id });
    await octokit.issues.updateComment({ ...here, comment_id, body: "I looked" });
    await octokit.issues.listComments({ ...here, issue_number, per_page: 100, since: "2020-01-01T00:00:00Z" });
    await octokit.issues.listCommentsForRepo({ ...here, sort: "updated", direction: "desc" });
    await octokit.reactions.createForIssueComment({ ...here, comment_id, content: "eyes" });
    await octokit.issues.deleteComment({ ...here, comment_id });
  });

  it("about pull requests, reviews and merging", async () => {
    const sha = await commitOn("change");
    const pull = { title: "Change", body: "Text", head: "change", base: "main", draft: false };
    const pull_number = (await octokit.pulls.create({ ...here, ...pull })).data.number;
    await octokit.pulls.get({ ...here, pull_number });
    await octokit.pulls.get({ ...here, pull_number });
    await octokit.issues.get({ ...here, issue_number: pull_number });
    await octokit.pulls.list({ ...here, head: "acme:change", state: "open" });
    await octokit.pulls.update({ ...here, pull_number, title: "Change it", body: "Longer text" });
    await octokit.pulls.listFiles({ ...here, pull_number });
    await octokit.pulls.listCommits({ ...here, pull_number });
    const comments = [{ path: "a.txt", line: 4, side: "RIGHT", body: "Why?" }];
    const review = { ...here, pull_number, commit_id: sha, event: "COMMENT" as const, body: "Read", comments };
    const review_id = (await octokit.pulls.createReview(review)).data.id;
    await octokit.pulls.listReviews({ ...here, pull_number });
    await octokit.pulls.listCommentsForReview({ ...here, pull_number, review_id });
    const [inline] = (await octokit.pulls.listReviewComments({ ...here, pull_number })).data;
    const comment_id = inline?.id ?? 0;
    await octokit.reactions.createForPullRequestReviewComment({ ...here, comment_id, content: "eyes" });
    expect((await octokit.reactions.listForPullRequestReviewComment({ ...here, comment_id })).data).toHaveLength(1);
    await octokit.pulls.listReviewCommentsForRepo({ ...here, since: "2000-01-01T00:00:00Z", direction: "desc" });
    await octokit.pulls.createReplyForReviewComment({ ...here, pull_number, comment_id: inline?.id ?? 0, body: "So" });
    await octokit.pulls.merge({ ...here, pull_number, sha, merge_method: "squash", commit_title: "Change it" });
    await octokit.pulls.checkIfMerged({ ...here, pull_number });
  });

  it("about checks and statuses", async () => {
    const sha = await commitOn("checked");
    await forge.idle();
    const annotation = {
      path: "a.txt",
      start_line: 1,
      end_line: 1,
      annotation_level: "notice" as const,
      message: "Look",
    };
    const output = { title: "Proof", summary: "All proven", annotations: [annotation] };
    const check = { ...here, name: "coop/proof", head_sha: sha, status: "in_progress" as const };
    const check_run_id = (await octokit.checks.create(check)).data.id;
    await octokit.checks.update({ ...here, check_run_id, conclusion: "success", output });
    await octokit.checks.get({ ...here, check_run_id });
    await octokit.checks.listAnnotations({ ...here, check_run_id });
    await octokit.checks.listForRef({ ...here, ref: sha, filter: "latest" });
    await octokit.checks.listSuitesForRef({ ...here, ref: sha });
    repo.setStatus("alice", { sha, context: "deploy", state: "success" });
    await octokit.repos.getCombinedStatusForRef({ ...here, ref: sha });
  });

  it("about webhook deliveries", async () => {
    forge.connectApp("http://127.0.0.1:9/nobody-listens");
    expect((await asApp.apps.getWebhookConfigForApp()).data.url).toBe("http://127.0.0.1:9/nobody-listens");
    repo.openIssue("alice", { title: "Heard of", body: "" });
    await forge.idle();
    const delivery_id = (await asApp.apps.listWebhookDeliveries()).data[0]?.id ?? 0;
    await asApp.apps.getWebhookDelivery({ delivery_id });
    await asApp.apps.redeliverWebhookDelivery({ delivery_id });
    await forge.idle();
  });

  it("without leaving out an operation or answering in another form", () => {
    const outside = (template: string) =>
      template === "/graphql" || template.startsWith("/_") || /\/(tarball|contents)$/.test(template);
    const all = OPERATIONS.filter(({ template }) => !outside(template)).map(
      ({ method, template }) => `${method} ${template}`,
    );
    expect(all.filter((operation) => !checked.covered.has(operation))).toEqual([]);
    expect(checked.violations).toEqual([]);
  });
});

describe("the check itself", () => {
  it("notices a wrong answer, a wrong request and an unknown operation", () => {
    const { onExchange, violations } = validator();
    const exchange = { params: {}, query: {}, requestBody: null, responseBody: {}, origin: "answered" as const };
    const issue = "/repos/{owner}/{repo}/issues/{issue_number}";
    onExchange({ ...exchange, method: "GET", path: "/app", template: "/app", status: 200 });
    onExchange({ ...exchange, method: "GET", path: "/nowhere", template: null, status: 404 });
    onExchange({
      ...exchange,
      method: "PATCH",
      path: "/x",
      template: issue,
      status: 422,
      requestBody: { stat: "closed" },
    });
    onExchange({
      ...exchange,
      method: "PATCH",
      path: "/x",
      template: issue,
      status: 200,
      requestBody: { stat: "closed" },
    });
    const text = violations.join("\n");
    expect(text).toContain("GET /app → 200: answer must have required property 'id'");
    expect(text).toContain("GET /nowhere → 404: the local GitHub does not know this operation");
    expect(text).toContain("PATCH /repos/{owner}/{repo}/issues/{issue_number} → 200: field stat is not described");
  });
});
