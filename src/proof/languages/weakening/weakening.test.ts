import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { isExcused } from "./planned.ts";
import { isNamed } from "./ran-names.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (...files: FileDiff[]) => (await weakenings(files, syntax)).map((one) => one.what);

const JS = 'test("a", () => { assert.equal(f(2), 47) })';
const ASYNC = 'test("a", async () => { assert.equal(await f(2), 47) })';
const PY = "def test_a():\n    assert f(2) == 47\n";
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${body}\n}\n`;
const GO_A = GO('\tif got := F(2); got != 47 {\n\t\tt.Errorf("got %d", got)\n\t}');

const WEAKER: readonly [path: string, before: string, after: string, what: RegExp][] = [
  ["a.test.ts", JS, 'xit("a", () => { assert.equal(f(2), 47) })', /skipped/],
  ["a.test.ts", JS, 'test.skip("a", () => { assert.equal(f(2), 47) })', /skipped/],
  ["a.test.ts", JS, 'test("a", { skip: true }, () => { assert.equal(f(2), 47) })', /skipped/],
  ["a.test.ts", JS, 'test("a", (t) => { t.skip(); assert.equal(f(2), 47) })', /skipped/],
  ["a.test.ts", JS, `describe.skip("g", () => { ${JS} })`, /is gone|skipped/],
  ["a.test.ts", JS, 'test.todo("a")', /skipped/],
  ["a.test.ts", `${JS}; test("b", () => { assert.equal(g(), 5) })`, JS, /gone/],
  ["a.test.ts", 'test("a", () => { assert.equal(f([]), 0) })', 'test("b", () => { assert.equal(g([1]), 1) })', /gone/],
  ["a.test.ts", JS, `// ${JS}`, /gone/],
  ["a.test.ts", JS, 'test("a", () => { f(2) })', /no assertion left/],
  ["a.test.ts", JS, `Array.prototype.at = () => 47; ${JS}`, /changes `Array.prototype.at`/],
  ["a.test.ts", "", `Object.keys = () => []; ${JS}`, /changes `Object.keys`/],
  ["test_a.py", PY, `import builtins\nbuiltins.len = lambda a: 47\n${PY}`, /changes `builtins.len`/],
  ["a.test.ts", JS, 'test("a", () => {})', /no assertion left/],
  ["a.test.ts", JS, 'test("a", () => { assert.ok(f(2)) })', /no longer compares with "47"/],
  ["a.test.ts", JS, 'test("a", () => { assert.equal(f(2), 48) })', /no longer compares with "47"/],
  ["a.test.ts", JS, 'test("a", () => { assert.ok(true); })', /holds whatever/],
  ["a.test.ts", JS, 'test("a", () => { if (false) { assert.equal(f(2), 47) } })', /never reached/],
  ["a.test.ts", JS, 'test("a", () => { return; assert.equal(f(2), 47) })', /never reached/],
  ["a.test.ts", JS, 'test("a", () => { if (process.env.CI) return; assert.equal(f(2), 47) })', /may return/],
  ["a.test.ts", JS, 'test("a", () => { try { assert.equal(f(2), 47) } catch {} })', /swallowed/],
  [
    "a.test.ts",
    JS,
    'test("a", () => { for (;;) { try { assert.equal(f(2), 47); return } catch {} } })',
    /until it passes/,
  ],
  ["a.test.ts", ASYNC, 'test("a", async () => { f(2).then((x) => assert.equal(x, 47)) })', /not awaited/],
  [
    "a.test.ts",
    'it("a", () => { expect(f()).toBe("x") })',
    'it("a", () => { expect(f()).toBeTruthy(); "x" })',
    /less exactly/,
  ],
  [
    "a.test.ts",
    'it("a", async () => { await expect(f()).resolves.toBe(9) })',
    'it("a", () => { expect(f()).resolves.toBe(9) })',
    /not awaited/,
  ],
  [
    "a.test.ts",
    'it.each([[1, 22], [2, 33]])("a %d", (x, y) => { expect(f(x)).toBe(y) })',
    'it.each([[1, 22]])("a %d", (x, y) => { expect(f(x)).toBe(y) })',
    /no longer compares with .*"33"/,
  ],
  ["test_a.py", PY, `@pytest.mark.skip\n${PY}`, /skipped/],
  ["test_a.py", PY, `pytestmark = pytest.mark.skip\n${PY}`, /skipped/],
  ["test_a.py", PY, "def test_a():\n    pytest.skip('later')\n    assert f(2) == 47\n", /skipped/],
  ["test_a.py", PY, "def test_a():\n    f(2)\n", /no assertion left/],
  ["test_a.py", PY, "def test_a():\n    assert f(2)\n", /no longer compares/],
  ["test_a.py", PY, "def test_a():\n    assert f(2) == 47 or 47\n    assert True\n", /holds whatever/],
  [
    "test_a.py",
    PY,
    "def test_a():\n    try:\n        assert f(2) == 47\n    except Exception:\n        pass\n",
    /swallowed/,
  ],
  ["test_a.py", PY, "def _test_a():\n    assert f(2) == 47\n", /gone/],
  ["test_a.py", PY, "def test_a():\n    return\n    assert f(2) == 47\n", /never reached/],
  ["a_test.go", GO_A, GO_A.replace("if got", "t.Skip()\n\tif got"), /skipped/],
  ["a_test.go", GO_A, `//go:build ignore\n\n${GO_A}`, /skipped/],
  ["a_test.go", GO_A, GO("\tF(2)"), /no assertion left/],
  ["a_test.go", GO_A, GO('\tif got := F(2); got == 0 {\n\t\tt.Errorf("got %d", got)\n\t}'), /no longer compares/],
  ["a_test.go", GO_A, GO_A.replace("TestA", "testA"), /gone/],
  [
    "a.test.ts",
    JS,
    'test("a", () => { const got = f(2); if (got > 50) { assert.equal(got, 47) } })',
    /only where a condition/,
  ],
  [
    "a.test.ts",
    `const all = [47]; ${JS}; test("b", () => { assert.deepEqual(g(), ["x", "y"]) }); test("c", () => { assert.equal(g()[1], "y"); assert.equal(g()[0], "x") })`,
    `const all = [47]; ${JS}; test("b", () => { assert.equal(g().length, 2) }); test("c", () => { assert.equal(g()[1], "y"); assert.equal(g()[0], "x") })`,
    /no longer compares with/,
  ],
  [
    "a.test.ts",
    'for (const [x, y] of [["p", 1], ["q", 2]]) test(`f ${x}`, () => assert.equal(f(x), y)); test("q", () => assert.ok(f("q") > 9))',
    'for (const [x, y] of [["p", 1]]) test(`f ${x}`, () => assert.equal(f(x), y)); test("q", () => assert.ok(f("q") > 9))',
    /lost the row \["q", 2\]/,
  ],
  [
    "a.test.ts",
    'test("a", () => { assert.throws(f, TypeError) })',
    'test("a", () => { assert.throws(f) })',
    /any failure/,
  ],
  [
    "a.test.ts",
    "function check(x, y) { assert.equal(f(x), y) }\ntest('a', () => { check(2, 47) })",
    "function check(x, y) { f(x) }\ntest('a', () => { check(2, 47) })",
    /no assertion left/,
  ],
  ["test_a.py", PY, `${PY}\n\ndef test_a():\n    assert f\n`, /less exactly/],
  ["test_a.py", PY, "def test_a():\n    assert f(2) == pytest.approx(47, abs=9)\n", /less exactly/],
  ["test_a.py", PY, 'def test_a():\n    assert (f(2) == 47, "wrong")\n', /holds whatever/],
  [
    "test_a.py",
    "def test_a():\n    with pytest.raises(ValueError):\n        f(2)\n",
    "def test_a():\n    with pytest.raises(Exception):\n        f(2)\n",
    /any failure/,
  ],
  [
    "test_a.py",
    '@pytest.mark.parametrize("x, y", [(2, 47), (3, 48)])\ndef test_a(x, y):\n    assert f(x) == y\n',
    '@pytest.mark.parametrize("x, y", [(2, 47)])\ndef test_a(x, y):\n    assert f(x) == y\n',
    /lost the row|no longer compares/,
  ],
  ["test_a.py", PY, `${PY}\n\ndef load_tests(a, b, c):\n    return unittest.TestSuite()\n`, /leaves all tests/],
  [
    "a_test.go",
    GO("\tif _, err := F(2); !errors.Is(err, ErrBad) {\n\t\tt.Fatal(err)\n\t}"),
    GO("\tif _, err := F(2); err == nil {\n\t\tt.Fatal(err)\n\t}"),
    /less exactly/,
  ],
  [
    "test_a.py",
    "class T(TestCase):\n    def test_a(self):\n        self.assertEqual(f(2), 47)\n",
    "class T(TestCase):\n    def assertEqual(self, a, b):\n        pass\n\n    def test_a(self):\n        self.assertEqual(f(2), 47)\n",
    /a `assertEqual` of their own/,
  ],
  ["a.test.ts", JS, `import { assert } from "./support/assert.js";\n${JS}`, /from the repository itself/],
  [
    "a_test.go",
    GO_A,
    `${GO_A}\ntype quiet struct{ *testing.T }\n\nfunc (q quiet) Errorf(f string) {}\n`,
    /`Errorf` of their own/,
  ],
  [
    "test_a.py",
    "class T:\n    def test_a(self):\n        assert f(2) == 47\n\n    def test_b(self):\n        assert f(3) == 48\n",
    "class T:\n    def check_a(self):\n        assert f(2) == 47\n\n    def test_b(self):\n        assert f(3) == 48\n\n    def test_c(self):\n        assert f(4) == 49\n",
    /gone/,
  ],
  ["a_test.go", GO_A, `${GO_A}\nfunc TestMain(m *testing.M) {\n\tm.Run()\n\tos.Exit(0)\n}\n`, /ends well/],
];

