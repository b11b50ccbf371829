import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Blobs, Snapshot } from "../../src/trees/tree.ts";
import type { Forge } from "../../src/forge/forge.ts";
import type { NewCommit } from "../../src/forge/written.ts";
import type { ForgeApp, RepositoryAccess } from "../../src/forge/forge-app.ts";
import { connectGitHub } from "../../src/github/octokit.ts";
import type { GitHubDouble } from "../../src/github-double/double.ts";
import type { LocalRepo } from "../../src/github-double/local-repo.ts";
import { startForge } from "../../src/github-double/server.ts";

let forge: GitHubDouble;
let app: ForgeApp;
let repo: LocalRepo;
let access: RepositoryAccess;
let github: Forge;
let count = 0;

function memoryBlobs(): Blobs {
  const stored = new Map<string, Buffer>();
  return {
    get: async (sha) => stored.get(sha) ?? null,
    put: async (content) => {
      const sha = createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
      stored.set(sha, content);
      return sha;
    },
  };
}

beforeAll(async () => {
  forge = await startForge();
  app = connectGitHub({
    appId: forge.app.id,
    privateKey: forge.app.privateKey,
    baseUrl: forge.url,
    pace: null,
    readRetryMs: 0,
    blobs: memoryBlobs(),
    secrets: [],
  });
});
afterAll(() => forge.close());

const FILES = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`src/f${i}.txt`, `file ${i}\n`]));

beforeEach(async () => {
  forge.clearFailures();
  count += 1;
  repo = forge.createRepo({ fullName: `acme/shop${count}`, files: FILES, people: { alice: "write", eve: "read" } });
  const [installation] = await app.installations();
  const known = await app.repositories(installation?.id ?? 0);
  access = known.find((one) => one.name === `shop${count}`) ?? known[0]!;
  github = app.forRepository(access);
});

async function snapshot(ref: string): Promise<Snapshot> {
  const found = await github.snapshot(ref);
  if (found === "gone") throw new Error(`${ref} is gone`);
  return found;
}

async function commitOn(base: Snapshot, own: Partial<NewCommit> = {}): Promise<NewCommit> {
  return {
    branch: "coop/1",
    parentSha: base.commitSha,
    mergedParentSha: null,
    expectedHead: null,
    baseTreeSha: base.treeSha,
    changes: new Map([
      ["src/new.txt", { content: Buffer.from("new\n"), mode: "100644" as const }],
      ["src/f0.txt", null],
    ]),
    message: "Add a file",
    ...own,
  };
}

async function opened(text = "new\n"): Promise<{ number: number; headSha: string }> {
  const changes: NewCommit["changes"] = new Map([
    ["src/new.txt", { content: Buffer.from(text), mode: "100644" as const }],
    ["src/f0.txt", null],
  ]);
  const outcome = await github.commit(await commitOn(await snapshot("main"), { changes }));
  if (outcome.outcome !== "committed") throw new Error(outcome.outcome);
  const pull = await github.openPull({ title: "Add", body: "b", head: "coop/1", base: "main", draft: true });
  if (pull.state === "refused") throw new Error(pull.reason);
  return { number: pull.number, headSha: outcome.headSha };
}

