import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { literalsOf } from "./assertions.ts";

const read = readerOfTests();

async function literals(path: string, text: string, which?: "telling" | "all"): Promise<string[]> {
  const parsed = await read(path, text);
  return [...literalsOf(parsed.root, which)].sort();
}

describe("what stands literally in an assertion", () => {
  it.each([
    ["a.js", 'equal(f("ab"), 7)', ["7", "ab"]],
    ["a.js", "equal(f(10), 11)", ["10", "11"]],
    ["a.js", 'equal(f("x"), "y")', ["x", "y"]],
    ["a.js", 'equal(f(0), 1, " ")', []],
    ["a_test.py", 'assert f("0", 1) == 42', ["42"]],
    ["a_test.go", 'package a\nvar x = f(0, "k", 15)', ["15", "k"]],
  ])("tells something in %s: %s", async (path, text, telling) => expect(await literals(path, text)).toEqual(telling));

  it("is all that stands there where all is asked for", async () => {
    expect(await literals("a.js", 'equal(f(0), 1, "ab")', "all")).toHaveLength(3);
  });
});
