import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Assertions under `with self.assertRaises(…)`, to which what fails as it should never comes. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const unit = (...lines: readonly string[]) =>
  `import unittest\nfrom shop.rules import check, ensure, load, verify\n\n\nclass T(unittest.TestCase):\n    def test_a(self):\n        ${lines.join("\n        ")}\n`;
const found = async (before: string, after: string) =>
  (await weakenings([changedFile("tests/test_a.py", before, after)], syntax)).map(({ what }) => what);
const WANTS = "with self.assertRaises(ValueError):";
const SOMETIMES = "asserts only where a condition holds";

describe("an assertion behind the step that is to fail", () => {
  const before = unit("got = check(6)", "self.assertEqual(got, 42)");
  it.each<[string, readonly string[]]>([
    ["is the last", [WANTS, "    got = check(-6)", "    self.assertEqual(got, 42)"]],
    ["has a print behind it", [WANTS, "    got = check(-6)", "    self.assertEqual(got, 42)", "    print(got)"]],
    ["has another behind it", [WANTS, "    got = check(-6)", "    self.assertEqual(got, 42)", "    self.assertTrue(got)"]],
    ["is a plain assert", ["with pytest.raises(ValueError):", "    got = check(-6)", "    assert got == 42"]],
    ["stands in a loop there", [WANTS, "    all = check(-6)", "    for got in all:", "        self.assertEqual(got, 42)"]],
  ])("%s", async (_what, lines) => expect(await found(before, unit(...lines))).toContain(SOMETIMES)); // prettier-ignore
});

describe("what is to fail itself", () => {
  const before = unit(WANTS, "    verify(-5)");
  it.each<[string, readonly string[]]>([
    ["gets its input by a name", [WANTS, "    order = load(-5)", "    verify(order)"]],
    ["has another name like an assertion", [WANTS, "    order = load(-5)", "    ensure(order)"]],
    ["comes after what is sure", [WANTS, "    order = load(5)", "    self.assertEqual(order, 5)", "    verify(-5)"]],
    ["stands between two", [WANTS, "    order = load(5)", "    check(order)", "    verify(-5)"]],
    ["is a failed assertion", ["with self.assertRaises(self.failureException):", "    n = load(5)", "    self.assertEqual(n, 48)"]],
    ["is one by its own name", ["with self.assertRaises(AssertionError):", "    n = load(5)", "    self.assertEqual(n, 48)"]],
    ["is counted on", [WANTS, "    n = -5", "    self.assertEqual(verify(n), 48)"]],
  ])("%s", async (_what, lines) => expect(await found(before, unit(...lines))).not.toContain(SOMETIMES)); // prettier-ignore
});
