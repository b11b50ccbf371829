import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Ask, client } from "./client-for-tests.ts";
import type { GitHubDouble } from "./double.ts";
import type { LocalRepo } from "./local-repo.ts";
import { startForge } from "./server.ts";

/** GitHub's rules that a kinder double would hide, each beside what is allowed. */
const AT = "/repos/acme/shop";
const LINES = Array.from({ length: 30 }, (_, at) => `line ${at + 1}`).join("\n");

let forge: GitHubDouble;
let repo: LocalRepo;
let app: Ask;
let alice: Ask;
let last = 0;

beforeAll(async () => {
  forge = await startForge();
  repo = forge.createRepo({
    fullName: "acme/shop",
    files: { "a.txt": LINES, "b.txt": "b\n", ".github/workflows/ci.yml": "on: push\n" },
    people: { alice: "write", tess: "triage", rita: "read" },
  });
  app = client(forge.url, forge.installationToken("acme"));
  alice = client(forge.url, forge.tokenFor("alice"));
});

afterAll(() => forge.close());

/** A pull request of the App's own, from a fresh branch that changes line 15. */
async function pullOfApp(draft = false): Promise<{ number: number; sha: string; branch: string }> {
  const branch = `change-${++last}`;
  const sha = repo.push("alice", branch, { "a.txt": LINES.replace("line 15", `changed ${last}`) });
  const { body } = await app(`POST ${AT}/pulls`, { title: "Change", head: branch, base: "main", body: "", draft });
  return { number: body.number, sha, branch };
}

describe("reviews", () => {
  it.each(["APPROVE", "REQUEST_CHANGES"])("the author cannot %s, others can", async (event) => {
    const { number } = await pullOfApp();
    const own = await app(`POST ${AT}/pulls/${number}/reviews`, { event, body: "Fine" });
    expect(own.status).toBe(422);
    expect(own.body.errors).toEqual([
      expect.stringMatching(/^Can not (approve|request changes on) your own pull request$/),
    ]);
    expect((await alice(`POST ${AT}/pulls/${number}/reviews`, { event, body: "Fine" })).status).toBe(200);
  });

  it("the author may comment", async () => {
    const { number } = await pullOfApp();
    const review = await app(`POST ${AT}/pulls/${number}/reviews`, { event: "COMMENT", body: "Done" });
    expect(review.body).toMatchObject({ state: "COMMENTED", user: { login: "coop[bot]", type: "Bot" } });
  });

  it.each([
    ["inside the diff", { path: "a.txt", line: 15 }, 200],
    ["in its context", { path: "a.txt", line: 12, side: "LEFT" }, 200],
    ["outside the diff", { path: "a.txt", line: 2 }, 422],
    ["on an unchanged file", { path: "b.txt", line: 1 }, 422],
    ["on a missing file", { path: "nothing", line: 1 }, 422],
    ["without a line", { path: "a.txt" }, 422],
  ])("an inline comment %s", async (_where, place, status) => {
    const { number } = await pullOfApp();
    const comments = [
      { path: "a.txt", line: 15, body: "Good" },
      { ...place, body: "Why?" },
    ];
    const review = await app(`POST ${AT}/pulls/${number}/reviews`, { event: "COMMENT", body: "Read", comments });
    expect(review.status).toBe(status);
    // All or nothing: the good comment does not stay either.
    expect((await app(`GET ${AT}/pulls/${number}/comments`)).body).toHaveLength(status === 200 ? 2 : 0);
  });

  it("inline comments follow their line, and lose it when it changes", async () => {
    const { number, branch } = await pullOfApp();
    const comments = [
      { path: "a.txt", line: 15, body: "This" },
      { path: "a.txt", line: 17, body: "That" },
    ];
    await app(`POST ${AT}/pulls/${number}/reviews`, { event: "COMMENT", body: "Read", comments });
    repo.push("alice", branch, { "a.txt": `new first line\n${LINES.replace("line 15", "changed again")}` });
    const found = (await app(`GET ${AT}/pulls/${number}/comments`)).body;
    expect(found.map(({ line }: { line: number }) => line)).toEqual([null, 18]);
  });
});

describe("length of texts", () => {
  it.each([
    [65_536, 201],
    [65_537, 422],
  ])("%d characters", async (length, status) => {
    const body = "x".repeat(length);
    const issue = await app(`POST ${AT}/issues`, { title: "Long", body });
    expect(issue.status).toBe(status);
    const number = repo.openIssue("rita", { title: "Short", body: "" });
    expect((await app(`POST ${AT}/issues/${number}/comments`, { body })).status).toBe(status);
  });
});

