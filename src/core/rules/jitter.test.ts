import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { JITTER, jittered } from "./jitter.ts";

it("waits at least as long as it was told, and never much longer", () => {
  fc.assert(
    fc.property(fc.nat(3_600_000), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (ms, chance) => {
      const waits = jittered(ms, chance);
      expect(waits).toBeGreaterThanOrEqual(ms);
      expect(waits).toBeLessThanOrEqual(Math.round(ms * (1 + JITTER)));
    }),
  );
});

it("spreads what failed together", () => {
  expect(new Set([0, 0.25, 0.5, 0.75].map((chance) => jittered(10_000, chance))).size).toBe(4);
});
