import { expect, it } from "@jest/globals";
import { sparing } from "./sparing.ts";

/** Each reason once a minute, with how often it came besides. */
it("tells a reason at most once a minute, and how often it came meanwhile", () => {
  const told: unknown[] = [];
  let now = 5_000;
  const tell = sparing<{ why: string; from?: string }>(
    (one) => told.push(one),
    () => now,
  );
  const at = (ms: number, why: string, from?: string) => {
    now = ms;
    tell({ why, ...(from && { from }) });
    return told.splice(0);
  };
  expect(at(5_000, "no key", "a")).toEqual([{ why: "no key", from: "a", more: 0 }]);
  expect(at(5_001, "no key", "b")).toEqual([]);
  expect(at(5_002, "too long")).toEqual([{ why: "too long", more: 0 }]);
  expect(at(64_999, "no key", "c")).toEqual([]);
  expect(at(65_000, "no key", "d")).toEqual([{ why: "no key", from: "d", more: 2 }]);
  expect(at(124_999, "no key")).toEqual([]);
  expect(at(125_000, "no key")).toEqual([{ why: "no key", more: 1 }]);
  expect(at(300_000, "no key")).toEqual([{ why: "no key", more: 0 }]);
});
