import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { gunzipSync } from "node:zlib";
import { type Ask, client } from "./client-for-tests.ts";
import type { GitHubDouble } from "./double.ts";
import type { LocalRepo } from "./local-repo.ts";
import { startForge } from "./server.ts";

/** What clients rely on beside the rules: headers, pages, redirects, failures on order, the log, the local CI. */
const AT = "/repos/acme/shop";

let forge: GitHubDouble;
let repo: LocalRepo;
let app: Ask;

beforeEach(async () => {
  forge = await startForge({ requestsPerHour: 20 });
  const files = {
    "a.txt": "1\n",
    "docs/secret.md": "x",
    ".gitattributes": "docs export-ignore\n",
    [`${"long/".repeat(30)}name`]: "l",
  };
  repo = forge.createRepo({ fullName: "acme/shop", files, people: { alice: "write" } });
  app = client(forge.url, forge.installationToken("acme"));
});

afterEach(() => forge.close());

describe("conditional requests", () => {
  it("answer 304 while nothing has changed, and cost nothing", async () => {
    const number = repo.openIssue("alice", { title: "Bug", body: "" });
    const first = await app(`GET ${AT}/issues/${number}`);
    const condition = { "If-None-Match": first.headers.get("etag") ?? "" };
    const second = await app(`GET ${AT}/issues/${number}`, undefined, condition);
    expect([second.status, second.body]).toEqual([304, ""]);
    expect(second.headers.get("x-ratelimit-remaining")).toBe(first.headers.get("x-ratelimit-remaining"));
    repo.edit("alice", number, { title: "Another" });
    expect((await app(`GET ${AT}/issues/${number}`, undefined, condition)).status).toBe(200);
  });
});

describe("the rate limit", () => {
  it("counts down to a refusal that says until when", async () => {
    for (let left = 19; left >= 0; left--) {
      expect((await app(`GET ${AT}`)).headers.get("x-ratelimit-remaining")).toBe(String(left));
    }
    const refused = await app(`GET ${AT}`);
    expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    expect(Number(refused.headers.get("x-ratelimit-reset")) * 1000).toBeGreaterThan(Date.now());
  });
});

describe("lists", () => {
  it("come in pages with links", async () => {
    const number = repo.openIssue("alice", { title: "Bug", body: "" });
    for (let at = 1; at <= 5; at++) repo.comment("alice", number, `Comment ${at}`);
    const page = await app(`GET ${AT}/issues/${number}/comments?per_page=2&page=2`);
    expect(page.body.map(({ body }: { body: string }) => body)).toEqual(["Comment 3", "Comment 4"]);
    const link = page.headers.get("link") ?? "";
    expect([...link.matchAll(/page=(\d+)>; rel="(\w+)"/g)].map(([, number, name]) => `${name} ${number}`)).toEqual([
      ...["first 1", "prev 1", "next 3", "last 3"],
    ]);
    expect((await app(`GET ${AT}/issues/${number}/comments?per_page=5`)).headers.get("link")).toBeNull();
  });
});

describe("what has left", () => {
  it("a transferred issue redirects, a deleted one is gone, a missing one not found", async () => {
    const other = forge.createRepo({ fullName: "acme/other", people: { alice: "write" } });
    const number = repo.openIssue("alice", { title: "Moves", body: "" });
    repo.comment("alice", number, "Comes along");
    const moved = repo.transfer("alice", number, other);
    const answer = await app(`GET ${AT}/issues/${number}`);
    expect(answer.status).toBe(301);
    const target = (answer.headers.get("location") ?? "").slice(forge.url.length);
    expect((await app(`GET ${target}`)).body).toMatchObject({ number: moved, title: "Moves", comments: 1 });
    const gone = repo.openIssue("alice", { title: "Spam", body: "" });
    repo.deleteIssue("acme", gone);
    expect((await app(`GET ${AT}/issues/${gone}`)).status).toBe(410);
    expect((await app(`GET ${AT}/issues/999`)).status).toBe(404);
  });
});

