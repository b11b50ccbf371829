import { describe, expect, it } from "@jest/globals";
import type { FileDiff } from "../../trees/diff.ts";
import { weakenings } from "./weakening.ts";

function file(path: string, before: string, after: string): FileDiff {
  const action = before === "" ? "create" : after === "" ? "delete" : "change";
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  return { path, action, ...modes, kind: "text", before, after, added: 0, removed: 0, addedLines: [], hunks: [] };
}

const WEAKER: readonly [path: string, before: string, after: string, what: RegExp][] = [
  ["a.test.ts", 'it("a", () => { expect(1).toBe(x) })', 'xit("a", () => { expect(1).toBe(x) })', /skipped/],
  ["a.test.ts", 'it("a", f); it("b", g)', 'it("a", f)', /"b" is gone/],
  ["a.test.ts", 'it("a", f)', '// it("a", f)', /"a" is gone/],
  ["a.test.ts", 'it("a", () => expect(f()).toBe(2))', 'it("a", () => expect(true).toBe(true))', /always hold/],
  ["a.test.ts", 'it("a", f)', 'it.only("a", f)', /skipped or singled out/],
  ["a.test.ts", 'test("a", f)', 'test("a", { skip: true }, f)', /skipped/],
  [
    "test_a.py",
    "def test_a():\n    assert f() == 2\n",
    "@pytest.mark.skip\ndef test_a():\n    assert f() == 2\n",
    /skipped/,
  ],
  [
    "test_a.py",
    "def test_a():\n    assert f() == 2\n    assert g()\n",
    "def test_a():\n    assert f() == 2\n",
    /2 assertions became 1/,
  ],
  ["test_a.py", "def test_a():\n    assert f() == 2\n", "def test_a():\n    assert True\n", /always hold/],
  ["a_test.go", "func TestA(t *testing.T) {\n}", "func TestA(t *testing.T) {\n\tt.Skip()\n}", /skipped/],
  [
    "a_test.go",
    "func TestA(t *testing.T) {\n}\nfunc TestB(t *testing.T) {\n}",
    "func TestA(t *testing.T) {\n}",
    /"TestB" is gone/,
  ],
  ["tests/a.rs", "#[test]\nfn adds() {}", "#[test]\n#[ignore]\nfn adds() {}", /skipped/],
];

describe("weakenings", () => {
  it.each(WEAKER)("sees in %s: %j → %j", (path, before, after, what) =>
    expect(weakenings([file(path, before, after)]).map((one) => one.what)).toContainEqual(expect.stringMatching(what)),
  );

  it.each([
    ["more tests", [file("a.test.ts", 'it("a", f)', 'it("a", f); it("b", () => expect(1).toBe(x))')]],
    [
      "a test in another file",
      [
        file("a.test.ts", 'it("a", () => expect(x).toBe(1))', ""),
        file("b.test.ts", "", 'it("a", () => expect(x).toBe(1))'),
      ],
    ],
    [
      "another wording inside",
      [file("a.test.ts", 'it("a", () => expect(x).toBe(1))', 'it("a", () => expect(y).toEqual(2))')],
    ],
    ["files that are no tests", [file("src/skip.ts", 'it("a", f)', "")]],
  ])("leaves alone: %s", (_, files) => expect(weakenings(files)).toEqual([]));
});
