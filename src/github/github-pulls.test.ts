import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { Forge } from "../forge/forge.ts";
import { REPO, sha, wired } from "./wire.fixture.ts";

let github: Forge;
let wire: nock.Scope;
beforeEach(() => {
  ({ github, wire } = wired());
});

describe("pull requests", () => {
  it.each([
    [200, { sha: sha("c"), merged: true }, { outcome: "merged", sha: sha("c") }],
    [409, { message: "Head branch was modified. Review and try the merge again." }, { outcome: "head-moved" }],
    [
      405,
      { message: "Pull Request is still a draft" },
      { outcome: "refused", rule: "draft", reason: "Pull Request is still a draft", links: [] },
    ],
    [
      403,
      { message: "Resource not accessible" },
      { outcome: "refused", rule: "other", reason: "Resource not accessible", links: [] },
    ],
    [422, { message: "Invalid" }, { outcome: "refused", rule: "other", reason: "Invalid", links: [] }],
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
    ["has neither", 404, "Not Found", true, "unsupported"],
    ["has only REST, where the field counts", 404, "Not Found", false, "ready"],
    ["does not know the mutation", 200, { errors: [{ message: "unknown field" }], data: null }, true, "unsupported"],
    ["does it", 200, { data: { markPullRequestReadyForReview: { pullRequest: { isDraft: false } } } }, null, "ready"],
  ])("leave draft when the server %s", async (_what, status, body, draftAfterPatch, outcome) => {
    wire.get(`${REPO}/pulls/1`).reply(200, { number: 1, draft: true, node_id: "PR_1" });
    wire.post("/api/graphql").reply(status as number, body as object);
    if (draftAfterPatch !== null)
      wire.patch(`${REPO}/pulls/1`, { draft: false }).reply(200, { number: 1, draft: draftAfterPatch });
    expect(await github.markReady(1)).toBe(outcome);
  });
});
