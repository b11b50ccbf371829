import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { TestChange } from "../../../core/ticket/plan.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { isExcused } from "./planned.ts";
import { weakenings } from "./weakening.ts";

/** A plan excuses what it says of a test, and nothing else that may have become of it. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const H = 'import assert from "node:assert/strict";\nimport { test } from "node:test";\n';
const ADDS = 'test("adds", () => { assert.equal(sum(20, 22), 42); });\n';
const KEEPS = 'test("keeps", () => { assert.deepEqual(kept([7, 8, 9]), [7, 9]); });\n';
const OTHER = 'test("other", () => { assert.equal(last("abc"), "c"); });\n';
const changed = (after: string) => [file("test/a.test.js", H + ADDS + KEEPS, H + after + KEEPS)];
const moved = (after: string) => [file("test/a.test.js", H + ADDS, ""), file("test/b.test.js", "", H + after)];

const GONE = changed(OTHER);
const LESS = changed('test("adds", () => { assert.ok(sum(20, 22)); });\n');
const SKIPPED = changed(ADDS.replace('"adds"', '"adds", { skip: true }'));
const SOMEWHERE = changed(ADDS.replace('"adds"', '"adds", { skip: process.platform === "win32" }'));
const RENAMED = changed('test("gives a sum", () => { assert.equal(total(20, 22), 42); });\n');
const HOLLOW = changed('test("gives a sum", () => { assert.ok(sum(20, 22)); });\n' + OTHER);

const change = (kind: TestChange["change"], to: string | null = null, test: string | null = "adds"): TestChange => {
  return { file: "test/a.test.js", test, change: kind, to, why: "planned" };
};

async function left(files: readonly FileDiff[], ...plan: readonly TestChange[]): Promise<string[]> {
  const all = await weakenings(files, syntax, "own", plan);
  return all.filter((one) => one.old && !isExcused(one, plan)).map(({ what }) => what);
}

describe("a plan excuses", () => {
  it.each([
    ["a test that says less, by an update", LESS, [change("update")]],
    ["a file's tests that say less, by its update", LESS, [change("update", null, null)]],
    ["a test that is gone, by a deletion", GONE, [change("delete")]],
    ["tests of a file that are gone, by its deletion", [file("test/a.test.js", H + ADDS, "")], [change("delete", null, null)]],
    ["a test that is skipped somewhere else, by an update", SOMEWHERE, [change("update")]],
    ["another name", RENAMED, [change("rename", "gives a sum")]],
    ["another name with another content, by both", HOLLOW, [change("rename", "gives a sum"), change("update")]],
    ["another file", moved(ADDS.replace("sum(", "total(")), [change("rename", "test/b.test.js::adds")]],
    ["another file of all tests", moved(ADDS), [change("rename", "test/b.test.js", null)]],
    ["another file of all tests, which call other code", moved(ADDS.replace("sum(", "total(")), [change("rename", "test/b.test.js", null)]],
  ] as const)("%s", async (_what, files, plan) => expect(await left(files, ...plan)).toEqual([])); // prettier-ignore

  it.each([
    ["no test that is gone, by an update", GONE, [change("update")], "is gone"],
    ["no test that is gone, by an update of its file", GONE, [change("update", null, null)], "is gone"],
    ["no test that says less, by a deletion", LESS, [change("delete")], /compares/],
    ["no test that is skipped, by an update", SKIPPED, [change("update")], /is skipped/],
    ["no test that is skipped, by a deletion", SKIPPED, [change("delete")], /is skipped/],
    ["no test that says less under its old name, by another name", LESS, [change("rename", "gives a sum")], /compares/],
    ["no other name than the plan's", GONE, [change("rename", "gives a sum")], "is gone"],
    ["no test that is not in the other file", moved(OTHER), [change("rename", "test/b.test.js", null)], "is gone"],
    ["no name of an old test", GONE, [change("rename", "keeps")], "is gone"],
    ["nothing less under the new name", HOLLOW, [change("rename", "gives a sum")], /compares/],
    [
      "nothing less in the other file",
      moved('test("adds", () => { assert.ok(sum(20, 22)); });'),
      [change("rename", "test/b.test.js", null)],
      /compares/,
    ],
  ] as const)("%s", async (_what, files, plan, told) => {
    // prettier-ignore
    expect(await left(files, ...plan)).toContainEqual(typeof told === "string" ? told : expect.stringMatching(told));
  });
});

describe("in a language that is read line by line", () => {
  const RUST = "#[test]\nfn adds() {\n    assert_eq!(sum(20, 22), 42);\n}\n";
  const FRESH = "#[test]\nfn gives_a_sum() {\n    assert_eq!(total(20, 22), 42);\n}\n";
  const rust = (after: string) => [file("tests/a.rs", RUST, after)];
  const plan = (kind: TestChange["change"], to: string | null = null) => ({ ...change(kind, to), file: "tests/a.rs" });
  it.each([
    [FRESH, plan("rename", "gives_a_sum"), []],
    [FRESH, plan("rename", "gives_sums"), ["is gone"]],
    [FRESH, plan("update"), ["is gone"]],
    [FRESH, plan("delete"), []],
    ["#[test]\nfn gives_a_sum() {\n}\n", plan("rename", "gives_a_sum"), ["has no assertion left"]],
  ])("%j by %j", async (after, one, told) => expect(await left(rust(after), one)).toEqual(told));
});
