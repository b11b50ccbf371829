import { describe, expect, it } from "@jest/globals";
import { MODEL_RETRY, waitMs } from "./patience.ts";

describe("waitMs", () => {
  it.each([
    [0, null, 10_000],
    [0, 20, 10_000],
    [0, 90_000, 90_000],
    [1, null, 20_000],
    [3, null, 80_000],
    [9, null, 600_000],
    [5_000, null, 600_000],
    [9, 3_600_000, 3_600_000],
  ])("after %i failures, told %j, is at least %i and spread by chance", (failures, told, least) => {
    expect(waitMs(failures, told, 0)).toBe(least);
    expect(waitMs(failures, told, 0.5)).toBe(Math.round(least * 1.1));
  });

  it("is never longer than a person is left alone, whatever a provider asks for", () => {
    const short = { ...MODEL_RETRY, personAfterMinutes: 2 };
    expect(waitMs(0, 3_600_000, 0, short)).toBe(120_000);
    expect(waitMs(9, null, 0, { ...short, personAfterMinutes: 0 })).toBe(0);
  });
});
