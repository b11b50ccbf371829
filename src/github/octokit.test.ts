import { createHash, generateKeyPairSync } from "node:crypto";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "@jest/globals";
import nock from "nock";
import type { Blobs } from "../core/tree.ts";
import type { GitHub, NewCommit } from "./github.ts";
import { connectGitHub } from "./octokit.ts";
import type { GitHubApp } from "./github-app.ts";

const BASE = "https://ghes.example/api/v3";
const REPO = "/api/v3/repos/acme/shop";
const SECRET = "Zq7-Canary_9f3KxW2mTbLr8Vd5Yh1Ns6Pj0";
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const AT = { installationId: 5, repositoryId: 77, owner: "acme", name: "shop" };

const sha1 = (content: Buffer) => createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
const sha = (digit: string) => digit.repeat(40);

let stored: Map<string, Buffer>;
let app: GitHubApp;
let github: GitHub;
let wire: nock.Scope;
let tokenBodies: unknown[];

beforeEach(() => {
  stored = new Map();
  tokenBodies = [];
  const blobs: Blobs = {
    get: async (name) => stored.get(name) ?? null,
    put: async (content) => {
      stored.set(sha1(content), content);
      return sha1(content);
    },
  };
  app = connectGitHub({
    appId: 9,
    privateKey: PEM,
    baseUrl: BASE,
    writeSpacingMs: 0,
    readRetryMs: 0,
    blobs,
    secrets: [SECRET],
  });
  github = app.forRepository(AT);
  wire = nock("https://ghes.example");
  nock("https://ghes.example")
    .persist()
    .post("/api/v3/app/installations/5/access_tokens", (body: { permissions?: unknown }) => {
      if (body.permissions) tokenBodies.push(body);
      return true;
    })
    .reply(201, { token: `ghs_${"t".repeat(40)}`, expires_at: "2099-01-01T00:00:00Z", permissions: {} })
    .get("/api/v3/app")
    .reply(200, { id: 9, slug: "coop" });
});

const comment = () => github.comment(1, "Hello.");
const away = (outcome: string, retryAfterMs: number | null = null) => ({ name: "GitHubAway", outcome, retryAfterMs });

