import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { foldedIn } from "./folded.ts";

const read = readerOfTests();

/** The value of the largest expression of a file, or null where none is nothing but numbers and texts. */
async function valueIn(path: string, code: string): Promise<string | null> {
  const parsed = await read(path, code);
  const all = foldedIn(parsed.root).sort((a, b) => b.node.text.length - a.node.text.length);
  return all[0]?.text ?? null;
}

describe("an expression of nothing but numbers and texts has a value", () => {
  it.each([
    ["x = 6 * 7", "42"],
    ["x = 6 + 7", "13"],
    ["x = 6 - 7", "-1"],
    ["x = 6 / 4", "1.5"],
    ["x = 17 % 5", "2"],
    ["x = 6 ^ 3", "5"],
    ["x = 6 | 3", "7"],
    ["x = 6 & 3", "2"],
    ["x = 3 << 4", "48"],
    ["x = 48 >> 3", "6"],
    ["x = (1_000 + 0x10) * 2", "2032"],
    ["const HOUR = 60 * 60;\nx = 24 * HOUR", "86400"],
    ['x = "a long " + "text"', "a long text"],
    ['x = ["a", "b"].join("-")', "a-b"],
    ['x = parseInt("ff", 16)', "255"],
    ['x = Number("0x1f4")', "500"],
    ["x = Date.UTC(1970, 0, 2)", "86400000"],
    ['x = Date.parse("1970-01-02T00:00:00Z")', "86400000"],
  ])("%s: %s", async (code, value) => expect(await valueIn("a.js", code)).toBe(value));

  it.each([
    ["x = 6 / 0"],
    ["x = a * 7"],
    ["x = 6 * f()"],
    ['x = "a" - "b"'],
    ['x = "a" + 1'],
    ['x = parseInt("ff", 1)'],
    ['x = Number("none")'],
    ['x = ["a", b].join("-")'],
    ["function f() { const local = 5 }\nx = 6 * local"],
  ])("and none where something else decides: %s", async (code) => expect(await valueIn("a.js", code)).toBeNull());

  it.each([
    ["a.py", 'x = "a " "b"', "a b"],
    ["a.py", 'x = int("2a", 16)', "42"],
    ["a.go", "package a\n\nvar x = 90 * time.Minute", "5400000000000"],
  ])("%s: %s", async (path, code, value) => expect(await valueIn(path, code)).toBe(value));
});