const HONEST: readonly [name: string, ...files: FileDiff[]][] = [
  ["one more test", file("a.test.ts", JS, `${JS}\ntest("b", () => { assert.equal(f(3), 48) })`)],
  ["another title", file("a.test.ts", JS, JS.replace('"a"', '"twice two is what it is"'))],
  [
    "a title with a quote in it",
    file(
      "a.test.ts",
      'test("s fine, isn\'t it", () => { assert.equal(f(2), 47) })',
      'test("it is fine", () => { assert.equal(f(2), 47) })',
    ),
  ],
  [
    "a pattern that looks like a test",
    file("a.test.ts", 'test("x", () => assert.ok(/^a/.test("abc")))', 'test("x", () => assert.ok(/^a/.test("abc")))\n'),
  ],
  [
    "a text that looks like a skipped test",
    file("a.test.ts", JS, `${JS}\ntest("lint", () => { assert.equal(lint('it.skip("a", f)'), 3) })`),
  ],
  ["a test in another file", file("a.test.ts", JS, ""), file("b.test.ts", "", JS)],
  [
    "a helper",
    file("a.test.ts", JS, 'function check(x, y) { assert.equal(f(x), y) }\ntest("a", () => { check(2, 47) })'),
  ],
  [
    "two tests in one table",
    file(
      "a.test.ts",
      'test("a", () => { assert.equal(f(2), 47) }); test("b", () => { assert.equal(f(3), 48) })',
      "for (const [x, y] of [[2, 47], [3, 48]]) test(`f(${x})`, () => { assert.equal(f(x), y) })",
    ),
  ],
  [
    "a handler that tells the failure on",
    file("a.test.ts", JS, 'test("a", () => { try { assert.equal(f(2), 47) } catch (e) { throw e } })'),
  ],
  ["a renamed function", file("a.test.ts", JS, JS.replace("f(2)", "twice(2)"))],
  [
    "a helper in Python",
    file("test_a.py", PY, "def check(x, y):\n    assert f(x) == y\n\n\ndef test_a():\n    check(2, 47)\n"),
  ],
  [
    "a table in Go",
    file(
      "a_test.go",
      GO_A,
      GO(
        '\tfor _, c := range []struct{ in, want int }{{2, 47}, {3, 48}} {\n\t\tif got := F(c.in); got != c.want {\n\t\t\tt.Errorf("got %d", got)\n\t\t}\n\t}',
      ),
    ),
  ],
  [
    "a helper in Go",
    file(
      "a_test.go",
      GO_A,
      `${GO("\tequal(t, F(2), 47)")}\nfunc equal(t *testing.T, got, want int) {\n\tif got != want {\n\t\tt.Fatal(got)\n\t}\n}\n`,
    ),
  ],
  ["a constant for what is expected", file("a.test.ts", JS, `const WANT = 47;\n${JS.replace("47)", "WANT)")}`)],
  [
    "rows written otherwise",
    file(
      "test_a.py",
      "def test_a():\n    for x, y in [(2, 47), (3, 48)]:\n        assert f(x) == y\n",
      "def test_a():\n    rows = {\n        2: 47,\n        3: 48,\n        4: 49,\n    }\n    for x, y in rows.items():\n        assert y == f(x)\n",
    ),
  ],
  [
    "rows with one more column",
    file(
      "a.test.ts",
      'test.each([["p", 1], ["q", 2]])("f %s", (x, y) => expect(f(x)).toBe(y))',
      'test.each([["p", 1, "first"], ["q", 2, "second"]])("f %s", (x, y, z) => expect(f(x, z)).toBe(y))',
    ),
  ],
  ["a clock that stands still", file("a.test.ts", JS, `Date.now = () => 0; ${JS}`)],
  [
    "a TestMain that hands on",
    file("a_test.go", GO_A, `${GO_A}\nfunc TestMain(m *testing.M) {\n\tsetUp()\n\tos.Exit(m.Run())\n}\n`),
  ],
  [
    "an error that is named more exactly",
    file("a.test.ts", 'test("a", () => { assert.throws(f) })', 'test("a", () => { assert.throws(f, RangeError) })'),
  ],
  ["files that are no tests", file("src/skip.ts", JS, "")],
];