describe("what an answer means", () => {
  it("a token is asked for this repository and the least rights only", async () => {
    wire.post(`${REPO}/issues/1/comments`, { body: "Hello." }).reply(201, { id: 3 });
    expect(await comment()).toEqual({ id: 3 });
    expect(tokenBodies).toEqual([
      {
        repository_ids: [77],
        permissions: {
          contents: "write",
          issues: "write",
          pull_requests: "write",
          checks: "write",
          statuses: "read",
          metadata: "read",
        },
      },
    ]);
    expect(app.counters).toEqual({ restRequests: 2, contentCreating: 1 });
  });

  it("a create that ended in 502 is not repeated, and may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).once().reply(502, "bad gateway");
    await expect(comment()).rejects.toMatchObject(away("unknown"));
    expect(app.counters.contentCreating).toBe(1);
  });

  it("a create whose connection broke may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).replyWithError("socket hang up");
    await expect(comment()).rejects.toMatchObject(away("unknown"));
  });

  it("half an answer to a create may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).reply(201, '{"id": 3', { "content-type": "application/json" });
    await expect(comment()).rejects.toMatchObject(away("unknown"));
  });

  it("a create was not done when already its token could not be had", async () => {
    nock.cleanAll();
    wire.post("/api/v3/app/installations/5/access_tokens").reply(503);
    await expect(comment()).rejects.toMatchObject(away("not-done"));
  });

  it("a read is repeated twice", async () => {
    wire.get(`${REPO}/issues/1`).twice().reply(502);
    wire.get(`${REPO}/issues/1`).reply(200, { number: 1, state: "open", title: "T", user: null, labels: ["a"] });
    expect(await github.issue(1)).toMatchObject({ number: 1, body: "", labels: ["a"], author: { login: "ghost" } });
    wire.get(`${REPO}/issues/2`).times(3).reply(500);
    await expect(github.issue(2)).rejects.toMatchObject(away("not-done"));
  });

  it.each([404, 410])("%d is gone", async (status) => {
    wire.get(`${REPO}/issues/1`).reply(status, { message: "no" });
    expect(await github.issue(1)).toBe("gone");
    wire.patch(`${REPO}/issues/comments/8`).reply(status, { message: "no" });
    expect(await github.editComment(8, "x")).toBe("gone");
  });

  it("a rate limit is handed back with its time, and nothing was done", async () => {
    wire
      .post(`${REPO}/issues/1/comments`)
      .reply(403, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "61" });
    await expect(comment()).rejects.toMatchObject(away("not-done", 61_000));
    wire.post(`${REPO}/issues/1/comments`).reply(429, { message: "slow down" });
    await expect(comment()).rejects.toMatchObject(away("not-done", 60_000));
    const reset = String(Math.floor(Date.now() / 1000) + 600);
    wire
      .get(`${REPO}/issues/1`)
      .reply(403, { message: "API rate limit exceeded" }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset });
    const error = await github.issue(1).catch((one: { retryAfterMs: number }) => one);
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(500_000);
  });

  it("a token that was taken back is renewed once", async () => {
    wire.get(`${REPO}/issues/1`).reply(401, { message: "Bad credentials" });
    wire.get(`${REPO}/issues/1`).reply(404);
    expect(await github.issue(1)).toBe("gone");
    expect(tokenBodies).toHaveLength(2);
  });

  it("what has not changed is not sent again", async () => {
    const issue = { number: 1, state: "open", title: "T", body: "b", user: null, labels: [] };
    wire.get(`${REPO}/issues/1`).reply(200, issue, { etag: '"e1"' });
    wire.get(`${REPO}/issues/1`).matchHeader("if-none-match", '"e1"').reply(304);
    expect(await github.issue(1)).toEqual(await github.issue(1));
    expect(wire.isDone()).toBe(true);
  });

  it.each([
    [{ permission: "write", role_name: "maintain" }, 200, "maintain"],
    [{ permission: "read", role_name: "triage" }, 200, "triage"],
    [{ permission: "admin", role_name: "admin" }, 200, "admin"],
    [{ permission: "sudo" }, 200, "unknown"],
    [{ message: "Not Found" }, 404, "unknown"],
    [{ message: "oops" }, 500, "unknown"],
  ])("permission %j (%d) is %s", async (body, status, expected) => {
    wire.get(`${REPO}/collaborators/eve/permission`).times(3).reply(status, body);
    expect(await github.permission("eve")).toBe(expected);
  });
});

describe("texts that leave", () => {
  it("pass the gate on every path", async () => {
    const dirty = `The key is ${SECRET}, @bob`;
    const isClean = (body: unknown) =>
      !JSON.stringify(body).includes(SECRET) && !/[^\w]@bob/.test(JSON.stringify(body));
    wire.post(`${REPO}/issues/1/comments`, isClean).reply(201, { id: 1 });
    wire.patch(`${REPO}/issues/comments/1`, isClean).reply(200, { id: 1 });
    wire.post(`${REPO}/pulls/1/reviews`, isClean).reply(200, { id: 1 });
    wire.post(`${REPO}/pulls/1/comments/4/replies`, isClean).reply(201, { id: 1 });
    wire.post(`${REPO}/pulls`, isClean).reply(201, { number: 2 });
    wire.post(`${REPO}/check-runs`, isClean).reply(201, { id: 1 });
    wire.put(`${REPO}/pulls/1/merge`, isClean).reply(200, { sha: sha("a"), merged: true });
    await github.comment(1, dirty);
    await github.editComment(1, dirty);
    await github.review(1, { headSha: sha("a"), body: dirty, comments: [{ path: "a", line: 1, body: dirty }] });
    await github.replyInline(1, 4, dirty);
    await github.openPull({ title: dirty, body: dirty, head: "h", base: "b", draft: true });
    const annotations = [{ path: "a", line: 1, level: "notice" as const, message: dirty }];
    await github.publishCheck({
      name: "coop/proof",
      headSha: sha("a"),
      conclusion: "success",
      title: dirty,
      summary: dirty,
      detailsUrl: null,
      annotations,
    });
    await github.merge(1, sha("a"), dirty, dirty);
    expect(wire.pendingMocks()).toEqual([]);
  });

  it("are not committed as files when they hold a secret", async () => {
    const changes = new Map([
      ["a.txt", { content: Buffer.from(Buffer.from(SECRET).toString("base64")), mode: "100644" as const }],
    ]);
    expect(await github.commit(commitOf({ changes }))).toMatchObject({ outcome: "refused" });
    expect(app.counters.restRequests).toBe(0);
  });
});

