import { expect, it } from "@jest/globals";
import { AWAY_MS, AWAY_MS_MAX, Quiet, REFUSALS_MIN, REFUSED_MS } from "./quiet.ts";

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

it("takes a refusal for a lasting one when it came often and for long, and nothing else was answered in between", () => {
  const quiet = new Quiet();
  const at = (ms: number) => new Date(Date.parse("2026-03-02T09:00:00Z") + ms);
  const often = Array.from({ length: 20 }, () => quiet.refused("acme/shop#1", at(REFUSED_MS - 1)));
  expect(new Set(often)).toEqual(new Set(["may-pass"]));
  expect(quiet.refused("acme/shop#1", at(2 * REFUSED_MS - 1))).toBe("lasts");
  expect(quiet.refused("acme/shop#2", at(2 * REFUSED_MS))).toBe("may-pass");
  quiet.back("acme/shop#1");
  const seldom = Array.from({ length: REFUSALS_MIN }, (_, index) =>
    quiet.refused("acme/shop#1", at(index * REFUSED_MS)),
  );
  expect(seldom).toEqual([...Array.from({ length: REFUSALS_MIN - 1 }, () => "may-pass"), "lasts"]);
});
