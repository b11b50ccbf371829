import { expect, it, jest } from "@jest/globals";
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
  let ms = 0;
  const quiet = new Quiet(() => ms);
  quiet.keep("acme", 30_000);
  expect(quiet.msFor("acme")).toBe(30_000);
  expect(quiet.msFor("other")).toBe(0);
  ms = 30_001;
  expect(quiet.msFor("acme")).toBe(0);
});

it("takes a refusal for a lasting one when it came often and for long, and nothing else was answered in between", () => {
  let ms = 0;
  const quiet = new Quiet(() => ms);
  const refused = (work: string, at: number) => {
    ms = at;
    return quiet.refused(work);
  };
  const often = Array.from({ length: 20 }, () => refused("acme/shop#1", REFUSED_MS - 1));
  expect(new Set(often)).toEqual(new Set(["may-pass"]));
  expect(refused("acme/shop#1", 2 * REFUSED_MS - 1)).toBe("lasts");
  expect(refused("acme/shop#2", 2 * REFUSED_MS)).toBe("may-pass");
  quiet.back("acme/shop#1");
  const seldom = Array.from({ length: REFUSALS_MIN }, (_, index) => refused("acme/shop#1", index * REFUSED_MS));
  expect(seldom).toEqual([...Array.from({ length: REFUSALS_MIN - 1 }, () => "may-pass"), "lasts"]);
});

it("counts a pause by a clock that nobody sets, and believes another process's entry for no longer than the pause", () => {
  let ms = 0;
  const [hour, pause] = [3_600_000, 30_000];
  const quiet = new Quiet(() => ms);
  expect(quiet.restMs("acme/shop#1", 7, pause)).toBe(pause);
  ms += 10_000;
  // The wall clock was set back or forward an hour meanwhile: it is not asked again.
  for (const left of [pause + hour, -hour]) expect(quiet.restMs("acme/shop#1", 7, pause, left)).toBe(20_000);
  ms += 20_000;
  expect(quiet.restMs("acme/shop#1", 7, pause, hour)).toBe(0);
  // The next failure, of another process whose clock is an hour ahead: one pause, and then it is over.
  expect(quiet.restMs("acme/shop#1", 8, pause, hour)).toBe(pause);
  ms += pause;
  expect(quiet.restMs("acme/shop#1", 8, pause, hour)).toBe(0);
  expect(quiet.restMs("acme/shop#2", 8, pause, 5_000)).toBe(5_000);
});

it("does not go by the machine's clock", () => {
  jest.spyOn(Date, "now").mockImplementation(() => 0);
  const quiet = new Quiet();
  quiet.keep("acme", 30_000);
  jest.spyOn(Date, "now").mockImplementation(() => 3_600_000);
  expect(quiet.msFor("acme")).toBeGreaterThan(20_000);
  jest.restoreAllMocks();
});
