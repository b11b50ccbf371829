import { describe, expect, it } from "@jest/globals";
import type { ProofFacts } from "../evidence.ts";
import type { Mutant } from "../languages/mutants.ts";
import { mutation } from "./mutation.ts";
import type { Fate, Tried } from "./try-mutants.ts";

/** Which survivors decide, where nobody answers for a change and where an author does. */
const mutant = (kind: Mutant["kind"], within: number, fate: Fate): Tried => ({
  ...{ fate, by: fate === "noticed" ? ["test"] : [] },
  mutant: { path: "a.py", line: within, kind, within, from: "f()", to: "nothing", text: () => "" },
});

function judged(tried: readonly Tried[], words: readonly [line: number, words: string[]][] = [], asks?: "nobody") {
  const rewritten = new Map([["a.py", new Map(words)]]);
  const facts = { weakened: [], ...(asks ? { asks } : {}) } as unknown as ProofFacts;
  return mutation(facts, { outcome: "tried", tried, suspects: [], rewritten }).code;
}

describe("an old function that nobody tests", () => {
  const tried = [mutant("emptied", 1, "noticed"), mutant("emptied", 9, "survived"), mutant("telling", 9, "survived")];
  const field = '[ "at" ] → . at';

  it("need not be tested because it has types now, or speaks of a thing by its new name as tested ones do", () => {
    expect(judged(tried, [[9, []]], "nobody")).toBe("noticed");
    expect(judged(tried, [[1, [field, "a → b"]], [9, [field]]], "nobody")).toBe("noticed"); // prettier-ignore
    expect(judged([mutant("emptied", 9, "survived")], [[9, []]], "nobody")).toBe("nothing-to-try");
  });

  it("has to be where its words are no tested one's, where more changed, or where an author can test it", () => {
    expect(judged(tried, [[1, ["a → b"]], [9, [field]]], "nobody")).toBe("emptied-unnoticed"); // prettier-ignore
    expect(judged(tried, [[1, [field]]], "nobody")).toBe("emptied-unnoticed");
    expect(judged(tried, [[9, []]])).toBe("emptied-unnoticed");
  });
});

describe("roundings that can go", () => {
  const [noticed, survived] = [mutant("dropped", 1, "noticed"), mutant("dropped", 1, "survived")];
  const emptied = mutant("emptied", 1, "noticed");

  it("inform where only one of several is not looked at, and nobody answers", () => {
    expect(judged([emptied, noticed, survived], [], "nobody")).toBe("noticed");
    expect(judged([emptied, noticed, survived])).toBe("change-unnoticed");
  });

  it("decide where there is no other, or two are not", () => {
    expect(judged([emptied, survived], [], "nobody")).toBe("change-unnoticed");
    expect(judged([emptied, noticed, survived, survived], [], "nobody")).toBe("change-unnoticed");
  });
});
