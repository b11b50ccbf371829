import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../test/support/changed-file.ts";
import type { TestChange } from "../../core/ticket/plan.ts";
import type { ProofFacts } from "../evidence.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { weakenings } from "../languages/weakening/weakening.ts";
import type { SuiteRun, Tests } from "../runners/suite.ts";
import { isRunOf } from "../languages/weakening/ran-names.ts";
import { noLongerRun } from "./still-run.ts";

/** Two tests become one statement whose titles are made by code: which ones ran is known by what the runner prints. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const H =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { f } from "../src/f.js";\n';
const TWO = `${H}test("two", () => { assert.equal(f(2), 4); });\ntest("three", () => { assert.equal(f(3), 9); });\n`;
const ROWS = '[{ name: "square of 2", n: 2, want: 4 }, { name: "square of 3", n: 3, want: 9 }]';
const by = (title: string, rows = ROWS) =>
  `${H}for (const row of ${rows}) test(${title}, () => { assert.equal(f(row.n), row.want); });\n`;

const run = (names: readonly string[]) =>
  ({ verdict: "passed", names: new Map(names.map((name) => [name, "passed"])), runs: [] }) as unknown as SuiteRun;

async function lost(after: string, now: readonly string[], testChanges: readonly Partial<TestChange>[] = []) {
  const files = [file("test/a.test.js", TWO, after)];
  const [base, head] = [{ tree: new Map() }, { tree: new Map() }];
  const tests = { suite: async (tree: unknown) => run(tree === base.tree ? ["other", "two", "three"] : now) };
  const facts = { files, syntax, plan: { testChanges }, base, head } as unknown as ProofFacts;
  return [...(await noLongerRun(facts, tests as unknown as Tests)), ...(await weakenings(files, syntax)).map(({ what }) => what)]; // prettier-ignore
}

describe("tests by the names that ran", () => {
  it.each([
    ["a sum", by('"square of " + row.n'), ["square of 2", "square of 3"]],
    ["a field", by("row.name"), ["square of 2", "square of 3"]],
    ["a call", by("String(row.n)"), ["2", "3"]],
    ["a call before options", by("String(row.n)").replace(", () =>", ", { timeout: 5 }, () =>"), ["2", "3"]],
    ["a template", by("`square of ${row.n}`"), ["square of 2", "square of 3"]],
    ["a quoted apostrophe", TWO.replace('"two"', "'doesn\\'t fail'"), ["doesn't fail", "three"]],
  ])("go by another title: %s", async (_what, after, now) => expect(await lost(after, ["other", ...now])).toEqual([]));

  it("go into a group, each to one of its name", async () => {
    const grouped = `${H}import { describe } from "node:test";\ndescribe("f", () => {\n${TWO.slice(H.length)}});\n`;
    expect(await lost(grouped, ["other", "f > two", "f > three"])).toEqual([]);
    expect(await lost(grouped, ["other", "f > two", "g > two"])).toEqual(["three"]);
  });

  it("are told by another name around theirs, as after a file was moved, each by one", async () => {
    expect(await lost(TWO, ["other", "b.test.js > two", "b.test.js > three"])).toEqual([]);
    expect(await lost(TWO, ["other", "b.test.js > two", "c.test.js > two"])).toEqual(["three"]);
  });

  it.each([
    ["none of them runs", by("row.name"), ["other"], ["two", "three"]],
    ["one of them runs", by("row.name"), ["other", "square of 2"], ["three"]],
    ["others run", by('"square of " + row.n'), ["other", "cube of 2", "cube of 3"], ["two", "three"]],
  ])("are missed: %s", async (_what, after, now, told) => expect(await lost(after, now)).toEqual(told));
});

describe("tests and rows of their name", () => {
  const left = async (before: readonly string[], now: Readonly<Record<string, string>>) => {
    const [base, head] = [{ tree: new Map() }, { tree: new Map() }];
    const ran = { verdict: "passed", names: new Map(Object.entries(now)), runs: [] } as unknown as SuiteRun;
    const tests = { suite: async (tree: unknown) => (tree === base.tree ? run(before) : ran) };
    const facts = { files: [], syntax, plan: null, base, head } as unknown as ProofFacts;
    return noLongerRun(facts, tests as unknown as Tests);
  };
  const [one, rows] = [
    ["other", "t.py: test_a"],
    ["other", "t.py: test_a[1]", "t.py: test_a[2]"],
  ];
  it.each([
    ["one became rows", one, { "t.py: test_a[1]": "passed" }, []],
    ["rows became one", rows, { "t.py: test_a": "passed" }, []],
    ["one became rows, of which one is skipped", one, { "t.py: test_a[1]": "passed", "t.py: test_a[2]": "skipped" }, ["t.py: test_a"]],
    ["one became no rows", one, { "t.py: test_a[NOTSET]": "skipped" }, ["t.py: test_a"]],
    ["rows became one that is skipped", rows, { "t.py: test_a": "skipped" }, rows.slice(1)],
    ["rows became one of another name", rows, { "t.py: test_ab": "passed" }, rows.slice(1)],
    ["one row is gone", rows, { "t.py: test_a[1]": "passed" }, ["t.py: test_a[2]"]],
    ["rows of Go, whose test was there all along", ["other", "m: TestA", "m: TestA/x"], { "m: TestA": "passed" }, ["m: TestA/x"]],
  ])("%s", async (_what, before, now, told) => expect(await left(before, { other: "passed", ...now })).toEqual(told)); // prettier-ignore
});

describe("what a plan says of a test", () => {
  const plan = (change: string, to: string | null = null, test: string | null = "two") =>
    [{ file: "test/a.test.js", test, change, to } as TestChange]; // prettier-ignore
  const after = by("row.name", '[{ name: "none", n: 0, want: 0 }]');
  const missing = async (now: readonly string[], changes: readonly TestChange[]) => {
    const found = await lost(after, ["other", "three", ...now], changes);
    return found.includes("two");
  };
  it.each([
    ["may go, and is gone", plan("delete"), [], false],
    ["may say something else, and is gone", plan("update"), [], true],
    ["may say something else with its file, and is gone", plan("update", null, null), [], true],
    ["has another name, and runs under it", plan("rename", "a square"), ["a square"], false],
    ["has another name with its file, and runs under it", plan("rename", "test/b.test.js::a square"), ["a square"], false],
    ["has another name, and runs under none", plan("rename", "a square"), ["none"], true],
    ["has another name, which an old test had", plan("rename", "three"), [], true],
    ["is to have a name that nobody gave", plan("rename"), ["none"], true],
  ])("%s", async (_what, changes, now, is) => expect(await missing(now, changes)).toBe(is)); // prettier-ignore
});

describe("what a runner prints", () => {
  it.each([
    ["example.com/shop: TestA", "TestA", true],
    ["shop: TestA/row one", "TestA", true],
    ["test/a.test.js: adds: two", "adds: two", true],
    ["src/a_test.py: test_a[1-2]", "test_a", true],
    ["adds: two", "two", false],
    ["example.com/shop: TestAB", "TestA", false],
  ])("as %s is the test %s: %s", (ran, test, is) => expect(isRunOf(ran, test)).toBe(is));
});
