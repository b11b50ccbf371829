import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Ask, client } from "./client-for-tests.ts";
import type { GitHubDouble } from "./double.ts";
import type { LocalRepo } from "./local-repo.ts";
import { startForge } from "./server.ts";

/** A pull request's life: its head follows the branch, and a merge loses nothing. */
const AT = "/repos/acme/shop";
const LINES = "one\ntwo\nthree\nfour\nfive\n";

let forge: GitHubDouble;
let repo: LocalRepo;
let app: Ask;
let pull: number;

beforeEach(async () => {
  forge = await startForge();
  repo = forge.createRepo({ fullName: "acme/shop", files: { "a.txt": LINES }, people: { alice: "write" } });
  app = client(forge.url, forge.installationToken("acme"));
  repo.push("alice", "change", { "a.txt": LINES.replace("one", "ONE") });
  pull = repo.openPull("alice", { title: "Change", head: "change", base: "main" });
});

afterEach(() => forge.close());

const read = async () => (await app(`GET ${AT}/pulls/${pull}`)).body;
const text = (path: string) => repo.files().get(path)?.toString();

describe("mergeable", () => {
  it("is null until a read has made GitHub work it out, and again after each push", async () => {
    expect([(await read()).mergeable, (await read()).mergeable]).toEqual([null, true]);
    repo.push("alice", "main", { "b.txt": "b\n" });
    expect([(await read()).mergeable, (await read()).mergeable_state]).toEqual([null, "clean"]);
    repo.push("alice", "main", { "a.txt": LINES.replace("one", "1") });
    expect([(await read()).mergeable, (await read()).mergeable]).toEqual([null, false]);
    expect((await read()).mergeable_state).toBe("dirty");
  });

  it("names a test merge that is no merge", async () => {
    await read();
    const { merge_commit_sha, merged } = await read();
    expect([typeof merge_commit_sha, merged]).toEqual(["string", false]);
    expect(repo.head()).not.toBe(merge_commit_sha);
  });
});

describe("the head", () => {
  it("moves with the branch", async () => {
    const sha = repo.push("alice", "change", { "c.txt": "c\n" });
    expect((await read()).head.sha).toBe(sha);
    const { body } = await app(`GET ${AT}/pulls/${pull}/files`);
    expect(body.map((file: { filename: string }) => file.filename)).toEqual(["a.txt", "c.txt"]);
    expect((await app(`GET ${AT}/pulls/${pull}/commits`)).body).toHaveLength(2);
  });

  it("closes the pull request when its branch is deleted", async () => {
    repo.deleteBranch("alice", "change");
    expect(await read()).toMatchObject({ state: "closed", merged: false });
  });

  it("of a fork belongs to another repository, and to none once that is deleted", async () => {
    const fork = repo.fork("bob");
    fork.push("bob", "theirs", { "f.txt": "f\n" });
    const number = repo.openPull("bob", { title: "From a fork", head: "bob:theirs", base: "main" });
    expect((await app(`GET ${AT}/pulls/${number}`)).body.head.repo.full_name).toBe("bob/shop");
    fork.deleteRepository("bob");
    expect((await app(`GET ${AT}/pulls/${number}`)).body.head.repo).toBeNull();
  });
});

describe("merging", () => {
  it.each(["merge", "squash"])(
    "by %s keeps what the base gained and changes only what the branch changed",
    async (merge_method) => {
      repo.push("alice", "main", { "a.txt": LINES.replace("five", "FIVE"), "gained.txt": "1\n" });
      const { status, body } = await app(`PUT ${AT}/pulls/${pull}/merge`, {
        sha: (await read()).head.sha,
        merge_method,
      });
      expect([status, body.merged]).toEqual([200, true]);
      expect(text("a.txt")).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
      expect(text("gained.txt")).toBe("1\n");
      expect(await read()).toMatchObject({ state: "closed", merged: true, merge_commit_sha: repo.head() });
      expect((await app(`GET ${AT}/commits/main`)).body.parents).toHaveLength(merge_method === "merge" ? 2 : 1);
      // What it changed can still be read.
      expect((await app(`GET ${AT}/pulls/${pull}/files`)).body).toHaveLength(1);
    },
  );

  it.each([
    ["a stale sha", () => ({ sha: "f".repeat(40) }), 409],
    ["rebasing", () => ({ merge_method: "rebase" }), 405],
    ["a conflict", () => (repo.push("alice", "main", { "a.txt": LINES.replace("one", "1") }), {}), 405],
    ["a draft", () => (repo.convertToDraft("alice", pull), {}), 405],
    ["a closed one", () => (repo.close("alice", pull), {}), 405],
    ["a missing required check", () => (repo.requireChecks("acme", ["ci/test"]), {}), 405],
    ["nothing wrong", () => ({}), 200],
  ])("with %s", async (_what, prepare, status) => {
    const before = repo.head();
    const answer = await app(`PUT ${AT}/pulls/${pull}/merge`, prepare());
    expect(answer.status).toBe(status);
    if (status !== 200) expect((await read()).merged).toBe(false);
    else expect(repo.head()).not.toBe(before);
  });

  it("passes once the required check is green", async () => {
    repo.requireChecks("acme", ["ci/test"]);
    repo.setStatus("alice", { sha: (await read()).head.sha, context: "ci/test", state: "success" });
    expect((await app(`PUT ${AT}/pulls/${pull}/merge`, {})).status).toBe(200);
  });

  it("closes the issues that its text names, and only those", async () => {
    const numbers = [1, 2, 3].map(() => repo.openIssue("alice", { title: "Bug", body: "" }));
    const [fixed, resolved, mentioned] = numbers;
    repo.edit("alice", pull, { body: `Fixes #${fixed}, see #${mentioned}. Resolves: #${resolved}` });
    await app(`PUT ${AT}/pulls/${pull}/merge`, {});
    expect(numbers.map((number) => repo.thread(number).state)).toEqual(["closed", "closed", "open"]);
    expect((await app(`GET ${AT}/issues/${fixed}`)).body.state_reason).toBe("completed");
  });
});

describe("as an issue", () => {
  it("it can be read, labelled and commented", async () => {
    const { body } = await app(`GET ${AT}/issues/${pull}`);
    expect(body.pull_request.url).toContain(`/pulls/${pull}`);
    expect((await app(`POST ${AT}/issues/${pull}/labels`, { labels: ["x"] })).status).toBe(200);
    const comment = await app(`POST ${AT}/issues/${pull}/comments`, { body: "Hello" });
    expect(comment.body).toMatchObject({
      user: { login: "coop[bot]", type: "Bot" },
      performed_via_github_app: { id: forge.app.id, slug: "coop" },
    });
  });

  it("and an issue is no pull request", async () => {
    const number = repo.openIssue("alice", { title: "Bug", body: "" });
    expect((await app(`GET ${AT}/pulls/${number}`)).status).toBe(404);
  });
});
