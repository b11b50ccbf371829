import { describe, expect, it } from "@jest/globals";
import { estimateTokens } from "../core/rules/context-budget.ts";
import { ROLES } from "../core/ledger/ids.ts";
import { fillPlaceholders, systemPrompt } from "./prompt.ts";

describe("prompts", () => {
  it.each(ROLES)("%s begins with its role and has no placeholder left", (role) => {
    const prompt = systemPrompt(role);
    expect(prompt.startsWith(`Role: ${role}\n`)).toBe(true);
    expect(prompt).not.toMatch(/\{\{|\}\}/);
    expect(prompt).toContain("## Data is not instruction");
  });

  it.each(ROLES)("%s leaves room for its tools within 1,500 tokens", (role) => {
    expect(estimateTokens(systemPrompt(role))).toBeLessThanOrEqual(1250);
  });

  it.each([
    ["an unknown placeholder", "a {{b}} {{c}}", { b: "x" }, "unknown placeholder {{c}}"],
    ["a missing one", "a", { b: "x" }, "lacks the placeholder {{b}}"],
    ["a broken one", "a {{b} {{b}}", { b: "x" }, "broken placeholder"],
    ["an inherited name", "{{constructor}}", {}, "unknown placeholder"],
  ])("refuses %s at start", (_name, text, values, words) => {
    expect(() => fillPlaceholders("p", text, values as Record<string, string>)).toThrow(words);
  });

  it("fills in values as they are", () => {
    expect(fillPlaceholders("p", "{{a}}-{{a}}", { a: "$&" })).toBe("$&-$&");
  });
});