function commitOf(own: Partial<NewCommit> = {}): NewCommit {
  return {
    branch: "coop/1",
    parentSha: sha("a"),
    mergedParentSha: null,
    expectedHead: null,
    baseTreeSha: sha("b"),
    changes: new Map([
      ["a.txt", { content: Buffer.from("new\n"), mode: "100644" }],
      ["old.txt", null],
      ["b.bin", { content: Buffer.from([0, 255]), mode: "100755" }],
    ]),
    message: "Fix it",
    ...own,
  };
}

function objects(): void {
  wire.post(`${REPO}/git/blobs`).reply(201, { sha: sha("f") });
  wire
    .post(`${REPO}/git/trees`, {
      base_tree: sha("b"),
      tree: [
        { path: "a.txt", mode: "100644", type: "blob", content: "new\n" },
        { path: "old.txt", mode: "100644", type: "blob", sha: null },
        { path: "b.bin", mode: "100755", type: "blob", sha: sha("f") },
      ],
    })
    .reply(201, { sha: sha("c") });
  wire
    .post(
      `${REPO}/git/commits`,
      (body) => body.author === undefined && body.committer === undefined,
    )
    .reply(201, { sha: sha("d") });
}

const EXISTS = { message: "Reference already exists" };

describe("a commit", () => {
  it("writes objects, then the branch", async () => {
    objects();
    wire.post(`${REPO}/git/refs`, { ref: "refs/heads/coop/1", sha: sha("d") }).reply(201, {});
    expect(await github.commit(commitOf())).toEqual({ outcome: "committed", headSha: sha("d"), treeSha: sha("c") });
  });

  it("moves a branch without force", async () => {
    objects();
    wire.patch(`${REPO}/git/refs/heads%2Fcoop%2F1`, { sha: sha("d"), force: false }).reply(200, {});
    expect(await github.commit(commitOf({ expectedHead: sha("a") }))).toMatchObject({ outcome: "committed" });
  });

  it.each([
    ["our commit under the same name", sha("d"), null, "committed"],
    [
      "the same work under another name",
      sha("e"),
      { tree: { sha: sha("c") }, parents: [{ sha: sha("a") }] },
      "committed",
    ],
    ["another tree", sha("e"), { tree: { sha: sha("9") }, parents: [{ sha: sha("a") }] }, "moved"],
    ["another parent", sha("e"), { tree: { sha: sha("c") }, parents: [{ sha: sha("9") }] }, "moved"],
  ])("finds %s on the branch", async (_what, head, found, outcome) => {
    objects();
    wire.post(`${REPO}/git/refs`).reply(422, EXISTS);
    wire.get(`${REPO}/git/ref/heads%2Fcoop%2F1`).reply(200, { object: { sha: head } });
    if (found) wire.get(`${REPO}/git/commits/${head}`).reply(200, found);
    expect(await github.commit(commitOf())).toMatchObject({ outcome, headSha: head });
  });

  it("refuses to change nothing, and passes on GitHub's refusal", async () => {
    wire.post(`${REPO}/git/trees`).reply(201, { sha: sha("b") });
    const changes = new Map([["old.txt", null]]);
    expect(await github.commit(commitOf({ changes }))).toMatchObject({ outcome: "refused" });
    wire.post(`${REPO}/git/trees`).reply(403, { message: "Resource not accessible by integration" });
    expect(await github.commit(commitOf({ changes }))).toEqual({
      outcome: "refused",
      reason: "Resource not accessible by integration",
    });
  });
});

