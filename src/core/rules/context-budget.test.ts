import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { allot, estimateTokens, headWithin, type Part } from "./context-budget.ts";

const part = (over: Partial<Part>): Part => ({ share: "working", rank: 0, tokens: 100, cut: "whole", ...over });

describe("context budget", () => {
  it.each([
    ["", 0],
    ["abcdefg", 2],
    ["abcdefgh", 3],
    ["日本語", 3],
  ])("estimates %j as %d tokens", (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });

  it("keeps every share to its quarter but lets files use what is left over", () => {
    const parts = [
      part({ share: "persistent", tokens: 260 }),
      part({ share: "recent", tokens: 100 }),
      part({ tokens: 900 }),
    ];
    expect(allot(parts, 1000)).toEqual([0, 100, 900]);
  });

  it("serves the smaller rank first, whatever the order of display", () => {
    const parts = [part({ rank: 2, tokens: 80 }), part({ rank: 1, tokens: 80 })];
    expect(allot(parts, 100)).toEqual([0, 80]);
  });

  it("cuts what may be cut, unless too little would be left of it", () => {
    expect(allot([part({ tokens: 5000, cut: "head" })], 400)).toEqual([400]);
    expect(allot([part({ tokens: 5000, cut: "head" })], 100)).toEqual([0]);
  });

  it("never hands out more than there is", () => {
    const anyPart = fc.record<Part>({
      share: fc.constantFrom("persistent", "working", "recent"),
      rank: fc.nat(5),
      tokens: fc.nat(4000),
      cut: fc.constantFrom("whole", "head"),
    });
    fc.assert(
      fc.property(fc.array(anyPart), fc.nat(6000), (parts, tokensMax) => {
        const given = allot(parts, tokensMax);
        expect(given.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(tokensMax);
        given.forEach((tokens, index) => expect(tokens).toBeLessThanOrEqual(parts[index]?.tokens ?? 0));
      }),
    );
  });

  it("cuts to a prefix that fits and holds no half character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.nat(80), (text, tokens) => {
        const head = headWithin(text, tokens);
        expect(text.startsWith(head)).toBe(true);
        expect(estimateTokens(head)).toBeLessThanOrEqual(tokens);
      }),
    );
  });
});
