import { describe, expect, it } from "@jest/globals";
import { isSameModel, waitMs } from "./patience.ts";

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
