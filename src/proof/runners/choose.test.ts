import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { chooseCommands } from "./choose.ts";
import type { CommandRun } from "./command-run.ts";

/** What a command does on the base: how many of how many tests pass, or which; `red`, `green`: it says no number. */
type Does =
  | readonly [passed: number, run: number]
  | { readonly names: readonly string[] }
  | "red"
  | "green"
  | "stopped"
  | "not there";

function ranAs(command: string, does: Does): CommandRun {
  const rest = { command, exitCode: 0, output: "", cases: [], named: false, notLoaded: [], durationMs: 1 };
  if (typeof does === "string") {
    const verdict = { red: "failed", green: "passed", stopped: "stopped", "not there": "no-answer" } as const;
    return { ...rest, verdict: verdict[does], count: null };
  }
  if ("names" in does) {
    const { length: run } = does.names;
    const cases = does.names.map((name) => ({ file: null, name, outcome: "passed" as const }));
    return { ...rest, verdict: "passed", count: { run, passed: run, failed: 0, skipped: 0 }, cases, named: true };
  }
  const [passed, run] = does;
  const verdict = passed === run ? "passed" : "failed";
  return { ...rest, verdict, count: { run, passed, failed: run - passed, skipped: 0 } };
}

async function chosen(
  files: Readonly<Record<string, string>>,
  does: Readonly<Record<string, Does>>,
  policy = DEFAULT_POLICY,
) {
  const { tree, blobs } = memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const));
  const tried: string[] = [];
  const found = await chooseCommands({ tree, blobs, policy }, (_, { run }) => {
    tried.push(run);
    return Promise.resolve(ranAs(run, does[run] ?? "not there"));
  });
  return { chosen: found.map(({ command, testsRun }) => [command.run, testsRun]), tried };
}

const SCRIPT = (more: object = {}) => JSON.stringify({ scripts: { test: "x" }, ...more });
const TEST_PY = { "tests/test_a.py": "import unittest\nimport pytest\n" };

