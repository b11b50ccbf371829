import { describe, expect, it } from "@jest/globals";
import { worded } from "../../../test/support/worded-proof.ts";
import { COMMAND, LONG, type Said, suiteRun, type Told, toldFacts } from "../../../test/support/told-suites.ts";
import type { ProofFacts } from "../evidence.ts";
import type { CommandRun } from "../runners/command-run.ts";
import type { Tests } from "../runners/suite.ts";
import { verification as found } from "./verification.ts";

/** As people read it. */
const verification = async (...given: Parameters<typeof found>) => worded(await found(...given));

/** What the repository's own commands say on this commit, and what they said before. */
const judge = async (told: Told, over: Partial<ProofFacts> = {}) => verification(toldFacts(told, over).facts);
const TAIL = ["npm test:", "it failed"];
const base = { a: "passed", b: "passed" } as const;
const green = { verdict: "passed", count: [2, 0] } as const;

describe("a command that runs tests", () => {
  it.each<[string, Told, string, RegExp, readonly string[]]>([
    ["passes", { base }, "passes", /^`npm test` passes: 2 tests ran\.$/, ["npm test: 2 passed, in 59.9 s"]],
    ["passes with one test", { base: { a: "passed" } }, "passes", /: 1 test ran\.$/, ["npm test: 1 passed, in 59.9 s"]],
    ["skips one", { base, head: { a: "passed", b: "skipped" } }, "passes", /: 1 test ran\.$/, ["npm test: 1 passed, 1 skipped, in 59.9 s"]],
    ["ran none", { base, head: { verdict: "passed", count: [0, 0] } }, "no-test-ran", /ran no test at all\.$/, ["npm test:", "it passed"]],
    ["does not count", { base, head: { verdict: "passed", count: null } }, "no-count", /does not say how many tests ran; .*`proves: command`/, ["npm test:", "it passed"]],
    ["hangs", { base, head: { verdict: "stopped" } }, "timed-out", /^`npm test` did not finish: it was stopped after 59\.9 s\.$/, ["npm test:", "it stopped"]],
    ["cannot be run", { base, head: { verdict: "no-answer" } }, "no-answer", /could not be run in the sandbox\.$/, ["npm test:", "it no-answer"]],
    ["breaks a test", { base, head: { a: "passed", b: "failed" } }, "fails", /^`npm test` ends with exit status 1: 1 test failed\. New: `b`\.$/, TAIL],
    ["breaks one beside a red one", { base: { a: "failed", b: "passed" }, head: { a: "failed", b: "failed" } }, "fails", /: 2 tests failed\. New: `b`\.$/, TAIL],
    ["was as red before", { base: { a: "passed", b: "failed" }, head: { a: "passed", b: "failed" } }, "red-before-too", /^`npm test`: 1 test passed\. Red before the change too: `b`\.$/, TAIL],
    ["fails once and passes once", { base, head: [{ a: "passed", b: "failed" }, base] }, "red-before-too", /^`npm test`: 2 tests passed\. Flaky, failed once and passed once: `b`\.$/, TAIL],
    ["had no green test before either", { base: { a: "failed" }, head: { a: "failed" } }, "nothing-green-before", /No test passed before the change either\.$/, TAIL],
    ["fails although no test does", { base, head: { verdict: "failed", names: base } }, "fails", /^`npm test` ends with exit status 1\.$/, TAIL],
    ["fails so before too", { base: { verdict: "failed", names: base } }, "red-before-unnamed", /It failed before the change too, and its tests cannot be told apart by name\.$/, TAIL],
    ["fails without names", { base: green, head: { verdict: "failed", count: [1, 1] } }, "fails", /: 1 test failed\.$/, TAIL],
    ["fails without names before too", { base: { verdict: "failed", count: [1, 1] } }, "red-before-unnamed", /failed before the change too/, TAIL],
    ["could not be run before", { base: { verdict: "no-answer" }, head: { a: "failed" } }, "fails", /: 1 test failed\.$/, TAIL],
    ["cannot load a file any more", { base: { verdict: "failed", names: { a: "passed", b: "failed" } }, head: { verdict: "failed", names: { a: "passed", b: "failed" }, notLoaded: ["x"] } }, "red-before-unnamed", /failed before/, TAIL],
    ["could not load it before either", { base: { verdict: "failed", names: { a: "passed" }, notLoaded: ["x"] } }, "red-before-too", /: 1 test passed\. Could not be loaded before the change either: `x`\.$/, TAIL],
  ])("%s", async (_what, told, code, words, details) => {
    const item = await judge(told);
    expect([item.code, item.evidence, item.details]).toEqual([code, expect.stringMatching(words), details]);
  }); // prettier-ignore

  it("says so when it ends well although its tests fail", async () => {
    const { facts } = toldFacts({ base, head: { a: "failed", b: "passed" } });
    const { tests } = facts.execution as { tests: Tests };
    const run: Tests["run"] = async (...of) => ({ ...(await tests.run(...of)), exitCode: 0 });
    const item = await verification({ ...facts, execution: { state: "possible", tests: { ...tests, run } } });
    expect(item.evidence).toBe("`npm test` ends without an error although its tests fail: 1 test failed. New: `a`.");
  });
});

