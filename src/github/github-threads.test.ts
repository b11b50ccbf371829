import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { Forge } from "../forge/forge.ts";
import { REPO, wired } from "./wire.fixture.ts";

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
});
