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
    expect(asked[1]).toBe(`${updated(100)} 1`);
  });

  it("misses none of the recent comments when one is edited or deleted between two pages, nor of many in one second", async () => {
    const updated = (id: number) => new Date(Date.parse("2026-01-01T00:00:00Z") + id * 1_000).toISOString();
    const comment = (id: number, at: number) => ({
      ...{ id, body: `${id}`, user: { login: "mona", id: 1, type: "User" }, created_at: updated(1), updated_at: updated(at) },
      issue_url: "https://ghes.example/api/v3/repos/acme/shop/issues/7",
    });
    // 250 of one second in the midst.
    let all = Array.from({ length: 500 }, (_, index) => comment(index + 1, index < 120 || index >= 370 ? index : 200));
    let [since, page] = ["", 1];
    const before = all.map(({ id }) => id);
    wire
      .persist()
      .get(`${REPO}/issues/comments`)
      .query((asks) => [since, page] = [String(asks["since"]), Number(asks["page"])])
      .reply(200, () => {
        const inOrder = all.filter((one) => one.updated_at >= since).sort((a, b) => a.updated_at < b.updated_at ? -1 : 1);
        const list = inOrder.slice((page - 1) * 100, page * 100);
        // Behind each answer the newest things happen to what was just read.
        if (list.length === 100 && list[0]?.updated_at !== list[99]?.updated_at) all = all.filter((one) => one !== list[3]).map((one) => (one === list[7] ? comment(one.id, 900 + one.id) : one));
        return list;
      });
    const found = await app.recentComments(ACCESS, updated(0));
    expect(found.map(({ id }) => id).sort((a, b) => a - b)).toEqual(before);
  }); // prettier-ignore

  it("reads the record of deliveries to the time asked for, however long it is, and ends all the same", async () => {
    let pages = 0;
    const at = (page: number) => (page <= 15 ? "2026-01-02T00:00:00Z" : "2025-12-31T00:00:00Z");
    wire
      .persist()
      .get("/api/v3/app/hook/deliveries")
      .query(true)
      .reply(() => {
        pages += 1;
        const one = { id: pages, guid: `${pages}`, status_code: 502, event: "issues", delivered_at: at(pages) };
        return [200, [one], { link: '<https://ghes.example/api/v3/app/hook/deliveries?cursor=v1_next>; rel="next"' }];
      });
    expect(await app.failedDeliveries("2026-01-01T00:00:00Z")).toHaveLength(15);
    expect(pages).toBe(16);
    pages = 0;
    expect(await app.failedDeliveries("2020-01-01T00:00:00Z")).toHaveLength(200);
  });
});
