import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { decidingFile } from "./deciding-files.ts";
import { isModule, modulePath } from "./imported.ts";
import { testsIn, unescaped } from "./test-cases.ts";

/** Which tests stand in a file, by which names, and how each is kept from running. */
const read = readerOfTests();

const found = async (path: string, text: string) => {
  const parsed = await read(path, text);
  return testsIn(parsed.root, parsed.language).map(({ name, skipped }) => [name, skipped]);
};
const DO = "() => { go(); }";

describe("tests of JavaScript", () => {
  it.each<[string, readonly (readonly [string, string | null])[]]>([
    [`test("a", ${DO});`, [["a", null]]],
    [`it('a', ${DO});\nspecify(\`b\`, ${DO});`, [["a", null], ["b", null]]],
    [`t.test("a", ${DO});`, [["a", null]]],
    [`node.t.test("a", ${DO});`, []],
    [`other("a", ${DO});`, []],
    [`describe("g", () => { describe("h", () => { test("a", ${DO}); }); });`, [["g > h > a", null]]],
    [`other("g", () => { test("a", ${DO}); });`, [["a", null]]],
    [`test("a\\n\\u00fc\\x41", ${DO});`, [["a\nüA", null]]],
    [`test(name, ${DO});`, [["name", null]]],
    [`test("a" + n, ${DO});`, [['"a" + n', null]]],
    [`test(String(n), ${DO});`, [["String(n)", null]]],
    [`test(String(n));`, []],
    [`test([1], ${DO});`, []],
    [`test(3, ${DO});`, []],
    [`test(${DO});`, []],
    [`test("a");`, [["a", "it has no body"]]],
    [`test("a", withServer(async (url) => { go(url); }));`, [["a", null]]],
    [`test("a", takes("x", 1));`, [["a", null]]],
    [`function isEmpty() { go(); }\ntest("a", isEmpty);`, [["a", null]]],
    [`const isEmpty = ${DO};\ntest("a", isEmpty);`, [["a", null]]],
    [`const isEmpty = 3;\ntest("a", isEmpty);`, [["a", "it has no body"]]],
    [`test.skip("a", ${DO});`, [["a", "test.skip"]]],
    [`test.only("a", ${DO});`, [["a", "test.only"]]],
    [`xit("a", ${DO});`, [["a", "xit"]]],
    [`describe.skip("g", () => { test("a", ${DO}); });`, [["g > a", "describe.skip"]]],
    [`skip.describe("g", () => { test("a", ${DO}); });`, [["a", null]]],
    [`test("a", { skip: true }, ${DO});`, [["a", "skip: true"]]],
    [`test("a", { skip: "slow" }, ${DO});`, [["a", 'skip: "slow"']]],
    [`test("a", { skip: false }, ${DO});`, [["a", null]]],
    [`test("a", { "todo": true }, ${DO});`, [["a", '"todo": true']]],
    [`test("a", { timeout: 3 }, ${DO});`, [["a", null]]],
    [`describe("g", { only: true }, () => { test("a", ${DO}); });`, [["g > a", "only: true"]]],
    [`test("a", (t) => { t.skip(); });`, [["a", "t.skip()"]]],
    [`test("a", function () { this.skip(); });`, [["a", "this.skip()"]]],
    [`test("a", (t) => { skip(); });`, [["a", null]]],
    [`function later(t) { t.skip(); }\ntest("a", (t) => { later(t); });`, [["a", "by later()"]]],
    [`function later(t) { t.skip(); }\ntest("a", (t) => { sooner(t); });`, [["a", null]]],
  ])("%s", async (text, tests) => expect(await found("a.test.js", text)).toEqual(tests)); // prettier-ignore
});

