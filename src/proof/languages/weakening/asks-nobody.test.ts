import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);

const HEAD = 'import assert from "node:assert";\nimport { test } from "node:test";\nimport { ask } from "./a.js";\n';
const ofJs = (body: string) => `${HEAD}const say = () => ask("x");\ntest("a", async () => { ${body} });\n`;
const ofPython = (body: string) =>
  `import unittest\nfrom app.a import ask\n\nclass ATest(unittest.TestCase):\n    def test_a(self):\n        ${body}\n`;
const NOBODY = "no longer asks anything of the code";

describe("a test that asked the code", () => {
  it.each([
    [
      "a.test.js",
      ofJs("await assert.rejects(ask(1), /over/)"),
      ofJs('await assert.rejects(Promise.reject(new Error("over")), /over/)'),
    ],
    ["a.test.js", ofJs('assert.equal(ask(1), "over")'), ofJs('const got = "over"; assert.equal(got, "over")')],
    ["test_a.py", ofPython('self.assertEqual(ask(1), "over")'), ofPython('self.assertEqual("ov" + "er", "over")')],
  ])("asks nobody in %s", async (path, before, after) => expect(await found(path, before, after)).toContain(NOBODY));

  it.each([
    ["a.test.js", ofJs('assert.equal(ask("x"), "over")'), ofJs('assert.equal(say(), "over")')],
    [
      "a.test.js",
      ofJs('assert.equal(ask(1), "over")'),
      ofJs('const { ask: own } = await import("./a.js"); assert.equal(own(1), "over")'),
    ],
    ["a.test.js", ofJs('assert.equal(ask(1), "over")'), ofJs('const got = ask(1); assert.equal(got, "over")')],
    ["test_a.py", ofPython('self.assertEqual(ask(1), "over")'), ofPython('self.assertEqual(self.ask(1), "over")')],
    [
      "test_a.py",
      ofPython('self.assertEqual(ask(1), "over")'),
      ofPython('got = ask(1)\n        self.assertEqual(got, "over")'),
    ],
  ])("still asks it in %s", async (path, before, after) =>
    expect(await found(path, before, after)).not.toContain(NOBODY),
  );
});

const ASSERT = 'import assert from "node:assert";\nimport { test } from "node:test";\n';
const RUN = (imports: string, body: string, given = "") =>
  `${ASSERT}${imports}\ntest("a", async (${given}) => { ${body} });\n`;
const WANTS = (own: string) => `assert.equal(${own}, 42)`;
const BEFORE = RUN('import { ask } from "../src/a.js";', WANTS("ask(1)"));
const SIDE = 'import "../src/a.js";';
const UNIT = (imports: string, body: string) =>
  `import unittest\n${imports}\n\nclass ATest(unittest.TestCase):\n    def test_a(self):\n        ${body}\n`;

describe("a test that reaches the code in another way", () => {
  it.each<[string, string]>([
    ["a name of package.json", RUN('import { ask } from "#a";', WANTS("ask(1)"))],
    ["the package's own name", RUN('import { ask } from "shop-kit";', WANTS("ask(1)"))],
    ["a path of the compiler", RUN('import { ask } from "@/a";', WANTS("ask(1)"))],
    ["a process", RUN('import { spawnSync } from "node:child_process";', WANTS('spawnSync("node", ["src/a.js"]).status'))],
    ["a process by another name", RUN('import * as run from "child_process";', WANTS('run.execFileSync("node")'))],
    ["a worker", RUN('import { Worker } from "node:worker_threads";', WANTS('await ended(new Worker("./src/a.js"))'))],
    ["a worker of the platform", RUN("", WANTS('await heard(new Worker("./src/a.js"))'))],
    ["a file that was built", RUN('import { readFileSync } from "node:fs";', WANTS('+readFileSync("dist/a.txt")'))],
    ["a window", RUN(SIDE, WANTS("window.shop.ask(1)"))],
    ["an element", RUN(SIDE, WANTS('document.createElement("x-a").count'))],
    ["a served page", RUN("", WANTS('await (await fetch("http://localhost:3000/")).json()'))],
    ["what a list can do now", RUN(SIDE, WANTS("[1, 42].last()"))],
    ["what all dates can do now", RUN(SIDE, "const day = new Date(0); assert.equal(day.plusDays(1).getTime(), 42)")],
    ["the process itself", RUN(SIDE, 'process.emit("ask", 1); assert.equal(process.exitCode, 42)')],
    ["a function elsewhere", `${ASSERT}import { ask } from "#a";\ntest("a", isA);\nfunction isA() { ${WANTS("ask(1)")}; }\n`],
    ["a fixture", RUN("", WANTS("await page.count()"), "{ page }")],
    ["the context of a test", RUN("", WANTS("t.context.ask(1)"), "t")],
  ])("by %s", async (_what, after) => expect(await found("test/a.test.js", BEFORE, after)).not.toContain(NOBODY)); // prettier-ignore

  it.each<[string, string]>([
    ["a process", UNIT("import subprocess", 'self.assertEqual(subprocess.run(["a"]).returncode, 42)')],
    ["a file that it runs", UNIT("", 'told = {}\n        exec(open("a.py").read(), told)\n        self.assertEqual(told["n"], 42)')],
    ["a shell", UNIT("import os", 'self.assertEqual(os.system("python -m a"), 42)')],
  ])("in Python by %s", async (_what, after) =>
    expect(await found("test_a.py", UNIT("from app.a import ask", "self.assertEqual(ask(1), 42)"), after)).not.toContain(NOBODY)); // prettier-ignore
});

/** Each looks like one of the ways out, and asks only the language. */
it.each<[string, string]>([
  ["loads the file and asks a list", RUN(SIDE, WANTS("[1, 42].at(-1)"))],
  ["loads the file and asks an object of its own", RUN(SIDE, "const shop = { ask: () => 42 }; assert.equal(shop.ask(), 42)")],
  ["only joins paths", RUN('import { basename } from "node:path";', WANTS('Number(basename("a/42"))'))],
  ["only takes what a runner gives", RUN("", "t.plan(1); t.assert.equal(42, 42)", "t")],
  ["takes the assertion of the runner apart", RUN("", "assert.equal(42, 42)", "{ assert }")],
  ["goes over rows of its own", RUN("", "for (const [n, want] of [[42, 42]]) assert.equal(n, want)")],
  ["catches what it throws", RUN("", 'try { throw new Error("42"); } catch (error) { assert.equal(error.message, "42"); }')],
  ["has its function elsewhere", `${ASSERT}test("a", isA);\nfunction isA() { ${WANTS("42")}; }\n`],
  ["speaks of an import", RUN("", '/* import it */ assert.equal("import this".length, 11)')],
])("sees a test that %s", async (_what, after) => expect(await found("test/a.test.js", BEFORE, after)).toContain(NOBODY)); // prettier-ignore

it("takes the rows of a table for no fixtures", async () => {
  const rows = (table: string, body: string) =>
    `import { expect, test } from "vitest";\nimport { ask } from "../src/a";\ntest.each([${table}])("a", ({ n, want }) => { ${body} });\n`;
  const before = rows("{ n: 1, want: 42 }", "expect(ask(n)).toBe(want)");
  expect(await found("test/a.test.js", before, rows("{ n: 42, want: 42 }", "expect(n).toBe(want)"))).toContain(NOBODY);
  expect(await found("test/a.test.js", before, rows("{ n: ask(1), want: 42 }", "expect(n).toBe(want)"))).not.toContain(NOBODY); // prettier-ignore
});
