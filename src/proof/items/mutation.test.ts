import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import type { ProofFacts } from "../evidence.ts";
import type { Mutant } from "../languages/mutants/mutants.ts";
import { mutation as found } from "./mutation.ts";
import type { Fate, Tried } from "./try-mutants.ts";

/** As people read it. */
const mutation = (...given: Parameters<typeof found>) => worded(found(...given));

/** Which survivors decide, where nobody answers for a change and where an author does. */
const mutant = (kind: Mutant["kind"], within: number, fate: Fate): Tried => ({
  ...{ fate, by: fate === "noticed" ? ["test"] : [] },
  mutant: { path: "a.py", line: within, kind, within, from: "f()", to: "nothing", text: () => "" },
});

function judged(tried: readonly Tried[], words: readonly [line: number, words: string[]][] = [], asks?: "nobody") {
  const rewritten = new Map([["a.py", new Map(words)]]);
  const facts = { weakened: [], files: [], ...(asks ? { asks } : {}) } as unknown as ProofFacts;
  return mutation(facts, { outcome: "tried", tried, suspects: [], rewritten, built: new Map() }).code;
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

describe("what decides", () => {
  const [emptied, constant] = [mutant("emptied", 1, "noticed"), mutant("constant", 1, "survived")];
  const [seen, unseen] = [mutant("telling", 1, "noticed"), mutant("telling", 1, "survived")];
  const shortcut: Tried = { ...unseen, mutant: { ...unseen.mutant, shortcut: true } };
  const elsewhere: Tried = { ...seen, mutant: { ...seen.mutant, within: 9 } };
  const otherFile: Tried = { ...seen, mutant: { ...seen.mutant, path: "b.py" } };

  it.each<[string, readonly Tried[], "author" | "nobody", string]>([
    ["a telling change", [emptied, seen, unseen], "author", "change-unnoticed"],
    ["not a single one where nobody answers and somebody looks", [emptied, seen, unseen], "nobody", "noticed"],
    ["a single one that nobody looks beside", [emptied, elsewhere, otherFile, unseen], "nobody", "change-unnoticed"],
    ["two where nobody answers", [emptied, seen, unseen, unseen], "nobody", "change-unnoticed"],
    ["not a way out early, where somebody looks and nobody answers", [emptied, seen, shortcut], "nobody", "noticed"],
    ["a way out early, where an author answers", [emptied, seen, shortcut], "author", "change-unnoticed"],
    ["a way out early that nobody looks beside", [emptied, shortcut], "nobody", "change-unnoticed"],
    ["a fixed answer that nobody minds", [emptied, constant], "author", "change-unnoticed"],
    ["not one where another is minded", [emptied, constant, mutant("constant", 1, "noticed")], "author", "noticed"],
    ["not one where a change is", [emptied, constant, seen], "author", "noticed"],
    ["one where only another function's is", [emptied, constant, elsewhere, otherFile], "author", "change-unnoticed"],
    ["that it always fails", [emptied, mutant("fallback", 1, "survived")], "nobody", "change-unnoticed"],
    ["what was added to an answer", [emptied, mutant("added", 1, "survived")], "nobody", "change-unnoticed"],
    ["not a subtle one where nobody answers", [emptied, mutant("subtle", 1, "survived")], "nobody", "noticed"],
    ["a subtle one where an author does", [emptied, mutant("subtle", 1, "survived")], "author", "change-unnoticed"],
    ["a rounding", [emptied, mutant("dropped", 1, "survived"), seen, seen, seen], "author", "change-unnoticed"],
    ["not one of a function where four changes are noticed", [emptied, mutant("dropped", 1, "survived"), seen, seen, seen, seen], "nobody", "noticed"],
    ["an emptied function before all", [mutant("emptied", 1, "survived"), unseen], "author", "emptied-unnoticed"],
    ["that none ran", [mutant("emptied", 1, "no-answer")], "author", "none-ran"],
    ["that an emptied one was not reached", [seen, mutant("emptied", 9, "not-reached")], "author", "not-reached"],
    ["not that a small change was not", [emptied, mutant("telling", 9, "not-reached")], "author", "noticed"],
  ])("is %s", (_what, tried, asks, code) => {
    expect(judged(tried, [], asks === "nobody" ? "nobody" : undefined)).toBe(code);
  }); // prettier-ignore
});

describe("what is told", () => {
  const facts = { weakened: [], files: [], asks: "nobody" } as unknown as ProofFacts;
  const told = (...tried: readonly Tried[]) =>
    mutation(facts, { outcome: "tried", tried, suspects: [], rewritten: new Map(), built: new Map() });
  const other = (one: Tried, from: string, to: string): Tried => ({ ...one, mutant: { ...one.mutant, from, to } });

  it("is each change by its line, the missed ones first", () => {
    const { evidence, details } = told(
      other(mutant("telling", 3, "noticed"), "`a` < b", "a > b"),
      mutant("emptied", 1, "noticed"),
      other(mutant("subtle", 4, "survived"), "x", ""),
      mutant("constant", 5, "not-reached"),
      other(mutant("telling", 6, "not-reached"), "y", "z"),
      other(mutant("telling", 7, "not-loaded"), "y", "z"),
      { ...mutant("emptied", 8, "noticed"), by: ["a", "b", "c", "d"] },
      { ...mutant("wrapper", 9, "noticed"), by: [] },
    );
    expect(details).toEqual([
      "not noticed: a.py:4 `x` → left out",
      "not reached in time: a.py:6 `y` → `z`",
      "tests could not begin with it, so it says nothing: a.py:7 `y` → `z`",
      "noticed: a.py:3 `'a' < b` → `a > b` by `test`",
      "noticed: a.py:1 `f()` → nothing by `test`",
      "noticed: a.py:8 `f()` → nothing by `a`, `b`, `c`",
      "noticed: a.py:9 `f()` → nothing",
    ]);
    expect(evidence).toMatch(/^4 changes .* 1 small change went unnoticed: see the details\.$/);
    expect(told(mutant("emptied", 1, "noticed")).evidence).toMatch(/^1 change .*unnoticed\.$/);
  });

  it("is up to four of what decides", () => {
    const five = [1, 2, 3, 4, 5];
    const one = told(mutant("emptied", 1, "survived"));
    expect(one.evidence).toBe("No test notices when `f()` (a.py:1) does nothing: add a test that needs it.");
    const many = told(...five.map((line) => mutant("emptied", line, "survived")));
    expect(many.evidence).toMatch(/`f\(\)` \(a\.py:4\) and 1 more do nothing: add/);
    const changes = told(...five.map((line) => other(mutant("telling", line, "survived"), "x", "y")));
    expect(changes.evidence).toMatch(/a\.py:4 `x` → `y` and 1 more\. Add a test that fails with it\.$/);
    const late = told(mutant("telling", 1, "noticed"), mutant("emptied", 2, "not-reached"));
    expect(late.evidence).toBe("1 changed version could not be tried in time.");
  });

  it("is why nothing was tried, or what new tests cannot notice", () => {
    const why = "No line of code was added.";
    const idle = { path: "a.test.py", line: 2, test: "adds", what: "asserts nothing" };
    const weakened = (old: boolean) => ({ ...facts, weakened: [{ ...idle, old }] }) as unknown as ProofFacts;
    expect(mutation(facts, { outcome: "nothing-to-try", as: "no-code-added" })).toMatchObject({
      code: "nothing-to-try",
      evidence: why,
    });
    expect(mutation(weakened(false), { outcome: "nothing-to-try", as: "no-code-added" })).toMatchObject({
      code: "nothing-to-try",
    });
    expect(mutation(facts, { outcome: "cannot", because: { code: "unprepared", facts: { why } } })).toMatchObject({
      code: "cannot-run",
      evidence: why,
    });
    expect(
      mutation(weakened(true), { outcome: "cannot", because: { code: "unprepared", facts: { why } } }),
    ).toMatchObject({ code: "cannot-run" });
    expect(
      mutation(weakened(false), { outcome: "cannot", because: { code: "unprepared", facts: { why } } }),
    ).toMatchObject({
      code: "cannot-fail",
      evidence: 'A new test cannot fail as it should: a.test.py:2 the new test "adds" asserts nothing.',
    });
  });

  it.each<[string, readonly Tried[], boolean, string]>([
    ["a fixed answer that survives bears it out", [mutant("constant", 1, "survived")], false, "cannot-fail"],
    ["that only such tests notice anything bears it out", [mutant("emptied", 1, "noticed")], true, "cannot-fail"],
    ["not where they compare something else", [mutant("emptied", 1, "noticed")], false, "noticed"],
    ["not where another test notices", [{ ...mutant("emptied", 1, "noticed"), by: ["test", "more"] }], true, "noticed"],
    ["not where nobody knows who notices", [{ ...mutant("emptied", 1, "noticed"), by: [] }], true, "noticed"],
    ["not by what happens to another function", [mutant("emptied", 2, "noticed")], true, "noticed"],
  ])("is a suspicion only where the trial bears it out: %s", (_what, tried, nothingElse, code) => {
    const suspect = { path: "a.test.py", line: 2, test: "test", what: "only asks", of: { path: "a.py", line: 1 }, tests: ["test"], nothingElse }; // prettier-ignore
    expect(
      mutation(facts, { outcome: "tried", tried, suspects: [suspect], rewritten: new Map(), built: new Map() }).code,
    ).toBe(code);
  });
});

describe("in a ticket", () => {
  const after = "def f(a):\n    if a < 1:\n        return 0\n    if a < 1:\n        return 1\n";
  const at = (line: number, kind: Mutant["kind"], fate: Fate, from = "<", to = "<="): Tried => {
    const one = mutant(kind, 1, fate);
    return { ...one, mutant: { ...one.mutant, line, from, to } };
  };
  const survivors = [at(2, "subtle", "survived"), at(4, "subtle", "survived")];
  const noticed = at(1, "emptied", "noticed", "f()", "nothing");
  const found = (tried: readonly Tried[], equivalents: ProofFacts["equivalents"] = []) => {
    const facts = { weakened: [], files: [{ path: "a.py", after }], equivalents } as unknown as ProofFacts;
    return mutation(facts, { outcome: "tried", tried, suspects: [], rewritten: new Map(), built: new Map() });
  };

  it("each survivor is a finding with its line, also where two lines read alike", () => {
    const { survivors: listed = [], details } = found([noticed, ...survivors]);
    expect(listed.map(({ line, quote, from, to }) => [line, quote, from, to])).toEqual([
      [2, "    if a < 1:", "<", "<="],
      [4, "    if a < 1:", "<", "<="],
    ]);
    expect(new Set(listed.map(({ id }) => id)).size).toBe(2);
    expect(details[0]).toBe(`not noticed: a.py:2 \`<\` → \`<=\` (${listed[0]?.id})`);
    // Which of them a test notices does not change what the other is called.
    expect(found([noticed, at(2, "subtle", "noticed"), survivors[1] as Tried]).survivors).toEqual(listed.slice(1));
  });

  it("is proven once each is answered, and no earlier", () => {
    const [one, other] = found([noticed, ...survivors]).survivors ?? [];
    const answer = (id: string | undefined) => ({ id: id ?? "", why: "No number lies between." });
    expect(found([noticed, ...survivors], [answer(one?.id)])).toMatchObject({
      code: "change-unnoticed",
      survivors: [other],
    });
    const both = found([noticed, ...survivors], [answer(one?.id), answer(other?.id)]);
    expect(both).toMatchObject({ code: "noticed", state: "proven" });
    expect(both.survivors).toBeUndefined();
    expect(both.details[0]).toContain("No number lies between.");
    expect(both.evidence).toMatch(/2 small changes were answered: see the details\.$/);
  });

  it("says nothing of tests where none noticed anything, and is proven only by answers", () => {
    const [one, other] = found(survivors).survivors ?? [];
    const all = [one, other].map((each) => ({ id: each?.id ?? "", why: "No number lies between." }));
    expect(found(survivors, all)).toMatchObject({
      state: "proven",
      evidence: "2 small changes were answered: see the details.",
    });
    const seen = mutation({ weakened: [], files: [], asks: "nobody" } as unknown as ProofFacts, {
      ...{ outcome: "tried", tried: [survivors[0] as Tried], suspects: [] },
      ...{ rewritten: new Map([["a.py", new Map([[1, ["a → b"]]])]]), built: new Map() },
    });
    expect(seen).toMatchObject({ state: "unknown", evidence: "None of the changed versions made a test fail." });
  });

  it("no word excuses a whole function that does nothing", () => {
    const empty = at(1, "emptied", "survived", "f()", "nothing");
    expect(found([empty])).toMatchObject({ code: "emptied-unnoticed" });
    expect(found([empty]).survivors).toBeUndefined();
  });

  it("of too many the first are listed, and the next once those are answered", () => {
    const many = Array.from({ length: 25 }, (_, nth) => at(2, "telling", "survived", "<", `${nth}`));
    const first = found(many).survivors ?? [];
    expect(first).toHaveLength(20);
    const next = found(
      many,
      first.map(({ id }) => ({ id, why: "So." })),
    );
    expect([next.code, next.survivors?.length]).toEqual(["change-unnoticed", 5]);
  });
});
