import { beforeEach, describe, expect, it } from "@jest/globals";
import type nock from "nock";
import type { ForgeApp } from "../forge/forge-app.ts";
import { wired } from "./wire.fixture.ts";

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
});
