import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { Forge } from "../forge/forge.ts";
import { REPO, sha, wired } from "./wire.fixture.ts";

let github: Forge;
let wire: nock.Scope;
beforeEach(() => {
  ({ github, wire } = wired());
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

  it.each(["page=2&per_page=100", "after=Y3Vyc29y&per_page=100"])(
    "goes on where the Link header says: %s",
    async (next) => {
      const one = (id: number) => ({ id, body: "x", user: null, created_at: "t", updated_at: "t" });
      const where = `https://ghes.example/api/v3/repositories/77/issues/1/comments`;
      const link = `<${where}?page=1>; rel="first", <${where}?${next}>; rel="next"`;
      wire
        .get(`${REPO}/issues/1/comments`)
        .query({ page: "1", per_page: "100" })
        .reply(200, [one(1)], { link });
      const rest = Object.fromEntries(new URLSearchParams(next));
      wire
        .get(`${REPO}/issues/1/comments`)
        .query(rest)
        .reply(200, [one(2)], { link: `<${where}>; rel="prev"` });
      expect((await github.comments(1)).map(({ id, author }) => [id, author.login])).toEqual([
        [1, "ghost"],
        [2, "ghost"],
      ]);
    },
  );

  it("hides nobody's comment when others are deleted while it is read", async () => {
    const one = (id: number) => ({ id, body: "x", user: null, created_at: "t", updated_at: "t" });
    const where = "https://ghes.example/api/v3/repositories/77/issues/1/comments";
    let standing = Array.from({ length: 350 }, (_, index) => one(index + 1));
    let page = 0;
    wire
      .persist()
      .get(`${REPO}/issues/1/comments`)
      .query((asks) => (page = Number(asks["page"])) > 0)
      .reply(() => {
        const list = standing.slice((page - 1) * 100, page * 100);
        const link = page === 4 ? `<${where}?page=3>; rel="prev"` : `<${where}?page=${page + 1}>; rel="next", <${where}?page=4>; rel="last"`; // prettier-ignore
        // Behind each answer somebody deletes one near the beginning.
        standing = standing.filter((_, index) => index !== 2);
        return [200, list, { link }];
      });
    const found = (await github.comments(1)).map(({ id }) => id);
    expect(standing.map(({ id }) => id).filter((id) => !found.includes(id))).toEqual([]);
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
  });
});

describe("a review", () => {
  const review = { headSha: sha("a"), body: "Both findings.", comments: [{ path: "a", line: 1, body: "One" }] };
  const at = `${REPO}/pulls/1/reviews`;

  it("stands without its inline comments where GitHub does not take them, or the commit is no more", async () => {
    wire
      .post(at, (body) => body.commit_id === sha("a") && body.comments.length === 1)
      .reply(422, { message: "Unprocessable Entity", errors: ["Line could not be resolved"] });
    wire.post(at, { event: "COMMENT", body: "Both, in full." }).reply(200, { id: 6 });
    expect(await github.review(1, { ...review, alone: "Both, in full." })).toEqual({ id: 6 });
  });

  it.each([
    [403, "Resource not accessible by integration"],
    [422, "Body is too long"],
  ])("that is refused for something else (%d) is not written: %s", async (status, message) => {
    wire.post(at).times(2).reply(status, { message });
    await expect(github.review(1, review)).rejects.toMatchObject({ name: "ForgeAway", nature: "refused" });
  });

  it("of a person may be gone before it is answered", async () => {
    wire.post(`${REPO}/pulls/1/comments/5/replies`).reply(404, { message: "Not Found" });
    expect(await github.replyInline(1, 5, "Reworked.")).toBe("gone");
  });
});

describe("one look at many things", () => {
  const author = { login: "alice", __typename: "User", databaseId: 1 };
  const issue = { number: 1, state: "OPEN", title: "T", body: "", author, repository: { nameWithOwner: "acme/shop" } };
  it.each([
    ["everything", { totalCount: 1, nodes: [{ name: "Coop" }] }, ["coop"]],
    ["no list", null, null],
    ["a list without its things", { totalCount: 1, nodes: null }, null],
    ["one that may not be seen", { totalCount: 1, nodes: [null] }, null],
  ])("takes what is there, and leaves out what is not all there: %s", async (_, labels, expected) => {
    const ref = { target: null };
    const checks = {
      checkSuites: { totalCount: 1, nodes: [{ databaseId: 1, status: "COMPLETED", app: null, checkRuns: null }] },
    };
    const repository = { nameWithOwner: "acme/shop", issue: { ...issue, labels }, ref, checks };
    wire.post("/api/graphql").reply(200, { data: { repository } });
    const seen = await github.lookTogether({ issue: 1, branch: "coop/issue-1", checks: sha("a") });
    expect([seen.issue?.labels ?? null, seen.branch, seen.checks]).toEqual([expected, undefined, undefined]);
  });
});
