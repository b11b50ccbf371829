import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { ForgeApp, Reading, RepositoryAccess } from "../../src/forge/forge-app.ts";
import type { Forge } from "../../src/forge/forge.ts";
import { connectGitHub } from "../../src/github/octokit.ts";
import type { GitHubDouble } from "../../src/github-double/double.ts";
import type { LocalRepo } from "../../src/github-double/local-repo.ts";
import { startForge } from "../../src/github-double/server.ts";

/** What the sweep asks a repository: what changed since a time, at no cost while nothing did, and who objected to a finding. */
const ALWAYS = { iso: "2000-01-01T00:00:00Z", seen: null };
const NEVER = { iso: "2999-01-01T00:00:00Z", seen: null };

let forge: GitHubDouble;
let app: ForgeApp;
let repo: LocalRepo;
let access: RepositoryAccess;
let github: Forge;
let count = 0;

beforeAll(async () => {
  forge = await startForge();
  app = connectGitHub({
    ...{ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url, pace: null, readRetryMs: 0 },
    ...{ blobs: { get: async () => null, put: async () => "" }, secrets: [] },
  });
});
afterAll(() => forge.close());

beforeEach(async () => {
  count += 1;
  const files = { "src/new.txt": "new\n" };
  repo = forge.createRepo({ fullName: `acme/swept${count}`, files, people: { alice: "write", bob: "read" } });
  const known = await app.repositories((await app.installations())[0]?.id ?? 0);
  access = known.find((one) => one.name === `swept${count}`) ?? known[0]!;
  github = app.forRepository(access);
});

function foundIn<T>(reading: Reading<T>) {
  if (reading === "unchanged") throw new Error("There was something to find");
  return reading;
}

async function pull(): Promise<number> {
  repo.push("alice", "topic", { "src/new.txt": "newer\n" });
  return repo.openPull("alice", { title: "Change", body: "", head: "topic", base: "main" });
}

describe("what changed", () => {
  it("is named with its kind, the longest unchanged first", async () => {
    const issue = repo.openIssue("alice", { title: "T", body: "B" });
    const number = await pull();
    const { found } = foundIn(await app.changedSince(access, ALWAYS));
    expect(found.map((one) => [one.number, one.is])).toEqual([[issue, "issue"], [number, "pull"]]); // prettier-ignore
    expect(await app.changedSince(access, NEVER)).toMatchObject({ found: [] });
  });

  it("is asked for at no cost while nothing did, and found again when something does", async () => {
    const issue = repo.openIssue("alice", { title: "T", body: "B" });
    const { mark } = foundIn(await app.changedSince(access, ALWAYS));
    expect(await app.changedSince(access, { ...ALWAYS, seen: mark })).toBe("unchanged");
    expect(forge.requests.at(-1)).toMatchObject({ status: 304 });
    repo.comment("alice", issue, "Anything new?");
    const later = foundIn(await app.changedSince(access, { ...ALWAYS, seen: mark }));
    expect(later.found.map((one) => one.number)).toEqual([issue]);
    const [comment] = await app.recentComments(access, ALWAYS.iso);
    expect(comment).toMatchObject({ issueNumber: issue, body: "Anything new?", appId: null });
  });

  it("has no mark where it takes several pages: a change far behind would not be seen by the first", async () => {
    for (let at = 0; at < 101; at++) repo.openIssue("alice", { title: `T${at}`, body: "B" });
    const { found, mark } = foundIn(await app.changedSince(access, ALWAYS));
    expect([found.length, mark]).toEqual([101, null]);
  });
});

describe("objections to findings", () => {
  it("are asked about until nothing can follow from them, then at no cost", async () => {
    const number = await pull();
    const { headSha } = repo.pull(number);
    await github.review(number, {
      headSha,
      body: "Looked.",
      comments: [{ path: "src/new.txt", line: 1, body: "Why?" }],
    });
    const all = async () => true;
    const before = foundIn(await app.objections(access, ALWAYS, 5, all));
    expect([before.found, before.mark === null]).toEqual([[], false]);
    expect(await app.objections(access, { ...ALWAYS, seen: before.mark }, 5, all)).toBe("unchanged");
    const [inline] = repo.pull(number).inline;
    repo.reactInline("alice", inline?.id ?? 0, "-1");
    repo.reactInline("bob", inline?.id ?? 0, "heart");
    expect(await app.objections(access, { ...ALWAYS, seen: before.mark }, 5, all)).toMatchObject({
      found: [{ commentId: inline?.id, pullNumber: number, headline: "Why?", by: { login: "alice" } }],
      mark: null,
    });
    expect(foundIn(await app.objections(access, NEVER, 5, all)).found).toEqual([]);
    const asked = forge.requests.length;
    expect(foundIn(await app.objections(access, ALWAYS, 5, async () => false)).found).toEqual([]);
    expect(forge.requests.slice(asked).filter((one) => one.path.includes("reactions"))).toEqual([]);
  });
});
