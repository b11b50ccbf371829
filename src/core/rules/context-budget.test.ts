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

  it("serves what has one rank in the order of display", () => {
    expect(allot([part({ tokens: 80 }), part({ tokens: 80 })], 100)).toEqual([80, 0]);
  });

  const vital = (tokens: number, over: Partial<Part> = {}) =>
    part({ share: "persistent", isVital: true, cut: "head", tokens, ...over });

  it.each<[string, readonly Part[], number, readonly number[]]>([
    ["is given first, beyond its share", [vital(900), part({ tokens: 50 })], 1_000, [900, 50]],
    ["leaves a twentieth for what stays and a tenth for files", [vital(2_000), part({ share: "persistent", tokens: 50 }), part({ tokens: 100 })], 1_000, [850, 50, 100]],
    ["leaves no more than they need", [vital(2_000), part({ share: "persistent", tokens: 20 }), part({ tokens: 60 })], 1_000, [920, 20, 60]],
    ["leaves nothing for what happened last", [vital(2_000), part({ share: "recent", tokens: 50 })], 1_000, [1_000, 0]],
    ["is cut alike where it is too long, short parts not at all", [vital(900), vital(100), vital(700)], 900, [400, 100, 400]],
    ["is left out where it cannot be cut", [vital(900, { cut: "whole" }), vital(300)], 800, [0, 300]],
    ["is whole where it just fits", [vital(400, { cut: "whole" }), vital(400)], 800, [400, 400]],
    ["counts in its share", [vital(200), part({ share: "persistent", tokens: 60 }), part({ share: "persistent", tokens: 50 })], 1_000, [200, 0, 50]],
    ["is nothing where there is no room", [vital(10)], -5, [0]],
  ])("what is vital %s", (_what, parts, tokensMax, given) => {
    expect(allot(parts, tokensMax)).toEqual(given);
  }); // prettier-ignore

  it("keeps room for files while it serves what happened last", () => {
    const parts = [vital(700), part({ share: "recent", tokens: 250 }), part({ tokens: 100 })];
    expect(allot(parts, 1_000)).toEqual([700, 0, 100]);
    expect(allot([vital(650), part({ share: "recent", tokens: 250 }), part({ tokens: 100 })], 1_000)).toEqual([650, 250, 100]); // prettier-ignore
  });

  it.each([
    ["aaaa\nbb", 2, "aaaa\nbb"],
    ["aaaa\nbbb", 2, "aaaa\n"],
    ["aa\nbbbbbb", 2, "aa\nbbbb"],
    ["aaa\nbbbb", 2, "aaa\nbbb"],
  ])("cuts %j to %i tokens at the end of a line, where that leaves more than half: %j", (text, tokens, head) => {
    expect(headWithin(text, tokens)).toBe(head);
  });

  it("cuts what may be cut, unless too little would be left of it", () => {
    expect(allot([part({ tokens: 5000, cut: "head" })], 400)).toEqual([400]);
    expect(allot([part({ tokens: 5000, cut: "head" })], 150)).toEqual([150]);
    expect(allot([part({ tokens: 5000, cut: "head" })], 149)).toEqual([0]);
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
