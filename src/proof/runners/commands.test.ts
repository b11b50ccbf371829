import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../../core/rules/policy.ts";
import type { Blobs, TreeFile } from "../../trees/tree.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import { blobSha } from "../../trees/blob-sha.ts";
import { findCommands, guessesFor } from "./commands.ts";

async function found(files: Readonly<Record<string, string>>, policy = DEFAULT_POLICY): Promise<string[]> {
  const contents = new Map(Object.values(files).map((text) => [blobSha(Buffer.from(text)), Buffer.from(text)]));
  const blobs: Blobs = {
    get: (sha) => Promise.resolve(contents.get(sha) ?? null),
    put: (one) => Promise.resolve(blobSha(one)),
  };
  const file = (text: string): TreeFile => ({
    mode: "100644",
    sha: blobSha(Buffer.from(text)),
    sizeBytes: text.length,
  });
  const tree = new Map(Object.entries(files).map(([path, text]) => [path, file(text)]));
  return (await findCommands(tree, blobs, policy)).map((one) => one.run);
}

describe("findCommands", () => {
  it.each<[string, Record<string, string>, string[]]>([
    ["npm", { "package.json": '{"scripts":{"test":"node --test"}}' }, ["npm test"]],
    [
      "npm's placeholder",
      { "package.json": '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' },
      [],
    ],
    ["a broken package.json", { "package.json": "{" }, []],
    ["go", { "go.mod": "module a\n" }, ["go test -v ./..."]],
    ["pytest settings", { "pyproject.toml": "[tool.pytest.ini_options]\n" }, ["python3 -m pytest -q"]],
    ["python with tests", { "pyproject.toml": "[project]\n", "tests/test_a.py": "" }, ["python3 -m pytest -q"]],
    ["pytest in a repository without a manifest", { "test_a.py": "def test_a(): pass" }, ["python3 -m pytest -q"]],
    ["unittest", { "test_a.py": "import unittest\n" }, ["python3 -m unittest discover"]],
    [
      "unittest in a folder",
      { "setup.py": "", "tests/test_a.py": "from unittest import TestCase\n" },
      ["python3 -m unittest discover -s tests"],
    ],
    [
      "unittest under pytest",
      { "tests/test_a.py": "import unittest\n", "test_b.py": "import pytest\nimport unittest\n" },
      ["python3 -m pytest -q"],
    ],
    [
      "unittest by a class of another module",
      { "test_a.py": "from base import Case\n\nclass A(Case):\n    def test(self):\n        self.assertCents(1, 1)\n" },
      ["python3 -m unittest discover"],
    ],
    [
      "classes of pytest with a base",
      { "test_a.py": "from base import Case\n\nclass TestA(Case):\n    def test(self):\n        assert self.x\n" },
      ["python3 -m pytest -q"],
    ],
    ["node's tests without a script", { "a.test.mjs": 'import test from "node:test";' }, ["node --test"]],
    ["tests of another runner without a script", { "a.test.js": 'import { test } from "vitest";' }, []],
    ["python without tests", { "pyproject.toml": "[project]\n" }, []],
    ["cargo", { "Cargo.toml": "[package]\n" }, ["cargo test"]],
    ["make", { Makefile: "all:\n\ttrue\ntest: all\n\t./run\n" }, ["make test"]],
    ["npm and go", { "package.json": '{"scripts":{"test":"x"}}', "go.mod": "" }, ["npm test", "go test -v ./..."]],
    ["node's TypeScript tests", { "a.test.ts": 'import test from "node:test";' }, ["node --test"]],
    ["workspaces", { "package.json": '{"workspaces":["packages/*"]}' }, ["npm test --workspaces --if-present"]],
    ["jest without a script", { "package.json": '{"devDependencies":{"jest":"30"}}' }, ["npx jest"]],
    ["vitest without a script", { "package.json": '{"devDependencies":{"vitest":"3"}}' }, ["npx vitest run"]],
    [
      "a package of tests with relative imports",
      { "tests/__init__.py": "", "tests/test_a.py": "import unittest\nfrom .x import y\n" },
      ["python3 -m unittest discover -s tests -t ."],
    ],
    [
      "a Go workspace",
      { "go.work": "go 1.22\n\nuse (\n\t./a // the first\n\t./b/c\n)\n" },
      ["go test -v ./a/... ./b/c/..."],
    ],
    ["a Cargo workspace with a package", { "Cargo.toml": "[workspace]\n[package]\n" }, ["cargo test --workspace"]],
    ["GNUmakefile", { GNUmakefile: "check: all\n\t./run\n" }, ["make check"]],
    ["maven's wrapper", { "pom.xml": "", mvnw: "" }, ["sh mvnw -B test"]],
    ["maven", { "pom.xml": "" }, ["mvn -B test"]],
    ["gradle", { "build.gradle.kts": "" }, ["gradle test"]],
    ["gradle's wrapper", { "build.gradle": "", gradlew: "" }, ["sh gradlew test"]],
    ["rspec", { Gemfile: "", "spec/a_spec.rb": "" }, ["bundle exec rspec"]],
    ["phpunit", { "phpunit.xml.dist": "" }, ["vendor/bin/phpunit"]],
    [".NET", { "App.sln": "" }, ["dotnet test"]],
    ["mix", { "mix.exs": "" }, ["mix test"]],
    ["swift", { "Package.swift": "" }, ["swift test"]],
    ["bun's own tests", { "package.json": "{}", "a_test.ts": 'import { test } from "bun:test";' }, ["bun test"]],
    ["deno", { "deno.json": "{}" }, ["deno test -A"]],
    [
      "manifests in folders",
      { "web/package.json": '{"scripts":{"test":"x"}}', "api/go.mod": "module a" },
      ["npm --prefix web test", "go -C api test -v ./..."],
    ],
    ["nothing", { "README.md": "npm test" }, []],
  ])("knows %s", async (_, files, expected) => expect(await found(files)).toEqual(expected));

  it("tries after a build what does not run without one", async () => {
    const { tree, blobs } = memoryTree([["package.json", Buffer.from('{"scripts":{"build":"tsc","test":"jest"}}')]]);
    expect(await guessesFor({ tree, blobs })).toEqual([{ alternatives: ["npm test", "npm run build && npm test"] }]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    [
      "tox's variables before pytest, and its own command after it",
      {
        "tox.ini":
          "[testenv]\nsetenv =\n    MODE = strict\n    PYTHONPATH={toxinidir}/src\n    CACHE = {env:HOME}/x\n    TITLE = two words\ncommands =\n    python -m compileall src\n    coverage run \\\n        -m pytest {posargs:tests}\n",
        "tests/test_a.py": "",
      },
      [
        "MODE=strict PYTHONPATH=./src python3 -m pytest -q",
        "python3 -m pytest -q",
        "MODE=strict PYTHONPATH=./src python3 -m coverage run -m pytest tests",
      ],
    ],
    [
      "node without the folder that its newer versions take for a module",
      { "package.json": '{"scripts":{"test":"node --test --import ./set.js ./test/"}}', "test/a.js": "", "set.js": "" },
      ["npm test", "node --test --import ./set.js"],
    ],
    [
      "node behind a program of a package, without the folder",
      {
        "package.json": '{"scripts":{"test":"eslint . && NODE_ENV=test c8 --all node --test test/"}}',
        "test/a.js": "",
      },
      ["npm test", "npx eslint . && NODE_ENV=test npx c8 --all node --test"],
    ],
    [
      "node with the files of a folder that is built first",
      { "package.json": '{"scripts":{"test":"tsc -p . && node --test ./dist/test/"}}', "test/a.ts": "" },
      ["npm test", 'npx tsc -p . && node --test "dist/test/**/*.js"'],
    ],
    [
      "nothing else for a folder that nobody builds, or a file",
      { "package.json": '{"scripts":{"test":"node --test dist && node --test test/a.js"}}', "test/a.js": "" },
      ["npm test"],
    ],
    ...["; rm x", "| tee x", "$(cat x)", "'a b'"].map((end): [string, Record<string, string>, string[]] => [
      `no script that a shell would read otherwise: ${end}`,
      { "package.json": JSON.stringify({ scripts: { test: `node --test test ${end}` } }), "test/a.js": "" },
      ["npm test"],
    ]),
    [
      "no command of tox that a shell would read otherwise",
      { "tox.ini": "[testenv]\ncommands = pytest $(id)\n", "test_a.py": "" },
      ["python3 -m pytest -q"],
    ],
    [
      "what is compiled beside its sources",
      { "setup.py": "setup(ext_modules=[Extension('a', ['a.c'])])", "test_a.py": "" },
      ["python3 -m pytest -q", "python3 setup.py -q build_ext --inplace && python3 -m pytest -q"],
    ],
  ])("tries %s", async (_, files, alternatives) => {
    const { tree, blobs } = memoryTree(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
    expect(await guessesFor({ tree, blobs })).toEqual([{ alternatives }]);
  });

  it("takes the policy's word before anything else", async () => {
    const verify = [{ name: "all", run: "./check", proves: "tests" as const, timeoutSeconds: 60 }];
    expect(await found({ "go.mod": "" }, { ...DEFAULT_POLICY, verify })).toEqual(["./check"]);
    expect(await found({ "go.mod": "" }, { ...DEFAULT_POLICY, verify: [] })).toEqual([]);
  });
});
