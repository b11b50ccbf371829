import { type Kind, manifest } from "./kind.ts";

const ADD = { before: "export const add = (a, b) => a - b;\n", after: "export const add = (a, b) => a + b;\n" };
const COMMON = { before: "exports.add = (a, b) => a - b;\n", after: "exports.add = (a, b) => a + b;\n" };
const TYPED = {
  before: "export const add = (a: number, b: number): number => a - b;\n",
  after: "export const add = (a: number, b: number): number => a + b;\n",
};
const NODE_TEST = (from: string) =>
  `import assert from "node:assert/strict";\nimport test from "node:test";\nimport { add } from "${from}";\ntest("zero", () => assert.equal(add(0, 0), 0));\n`;
const NODE_ADDS = 'test("adds", () => assert.equal(add(1, 2), 3));\n';
const EXPECT = 'test("zero", () => expect(add(0, 0)).toBe(0));\n';
const EXPECT_ADDS = 'test("adds", () => expect(add(1, 2)).toBe(3));\n';

export const JAVASCRIPT: readonly Kind[] = [
  {
    name: "jest without a lockfile",
    run: "npm test",
    base: {
      "package.json": manifest({ scripts: { test: "jest" }, devDependencies: { jest: "^29.7.0" } }),
      "src/add.js": COMMON.before,
      "test/add.test.js": `const { add } = require("../src/add.js");\n${EXPECT}`,
    },
    head: {
      "src/add.js": COMMON.after,
      "test/add.test.js": `const { add } = require("../src/add.js");\n${EXPECT}${EXPECT_ADDS}`,
    },
  },
  {
    name: "vitest with TypeScript",
    run: "npm test",
    base: {
      "package.json": manifest({
        type: "module",
        scripts: { test: "vitest run" },
        devDependencies: { vitest: "^3.2.0" },
      }),
      "src/add.ts": TYPED.before,
      "test/add.test.ts": `import { expect, test } from "vitest";\nimport { add } from "../src/add";\n${EXPECT}`,
    },
    head: {
      "src/add.ts": TYPED.after,
      "test/add.test.ts": `import { expect, test } from "vitest";\nimport { add } from "../src/add";\n${EXPECT}${EXPECT_ADDS}`,
    },
  },
  {
    name: "mocha with TypeScript",
    run: "npm test",
    base: {
      "package.json": manifest({
        type: "module",
        scripts: { test: "mocha --import=tsx test/*.test.ts" },
        devDependencies: { mocha: "^11.0.0", tsx: "^4.19.0" },
      }),
      "src/add.ts": TYPED.before,
      "test/add.test.ts":
        'import assert from "node:assert";\nimport { add } from "../src/add";\nit("zero", () => assert.equal(add(0, 0), 0));\n',
    },
    head: {
      "src/add.ts": TYPED.after,
      "test/add.test.ts":
        'import assert from "node:assert";\nimport { add } from "../src/add";\nit("zero", () => assert.equal(add(0, 0), 0));\nit("adds", () => assert.equal(add(1, 2), 3));\n',
    },
  },
  {
    name: "a compiler before the tests",
    run: "npm test",
    base: {
      "package.json": manifest({
        type: "module",
        scripts: { test: "tsc && node --test dist/test/*.js" },
        devDependencies: { typescript: "~5.9.0", "@types/node": "^22.0.0" },
      }),
      "tsconfig.json":
        '{"compilerOptions":{"module":"nodenext","target":"es2022","outDir":"dist","rootDir":".","types":["node"]}}',
      "src/add.ts": TYPED.before,
      "test/add.test.ts": NODE_TEST("../src/add.js"),
    },
    head: { "src/add.ts": TYPED.after, "test/add.test.ts": NODE_TEST("../src/add.js") + NODE_ADDS },
  },
  {
    name: "npm workspaces",
    run: "npm test",
    base: {
      "package.json": manifest({
        private: true,
        scripts: { test: "npm test --workspaces" },
        workspaces: ["packages/*"],
      }),
      "packages/a/package.json": manifest({
        name: "@x/a",
        type: "module",
        exports: "./add.js",
        scripts: { test: "node --test" },
      }),
      "packages/a/add.js": ADD.before,
      "packages/a/add.test.js": NODE_TEST("./add.js"),
      "packages/b/package.json": manifest({
        name: "@x/b",
        type: "module",
        scripts: { test: "node --test" },
        dependencies: { "@x/a": "1.0.0", "is-odd": "3.0.1" },
      }),
      "packages/b/b.test.js": `import isOdd from "is-odd";\n${NODE_TEST("@x/a")}test("odd", () => assert.ok(isOdd(1)));\n`,
    },
    head: { "packages/a/add.js": ADD.after, "packages/a/add.test.js": NODE_TEST("./add.js") + NODE_ADDS },
  },
  {
    name: "a pnpm workspace",
    run: "pnpm -r --if-present test",
    base: {
      "package.json": manifest({ private: true, packageManager: "pnpm@9.15.4" }),
      "pnpm-workspace.yaml": "packages:\n  - packages/*\n",
      "packages/a/package.json": manifest({
        name: "@x/a",
        type: "module",
        exports: "./add.js",
        scripts: { test: "node --test" },
      }),
      "packages/a/add.js": ADD.before,
      "packages/a/add.test.js": NODE_TEST("./add.js"),
      "packages/b/package.json": manifest({
        name: "@x/b",
        type: "module",
        scripts: { test: "node --test" },
        dependencies: { "@x/a": "workspace:*", "is-odd": "3.0.1" },
      }),
      "packages/b/b.test.js": `import isOdd from "is-odd";\n${NODE_TEST("@x/a")}test("odd", () => assert.ok(isOdd(1)));\n`,
    },
    head: { "packages/a/add.js": ADD.after, "packages/a/add.test.js": NODE_TEST("./add.js") + NODE_ADDS },
  },
  {
    name: "yarn with a lockfile",
    run: "npm test",
    base: {
      "package.json": manifest({
        type: "module",
        scripts: { test: "node --test" },
        dependencies: { "escape-html": "1.0.3" },
      }),
      "yarn.lock":
        '# yarn lockfile v1\n\n\nescape-html@1.0.3:\n  version "1.0.3"\n  integrity sha512-NiSupZ4OeuGwr68lGIeym/ksIZMJodUGOSCZ/FSnTxcrekbvqrgdUxlJOMpijaKZVjAJrWrGs/6Jy8OMuyj9ow==\n',
      "src/add.js": ADD.before,
      "test/add.test.js": `import escape from "escape-html";\n${NODE_TEST("../src/add.js")}test("page", () => assert.equal(escape("<"), "&lt;"));\n`,
    },
    head: {
      "src/add.js": ADD.after,
      "test/add.test.js": `import escape from "escape-html";\n${NODE_TEST("../src/add.js")}test("page", () => assert.equal(escape("<"), "&lt;"));\n${NODE_ADDS}`,
    },
  },
  {
    name: "a later yarn without a lockfile",
    run: "npm test",
    base: {
      "package.json": manifest({
        type: "module",
        packageManager: "yarn@4.5.3",
        scripts: { test: "node --test" },
        dependencies: { "escape-html": "1.0.3" },
      }),
      "src/add.js": ADD.before,
      "test/add.test.js": `import escape from "escape-html";\n${NODE_TEST("../src/add.js")}test("page", () => assert.equal(escape("<"), "&lt;"));\n`,
    },
    head: {
      "src/add.js": ADD.after,
      "test/add.test.js": `import escape from "escape-html";\n${NODE_TEST("../src/add.js")}test("page", () => assert.equal(escape("<"), "&lt;"));\n${NODE_ADDS}`,
    },
  },
  {
    name: "tape behind a formatter",
    run: "npm test",
    base: {
      "package.json": manifest({
        scripts: { test: "tape 'test/**/*.js' | tap-spec" },
        devDependencies: { tape: "^5.7.0", "tap-spec": "^5.0.0" },
      }),
      "index.js": COMMON.before,
      "test/add.js":
        'const test = require("tape");\nconst { add } = require("../index.js");\ntest("zero", (t) => { t.equal(add(0, 0), 0); t.end(); });\n',
    },
    head: {
      "index.js": COMMON.after,
      "test/add.js":
        'const test = require("tape");\nconst { add } = require("../index.js");\ntest("zero", (t) => { t.equal(add(0, 0), 0); t.end(); });\ntest("adds", (t) => { t.equal(add(1, 2), 3); t.end(); });\n',
    },
  },
  {
    name: "workspaces driven by turbo",
    run: "npm test",
    base: {
      "package.json": manifest({
        private: true,
        packageManager: "npm@10.8.0",
        workspaces: ["packages/*"],
        scripts: { test: "turbo run test" },
        devDependencies: { turbo: "^2.0.0" },
      }),
      "turbo.json": JSON.stringify({
        $schema: "https://turbo.build/schema.json",
        tasks: { test: { dependsOn: ["^build"] }, build: {} },
      }),
      "packages/a/package.json": manifest({
        name: "@x/a",
        type: "module",
        main: "index.js",
        scripts: { test: "node --test" },
      }),
      "packages/a/index.js": ADD.before,
      "packages/a/a.test.js":
        'import assert from "node:assert/strict";\nimport test from "node:test";\nimport { add } from "./index.js";\ntest("zero", () => assert.equal(add(0, 0), 0));\n',
      "packages/b/package.json": manifest({
        name: "@x/b",
        type: "module",
        scripts: { test: "vitest run" },
        dependencies: { "@x/a": "*" },
        devDependencies: { vitest: "^3.2.0" },
      }),
      "packages/b/b.test.js":
        'import { expect, test } from "vitest";\nimport { add } from "@x/a";\ntest("zero again", () => expect(add(0, 0)).toBe(0));\n',
    },
    head: {
      "packages/a/index.js": ADD.after,
      "packages/a/a.test.js":
        'import assert from "node:assert/strict";\nimport test from "node:test";\nimport { add } from "./index.js";\ntest("zero", () => assert.equal(add(0, 0), 0));\ntest("adds", () => assert.equal(add(1, 2), 3));\n',
    },
  },
];
