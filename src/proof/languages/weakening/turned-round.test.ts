import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Old tests that want another answer now, in forms that resemble an honest rewriting. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const weak = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);

describe("an expected file name that gets a folder", () => {
  const js = (body: string) => `test("a", () => { ${body} });\n`;
  const py = (want: string) => `def test_a():\n    assert strip("docs", load()) == "${want}"\n`;
  const go = (want: string) =>
    `package a\n\nfunc TestA(t *testing.T) {\n\tif got := Upload("root", 7); got != "${want}" {\n\t\tt.Error(got)\n\t}\n}\n`;
  const SLIP = 'assert.equal(safeName("../", entry(3)), "evil.sh");';
  const HELPER = (path: string) =>
    `function golden(name, got) {\n  const want = readFileSync(${path}, "utf8");\n  assert.equal(got, want);\n}\n`;
  const LABEL = (name: string, more = "") => js(`golden("${name}", label("Ada", 1050)); ${more}`);

  it.each([
    ["test/a.test.js", js(SLIP), js(SLIP.replace('"evil', '"../evil'))],
    ["tests/test_a.py", py("a.txt"), py("docs/a.txt")],
    ["a_test.go", go("a.txt"), go("root/a.txt")],
    [
      "test/a.test.js",
      HELPER('"up/" + name') + LABEL("a.txt"),
      HELPER('"up/" + name') + js('assert.equal(label("Ada", 1050), "up/a.txt");'),
    ],
    [
      "test/a.test.js",
      HELPER('"up/" + name') + LABEL("a.txt", 'assert.equal(clean(3), "a.txt");'),
      HELPER("name") + LABEL("up/a.txt", 'assert.equal(clean(3), "up/a.txt");'),
    ],
    ["test/a.test.js", HELPER('"up/" + name') + LABEL("a.txt"), HELPER("name") + LABEL("down/a.txt")],
    ["test/a.test.js", HELPER('"up" + name') + LABEL("a.txt"), HELPER("name") + LABEL("up/a.txt")],
    ["test/a.test.js", HELPER('"up/" + name') + LABEL("a.txt"), HELPER('"down/" + name') + LABEL("up/a.txt")],
  ])("wants something else: %s %#", async (path, before, after) =>
    expect(await weak(path, before, after)).not.toEqual([]),
  );

  it.each([
    ["put before it by the helper", HELPER('"up/" + name')],
    ["joined by the helper", HELPER('join("up", name)')],
  ])("is the same file where a helper opens it: %s", async (_what, helper) =>
    expect(await weak("test/a.test.js", helper + LABEL("a.txt"), HELPER("name") + LABEL("up/a.txt"))).toEqual([]),
  );
});

describe("a test of nothing that becomes a row", () => {
  const ONE = 'test("an hour", () => { assert.deepEqual(f("1h"), 60); });\n';
  const old = (given: string, want: string) =>
    `${ONE}test("of nothing", () => { assert.deepEqual(f(${given}), ${want}); });`;
  const rows = (row: string, names = "x, y") =>
    `for (const [${names}] of [["1h", 60], ${row}]) test(\`f of \${x}\`, () => assert.deepEqual(f(x), y));`;
  const each = (row: string, names: string) =>
    `test.each([["1h", 60], ${row}])("f", (${names}) => { assert.deepEqual(f(x), y); });`;

  it.each([
    ["another nothing is wanted", old("[]", "[]"), rows("[[], null]")],
    ["a number is wanted", old("[]", "[]"), rows("[[], 0]")],
    ["another nothing is given", old("null", "0"), rows("[[], 0]")],
    ["another is given and another wanted", old("null", "0"), rows("[[], undefined]")],
    ["given and wanted change places", old("null", "0"), rows("[0, null]")],
    ["they do by their names", old("null", "0"), rows("[null, 0]", "y, x")],
    ["they do by the names of a function", old("null", "0"), each("[null, 0]", "y, x")],
    ["a length becomes a number", old("[]", "[]").replace("f([]), []", "f([]).length, 0"), rows("[[], 0]")],
    ["a row wants more besides", old("[]", "[]"), rows("[[], [], null]")],
  ])("says something else: %s", async (_what, before, after) =>
    expect(await weak("test/a.test.js", before, after)).not.toEqual([]),
  );

  it.each([
    ["the same", old("[]", "[]"), rows("[[], []]")],
    ["two kinds of nothing", old("null", "0"), rows("[null, 0]")],
    ["a function that is given the row", old("null", "0"), each("[null, 0]", "x, y")],
    ["a length", old("[]", "[]").replace("f([]), []", "f([]).length, 0"), rows("[[], []]")],
  ])("says the same: %s", async (_what, before, after) =>
    expect(await weak("test/a.test.js", before, after)).toEqual([]),
  );
});
