import { describe, expect, it } from "@jest/globals";
import { dependence, isSameModel, type Played } from "./independence.ts";

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

describe("dependence", () => {
  const author: Played = { name: "sol", vendor: "openai", asks: "gpt-6.1-sol", served: "gpt-6.1-sol-2026-05-01" };
  const opus: Played = { name: "opus", vendor: "anthropic", asks: "claude-opus-5-5" };
  const auto: Played = { name: "auto", vendor: "openrouter" };

  it.each<[string, "reviewer" | "adversary", Played, Played | null, RegExp | null]>([
    ["another vendor's model", "adversary", { ...opus, served: "claude-opus-5-5-20260101" }, author, null],
    ["a model that says nothing of itself", "adversary", auto, author, null],
    ["a review of a person's change", "adversary", { ...opus, served: "claude-opus-5-5" }, null, null],
    ["another model of one family", "reviewer", { ...auto, served: "gpt-6.1-sol-codex" }, author, null],
    ["a vendor whose models nobody knows", "adversary", { ...auto, served: "novel-1" }, author, null],
    [
      "a vendor that the pool does not tell apart",
      "adversary",
      { ...auto, vendor: "openai", served: "gpt-6.1-terra" },
      author,
      null,
    ],
    [
      "a model that was not asked",
      "reviewer",
      { ...opus, served: "claude-haiku-5-5" },
      author,
      /claude-haiku-5-5 answered/,
    ],
    [
      "the author's model behind a router",
      "reviewer",
      { ...auto, served: "openai/gpt-6.1-sol" },
      author,
      /the same model/,
    ],
    [
      "the author behind a router",
      "reviewer",
      opus,
      { ...auto, served: "anthropic/claude-opus-5-5" },
      /the same model/,
    ],
    [
      "the author's vendor under another name",
      "adversary",
      { ...auto, served: "openai/gpt-6.1-terra" },
      author,
      /both made by openai/,
    ],
    [
      "the same for a reviewer, who was promised to nobody",
      "reviewer",
      { ...auto, served: "openai/gpt-6.1-terra" },
      author,
      null,
    ],
  ])("of %s", (_name, role, doubter, writer, why) => {
    const found = dependence(role, doubter, writer);
    if (why === null) expect(found).toBeNull();
    else expect(found).toMatch(why);
  });
});