describe("drafts and threads are GraphQL only", () => {
  const READY =
    "mutation ($id: ID!) { markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } } }";

  it("leaving draft", async () => {
    const { number } = await pullOfApp(true);
    await app(`PATCH ${AT}/pulls/${number}`, { draft: false });
    const pull = (await app(`GET ${AT}/pulls/${number}`)).body;
    expect(pull.draft).toBe(true);
    const { body } = await app("POST /graphql", { query: READY, variables: { id: pull.node_id } });
    expect(body).toEqual({ data: { markPullRequestReadyForReview: { pullRequest: { isDraft: false } } } });
    expect((await app(`GET ${AT}/pulls/${number}`)).body.draft).toBe(false);
  });

  it("resolving a thread", async () => {
    const { number } = await pullOfApp();
    const comments = [{ path: "a.txt", line: 15, body: "Why?" }];
    repo.review("alice", number, { event: "REQUEST_CHANGES", body: "No", comments });
    const query = `query ($n: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $n) {
      reviewThreads(first: 50) { nodes { id isResolved comments(first: 1) { nodes { databaseId } } } } } } }`;
    const threads = async () => {
      const { body } = await app("POST /graphql", { query, variables: { n: number } });
      return body.data.repository.pullRequest.reviewThreads.nodes;
    };
    const [thread] = await threads();
    expect(thread).toMatchObject({ isResolved: false, comments: { nodes: [{ databaseId: expect.any(Number) }] } });
    const resolve = `mutation { resolveReviewThread(input: { threadId: "${thread.id}" }) { thread { isResolved } } }`;
    await app("POST /graphql", { query: resolve });
    expect((await threads())[0].isResolved).toBe(true);
  });

  it.each([
    ["an unknown field", '{ repository(owner: "acme", name: "shop") { stars } }', "undefinedField"],
    ["an unknown mutation", "mutation { mergePullRequest(input: {}) { clientMutationId } }", "undefinedField"],
    ["an unknown node", 'mutation { resolveReviewThread(input: { threadId: "x" }) { thread { id } } }', "NOT_FOUND"],
  ])("%s is an error with status 200", async (_what, query, type) => {
    const answer = await app("POST /graphql", { query });
    expect(answer.status).toBe(200);
    expect(answer.body.errors[0].type).toBe(type);
  });

  it("a reader may not", async () => {
    const { number } = await pullOfApp(true);
    const { node_id: id } = (await app(`GET ${AT}/pulls/${number}`)).body;
    const rita = client(forge.url, forge.tokenFor("rita"));
    const { body } = await rita("POST /graphql", { query: READY, variables: { id } });
    expect(body.errors[0].type).toBe("FORBIDDEN");
  });
});

describe("workflows need a permission of their own", () => {
  const tree = (path: string) => ({
    base_tree: repo.head(),
    tree: [{ path, mode: "100644", type: "blob", content: "on: push\nx" }],
  });

  it.each([
    ["src/x.yml", 201],
    [".github/other.yml", 201],
    [".github/workflows/x.yml", 403],
    [".github/workflows/ci.yml", 403],
  ])("a tree with %s → %d", async (path, status) => {
    expect((await app(`POST ${AT}/git/trees`, tree(path))).status).toBe(status);
  });

  it("a person may, and an App may not bring such a commit to a branch by a subtree", async () => {
    const workflows = { tree: [{ path: "workflows/x.yml", mode: "100644", type: "blob", content: "on: push\ny" }] };
    const { body: inner } = await app(`POST ${AT}/git/trees`, workflows);
    const outer = { tree: [{ path: ".github", mode: "040000", type: "tree", sha: inner.sha }] };
    const { body: made } = await app(`POST ${AT}/git/trees`, outer);
    const { body: commit } = await app(`POST ${AT}/git/commits`, {
      message: "x",
      tree: made.sha,
      parents: [repo.head()],
    });
    const ref = { ref: "refs/heads/sneaky", sha: commit.sha };
    expect((await app(`POST ${AT}/git/refs`, ref)).status).toBe(403);
    expect((await alice(`POST ${AT}/git/refs`, ref)).status).toBe(201);
  });
});

describe("refs", () => {
  it("move forward only, unless forced", async () => {
    const first = repo.push("alice", "refs", { "r.txt": "1" });
    const second = repo.push("alice", "refs", { "r.txt": "2" });
    const back = await app(`PATCH ${AT}/git/refs/heads/refs`, { sha: first, force: false });
    expect([back.status, back.body.message]).toEqual([422, "Update is not a fast forward"]);
    expect((await app(`PATCH ${AT}/git/refs/heads/refs`, { sha: first, force: true })).status).toBe(200);
    expect((await app(`PATCH ${AT}/git/refs/heads/refs`, { sha: second, force: false })).status).toBe(200);
    expect((await app(`POST ${AT}/git/refs`, { ref: "refs/heads/refs", sha: first })).body.message).toBe(
      "Reference already exists",
    );
  });
});

