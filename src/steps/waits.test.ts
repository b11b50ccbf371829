import { expect, it } from "@jest/globals";
import { Waits } from "./waits.ts";

const HOUR_MS = 3_600_000;
const BEGAN = "2026-03-01T12:00:00.000Z";
const wall = (afterMs: number) => new Date(Date.parse(BEGAN) + afterMs);

it("a wait goes by the steady clock once it is known, wherever the wall clock is set", () => {
  let steady = 5_000;
  const waits = new Waits(() => steady);
  const waited = (byWallMs: number, what = "acme/shop#1 checks") => waits.msSince(what, BEGAN, wall(byWallMs));
  expect(waited(60_000)).toBe(60_000);
  steady += 30_000;
  expect(waited(90_000)).toBe(90_000);
  expect(waited(90_000 - HOUR_MS)).toBe(90_000);
  expect(waited(90_000 + HOUR_MS)).toBe(90_000);
  // Each wait is its own, and one that begins after the clock of whoever asks has not lasted a negative time.
  expect(waited(-20_000, "acme/shop#2 checks")).toBe(0);
  steady += 1_000;
  expect(waited(-20_000, "acme/shop#2 checks")).toBe(1_000);
  expect(waits.msSince("acme/shop#1 checks", wall(80_000).toISOString(), wall(91_000))).toBe(11_000);
});
