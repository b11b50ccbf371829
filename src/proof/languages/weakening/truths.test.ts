import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** A comparison with yes or no may be asked for in other words, of which no other equality takes any. */
const syntax = openSyntax();
afterAll(() => syntax.close());
const isLess = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).some(({ what }) => what.startsWith("compares less"));

const JS = (body: string) => `import { f } from "../src/f.js";\ntest("a", () => { ${body} });\n`;
const PY = (body: string) => `from a import f\n\ndef test_a(self=None):\n    ${body}\n`;
const ofTruth = 'expect(f("x").includes(7)).toBe(true)';
const ofText = 'expect(f("x")).toBe("yes please")';

describe("what asks for a truth", () => {
  const MATCHERS = ["toBeTruthy()", "toContain(7)", "toContainEqual(7)", "toMatch(/7/)", "toBeInstanceOf(Map)", "toBeGreaterThan(7)", "toBeLessThanOrEqual(7)"]; // prettier-ignore
  it.each(MATCHERS)("is one with %s, and not an equality", async (matcher) => {
    const asked = `expect(f("x")).${matcher}`;
    expect(await isLess("a.test.js", JS(ofTruth), JS(asked))).toBe(false);
    expect(await isLess("a.test.js", JS(ofText), JS(asked))).toBe(true);
  });

  const PLAIN = ["assert.ok(f(2))", "assert(f(2))", "assert.match(f(2), /7/)", "expect(f(2)).to.include(7)"];
  it.each(PLAIN)("is one with %s", async (asked) => {
    expect(await isLess("a.test.js", JS("assert.equal(f(2), true)"), JS(asked))).toBe(false);
    expect(await isLess("a.test.js", JS('assert.equal(f(2), "yes please")'), JS(asked))).toBe(true);
  });

  it.each<[string, string, string, boolean]>([
    ["a truth", "assert f(2) == True", "assert f(2)", false],
    ["an identity", "assert f(2) is True", "assert f(2)", false],
    ["a length of nothing", "assert len(f(2)) == 0", "assert not f(2)", false],
    ["a length of more", "assert len(f(2)) == 17", "assert f(2)", true],
    ["nothing that is no length", "assert f(2) == 0", "assert not f(2)", true],
    ["a text", 'assert f(2) == "yes please"', "assert f(2)", true],
    ["an equality among the words", "assert (f(2) == 17) == True", "assert f(2)", true],
    ["what is in it", "assert (7 in f(2)) == True", "assert 7 in f(2)", false],
    ["what is more", "assert (f(2) > 7) == True", "assert f(2) > 7", false],
    ["another method", "self.assertEqual(f(2), True)", "self.assertTrue(f(2))", false],
    ["a text by another method", 'self.assertEqual(f(2), "yes please")', "self.assertTrue(f(2))", true],
  ])("may be %s in Python", async (_what, before, after, isIt) => {
    expect(await isLess("test_a.py", PY(before), PY(after))).toBe(isIt);
  });

  it.each<[string, string, string, boolean]>([
    ["on the other side", "assert.equal(true, f(2))", "assert.ok(f(2))", false],
    ["only as words about it", 'assert.equal(f(2), "yes please", true)', "assert.ok(f(2))", true],
    ["of an equality", 'assert.equal(f(2) === "yes please", true)', "assert.ok(f(2))", true],
  ])("stands %s", async (_what, before, after, isIt) => {
    expect(await isLess("a.test.js", JS(before), JS(after))).toBe(isIt);
  });
});

it("takes as many as there were, and no more", async () => {
  const two = `${ofTruth}; ${ofText}`;
  expect(await isLess("a.test.js", JS(two), JS(`expect(f("x")).toContain(7); ${ofText}`))).toBe(false);
  expect(await isLess("a.test.js", JS(two), JS('expect(f("x")).toContain(7); expect(f("x")).toBeTruthy()'))).toBe(true);
  expect(await isLess("a.test.js", JS(two), JS(`${ofTruth}; expect(f("x")).toBeTruthy()`))).toBe(true);
  const asks = 'expect(f("y")).toContain(7)';
  expect(await isLess("a.test.js", JS(`${asks}; ${ofTruth}`), JS(`${asks}; expect(f("x")).toBeDefined()`))).toBe(true);
});