describe("the commands of a repository", () => {
  it.each<[string, Record<string, string>, Record<string, Does>, [string, number | null][], number]>([
    ["the first that is green and counts", { "package.json": SCRIPT() }, { "npm test": [3, 3] }, [["npm test", 3]], 1],
    [
      "one for each language",
      { "package.json": SCRIPT(), "go.mod": "module a" },
      { "npm test": [3, 3], "go test -v ./...": [2, 2] },
      [
        ["npm test", 3],
        ["go test -v ./...", 2],
      ],
      2,
    ],
    [
      "the next where the first is red for another reason",
      { "package.json": SCRIPT({ devDependencies: { vitest: "3" } }) },
      { "npm test": "red", "npx vitest run": [5, 5] },
      [["npx vitest run", 5]],
      2,
    ],
    [
      "the next where the first is green and ran nothing",
      { "package.json": SCRIPT({ scripts: { test: "x", "test:unit": "y" } }) },
      { "npm test": [0, 0], "npm run test:unit": [4, 4] },
      [["npm run test:unit", 4]],
      2,
    ],
    [
      "the next where nothing says how many ran",
      { "package.json": SCRIPT(), Makefile: "test:\n\tnode --test\n" },
      { "npm test": "green", "make test": [1, 1] },
      [["make test", 1]],
      2,
    ],
    [
      "the Makefile's, where nothing else says how tests are run",
      { "a.test.js": 'import test from "node:test";', Makefile: "test:\n\tDEBUG=1 node --test\n" },
      { "node --test": [3, 3], "make test": [3, 3] },
      [["make test", 3]],
      1,
    ],
    [
      "the machine's own, where the Makefile's does not work",
      { "a.test.js": 'import test from "node:test";', Makefile: "test:\n\tdocker run x\n" },
      { "node --test": [3, 3], "make test": "red" },
      [["node --test", 3]],
      2,
    ],
    [
      "no other one for tests that the Makefile runs too",
      {
        "a.test.js": 'import test from "node:test";',
        "go.mod": "module a",
        Makefile: "test:\n\tnode --test\n\tgo test ./...\n",
      },
      { "make test": { names: ["adds", "TestAdds", "TestAdds"] }, "go test -v ./...": { names: ["TestAdds"] } },
      [["make test", 3]],
      2,
    ],
    [
      "one more for tests that the Makefile leaves out",
      { "a.test.js": 'import test from "node:test";', "go.mod": "module a", Makefile: "test:\n\tnode --test\n" },
      { "make test": { names: ["adds"] }, "go test -v ./...": { names: ["TestAdds", "adds"] } },
      [
        ["make test", 1],
        ["go test -v ./...", 2],
      ],
      2,
    ],
    [
      "one with red tests, where none is green",
      { ...TEST_PY, "pytest.ini": "" },
      { "python3 -m pytest -q": [4, 5], "python3 -m unittest discover -s tests": "red" },
      [["python3 -m pytest -q", 5]],
      3,
    ],
    [
      "Python's own runner where pytest is not there",
      TEST_PY,
      { "python3 -m unittest discover -s tests": [2, 2] },
      [["python3 -m unittest discover -s tests", 2]],
      2,
    ],
    [
      "from the top of the package where imports are relative",
      { "tests/test_a.py": "import unittest\n" },
      { "python3 -m unittest discover -s tests": "red", "python3 -m unittest discover -s tests -t .": [1, 1] },
      [["python3 -m unittest discover -s tests -t .", 1]],
      2,
    ],
    ["Django's", { "manage.py": "" }, { "python3 manage.py test": [7, 7] }, [["python3 manage.py test", 7]], 1],
    [
      "a pnpm workspace's",
      { "package.json": "{}", "pnpm-workspace.yaml": "packages: [a]" },
      { "pnpm -r --if-present test": [9, 9] },
      [["pnpm -r --if-present test", 9]],
      1,
    ],
    [
      "turbo's, where the script is not there",
      { "package.json": '{"workspaces":["a"],"devDependencies":{"turbo":"2"}}', "turbo.json": "{}" },
      { "npm test --workspaces --if-present": "red", "npx turbo run test": [6, 6] },
      [["npx turbo run test", 6]],
      2,
    ],
    [
      "jest's with ECMAScript modules, where nothing turns them on",
      { "package.json": '{"type":"module","scripts":{"test":"jest"},"devDependencies":{"jest":"30"}}' },
      { "npm test": "red", "npx jest": "red", "NODE_OPTIONS=--experimental-vm-modules npx jest": [4, 4] },
      [["NODE_OPTIONS=--experimental-vm-modules npx jest", 4]],
      3,
    ],
    [
      "yarn's workspaces",
      { "package.json": '{"workspaces":["a"]}', "yarn.lock": "", ".yarnrc.yml": "" },
      { "yarn workspaces foreach -A run test": [2, 2] },
      [["yarn workspaces foreach -A run test", 2]],
      1,
    ],
    [
      "folders with manifests of their own, where nothing is at the root",
      { "web/package.json": SCRIPT(), "api/go.mod": "module a", "lib/pyproject.toml": "", "lib/test_a.py": "" },
      { "npm --prefix web test": [1, 1], "go -C api test -v ./...": "red", "cd lib && python3 -m pytest -q": [2, 2] },
      [
        ["npm --prefix web test", 1],
        ["go -C api test -v ./...", null],
        ["cd lib && python3 -m pytest -q", 2],
      ],
      3,
    ],
    [
      "a folder beside another language at the root, if it works",
      { "go.mod": "module a", "web/package.json": SCRIPT(), "docs-site/package.json": SCRIPT() },
      { "go test -v ./...": [3, 3], "npm --prefix web test": [1, 1], "npm --prefix docs-site test": "red" },
      [
        ["go test -v ./...", 3],
        ["npm --prefix web test", 1],
      ],
      3,
    ],
    [
      "no other name for what ran out of time",
      { "package.json": SCRIPT({ devDependencies: { jest: "30" } }) },
      { "npm test": "stopped" },
      [["npm test", null]],
      1,
    ],
    ["the first guess where nothing runs", { "Cargo.toml": "[package]" }, {}, [["cargo test", null]], 1],
    ["none where nothing suggests one", { "README.md": "npm test" }, {}, [], 0],
  ])("are %s", async (_, files, does, expected, tries) => {
    const found = await chosen(files, does);
    expect(found.chosen).toEqual(expected);
    expect(found.tried).toHaveLength(tries);
  });

  it("are the policy's, which nobody doubts or tries", async () => {
    const verify = [{ name: "all", run: "./check", proves: "tests" as const, timeoutSeconds: 60 }];
    const found = await chosen({ "package.json": SCRIPT() }, {}, { ...DEFAULT_POLICY, verify });
    expect(found).toEqual({ chosen: [["./check", null]], tried: [] });
  });
});
