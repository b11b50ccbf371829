import { expect, it } from "@jest/globals";
import { AWAY_MS, AWAY_MS_MAX, Quiet } from "./quiet.ts";

it("lets a ticket wait longer each time its forge is away, up to a limit, and begins anew when it is back", () => {
  const quiet = new Quiet();
  const waits = Array.from({ length: 50 }, () => quiet.longer("acme/shop#1"));
  expect(waits.slice(0, 4)).toEqual([AWAY_MS, 2 * AWAY_MS, 4 * AWAY_MS, 8 * AWAY_MS]);
  expect(waits.at(-1)).toBe(AWAY_MS_MAX);
  expect(quiet.longer("acme/shop#2")).toBe(AWAY_MS);
  quiet.back("acme/shop#1");
  expect(quiet.longer("acme/shop#1")).toBe(AWAY_MS);
});

it("leaves an owner alone for as long as the forge asked, whichever ticket knocks", () => {
  const quiet = new Quiet();
  const now = new Date("2026-03-02T09:00:00Z");
  quiet.keep("acme", 30_000, now);
  expect(quiet.msFor("acme", now)).toBe(30_000);
  expect(quiet.msFor("other", now)).toBe(0);
  expect(quiet.msFor("acme", new Date(now.getTime() + 30_001))).toBe(0);
});