function tarFile(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("0", 156);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const files = Array.from({ length: 12 }, (_, i) => ({
  path: `f${i}.txt`,
  content: Buffer.from(`file ${i}\n`.repeat(i * 20 + 1)),
}));
const listing = {
  truncated: false,
  tree: [
    ...files.map(({ path, content }) => ({
      path,
      mode: "100644",
      type: "blob",
      sha: sha1(content),
      size: content.length,
    })),
    { path: "big.bin", mode: "100644", type: "blob", sha: sha("1"), size: 2_000_000 },
    { path: "dir", mode: "040000", type: "tree", sha: sha("2") },
    { path: "sub", mode: "160000", type: "commit", sha: sha("3") },
  ],
};

describe("a snapshot", () => {
  beforeEach(() => {
    wire
      .get(`${REPO}/commits/main`)
      .query(true)
      .reply(200, { sha: sha("a"), commit: { tree: { sha: sha("b") } } });
  });

  it("takes an archive for many files, and knows the commit from then on", async () => {
    const archive = gzipSync(
      Buffer.concat([
        ...files.map(({ path, content }) => tarFile(path, content)),
        tarFile("big.bin", Buffer.alloc(2_000_000)),
        Buffer.alloc(1024),
      ]),
    );
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query({ recursive: "1" })
      .reply(200, listing);
    wire.get(`${REPO}/tarball/${sha("a")}`).reply(200, archive, { "content-type": "application/x-gzip" });
    const snapshot = await github.snapshot("main");
    expect(snapshot).toMatchObject({ commitSha: sha("a"), treeSha: sha("b") });
    expect([...stored.keys()].sort()).toEqual(files.map(({ content }) => sha1(content)).sort());
    const requests = app.counters.restRequests;
    expect(await github.snapshot(sha("a"))).toEqual(snapshot);
    expect(app.counters.restRequests).toBe(requests);
  });

  it("takes files one by one where there is no archive, or a broken one", async () => {
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, listing);
    wire
      .get(`${REPO}/tarball/${sha("a")}`)
      .reply(200, Buffer.from("nonsense"), { "content-type": "application/x-gzip" });
    for (const { content } of files)
      wire
        .get(`${REPO}/git/blobs/${sha1(content)}`)
        .reply(200, { content: content.toString("base64"), encoding: "base64" });
    await github.snapshot("main");
    expect(stored.size).toBe(files.length);
  });

  it("believes no content that has another SHA", async () => {
    const tree = [{ path: "a", mode: "100644", type: "blob", sha: sha("7"), size: 3 }];
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, { truncated: false, tree });
    wire.get(`${REPO}/git/blobs/${sha("7")}`).reply(200, { content: "YWJj", encoding: "base64" });
    await expect(github.snapshot("main")).rejects.toMatchObject(away("not-done"));
    expect(stored.size).toBe(0);
  });

  it("walks a tree that is too large for one listing", async () => {
    const content = Buffer.from("x");
    await storedBlob(content);
    const blob = { path: "x", mode: "100644", type: "blob", sha: sha1(content), size: 1 };
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query({ recursive: "1" })
      .reply(200, { truncated: true, tree: [blob] });
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .reply(200, { truncated: false, tree: [blob, { path: "d", mode: "040000", type: "tree", sha: sha("2") }] });
    wire
      .get(`${REPO}/git/trees/${sha("2")}`)
      .query({ recursive: "1" })
      .reply(200, { truncated: false, tree: [{ ...blob, path: "e/y" }] });
    const snapshot = await github.snapshot("main");
    expect(snapshot !== "gone" && [...snapshot.tree.keys()]).toEqual(["x", "d/e/y"]);
  });

  it("needs no request for a commit of our own", async () => {
    wire
      .get(`${REPO}/git/trees/${sha("b")}`)
      .query(true)
      .reply(200, { truncated: false, tree: [] });
    await github.snapshot("main");
    objects();
    wire.post(`${REPO}/git/refs`).reply(201, {});
    await github.commit(commitOf());
    const requests = app.counters.restRequests;
    const snapshot = await github.snapshot(sha("d"));
    expect(snapshot !== "gone" && [...snapshot.tree.keys()]).toEqual(["a.txt", "b.bin"]);
    expect(app.counters.restRequests).toBe(requests);
  });
});

