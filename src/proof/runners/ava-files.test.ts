import { expect, it } from "@jest/globals";
import { memoryTree } from "../../trees/memory-tree.ts";
import { withFiles } from "./ava-files.ts";
import { countOfCases, nameOf, type TestCase } from "./test-case.ts";

async function named(files: readonly string[], names: readonly string[], only?: readonly string[]) {
  const text = (path: string) => Buffer.from(path.includes("shared") ? "export {};" : 'import test from "ava";');
  const { tree, blobs } = memoryTree(files.map((path) => [path, text(path)]));
  const cases = names.map((name): TestCase => ({ file: null, name, outcome: "passed" }));
  const tally = { runner: "tap", count: countOfCases(cases), cases, notLoaded: [] };
  return (await withFiles(tally, tree, blobs, only))?.cases.map(nameOf);
}

it.each<[what: string, files: string[], names: string[], expected: string[], only?: string[]]>([
  ["of one file", ["sum.test.js", "sum.js"], ["adds"], ["sum.test.js: adds"]],
  ["of two files", ["sum.test.js", "mul.test.js"], ["sum › adds", "mul › a › b"], ["sum.test.js: adds", "mul.test.js: a › b"]],
  ["of a file beside what tests share", ["test/sum.js", "test/shared.js"], ["adds"], ["test/sum.js: adds"]],
  ["of a file beside fixtures", ["test/sum.js", "test/fixtures/a.js", "test/_b.js"], ["adds"], ["test/sum.js: adds"]],
  ["of files in one folder", ["test/sum.ts", "test/a/mul.ts"], ["sum › adds", "a › mul › b"], ["test/sum.ts: adds", "test/a/mul.ts: b"]],
  ["of files in two folders", ["test/sum.js", "src/mul.spec.js"], ["test › sum › adds", "src › mul › b"], ["test/sum.js: adds", "src/mul.spec.js: b"]],
  ["of a folder that AVA leaves out", ["a/__tests__/sum.mjs", "b/test-mul.mjs"], ["a › sum › adds", "b › mul › b"], ["a/__tests__/sum.mjs: adds", "b/test-mul.mjs: b"]],
  ["of a file that did not load", ["sum.test.js", "mul.test.js"], ["sum › adds", "mul.test.js exited"], ["sum.test.js: adds", "mul.test.js exited"]],
  ["of one file that was asked for", ["sum.test.js", "mul.test.js"], ["adds"], ["sum.test.js: adds"], ["sum.test.js"]],
  ["of one file of two", ["sum.test.js", "mul.test.js"], ["adds"], ["adds"]],
  ["whose file is in two places", ["a/x.test.js", "b/x.test.js"], ["x › adds"], ["x › adds"]],
])("a test of AVA's %s has its file, where that can be told", async (_what, files, names, expected, only: string[] = []) => {
  expect(await named(files, names, only)).toEqual(expected);
}); // prettier-ignore
