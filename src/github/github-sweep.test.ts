import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { ForgeApp, RepositoryAccess } from "../forge/forge-app.ts";
import { REPO, wired } from "./wire.fixture.ts";

const ACCESS: RepositoryAccess = {
  ...{ owner: "acme", name: "shop" },
  forge: { kind: "github", installationId: 5, repositoryId: 77 },
};

let app: ForgeApp;
let wire: nock.Scope;
beforeEach(() => {
  ({ app, wire } = wired());
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

  it("reads recent comments to the end, a list that one question does not hold from its last comment on", async () => {
    const START = Date.parse("2026-01-01T00:00:00Z");
    const updated = (id: number) => new Date(START + id * 60_000).toISOString().replace(".000", "");
    const all = Array.from({ length: 1_200 }, (_, index) => ({
      ...{ id: index + 1, body: `${index + 1}`, user: { login: "mona", id: 1, type: "User" } },
      ...{ created_at: updated(index + 1), updated_at: updated(index + 1) },
      issue_url: "https://ghes.example/api/v3/repos/acme/shop/issues/7",
    }));
    const asked: string[] = [];
    wire
      .persist()
      .get(`${REPO}/issues/comments`)
      .query((asks) => asked.push(`${asks["since"]} ${asks["page"]}`) > 0)
      .reply(200, () => {
        const [since = "", page = "1"] = asked.at(-1)?.split(" ") ?? [];
        return all.filter((one) => one.updated_at >= since).slice((Number(page) - 1) * 100, Number(page) * 100);
      });
    const found = await app.recentComments(ACCESS, updated(0));
    expect(found.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(found.at(-1)).toMatchObject({ issueNumber: 7, body: "1200", edited: false });
    expect(asked).toHaveLength(13);
    expect(asked[10]).toBe(`${updated(1_000)} 1`);
  });
});
