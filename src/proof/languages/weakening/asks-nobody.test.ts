import { afterAll, describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

function file(path: string, before: string, after: string): FileDiff {
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const counts = { added: 0, removed: 0, addedLines: [], hunks: [] };
  return { path, action: "change", ...modes, kind: "text", before, after, ...counts };
}
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