describe("GitHub, over the wire", () => {
  it("reads a whole tree, and nothing twice", async () => {
    const main = await snapshot("main");
    expect(main.commitSha).toBe(repo.head());
    expect([...main.tree.keys()].sort()).toEqual(Object.keys(FILES).sort());
    const before = app.counters.restRequests;
    expect(await snapshot(main.commitSha)).toEqual(main);
    expect(app.counters.restRequests).toBe(before);
    expect(await github.snapshot("no-such-branch")).toBe("gone");
  });

  it("reads one file of a branch, and says what is none", async () => {
    for (const [path, content] of Object.entries(FILES))
      expect(await github.file("main", "gone.md", path)).toEqual({ path, content: Buffer.from(content) });
    for (const [ref, path] of [
      ["main", "src"],
      ["main", "gone.md"],
      ["nowhere", Object.keys(FILES)[0] ?? ""],
    ] as const)
      expect(await github.file(ref, path)).toBe("gone");
  });

  it("writes the same commit when a step runs twice", async () => {
    const commit = await commitOn(await snapshot("main"));
    const first = await github.commit(commit);
    expect(first).toMatchObject({ outcome: "committed" });
    expect(await github.commit(commit)).toEqual(first);
    expect(first.outcome === "committed" && repo.head("coop/1")).toBe(first.outcome === "committed" && first.headSha);
    expect(repo.files("coop/1").get("src/new.txt")?.toString()).toBe("new\n");
    expect(repo.files("coop/1").has("src/f0.txt")).toBe(false);
  });

  it("never overwrites somebody else's push", async () => {
    const main = await snapshot("main");
    const first = await github.commit(await commitOn(main));
    if (first.outcome !== "committed") throw new Error(first.outcome);
    repo.push("alice", "coop/1", { "src/mine.txt": "mine\n" });
    const changes = new Map([["src/f1.txt", { content: Buffer.from("two\n"), mode: "100644" as const }]]);
    const own = { parentSha: first.headSha, baseTreeSha: first.treeSha, expectedHead: first.headSha, changes };
    expect(await github.commit(await commitOn(main, own))).toEqual({ outcome: "moved", headSha: repo.head("coop/1") });
  });

  it("is refused workflow files by GitHub itself", async () => {
    const content = Buffer.from("on: push\n");
    const changes = new Map([[".github/workflows/ci.yml", { content, mode: "100644" as const }]]);
    expect(await github.commit(await commitOn(await snapshot("main"), { changes }))).toMatchObject({
      outcome: "refused",
    });
  });

  it("finds the pull request that is open already", async () => {
    const { number } = await opened();
    const again = { title: "Add", body: "b", head: "coop/1", base: "main", draft: true } as const;
    expect(await github.openPull(again)).toEqual({ number, state: "found" });
    expect(await github.pullOf("coop/1")).toBe(number);
    expect(await github.pullOf("coop/none")).toBeNull();
    expect(await github.openPull({ ...again, head: "main" })).toMatchObject({ state: "refused" });
  });

  it("merges only the head that was approved, and only when out of draft", async () => {
    const { number, headSha } = await opened();
    expect(await github.merge(number, headSha, "t", "m")).toMatchObject({ outcome: "refused" });
    expect(await github.markReady(number)).toBe("ready");
    expect(await github.markReady(number)).toBe("ready");
    repo.push("alice", "coop/1", { "src/late.txt": "late\n" });
    expect(await github.merge(number, headSha, "t", "m")).toEqual({ outcome: "head-moved" });
    const merged = await github.merge(number, repo.head("coop/1"), "t", "m");
    expect(merged).toEqual({ outcome: "merged", sha: repo.head() });
    expect(await github.merge(number, repo.head("coop/1"), "t", "m")).toEqual(merged);
  });

  it("keeps its own conversations with their findings, and lets people's be", async () => {
    const { number, headSha } = await opened();
    const about = (id: string) => ({ path: "src/new.txt", line: 1, body: `**Blocker: x** · \`${id}\`\n\nSee \`F9\`.` });
    const comments = ["F1", "F2", "F3", "F9"].map(about);
    await github.review(number, { headSha, body: "Four things", comments });
    const conversation = (id: string) => repo.pull(number).inline.find((one) => one.body.split("\n")[0]?.includes(id));
    const resolved = () => ["F1", "F2", "F3", "F9"].filter((id) => conversation(id)?.resolved);
    repo.replyInline("alice", number, conversation("F2")?.id ?? 0, "Are you sure?");
    const settled = ["F1", "F2", "F3"].map((id) => [id, "settled"] as const);
    await github.settleThreads(number, new Map(settled));
    expect(resolved()).toEqual(["F1", "F3"]);
    await github.settleThreads(number, new Map([["F1", "open"]]));
    await github.settleThreads(number, new Map([["F1", "open"]]));
    expect(resolved()).toEqual(["F3"]);
  });

  it("offers several lines to be taken over, all of them in one piece of the diff", async () => {
    const { number, headSha } = await opened("one\ntwo\nthree\n");
    const body = "**Concern: x**\n\n```suggestion\nzwei\n@mona\n```";
    const comments = [{ path: "src/new.txt", startLine: 2, line: 3, body }];
    await github.review(number, { headSha, body: "One thing", comments });
    expect(repo.pull(number).inline).toMatchObject([{ line: 3, startLine: 2, body }]);
  });

  it("tells a conflict", async () => {
    const { number, headSha } = await opened();
    await github.markReady(number);
    repo.push("alice", "main", { "src/new.txt": "theirs\n" });
    expect(await github.merge(number, headSha, "t", "m")).toEqual({ outcome: "conflict" });
  });

  it("may have written a comment whose answer was lost, once", async () => {
    const issue = repo.openIssue("alice", { title: "T", body: "B" });
    forge.fail({ method: "POST", path: /comments$/, times: 1, status: 502, after: "done" });
    await expect(github.comment(issue, "Hello.")).rejects.toMatchObject({ name: "ForgeAway", outcome: "unknown" });
    const comments = await github.comments(issue);
    expect(comments.map(({ body, appId }) => [body, appId])).toEqual([["Hello.", forge.app.id]]);
  });

  it("hands a long rate limit back", async () => {
    const issue = repo.openIssue("alice", { title: "T", body: "B" });
    const message = "You have exceeded a secondary rate limit.";
    forge.fail({ method: "POST", path: /comments$/, times: 1, status: 403, message, headers: { "retry-after": "90" } });
    await expect(github.comment(issue, "x")).rejects.toMatchObject({ outcome: "not-done", retryAfterMs: 90_000 });
  });

  it("asks who may do what, and knows nothing about nobody", async () => {
    expect(await github.permission("alice")).toBe("write");
    expect(await github.permission("eve")).toBe("read");
    expect(["none", "read", "unknown"]).toContain(await github.permission("nobody-at-all"));
  });

  it("publishes checks, and tells them from what others report", async () => {
    const { headSha } = await opened();
    const check = {
      name: "coop/proof",
      headSha,
      conclusion: "success",
      title: "Proven",
      summary: "s",
      detailsUrl: null,
    } as const;
    const running = { ...check, conclusion: null, annotations: [] };
    const id = await github.publishCheck(running, "new");
    expect(repo.checks(headSha)).toMatchObject([{ name: "coop/proof", status: "in_progress" }]);
    expect(await github.publishCheck(running, "unsure")).toBe(id);
    expect(await github.publishCheck({ ...check, annotations: [] }, id)).toBe(id);
    // Where nobody else reported anything, there is no evidence to read.
    expect(await github.checks(headSha)).toEqual([]);
    expect(await github.checkers(headSha)).toEqual([]);
    repo.runCi(async () => ({ conclusion: "success", title: "2 tests passed", summary: "" }), "ci/test");
    repo.rerunCi(headSha);
    await forge.idle();
    expect((await github.checks(headSha)).map((one) => [one.name, one.ours, one.status])).toEqual([
      ["ci/test", false, "green"],
      ["coop/proof", true, "green"],
    ]);
    expect(await github.checkers(headSha)).toHaveLength(1);
  });

  it("opens the issue of a part once, and puts it below its parent where that is known", async () => {
    const parent = repo.openIssue("alice", { title: "All of it", body: "B" });
    const marker = "<!-- coop:part acme/shop#1 abc 1 -->";
    const part = { title: "A part", body: `Text.\n\n${marker}`, labels: ["coop"], marker, sinceIso: new Date().toISOString(), parent }; // prettier-ignore
    // Somebody else's issue with the same words is not ours.
    repo.openIssue("eve", { title: "A part", body: marker });
    const opened = await github.openIssue(part);
    expect(opened).toMatchObject({ state: "opened" });
    expect(await github.openIssue(part)).toEqual({ ...opened, state: "found" });
    const child = "number" in opened ? opened.number : 0;
    expect([await github.attachChild(parent, child), await github.attachChild(parent, child)]).toEqual([
      "attached",
      "attached",
    ]);
    forge.fail({ method: "POST", path: /sub_issues$/, times: 1, status: 404, message: "Not Found" });
    expect(await github.attachChild(parent, child)).toBe("unsupported");
    await github.closeIssue(parent, "completed");
    expect(repo.thread(parent).state).toBe("closed");
  });

  it("keeps labels and reads reviews", async () => {
    const issue = repo.openIssue("alice", { title: "T", body: "B" });
    const label = { name: "coop", look: { colour: "0e8a16", description: "Starts" } };
    expect(await github.createLabel(label)).toBe("created");
    expect(await github.createLabel({ ...label, look: null })).toBe("there");
    expect(repo.label("coop")).toMatchObject({ color: "0e8a16", description: "Starts" });
    await github.addLabel(issue, label);
    await github.removeLabel(issue, "not-there");
    const marked = await app.openIssuesWithLabels(access, ["coop", "coop:working"]);
    expect(marked.map((one) => one.number)).toEqual([issue]);
    const { number, headSha } = await opened();
    const comments = [{ path: "src/new.txt", line: 1, body: "Why?" }];
    await github.review(number, { headSha, body: "Looked.", comments });
    expect(await github.reviews(number)).toMatchObject([{ body: "Looked.", appId: forge.app.id, place: "review" }]);
  });
});