describe("tests of Python and Go", () => {
  const py = (body: string, before = "") => `${before}def test_a():\n    ${body}\n`;
  const go = (body: string, name = "TestA") => `package a\n\nfunc ${name}(t *testing.T) {\n\t${body}\n}\n`;
  it.each<[string, string, readonly (readonly [string, string | null])[]]>([
    ["test_a.py", py("go()"), [["test_a", null]]],
    ["test_a.py", "def check():\n    go()\n", []],
    ["test_a.py", "class TestA:\n    def test_a(self):\n        go()\n", [["TestA.test_a", null]]],
    ["test_a.py", py("go()", "@pytest.mark.skip\n"), [["test_a", "@pytest.mark.skip"]]],
    ["test_a.py", py("go()", '@pytest.mark.owner("skip")\n'), [["test_a", null]]],
    ["test_a.py", "@unittest.skip\nclass TestA:\n    def test_a(self):\n        go()\n", [["TestA.test_a", "@unittest.skip"]]],
    ["test_a.py", py('pytest.skip("slow")'), [["test_a", "pytest.skip()"]]],
    ["test_a.py", py('raise SkipTest("slow")'), [["test_a", 'raise SkipTest("slow")']]],
    ["test_a.py", py("raise ValueError"), [["test_a", null]]],
    ["test_a.py", `pytestmark = pytest.mark.skip\n${py("go()")}`, [["test_a", "pytestmark = pytest.mark.skip"]]],
    ["test_a.py", `pytestmark = pytest.mark.slow\n${py("go()")}`, [["test_a", null]]],
    ["test_a.py", `yaml = pytest.importorskip("yaml")\n${py("go()")}`, [["test_a", 'yaml = pytest.importorskip("yaml")']]],
    ["test_a.py", `${py("go()")}${py("rest()")}`, [["test_a", null]]],
    ["test_a.py", "class TestA:\n    def test_a(self):\n        go()\nclass TestA:\n    def test_b(self):\n        go()\n", [["TestA.test_b", null]]],
    ["a_test.go", go("run()"), [["TestA", null]]],
    ["a_test.go", go("run()", "Testa"), []],
    ["a_test.go", go("run()", "TestMain"), []],
    ["a_test.go", go("run()", "FuzzA"), [["FuzzA", null]]],
    ["a_test.go", go("run()", "Test_a"), [["Test_a", null]]],
    ["a_test.go", "package a\n\nfunc (s *S) TestA(t *testing.T) {\n}\n", []],
    ["a_test.go", go("t.SkipNow()"), [["TestA", "t.SkipNow()"]]],
    ["a_test.go", `//go:build slow\n\n${go("run()")}`, [["TestA", "//go:build slow"]]],
    ["a_test.go", `// Tests.\n\n${go("run()")}`, [["TestA", null]]],
  ])("%s: %s", async (path, text, tests) => expect(await found(path, text)).toEqual(tests)); // prettier-ignore

  it("a literal is what it stands for", () => {
    expect(["a\\tb", "\\u{1f600}", "\\u00e4", "\\x41", "\\q", "\\0", "\\u{ffffff}"].map(unescaped)).toEqual(["a\tb", "😀", "ä", "A", "q", "\0", "\\u{ffffff}"]); // prettier-ignore
  });
});

describe("a module that tests import", () => {
  it.each([
    ["test/a.test.js", "../src/a.js", "javascript", "/src/a.js"],
    ["test/a.test.js", "shop", "javascript", null],
    ["shop/tests/test_a.py", "..walk", "python", "/shop/walk"],
    ["shop/test_a.py", ".walk.far", "python", "/shop/walk/far"],
    ["test_a.py", "shop.walk", "python", "shop/walk"],
  ] as const)("of %s, as %s, in %s, is %s", (path, from, language, wanted) => {
    expect(modulePath(path, from, language)).toBe(wanted);
  });

  it.each([
    ["src/a.ts", "/src/a.js", true],
    ["src/a/index.ts", "/src/a", true],
    ["src/b.ts", "/src/a", false],
    ["shop/walk.py", "shop/walk", true],
    ["src/shop/walk.py", "shop/walk", true],
    ["lib/shop/walk.py", "shop/walk", false],
    ["shop/walk/__init__.py", "shop/walk", true],
  ])("%s is %s: %s", (path, wanted, is) => expect(isModule(path, wanted)).toBe(is));

  it.each([
    ["jest.config.ts", "settings of the test run"],
    ["web/tsconfig.build.json", "settings of the test run"],
    ["unittest.py", "found by its name before the real one"],
    ["lib/.npmrc", "found by its name before the real one"],
    ["test/__snapshots__/a.snap", "read by tests"],
    ["test/helpers.js", null],
    ["src/a.js", null],
    ["tools/sitecustomize.py", "settings of the test run"],
    ["sitecustomize/__init__.py", "settings of the test run"],
    ["tools/sitecustomize/__init__.py", "settings of the test run"],
    ["usercustomize/all/paths.py", "settings of the test run"],
    ["src/sitecustomize/paths.py", "settings of the test run"],
    ["docs/sitecustomize/index.md", null],
    ["sitecustomize/README.md", null],
    ["web/sitecustomize/a.css", null],
    ["shop/usercustomize/theme.py", null],
    ["shop/usercustomize/__init__.py", null],
    ["docs/usercustomize.md", null],
  ])("%s decides: %s", (path, how) => expect(decidingFile(path)).toBe(how));
});
