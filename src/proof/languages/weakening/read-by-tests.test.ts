import { describe, expect, it } from "@jest/globals";
import { memoryStore } from "../../../../test/contracts/sandbox-fixture.ts";
import { changedFiles } from "../../../trees/diff.ts";
import { readByTests } from "./read-by-tests.ts";

type Files = Readonly<Record<string, string>>;

async function found(base: Files, changed: Files): Promise<string[]> {
  const { blobs, tree } = memoryStore();
  const side = (sign: string, files: Files) => {
    return { commitSha: sign.repeat(40), treeSha: sign.repeat(40), tree: tree(files) };
  };
  const sides = { base: side("a", base), head: side("b", { ...base, ...changed }) };
  return [...(await readByTests(await changedFiles(sides.base, sides.head, blobs), sides, blobs))];
}

describe("changed data that only tests read", () => {
  it.each<[string, Files, Files, string[]]>([
    [
      "named by its path",
      { "expected/a.txt": "1", "src/a.test.js": 'read("expected/a.txt")', "src/a.js": "" },
      { "expected/a.txt": "2" },
      ["expected/a.txt"],
    ],
    [
      "named by its folder",
      { "cases/a.json": "1", "src/a.test.js": "read(`cases/${name}.json`)", "src/a.js": "" },
      { "cases/a.json": "2" },
      ["cases/a.json"],
    ],
    [
      "put together from parts",
      { "pkg/cases/a.json": "1", "pkg/test_a.py": 'HERE / "cases" / name', "pkg/a.py": "" },
      { "pkg/cases/a.json": "2" },
      ["pkg/cases/a.json"],
    ],
    [
      "unless the product reads it too",
      { "data/a.txt": "1", "src/a.test.js": 'read("data/a.txt")', "src/a.js": 'read("data/a.txt")' },
      { "data/a.txt": "2" },
      [],
    ],
    [
      "nor what the product begins to read",
      { "data/a.txt": "1", "src/a.test.js": 'read("data/a.txt")', "src/a.js": "" },
      { "data/a.txt": "2", "src/a.js": 'read("data/a.txt")' },
      [],
    ],
    ["nor what no test names", { "a.txt": "1", "src/a.test.js": 'read("data.txt")' }, { "a.txt": "2" }, []],
    ["nor documents", { "README.md": "1", "src/a.test.js": 'read("README.md")' }, { "README.md": "2" }, []],
    ["nor manifests", { "package.json": "{}", "src/a.test.js": 'read("package.json")' }, { "package.json": "{ }" }, []],
    ["nor new files", { "src/a.test.js": 'read("a.txt")' }, { "a.txt": "2" }, []],
  ])("%s", async (_name, base, changed, paths) => {
    expect(await found(base, changed)).toEqual(paths);
  });
});