async function storedBlob(content: Buffer): Promise<void> {
  stored.set(sha1(content), content);
}

describe("pull requests", () => {
  it.each([
    [200, { sha: sha("c"), merged: true }, { outcome: "merged", sha: sha("c") }],
    [409, { message: "Head branch was modified. Review and try the merge again." }, { outcome: "head-moved" }],
    [
      405,
      { message: "Pull Request is still a draft" },
      { outcome: "refused", reason: "Pull Request is still a draft" },
    ],
    [403, { message: "Resource not accessible" }, { outcome: "refused", reason: "Resource not accessible" }],
    [422, { message: "Invalid" }, { outcome: "refused", reason: "Invalid" }],
  ])("merge answered %d %j", async (status, body, outcome) => {
    wire.put(`${REPO}/pulls/1/merge`, (sent) => sent.sha === sha("a")).reply(status, body);
    expect(await github.merge(1, sha("a"), "t", "m")).toEqual(outcome);
  });

  it.each([
    [true, { outcome: "merged", sha: sha("c") }],
    [false, { outcome: "conflict" }],
  ])("tells a merge that was done already (%j) from a conflict", async (merged, outcome) => {
    wire.put(`${REPO}/pulls/1/merge`).reply(405, { message: "Pull Request is not mergeable" });
    const head = { sha: sha("a"), ref: "h", repo: { id: 1 } };
    const base = { sha: sha("b"), ref: "main", repo: { id: 1 } };
    wire.get(`${REPO}/pulls/1`).reply(200, {
      number: 1,
      merged,
      merge_commit_sha: sha("c"),
      head,
      base,
      state: "closed",
      title: "",
      user: null,
    });
    expect(await github.merge(1, sha("a"), "t", "m")).toEqual(outcome);
  });

  it("are found when they are open already", async () => {
    wire
      .post(`${REPO}/pulls`)
      .reply(422, { message: "Validation Failed", errors: [{ message: "A pull request already exists for acme:h." }] });
    wire
      .get(`${REPO}/pulls`)
      .query(true)
      .reply(200, [{ number: 4, head: { ref: "h" } }]);
    expect(await github.openPull({ title: "t", body: "b", head: "h", base: "main", draft: true })).toEqual({
      number: 4,
      state: "found",
    });
  });

  it.each([
    ["has no GraphQL", 404, "Not Found", "unsupported"],
    ["does not know the mutation", 200, { errors: [{ message: "unknown field" }], data: null }, "unsupported"],
    ["does it", 200, { data: { markPullRequestReadyForReview: { pullRequest: { isDraft: false } } } }, "ready"],
  ])("leave draft when the server %s", async (_what, status, body, outcome) => {
    wire.get(`${REPO}/pulls/1`).reply(200, { number: 1, draft: true, node_id: "PR_1" });
    wire.post("/api/graphql").reply(status as number, body as object);
    expect(await github.markReady(1)).toBe(outcome);
  });
});