describe("tests that only pass where CI is set", () => {
  const head = { a: "passed", b: "passed" } as const;
  const red = { a: "passed", b: "failed" } as const;
  it.each<[string, Told, string, RegExp]>([
    ["refute, by their names", { base, head, headWithoutCi: red, baseWithoutCi: base }, "only-with-ci", /^The tests pass only where the variable `CI` is set: `b`\.$/],
    ["refute where one breaks", { base, head, headWithoutCi: { a: "passed", b: "errored" } }, "only-with-ci", /: `b`\.$/],
    ["refute where they have no names", { base: green, headWithoutCi: { verdict: "failed" }, baseWithoutCi: green }, "only-with-ci", /is set\.$/],
    ["do not where they pass on another look", { base, head, headWithoutCi: [red, head] }, "passes", /2 tests ran/],
    ["do not where they hang", { base, head, headWithoutCi: { verdict: "stopped" } }, "passes", /2 tests ran/],
    ["do not where it was so before", { base, head, headWithoutCi: red, baseWithoutCi: red }, "passes", /2 tests ran/],
    ["do where another one was so before", { base, head, headWithoutCi: red, baseWithoutCi: { a: "failed", b: "passed" } }, "only-with-ci", /: `b`\.$/],
    ["do not by luck, one after the other", { base, head, headWithoutCi: [red, { a: "failed", b: "passed" }], baseWithoutCi: { a: "failed" } }, "passes", /2 tests ran/],
  ])("%s", async (_what, told, code, words) => {
    const item = await judge(told);
    expect([item.code, item.evidence]).toEqual([code, expect.stringMatching(words)]);
  }); // prettier-ignore
});

describe("several commands", () => {
  const LINT = { name: "lint", run: "npm run lint", timeoutSeconds: 60, proves: "command" } as const;
  /** By each command, its run on this commit. */
  async function judged(says: Readonly<Record<string, Said>>, commands = [COMMAND, LINT]) {
    const { facts } = toldFacts({ base });
    const run: Tests["run"] = (_tree, { run: command }) =>
      Promise.resolve({ ...(suiteRun(says[command] ?? base).runs[0] as CommandRun), command });
    const { tests } = facts.execution as { tests: Tests };
    return verification({ ...facts, execution: { state: "possible", tests: { ...tests, commands, run } } });
  }

  it.each<[string, Readonly<Record<string, Said>>, string, string, readonly string[]]>([
    ["all pass", {}, "passes", "`npm test` passes: 2 tests ran. `npm run lint` passes.", ["npm test: 2 passed, in 59.9 s", "npm run lint: passed in 59.9 s"]],
    ["the other one fails", { "npm run lint": { verdict: "failed" } }, "fails", "`npm run lint` ends with exit status 1.", ["npm test: 2 passed, in 59.9 s", "npm run lint:", "it failed"]],
    ["one fails, one cannot be run", { "npm test": { verdict: "no-answer" }, "npm run lint": { verdict: "failed" } }, "fails", "`npm run lint` ends with exit status 1.", ["npm test:", "it no-answer", "npm run lint:", "it failed"]],
    ["one cannot be run", { "npm run lint": { verdict: "no-answer" } }, "no-answer", "`npm run lint` could not be run in the sandbox.", ["npm test: 2 passed, in 59.9 s", "npm run lint:", "it no-answer"]],
  ])("%s", async (_what, says, code, sentence, details) => {
    const item = await judged(says);
    expect([item.code, item.evidence, item.details]).toEqual([code, sentence, details]);
  }); // prettier-ignore
});

it("shows the last eight lines of what a command said", async () => {
  const item = await judge({ base, head: { verdict: "failed", output: LONG } });
  expect(item.details).toEqual(["npm test:", ...[13, 14, 15, 16, 17, 18, 19, 20].map((at) => `line ${at}`)]);
});

it("tells why nothing could be run", async () => {
  const execution = { state: "impossible", because: { code: "unprepared", facts: { why: "No sandbox." } } } as const;
  expect(await judge({}, { execution })).toMatchObject({ code: "cannot-run", evidence: "No sandbox." });
});
