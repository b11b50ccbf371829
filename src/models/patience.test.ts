import { describe, expect, it } from "@jest/globals";
import { isSameModel, waitMs } from "./patience.ts";

describe("waitMs", () => {
  it.each([
    [0, null, 10_000, 10_000],
    [0, 20, 10_000, 10_000],
    [0, 90_000, 90_000, 90_000],
    [1, null, 16_000, 20_000],
    [3, null, 64_000, 80_000],
    [9, null, 480_000, 600_000],
    [5_000, null, 480_000, 600_000],
    [9, 3_600_000, 3_600_000, 3_600_000],
  ])("after %i failures, told %j, lies between %i and %i", (failures, told, least, most) => {
    const wait = waitMs(failures, told);
    expect(wait).toBeGreaterThanOrEqual(least);
    expect(wait).toBeLessThanOrEqual(most);
  });
});

describe("isSameModel", () => {
  it.each([
    ["gpt-6.1-sol", "gpt-6.1-sol-2026-05-01"],
    ["anthropic/claude-opus-5-5", "claude-opus-5-5-20260101"],
    ["qwen3-coder", "qwen3-coder:latest"],
    ["qwen3-coder", "/models/Qwen3-Coder-30B-A3B-Instruct-Q4_K_M.gguf"],
    ["claude-opus-5-5@20260101", "claude-opus-5-5"],
  ])("%s may call itself %s", (asked, served) => {
    expect(isSameModel(asked, served)).toBe(true);
  });

  it.each([
    ["gpt-6.1-sol", "another/one"],
    ["claude-opus-5", "claude-opus-5-5"],
    ["gpt-4o", "gpt-4o-mini"],
    ["claude-opus-5-5", "claude-sonnet-5-5"],
  ])("%s is not %s", (asked, served) => {
    expect(isSameModel(asked, served)).toBe(false);
  });
});