describe("checks", () => {
  const run = (own: object) => ({
    id: 1,
    name: "ci",
    status: "completed",
    conclusion: "success",
    app: { id: 1 },
    output: { title: "ok" },
    ...own,
  });
  const list = (...runs: object[]) =>
    wire
      .get(`${REPO}/commits/${sha("a")}/check-runs`)
      .query(true)
      .reply(200, { total_count: runs.length, check_runs: runs });

  it("are the newest of each name; statuses count too when the rest is green", async () => {
    list(
      run({}),
      run({ id: 2, conclusion: "neutral" }),
      run({ name: "coop/proof", app: { id: 9 }, conclusion: "failure" }),
    );
    wire
      .get(`${REPO}/commits/${sha("a")}/status`)
      .query(true)
      .reply(200, { statuses: [{ context: "old-ci", state: "failure", description: null }] });
    expect(await github.checks(sha("a"))).toEqual([
      { name: "ci", ours: false, status: "green", summary: "ok" },
      { name: "coop/proof", ours: true, status: "red", summary: "ok" },
      { name: "old-ci", ours: false, status: "red", summary: "failure" },
    ]);
  });

  it("that run or failed decide without a second request", async () => {
    list(run({ status: "in_progress", conclusion: null, output: {} }));
    expect(await github.checks(sha("a"))).toEqual([
      { name: "ci", ours: false, status: "pending", summary: "in_progress" },
    ]);
  });

  it("of ours carry any number of annotations, and are looked up only after an answer was lost", async () => {
    const annotations = Array.from({ length: 101 }, (_, i) => ({
      path: "a",
      line: i + 1,
      level: "warning" as const,
      message: "m",
    }));
    const check = {
      name: "coop/review",
      headSha: sha("a"),
      conclusion: "failure",
      title: "t",
      summary: "s",
      detailsUrl: null,
      annotations,
    } as const;
    const count = (n: number) => (body: { output: { annotations: unknown[] } }) => body.output.annotations.length === n;
    wire.post(`${REPO}/check-runs`, count(50)).reply(502);
    await expect(github.publishCheck(check)).rejects.toMatchObject(away("unknown"));
    list(run({ id: 31, name: "coop/review", app: { id: 9 } }));
    wire.patch(`${REPO}/check-runs/31`, count(50)).twice().reply(200, { id: 31 });
    wire.patch(`${REPO}/check-runs/31`, count(1)).reply(200, { id: 31 });
    await github.publishCheck(check);
    expect(wire.isDone()).toBe(true);
  });
});

describe("a thread", () => {
  it("is read to its end, and says which App wrote what", async () => {
    const user = { login: "alice", id: 1, type: "User" };
    const page = Array.from({ length: 100 }, (_, i) => ({ id: i, body: "x", user, created_at: "t", updated_at: "t" }));
    wire.get(`${REPO}/issues/1/comments`).query({ page: "1", per_page: "100" }).reply(200, page);
    wire
      .get(`${REPO}/issues/1/comments`)
      .query({ page: "2", per_page: "100" })
      .reply(200, [
        {
          id: 100,
          body: "ours",
          user: { login: "coop[bot]", id: 2, type: "Bot" },
          performed_via_github_app: { id: 9 },
          created_at: "t",
          updated_at: "u",
        },
        { id: 101, body: "no App named", user: { login: "coop[bot]", id: 2, type: "Bot" }, created_at: "t" },
        { id: 102, body: "a person's login", user: { login: "coop[bot]", id: 3, type: "User" }, created_at: "t" },
      ]);
    const comments = await github.comments(1);
    expect(comments).toHaveLength(103);
    expect(comments.slice(99).map(({ appId, edited }) => [appId, edited])).toEqual([
      [null, false],
      [9, true],
      [9, false],
      [null, false],
    ]);
  });
});

describe("the sweep", () => {
  it("lists deliveries that failed and were not healed", async () => {
    const one = (id: number, guid: string, status_code: number) => ({
      id,
      guid,
      status_code,
      event: "issues",
      delivered_at: "2026-01-02T00:00:00Z",
    });
    wire
      .get("/api/v3/app/hook/deliveries")
      .query(true)
      .reply(200, [one(4, "a", 200), one(3, "b", 502), one(2, "a", 500), one(1, "b", 500)]);
    expect(await app.failedDeliveries("2026-01-01T00:00:00Z")).toEqual([
      { id: 3, guid: "b", event: "issues", deliveredAt: "2026-01-02T00:00:00Z" },
    ]);
  });
});