describe("the tarball", () => {
  it("is fetched elsewhere, without a token, and leaves out what attributes say", async () => {
    const answer = await app(`GET ${AT}/tarball/main`);
    expect(answer.status).toBe(302);
    const response = await fetch(answer.headers.get("location") ?? "", { headers: { "User-Agent": "test" } });
    const tar = gunzipSync(Buffer.from(await response.arrayBuffer())).toString("latin1");
    expect(tar).toContain(`comment=${repo.head()}`);
    expect(tar).toContain(`acme-shop-${repo.head().slice(0, 7)}/a.txt`);
    expect(tar).toContain(`path=acme-shop-${repo.head().slice(0, 7)}/long/long/`);
    expect(tar).not.toContain("secret.md");
    const guessed = await client(forge.url, null)("GET /_codeload/acme/shop/legacy.tar.gz/main?token=guess");
    expect(guessed.status).toBe(404);
  });
});

describe("failures on order", () => {
  it("come before the act, or after it with only the answer lost", async () => {
    const number = repo.openIssue("alice", { title: "Bug", body: "" });
    const order = { method: "POST", path: /comments$/, times: 1 };
    forge.fail({ ...order, status: 503, headers: { "retry-after": "7" } });
    forge.fail({ ...order, status: 502, after: "done" });
    const post = () => app(`POST ${AT}/issues/${number}/comments`, { body: "Hello" });
    const first = await post();
    expect([first.status, first.headers.get("retry-after"), repo.thread(number).comments.length]).toEqual([
      503,
      "7",
      0,
    ]);
    expect([(await post()).status, repo.thread(number).comments.length]).toEqual([502, 1]);
    expect([(await post()).status, repo.thread(number).comments.length]).toEqual([201, 2]);
  });
});

describe("malformed requests", () => {
  const raw = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${forge.url}${AT}/issues`, {
      method: "POST",
      body,
      headers: { Authorization: `Bearer ${forge.tokenFor("alice")}`, "User-Agent": "test", ...headers },
    });

  it.each([
    ["no JSON", "{", 400],
    ["no object", "[]", 400],
    ["no title", "{}", 422],
    ["an empty title", '{"title":" "}', 422],
    ["a title that is no text", '{"title":7}', 422],
    ["a title of 257 characters", JSON.stringify({ title: "t".repeat(257) }), 422],
    ["nothing wrong", '{"title":"t"}', 201],
  ])("%s", async (_what, body, status) => {
    expect((await raw(body)).status).toBe(status);
  });

  it("an unknown address and another form than JSON", async () => {
    expect((await app(`GET ${AT}/milestones`)).status).toBe(404);
    expect(forge.requests.at(-1)).toMatchObject({ template: null, status: 404 });
    expect((await app(`GET ${AT}`, undefined, { Accept: "application/vnd.github.v3.diff" })).status).toBe(415);
  });
});

describe("the log", () => {
  it("counts requests and the content that they create", async () => {
    const { body } = await app(`POST ${AT}/issues`, { title: "Bug" });
    await app(`POST ${AT}/issues/${body.number}/labels`, { labels: ["x"] });
    await app(`POST ${AT}/git/blobs`, { content: "x" });
    await app("POST /graphql", {
      query: '{ repository(owner: "acme", name: "shop") { pullRequest(number: 9) { id } } }',
    });
    expect(forge.counts()).toEqual({ restRequests: 3, contentCreating: 1 });
    expect(forge.requests[1]).toMatchObject({
      method: "POST",
      template: "/repos/{owner}/{repo}/issues/{issue_number}/labels",
    });
  });
});

describe("the local CI", () => {
  it("checks every pushed commit in the name of another App", async () => {
    repo.runCi((files) => {
      const passed = files.get("a.txt")?.toString() === "2\n";
      return Promise.resolve({ conclusion: passed ? "success" : "failure", title: "Tests", summary: "1 run" });
    });
    const bad = repo.push("alice", "main", { "b.txt": "" });
    const good = repo.push("alice", "main", { "a.txt": "2\n" });
    await forge.idle();
    const conclusions = [bad, good].map((sha) =>
      repo.checks(sha).map(({ name, app: by, conclusion }) => [name, by, conclusion]),
    );
    expect(conclusions).toEqual([[["ci/test", "local-ci", "failure"]], [["ci/test", "local-ci", "success"]]]);
    const { body } = await app(`GET ${AT}/commits/${good}/check-runs`);
    expect(body.check_runs).toMatchObject([{ status: "completed", app: { slug: "local-ci" } }]);
  });

  it("says that a check which cannot run has not passed", async () => {
    repo.runCi(() => Promise.reject(new Error("no such command")));
    const sha = repo.push("alice", "main", { "b.txt": "" });
    await forge.idle();
    expect(repo.checks(sha)).toMatchObject([{ conclusion: "failure", summary: "no such command" }]);
  });
});