describe("opening pull requests", () => {
  it("twice is refused", async () => {
    const { branch } = await pullOfApp();
    const again = await app(`POST ${AT}/pulls`, { title: "Again", head: branch, base: "main" });
    expect(again.status).toBe(422);
    expect(again.body.errors[0].message).toBe(`A pull request already exists for acme:${branch}.`);
  });

  it("without a commit or a branch is refused", async () => {
    repo.push("alice", "empty", { "e.txt": "1" });
    repo.forcePush("alice", "empty", repo.head());
    const empty = await app(`POST ${AT}/pulls`, { title: "Empty", head: "empty", base: "main" });
    expect(empty.body.errors[0].message).toBe("No commits between main and empty");
    const missing = await app(`POST ${AT}/pulls`, { title: "Missing", head: "no-such-branch", base: "main" });
    expect(missing.body.errors[0]).toMatchObject({ field: "head", code: "invalid" });
  });
});

describe("check runs", () => {
  const annotation = { path: "a.txt", start_line: 1, end_line: 1, annotation_level: "notice", message: "Look" };
  const output = (count: number) => ({
    title: "t",
    summary: "s",
    annotations: Array.from({ length: count }, () => annotation),
  });

  it("take fifty annotations a request, and updates add to them", async () => {
    const check = { name: "coop/proof", head_sha: repo.head(), status: "in_progress" };
    expect((await app(`POST ${AT}/check-runs`, { ...check, output: output(51) })).status).toBe(422);
    const { body } = await app(`POST ${AT}/check-runs`, { ...check, output: output(50) });
    expect(body.app).toMatchObject({ id: forge.app.id, slug: "coop" });
    const updated = await app(`PATCH ${AT}/check-runs/${body.id}`, { conclusion: "success", output: output(1) });
    expect(updated.body).toMatchObject({ status: "completed", output: { annotations_count: 51 } });
  });

  it("belong to an App and to a commit that exists", async () => {
    expect((await alice(`POST ${AT}/check-runs`, { name: "x", head_sha: repo.head() })).status).toBe(403);
    const owner = client(forge.url, forge.tokenFor("acme"));
    expect((await owner(`POST ${AT}/check-runs`, { name: "x", head_sha: repo.head() })).status).toBe(403);
    expect((await app(`POST ${AT}/check-runs`, { name: "x", head_sha: "f".repeat(40) })).status).toBe(422);
  });

  it("that have passed still leave the App's own empty suite waiting", async () => {
    const sha = repo.push("alice", "suites", { "s.txt": "1" });
    const { body } = await app(`GET ${AT}/commits/${sha}/check-suites`);
    const own = body.check_suites.find((suite: { app: { slug: string } }) => suite.app.slug === "coop");
    expect(own).toMatchObject({ status: "queued", conclusion: null, latest_check_runs_count: 0 });
    expect((await app(`GET ${AT}/commits/${sha}/status`)).body).toMatchObject({ state: "pending", total_count: 0 });
  });
});

describe("what people may do", () => {
  it.each([
    ["tess", true],
    ["rita", false],
  ])("%s may label: %s", async (login, mayLabel) => {
    const number = repo.openIssue("rita", { title: "Label me", body: "" });
    const ask = client(forge.url, forge.tokenFor(login));
    const { status } = await ask(`POST ${AT}/issues/${number}/labels`, { labels: ["coop"] });
    expect(status).toBe(mayLabel ? 200 : 403);
    const act = () => repo.addLabel(login, number, "by-hand");
    if (mayLabel) expect(act).not.toThrow();
    else expect(act).toThrow(/needs triage permission/);
  });

  it.each([
    ["alice", 200],
    ["tess", 403],
  ])("%s merging → %d", async (login, status) => {
    const { number } = await pullOfApp();
    const ask = client(forge.url, forge.tokenFor(login));
    expect((await ask(`PUT ${AT}/pulls/${number}/merge`, {})).status).toBe(status);
  });

  it.each([
    ["acme", 200, "admin", "admin"],
    ["alice", 200, "write", "write"],
    ["tess", 200, "read", "triage"],
    ["rita", 200, "read", "read"],
    ["stranger", 200, "read", "read"],
    ["nobody-at-all", 404, undefined, undefined],
  ])("permission of %s", async (login, status, permission, role_name) => {
    forge.tokenFor("stranger");
    const answer = await app(`GET ${AT}/collaborators/${login}/permission`);
    expect(answer.status).toBe(status);
    expect([answer.body.permission, answer.body.role_name]).toEqual([permission, role_name]);
  });
});
