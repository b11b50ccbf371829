import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { changedFile } from "../../../test/support/changed-file.ts";
import { LONG, PRODUCT, TEST, type Told, toldFacts } from "../../../test/support/told-suites.ts";
import type { ProofFacts } from "../evidence.ts";
import { passToPass as found } from "./pass-to-pass.ts";

/** As people read it. */
const passToPass = async (...given: Parameters<typeof found>) => worded(await found(...given));

/** What ran and passed before the change: what each run has to say so that it is kept. */
const judge = async (told: Told, over: Partial<ProofFacts> = {}) => passToPass(toldFacts(told, over).facts);

const base = { a: "passed", b: "passed" } as const;
const green = { verdict: "passed", count: [2, 0] } as const;
const red = { verdict: "failed", count: [1, 1] } as const;
const none = { verdict: "passed", count: null } as const;
const TAIL = ["npm test:", "it failed"];

describe("old tests by name", () => {
  it.each<[string, Told, string, RegExp, readonly string[]]>([
    ["still pass", { base, head: base, strict: base }, "kept", /^All 2 tests that passed before the change still pass\.$/, []],
    ["one of them is the only one", { base: { a: "passed" } }, "kept", /^The 1 test .* still passes\.$/, []],
    ["one is broken", { base, head: base, strict: { a: "passed", b: "failed" } }, "broken", /\(1 test\): `b`\.$/, TAIL],
    ["one breaks while it runs", { base, head: base, strict: { a: "passed", b: "errored" } }, "broken", /: `b`\.$/, TAIL],
    ["one does not run any more", { base, head: { a: "passed" }, strict: base }, "not-run", /^1 test that ran and passed before the change does not run on this commit: `b`\.$/, ["b"]],
    ["two do not run", { base: { ...base, c: "passed" }, head: { c: "passed" } }, "not-run", /^2 tests .* do not run/, ["a", "b"]],
    ["one is skipped on the new code", { base, head: base, strict: { a: "passed", b: "skipped" } }, "not-run", /^Only 1 of 2 old tests still run and pass on this commit; missing: `b`\.$/, ["npm test:", "it passed"]],
    ["one was red before", { base: { a: "passed", b: "failed" }, head: base, strict: { a: "passed", b: "failed" } }, "kept", /^The 1 test .* still passes\. Red before the change too: `b`\.$/, []],
    ["one passes on another look", { base, head: base, strict: [{ a: "passed", b: "failed" }, base] }, "kept", /^All 2 .*\. Flaky, failed once and passed once: `b`\.$/, []],
    ["one was flaky before", { base: [{ a: "passed", b: "failed" }, base], head: base, strict: base }, "kept", /^All 2 .*\. Flaky, failed once and passed once: `b`\.$/, []],
  ])("%s", async (_what, told, code, words, details) => {
    const item = await judge(told);
    expect([item.code, item.evidence, item.details]).toEqual([code, expect.stringMatching(words), details]);
  }); // prettier-ignore
});

describe("old tests without names", () => {
  it.each<[string, Told, string, RegExp]>([
    ["still pass", { base: green }, "kept", /^All 2 tests .* still pass\.$/],
    ["more pass", { base: green, strict: { verdict: "passed", count: [3, 0] } }, "kept", /^All 2 tests/],
    ["fewer run", { base: green, strict: { verdict: "passed", count: [1, 0] } }, "not-run", /^Only 1 of 2 old tests still run and pass on this commit\.$/],
    ["one is broken", { base: green, strict: red }, "broken", /do not pass on this commit \(1 test\)\.$/],
    ["the run broke", { base: green, strict: { verdict: "failed", count: [2, 0] } }, "broken", /on this commit\.$/],
    ["the run hangs", { base: green, strict: { verdict: "stopped" } }, "broken", /on this commit\.$/],
    ["one was red before", { base: red, strict: red }, "kept", /^The 1 test that passed before the change still passes\.$/],
    ["nobody counts them", { base: none }, "no-count", /does not say how many ran/],
    ["nobody counts them before", { base: none, strict: green }, "no-count", /does not say/],
    ["nobody counts them after", { base: green, strict: none }, "no-count", /does not say/],
    ["nothing ran before", { base: { verdict: "no-answer" }, strict: green }, "no-run-before", /on the code before/],
    ["they hung before", { base: { verdict: "stopped" }, strict: green }, "no-run-before", /on the code before/],
    ["nothing runs", { base: green, strict: { verdict: "no-answer" } }, "no-run-on-head", /on this commit\.$/],
  ])("%s", async (_what, told, code, words) => {
    const item = await judge({ head: green, ...told });
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  }); // prettier-ignore
});

describe("old tests that lose their names", () => {
  const sum = (names: Record<string, "passed">, passed: number) =>
    ({ verdict: "passed", count: [passed, 0], names }) as const;

  it.each<[string, Told, string, RegExp]>([
    ["behind a sum that the code prints", { strict: sum({}, 2) }, "names-lost", /^Tests that had a name before the change are only counted on this commit, .*: `a`, `b`\.$/],
    ["all but one", { strict: sum({ a: "passed" }, 2) }, "names-lost", /: `b`\.$/],
    ["never, where a sum is printed beside them", { strict: sum(base, 5) }, "kept", /^All 2 tests/],
    ["and are fewer too", { strict: sum({}, 1) }, "names-lost", /only counted/],
    ["and are red", { strict: { ...red, names: {} } }, "broken", /do not pass/],
    ["without having had some", { base: green, strict: sum({}, 2) }, "kept", /^All 2 tests/],
  ])("%s", async (_what, told, code, words) => {
    const item = await judge({ base, head: base, ...told });
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  }); // prettier-ignore
});

