import { describe, expect, it } from "@jest/globals";
import type { Call } from "./calls.ts";
import { type Answer, type Answered, areStillLookedAt, inTurn, isImplied, lostLooks } from "./look.ts";

const FEE = { of: "src/fee.js::fee", line: 3, variants: ["plus"], gave: ["0a"] };
const call = (key: string, over: Partial<typeof FEE> = {}): Call => {
  const { line, ...rest } = { ...FEE, ...over };
  return { ...rest, key, from: [{ path: "test/fee.test.js", line, name: null }] };
};
const answered = (one: Call, answer: Answer, variant = "plus"): Answered => ({
  call: one,
  variant,
  answer,
  by: "fees",
});

describe("the order of probes", () => {
  it("goes through the places of the tests in turn, and to finer changes only after all calls had one", () => {
    const calls = [call("a1", { variants: ["append", "case"] }), call("a2"), call("b1", { line: 9 })];
    const order = inTurn(calls, 9).map(({ call: { key }, variant }) => `${key} ${variant}`);
    expect(order).toEqual(
      ["a1 plus", "b1 plus", "a2 plus"].map((one) => one.replace("a1 plus", "a1 append")).concat("a1 case"),
    );
  });

  it("has nothing for calls of which nothing is known, and an end", () => {
    expect(inTurn([], 9)).toEqual([]);
    expect(inTurn([call("a", { variants: [] })], 9)).toEqual([]);
    expect(
      inTurn(
        Array.from({ length: 900 }, (_, at) => call(String(at))),
        40,
      ).length,
    ).toBe(40);
  });

  it("leaves out a farther rung of a ladder once a nearer one was noticed", () => {
    const one = call("a", { variants: ["near:1e-6", "near:4"] });
    const seen = [answered(one, "noticed", "near:1e-6")];
    expect(isImplied({ call: one, variant: "near:4" }, seen)).toBe(true);
    expect(isImplied({ call: one, variant: "near:4" }, [answered(one, "unseen", "near:1e-6")])).toBe(false);
    expect(isImplied({ call: call("b"), variant: "near:4" }, seen)).toBe(false);
    expect(isImplied({ call: one, variant: "leaf:1" }, [answered(one, "noticed", "leaf:0")])).toBe(false);
  });
});

describe("what nobody looks at any more", () => {
  const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map((key) => call(key)) as [Call, Call, Call, Call, Call];
  const lost = (all: readonly Answered[], now: readonly Call[], asked = now) =>
    lostLooks(all, { was: [a, b, e], now, asked }).map((one) => one.call.key);

  it.each<[string, readonly Answered[], readonly Call[], readonly string[]]>([
    ["is what only the old tests noticed", [answered(a, "lost"), answered(b, "noticed")], [a, b], ["a"]],
    ["is nothing where both notice or neither does", [answered(a, "noticed"), answered(b, "unseen")], [a, b], []],
    ["is nothing where nobody could tell", [answered(a, "unknown")], [a], []],
    ["is an input that was taken out beside others that stay", [answered(a, "unasked"), answered(b, "noticed")], [b], ["a"]],
    ["is no input that another one replaces", [answered(a, "unasked"), answered(b, "noticed")], [b, c], []],
    ["is no input of two changes that another one replaces", [answered(a, "unasked"), answered(a, "unasked", "case"), answered(b, "noticed")], [b, c], []],
    ["is each of two inputs that one other replaces", [answered(a, "unasked"), answered(b, "unasked"), answered(e, "noticed")], [e, d], ["a", "b"]],
    ["is an input in whose place only one stands that other tests asked before", [answered(a, "unasked"), answered(b, "noticed")], [b, e], ["a"]],
    ["is no input of a function that nobody asks by itself any more", [answered(a, "unasked")], [], []],
  ])("%s", (_what, all, now, keys) => {
    expect(lost(all, now)).toEqual(keys);
  }); // prettier-ignore

  it("is no input of a function that only other tests still ask", () => {
    expect(lost([answered(a, "unasked"), answered(b, "noticed")], [b], [])).toEqual([]);
  });
});

describe("a test that still looks at all it looked at", () => {
  const [a, b] = [call("a"), call("b", { variants: ["append", "case"] })];
  it.each<[string, readonly Answered[], boolean]>([
    ["noticed each change", [answered(a, "noticed"), answered(b, "noticed"), answered(b, "noticed")], true],
    ["did not see one before either", [answered(a, "noticed"), answered(b, "noticed"), answered(b, "unseen")], true],
    ["saw nothing at all", [answered(a, "unseen"), answered(b, "unseen"), answered(b, "unseen")], false],
    ["lost one", [answered(a, "noticed"), answered(b, "noticed"), answered(b, "lost")], false],
    ["asks one no more", [answered(a, "unasked"), answered(b, "noticed"), answered(b, "noticed")], false],
    ["was not tried to the end", [answered(a, "noticed"), answered(b, "noticed")], false],
    ["left something open", [answered(a, "unknown"), answered(b, "noticed"), answered(b, "noticed")], false],
  ])("%s: %s", (_what, all, is) => {
    expect(areStillLookedAt([a, b], all)).toBe(is);
  }); // prettier-ignore

  it("is not known where a call gives what nobody can change, or nothing was called", () => {
    const opaque = call("c", { variants: [] });
    expect(areStillLookedAt([a, opaque], [answered(a, "noticed")])).toBe(false);
    expect(areStillLookedAt([], [answered(a, "noticed")])).toBe(false);
    // It writes a file, and what stands in it is not seen here.
    const save = call("d", { variants: ["skip", "twice"] });
    const all = [answered(save, "noticed", "skip"), answered(save, "noticed", "twice"), answered(a, "noticed")];
    expect(areStillLookedAt([a, save], all)).toBe(false);
    const next = call("e", { gave: ["01", "02"] });
    expect(areStillLookedAt([next], [answered(next, "noticed")])).toBe(false);
  });
});
