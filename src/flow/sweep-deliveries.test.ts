import { describe, expect, it } from "@jest/globals";
import { type Given, NOW, swept } from "./sweep.fixture.ts";

/** Deliveries that GitHub could not hand over, and that a sweep asks for again. */
describe("lost deliveries", () => {
  it("asks for lost deliveries of three days again, unless they came or are fetched", async () => {
    const failed = [{ id: 1, guid: "a", event: "issues" }, { id: 2, guid: "b", event: "issues" }]; // prettier-ignore
    const { told, sinces, marks } = await swept({ open: [], failed, known: ["a"] });
    expect([told, sinces]).toEqual([["asks for 2", "prunes"], ["2026-03-07T12:00:00.000Z"]]);
    // Later those since the sweep before, a little before it; all again after a start.
    expect((await swept({ open: [], failed, marks })).sinces).toEqual(["2026-03-10T11:50:00.000Z"]);
    expect((await swept({ open: [], failed, marks }, "full")).sinces).toContain("2026-03-07T12:00:00.000Z");
    expect((await swept({ open: [], failed }, "light", { lost: "are polled" })).told).toEqual(["prunes"]);
    const missed = await swept({ open: [] }, "light", { missed: () => Promise.reject(new Error("away")) });
    expect(missed.told).toEqual(["failed: labels", "prunes"]);
  });

  it("asks again for the same span until each delivery of it was asked for, and believes no mark of a clock that was ahead", async () => {
    const failed = [1, 2, 3].map((id) => ({ id, guid: `${id}`, event: "issues" }));
    const later = new Date(NOW.getTime() + 30 * 60_000);
    const from = async (given: Given) => (await swept({ open: [], failed, marks, now: later, ...given })).sinces;
    const { marks } = await swept({ open: [], failed, refused: [2] });
    expect((await swept({ open: [], failed, marks, refused: [2] })).told.sort()).toEqual(["asks for 1", "asks for 3", "failed: delivery 2", "prunes"]); // prettier-ignore
    expect(await from({ broken: "deliveries" })).toEqual([]);
    expect([await from({}), await from({})]).toEqual([["2026-03-07T12:30:00.000Z"], ["2026-03-10T12:20:00.000Z"]]);
    expect(await from({ now: NOW })).toEqual(["2026-03-07T12:00:00.000Z"]);
  });

  it("are left for the next sweep where five in a row are refused, and only then", async () => {
    const failed = Array.from({ length: 7 }, (_, at) => ({ id: at, guid: `${at}`, event: "issues" }));
    // Each sweep begins elsewhere, by its time.
    const now = new Date(Math.ceil(NOW.getTime() / failed.length) * failed.length);
    const told = async (refused: readonly number[]) => (await swept({ open: [], failed, refused, now })).told;
    expect(await told([0, 1, 2, 3])).toEqual(expect.arrayContaining(["asks for 4", "asks for 5", "asks for 6"]));
    const refused = [0, 1, 2, 3, 4];
    expect(await told(refused)).toEqual([...refused.map((id) => `failed: delivery ${id}`), "prunes"]);
    expect(await told([0, 1, 2, 4, 5])).toContain("asks for 6");
  });
});