const change = (file: string, test: string | null = null) =>
  ({ testChanges: [{ file, test, change: "update", to: null, why: "asked" }] }) as unknown as ProofFacts["plan"];

describe("what the plan lets change", () => {
  const broken = { base, head: base, strict: { a: "passed", b: "failed" } } as const;

  it.each<[string, Told, ProofFacts["plan"], string, RegExp]>([
    ["a test by its name", broken, change("test/other.test.js", "b"), "kept", /^The 1 test that passed before the change still passes, except where the plan says that they change: `b`\.$/],
    ["no other test", broken, change("test/other.test.js", "a"), "broken", /: `b`\.$/],
    ["all that a changed file holds", { ...broken, strict: { a: "failed", b: "failed" } }, change(TEST), "kept", /still pass(es)?, except .*: `test\/a\.test\.js`\.$/],
    ["not every test of it", { ...broken, head: { verdict: "passed", count: [0, 0] }, strict: red, base: green }, change(TEST), "not-run", /^Only 0 of 2/],
    ["some of them where nothing has names", { base: green, head: { verdict: "passed", count: [1, 0] }, strict: red }, change(TEST), "kept", /except .*: `test\/a\.test\.js`\.$/],
    ["nothing that is broken with it too", { base: green, head: red, strict: red }, change(TEST), "broken", /\(1 test\)\.$/],
    ["nothing in a file that did not change", { base: green, head: green, strict: red }, change("test/b.test.js"), "broken", /\(1 test\)\.$/],
  ])("%s", async (_what, told, plan, code, words) => {
    const item = await judge(told, { plan });
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  }); // prettier-ignore

  it("also by a person's yes to a protected file", async () => {
    const told = { base: green, head: green, strict: red } as const;
    expect(await judge(told, { protectedAccepted: [TEST] })).toMatchObject({
      code: "kept",
      details: [`changed as planned: ${TEST}`],
    });
    expect(await judge(told, { protectedAccepted: [PRODUCT] })).toMatchObject({ code: "broken" });
  });

  it("never where the file is new", async () => {
    const files = [{ ...changedFile(TEST, "", "new\n"), added: 1 }];
    expect(await judge({ base: green, head: green, strict: red }, { plan: change(TEST), files })).toMatchObject({
      code: "broken",
    });
  });
});

describe("tests that say less", () => {
  const weaker = (old: boolean, test = "b", path = TEST) =>
    ({ path, line: 3, test, what: "lost an assertion", old }) as unknown as ProofFacts["weakened"][number];

  it("refute, each by its line", async () => {
    const item = await judge(
      { base },
      { weakened: [weaker(true), weaker(true, "a"), weaker(true, "c", "test/c.test.js"), weaker(true, "d")] },
    );
    expect([item.code, item.evidence]).toEqual([
      "weakened",
      'Tests that were there before say less now, in `test/a.test.js`, `test/c.test.js`: test/a.test.js:3 the test "b" lost an assertion; test/a.test.js:3 the test "a" lost an assertion; test/c.test.js:3 the test "c" lost an assertion; test/a.test.js:3 the test "d" lost an assertion.',
    ]);
    expect(item.details).toHaveLength(4);
  });

  it("do not where they are new, or where the plan says so, which is told", async () => {
    expect(await judge({ base }, { weakened: [weaker(false)] })).toMatchObject({ code: "kept", details: [] });
    expect(await judge({ base }, { weakened: [weaker(true)], plan: change(TEST, "b") })).toMatchObject({
      code: "kept",
      details: [`announced by the plan: ${TEST} "b" lost an assertion`],
    });
    expect(await judge({ base }, { weakened: [weaker(true)], plan: change(TEST, "a") })).toMatchObject({
      code: "weakened",
    });
  });
});

it("shows the last six lines of what a run said", async () => {
  const { details } = await judge({
    base: green,
    head: green,
    strict: { verdict: "failed", count: [1, 1], output: LONG },
  });
  expect(details).toEqual(["npm test:", ...[15, 16, 17, 18, 19, 20].map((at) => `line ${at}`)]);
});

it("tells what could not be asked", async () => {
  const execution = { state: "impossible", because: { code: "unprepared", facts: { why: "No sandbox." } } } as const;
  expect(await judge({}, { execution })).toMatchObject({ code: "cannot-run", evidence: "No sandbox." });
  const { facts } = toldFacts({ base });
  const product = [...facts.base.tree].filter(([path]) => path === PRODUCT);
  const untested = { ...facts, base: { ...facts.base, tree: new Map(product) } };
  expect(await passToPass(untested)).toMatchObject({ code: "no-tests-before" });
  const silent = {
    ...facts.execution,
    tests: { suite: () => Promise.resolve(null) },
  } as unknown as ProofFacts["execution"];
  expect(await passToPass({ ...facts, execution: silent })).toMatchObject({ code: "no-runner" });
});