describe("weakenings", () => {
  it.each(WEAKER)("sees in %s: %j → %j", async (path, before, after, what) =>
    expect(await found(file(path, before, after))).toContainEqual(expect.stringMatching(what)),
  );

  it.each(HONEST)("leaves alone: %s", async (_, ...files) => expect(await found(...files)).toEqual([]));

  it("reads a line of 40 kB", async () => {
    const line = `${"var a=function(){return 1};".repeat(1500)}`;
    expect(await found(file("a.test.js", line, `${line}${JS}`))).toEqual([]);
  });
});

describe("what a plan excuses", () => {
  const one = { path: "a.test.js", test: "group > a", line: 1, what: "is gone", old: true };
  const change = (test: string | null) => [{ file: "a.test.js", test, change: "delete" as const, to: null, why: "w" }];
  it.each([
    [change("group > a"), true],
    [change("a"), true],
    [change(null), true],
    [change("b"), false],
    [[], false],
  ])("%j: %s", (changes, excused) => expect(isExcused(one, changes)).toBe(excused));

  it.each([
    ["T.test_a", "test_a", true],
    ["TestA", "TestA/row", false],
    ["shop > cart > is empty", "cart is empty", true],
    ["shop > cart > is empty", "shop cart > is empty", true],
    ["shop > is empty", "empty", false],
    ["a", "ab", false],
  ])("takes %s for %s: %s", (test, said, is) => expect(isNamed(test, said)).toBe(is));
});
