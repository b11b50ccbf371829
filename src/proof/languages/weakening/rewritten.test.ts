import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Tests that are written otherwise, as people do it every day, and their evil twins. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const H =
  'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { f, g } from "../src/f.js";\n';
const P = "import unittest\nfrom shop.price import f\n\nclass A(unittest.TestCase):\n";
const G = 'package a\n\nimport "testing"\n\n';
const IMPORT = "from shop.price import f\n\n";

// prettier-ignore
const SAME: readonly [what: string, ...files: FileDiff[]][] = [
  ["fields to whole", file("test/a.test.js", H + 'test("a", () => { const got = f(); assert.equal(got.b, 12); assert.equal(got.c, "xy"); });', H + 'test("a", () => { assert.deepEqual(f(), { b: 12, c: "xy" }); });')],
  ["try fail to throws", file("test/a.test.js", H + 'test("a", () => { try { f(-1); assert.fail("no error"); } catch (error) { assert.equal(error.message, "too low"); } });', H + 'test("a", () => { assert.throws(() => f(-1), { message: "too low" }); });')],
  ["loop to tests", file("test/a.test.js", H + 'test("a", () => { for (const [x, y] of [["1h", 60], ["2h", 120]]) assert.equal(f(x), y); });', H + 'for (const [x, y] of [["1h", 60], ["2h", 120]]) test(`a ${x}`, () => assert.equal(f(x), y));')],
  ["table to tests", file("test/a.test.js", H + 'for (const [x, y] of [["1h", 60], ["2h", 120]]) test(`a ${x}`, () => assert.equal(f(x), y));', H + 'test("a 1h", () => assert.equal(f("1h"), 60));\ntest("a 2h", () => assert.equal(f("2h"), 120));')],
  ["data to fixture", file("test/a.test.js", H + 'test("a", () => { assert.deepEqual(f("ada"), { id: 47, name: "Ada", roles: ["admin", "author"] }); });', H + 'import ada from "./fixtures/ada.json" with { type: "json" };\ntest("a", () => { assert.deepEqual(f("ada"), ada); });'), file("test/fixtures/ada.json", "",'{ "id": 47, "name": "Ada", "roles": ["admin", "author"] }')],
  ["constant", file("test/a.test.js", H + 'test("a", () => { assert.equal(f("1d"), 86400000); });', H + 'const HOUR = 3_600_000;\ntest("a", () => { assert.equal(f("1d"), 24 * HOUR); });')],
  ["product", file("test/a.test.js", H + 'test("a", () => { assert.equal(f("1d"), 86400000); });', H + 'test("a", () => { assert.equal(f("1d"), 24 * 60 * 60 * 1000); });')],
  ["concat", file("test/a.test.js", H + 'test("a", () => { assert.equal(f("1d"), "a long text that goes on and on"); });', H + 'test("a", () => { assert.equal(f("1d"), "a long text " + "that goes on and on"); });')],
  ["pyconcat", file("tests/test_a.py", P + '    def test_a(self):\n        self.assertEqual(f(1), "a long text that goes on")\n', P + '    def test_a(self):\n        self.assertEqual(\n            f(1),\n            "a long text "\n            "that goes on",\n        )\n')],
  ["chai", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); assert.deepEqual(g(), [1, 2]); });', H + 'import { expect } from "chai";\ntest("a", () => { expect(f(2)).to.equal(47); expect(g()).to.deep.equal([1, 2]); });')],
  ["unittest to pytest", file("tests/test_a.py", P + '    def test_a(self):\n        self.assertEqual(f(1), 47)\n    def test_b(self):\n        with self.assertRaises(ValueError):\n            f(-1)\n','import pytest\nfrom shop.price import f\n\n\ndef test_a():\n    assert f(1) == 47\n\n\ndef test_b():\n    with pytest.raises(ValueError):\n        f(-1)\n')],
  ["parametrize", file("tests/test_a.py", 'from shop.price import f\n\ndef test_a():\n    assert f(1) == 47\n\ndef test_b():\n    assert f(2) == 94\n','import pytest\nfrom shop.price import f\n\n@pytest.mark.parametrize(("n", "want"), [(1, 47), (2, 94)])\ndef test_price(n, want):\n    assert f(n) == want\n')],
  ["setUp", file("tests/test_a.py", P + '    def test_a(self):\n        cart = Cart()\n        cart.add("nut", 3)\n        self.assertEqual(cart.total(), 47)\n', P + '    def setUp(self):\n        self.cart = Cart()\n\n    def test_a(self):\n        self.cart.add("nut", 3)\n        self.assertEqual(self.cart.total(), 47)\n')],
  ["go testify", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 47 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n', G.replace('import "testing"','import (\n\t"testing"\n\n\t"github.com/stretchr/testify/require"\n)') + 'func TestA(t *testing.T) {\n\tgot, err := F(2)\n\trequire.NoError(t, err)\n\trequire.Equal(t, 47, got)\n}\n')],
  ["go helper", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 47 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n', G + 'func mustF(t *testing.T, n int) int {\n\tt.Helper()\n\tgot, err := F(n)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\treturn got\n}\n\nfunc TestA(t *testing.T) {\n\tif got := mustF(t, 2); got != 47 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n')],
  ["go cmp", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tgot := F(2)\n\twant := []int{4, 7}\n\tif !reflect.DeepEqual(got, want) {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n', G + 'func TestA(t *testing.T) {\n\tgot := F(2)\n\twant := []int{4, 7}\n\tif diff := cmp.Diff(want, got); diff != "" {\n\t\tt.Errorf("(-want +got):\\n%s", diff)\n\t}\n}\n')],
  ["go subtests from tests", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tif got := F(2); got != 47 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n\nfunc TestB(t *testing.T) {\n\tif got := F(3); got != 94 {\n\t\tt.Errorf("got %d", got)\n\t}\n}\n', G + 'func TestF(t *testing.T) {\n\tfor name, tt := range map[string]struct{ n, want int }{\n\t\t"a": {2, 47},\n\t\t"b": {3, 94},\n\t} {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tif got := F(tt.n); got != tt.want {\n\t\t\t\tt.Errorf("got %d", got)\n\t\t\t}\n\t\t})\n\t}\n}\n')],
  ["go slices.Equal", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tgot := F(2)\n\twant := []int{4, 7}\n\tif len(got) != len(want) {\n\t\tt.Fatalf("got %v", got)\n\t}\n\tfor i := range want {\n\t\tif got[i] != want[i] {\n\t\t\tt.Errorf("got %v", got)\n\t\t}\n\t}\n}\n', G + 'func TestA(t *testing.T) {\n\tif got, want := F(2), []int{4, 7}; !slices.Equal(got, want) {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n')],
  ["done to async", file("test/a.test.js", H + 'test("a", (t, done) => { f((error, got) => { assert.equal(error, null); assert.equal(got, 47); done(); }); });', H + 'test("a", async () => { assert.equal(await f(), 47); });')],
  ["then to await", file("test/a.test.js", H + 'test("a", () => f().then((got) => assert.equal(got, 47)));', H + 'test("a", async () => { assert.equal(await f(), 47); });')],
  ["beforeEach", file("test/a.test.js", H + 'test("a", () => { const list = new List(); list.add(4); assert.equal(list.size, 1); assert.deepEqual([...list], [4]); });', H + 'let list;\nbeforeEach(() => { list = new List(); list.add(4); });\ntest("a", () => { assert.equal(list.size, 1); assert.deepEqual([...list], [4]); });')],
  ["mock rename", file("test/a.test.js", H + 'test("a", () => { const log = mock.fn(); f(log); assert.equal(log.mock.calls.length, 2); assert.deepEqual(log.mock.calls[0].arguments, ["x1"]); });', H + 'test("a", () => { const lines = []; f((line) => lines.push(line)); assert.deepEqual(lines, ["x1", "x2"]); });')],
  ["more to one", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(1), "I"); });\ntest("b", () => { assert.equal(f(4), "IV"); });', H + 'test("a and b", () => { assert.equal(f(1), "I"); assert.equal(f(4), "IV"); });')],
  ["describe wrap", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(1), "I"); });', H + 'describe("f", () => {\n  test("a", () => {\n    assert.equal(f(1), "I");\n  });\n});')],
  ["ok to equal", file("test/a.test.js", H + 'test("a", () => { assert.ok(f(1) === "I"); assert.ok(g().length === 3); });', H + 'test("a", () => { assert.equal(f(1), "I"); assert.equal(g().length, 3); });')],
  ["match to equal", file("test/a.test.js", H + 'test("a", () => { assert.match(f(1), /line 3/); });', H + 'test("a", () => { assert.equal(f(1), "error in line 3"); });')],
  ["length to whole", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(1).length, 3); });', H + 'test("a", () => { assert.deepEqual(f(1), ["a", "b", "c"]); });')],
  ["toMatchObject to toEqual", file("test/a.test.ts", 'test("a", () => { expect(f(1)).toMatchObject({ id: 47 }); });','test("a", () => { expect(f(1)).toEqual({ id: 47, name: "x" }); });')],
  ["fields to parts", file("test/a.test.ts", 'test("a", () => { const got = f(1); expect(got.id).toBe(47); expect(got.name).toBe("xy"); });','test("a", () => { expect(f(1)).toMatchObject({ id: 47, name: "xy" }); });')],
  ["snapshot to explicit", file("test/a.test.ts", 'test("a", () => { expect(f(1)).toMatchSnapshot(); });','test("a", () => { expect(f(1)).toEqual({ id: 47, name: "x" }); });')],
  ["tmp dir", file("tests/test_a.py", 'from shop.price import f\n\ndef test_a():\n    import tempfile\n    with tempfile.TemporaryDirectory() as d:\n        assert f(d) == 47\n','from shop.price import f\n\ndef test_a(tmp_path):\n    assert f(tmp_path) == 47\n')],
  ["subTest", file("tests/test_a.py", P + '    def test_a(self):\n        self.assertEqual(f(1), 47)\n        self.assertEqual(f(2), 94)\n', P + '    def test_a(self):\n        for n, want in [(1, 47), (2, 94)]:\n            with self.subTest(n=n):\n                self.assertEqual(f(n), want)\n')],
  ["clock injected", file("tests/test_a.py", P + '    def test_a(self):\n        limit = Limit(1)\n        limit.take()\n        time.sleep(1.1)\n        self.assertTrue(limit.take())\n', P + '    def test_a(self):\n        now = [0.0]\n        limit = Limit(1, clock=lambda: now[0])\n        limit.take()\n        now[0] += 1.1\n        self.assertTrue(limit.take())\n')],
  ["throws class to object", file("test/a.test.js", H + 'test("a", () => { assert.throws(() => f(-1), RangeError); });', H + 'test("a", () => { assert.throws(() => f(-1), { name: "RangeError", message: /low/ }); });')],
  ["raises match", file("tests/test_a.py", 'def test_a():\n    with pytest.raises(ValueError):\n        f(-1)\n','def test_a():\n    with pytest.raises(ValueError, match="low"):\n        f(-1)\n')],
  ["raises info", file("tests/test_a.py", 'def test_a():\n    with pytest.raises(ValueError, match="too low"):\n        f(-1)\n','def test_a():\n    with pytest.raises(ValueError) as caught:\n        f(-1)\n    assert str(caught.value) == "too low"\n')],
  ["go more is asked", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tgot, n := F(2)\n\tif n != 47 {\n\t\tt.Error(got)\n\t}\n}\n', G + 'func TestA(t *testing.T) {\n\tgot, n := F(2)\n\tif n != 47 || len(got) != 2 {\n\t\tt.Error(got)\n\t}\n}\n')],
  ["golden loop", file("a_test.go", G + 'func TestA(t *testing.T) {\n\twant, err := os.ReadFile("testdata/a.golden")\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got := F("a"); got != string(want) {\n\t\tt.Errorf("got %s", got)\n\t}\n}\n', G + 'func TestA(t *testing.T) {\n\tfor _, name := range []string{"a", "b"} {\n\t\twant, err := os.ReadFile("testdata/" + name + ".golden")\n\t\tif err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\tif got := F(name); got != string(want) {\n\t\t\tt.Errorf("got %s", got)\n\t\t}\n\t}\n}\n')],
  ["a contract that is exported in the end", file("test/a.test.js", H + 'test("gets", () => { assert.equal(new Store({ 3: 27 }).get(3), 27); });', H + 'import { contract } from "./contract.js";\ncontract(Store);'), file("test/contract.js", "", 'function contract(make) {\n  test("gets", () => { assert.equal(new make({ 3: 27 }).get(3), 27); });\n}\nexport { contract };')],
  ["a contract in exports", file("test/a.test.js", H + 'test("gets", () => { assert.equal(f(3), 27); });', 'const { contract } = require("./contract.js");\ncontract(f);'), file("test/contract.js", "", 'function contract(f) {\n  test("gets", () => { assert.equal(f(3), 27); });\n}\nmodule.exports = { contract };')],
  ["a mixin of another file", file("tests/test_a.py", P + '    def test_get(self):\n        self.assertEqual(Store({3: 27}).get(3), 27)\n', 'import unittest\nfrom tests.contract import StoreContract\n\nclass A(StoreContract, unittest.TestCase):\n    make = Store\n'), file("tests/contract.py", "", 'class StoreContract:\n    def test_get(self):\n        self.assertEqual(self.make({3: 27}).get(3), 27)\n')],
  ["a helper that makes a test's function", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); });', H + 'const gives = (x, y) => () => assert.equal(f(x), y);\ntest("a", gives(2, 47));')],
  ["a helper of another file that makes it", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); });', 'const { gives } = require("./support/gives");\ntest("a", gives(2, 47));'), file("test/support/gives.js", "", 'exports.gives = (x, y) => () => assert.equal(f(x), y);\n')],
  ["a test's function gets a name", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); });', H + 'test("a", isTwice);\nfunction isTwice() { assert.equal(f(2), 47); }')],
  ["errors to rows", file("tests/test_a.py", IMPORT + 'def test_low():\n    with pytest.raises(ValueError):\n        f(-1)\n\n\ndef test_high():\n    with pytest.raises(LookupError):\n        f(9)\n', IMPORT + '@pytest.mark.parametrize("x, error", [(-1, ValueError), (9, LookupError)])\ndef test_errors(x, error):\n    with pytest.raises(error):\n        f(x)\n')],
  ["errors to rows of a loop", file("test/a.test.js", H + 'test("low", () => { assert.throws(() => f(-1), RangeError); });\ntest("odd", () => { assert.throws(() => f(null), TypeError); });', H + 'for (const [x, kind] of [[-1, RangeError], [null, TypeError]]) test(`f(${x})`, () => { assert.throws(() => f(x), kind); });')],
  ["errors to rows with a message", file("tests/test_a.py", P + '    def test_low(self):\n        self.assertRaises(ValueError, f, -1)\n', P + '    def test_errors(self):\n        for x, error, says in [(-1, ValueError, "low"), (9, KeyError, "high")]:\n            with self.subTest(x=x):\n                self.assertRaisesRegex(error, says, f, x)\n')],
  ["a condition in other words", file("test/a.test.js", H + 'if (process.platform !== "win32") { test("mode", () => { assert.equal(f("ab"), 420); }); }', H + 'const isPosix = process.platform !== "win32";\nif (isPosix) { test("keeps the mode", () => { assert.equal(f("ab"), 420); }); }')],
];

const LOW = `${IMPORT}def test_low():\n    with pytest.raises(ValueError):\n        f(-1)\n`;
const RAISES = "    with pytest.raises(error):\n        f(x)\n";
/** The row is there, and what is done with it says less. */
const ERROR_ROWS: readonly [what: string, table: string, body: string][] = [
  ["any error will do", "(-1, ValueError)", RAISES.replace("(error)", "(Exception)")],
  ["any error will do as well", "(-1, ValueError)", RAISES.replace("(error)", "((error, Exception))")],
  ["another input is given", "(-1, ValueError)", RAISES.replace("f(x)", "f('nonsense')")],
  ["the input is left out", "(-1, ValueError)", RAISES.replace("f(x)", "f()")],
  ["the test itself fails", "(-1, ValueError)", RAISES.replace("f(x)", "f(x) if False else error.missing")],
  ["is the input of another", "((-1, ValueError), Exception)", RAISES],
  ["is one of many", '("x", (ValueError, KeyError, Exception, -1))', RAISES],
];
const THROWN = [
  "() => f(x)",
  "() => f(x), Error",
  "() => f(x), kind.name",
  "() => { throw new kind(f); }, kind"[
    ("nothing in a table of Go",
    file(
      "a_test.go",
      G +
        'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tif got := Route([]Stop{{"b", 20}, {"a", 10}}); !reflect.DeepEqual(got, []string{"a", "b"}) {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n\nfunc TestRouteOfNothing(t *testing.T) {\n\tif got := Route(nil); len(got) != 0 {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n',
      G +
        'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tfor name, tc := range map[string]struct {\n\t\tin []Stop\n\t\twant []string\n\t}{\n\t\t"two": {[]Stop{{"b", 20}, {"a", 10}}, []string{"a", "b"}},\n\t\t"of nothing": {nil, []string{}},\n\t} {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tif got := Route(tc.in); !reflect.DeepEqual(got, tc.want) {\n\t\t\t\tt.Errorf("got %v", got)\n\t\t\t}\n\t\t})\n\t}\n}\n',
    ))
  ],
  [
    "nothing in a table",
    file(
      "test/a.test.js",
      H +
        'test("an hour", () => { assert.deepEqual(f("1h"), 60); });\ntest("of nothing", () => { assert.deepEqual(f([]), []); });',
      H + 'for (const [x, y] of [["1h", 60], [[], []]]) test(`f of ${x}`, () => assert.deepEqual(f(x), y));',
    ),
  ],
  [
    "a path in one piece",
    file(
      "a_test.go",
      G +
        'import "os"\nfunc golden(t *testing.T, name string, got string) {\n\twant, err := os.ReadFile("testdata/" + name)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != string(want) {\n\t\tt.Errorf("%s: %q", name, got)\n\t}\n}\n\nfunc TestLabel(t *testing.T) {\n\tgolden(t, "small.txt", Label("Ada", 1050))\n}\n',
      G +
        'import "a/internal/golden"\nfunc TestLabel(t *testing.T) {\n\tgolden.Equal(t, "testdata/small.txt", Label("Ada", 1050))\n}\n',
    ),
    file(
      "internal/golden/golden.go",
      "",
      'package golden\n\nimport ("os"; "testing")\n\nfunc Equal(t *testing.T, path, got string) {\n\twant, err := os.ReadFile(path)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != string(want) {\n\t\tt.Errorf("%s: %q", path, got)\n\t}\n}\n',
    ),
  ],
];

// prettier-ignore
const LESS: readonly [what: string, ...files: FileDiff[]][] = [
  ["a condition that never holds", file("test/a.test.js", H + 'if (process.platform !== "win32") { test("mode", () => { assert.equal(f("ab"), 420); }); }', H + 'if (false) { test("keeps the mode", () => { assert.equal(f("ab"), 420); }); }')],
  ["a helper that makes a function without an assertion", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); });', H + 'const gives = (x, y) => () => f(x, y);\ntest("a", gives(2, 47));')],
  ["a named function of nothing", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), 47); });', H + 'const isTwice = () => {};\ntest("a", isTwice);')],
  ["an error becomes a row of another class", file("tests/test_a.py", IMPORT + 'def test_low():\n    with pytest.raises(ValueError):\n        f(-1)\n', IMPORT + '@pytest.mark.parametrize("x, error", [(1, ValueError), (-1, Exception)])\ndef test_errors(x, error):\n    with pytest.raises(error):\n        f(x)\n')],
  ["an error becomes a row that nobody raises", file("tests/test_a.py", IMPORT + 'def test_low():\n    with pytest.raises(ValueError):\n        f(-1)\n', IMPORT + '@pytest.mark.parametrize("x, error", [(-1, ValueError)])\ndef test_errors(x, error):\n    assert f\n')],
  ...ERROR_ROWS.map(([what, table, body]): [string, FileDiff] => [`an error becomes a row and ${what}`, file("tests/test_a.py", LOW, `${IMPORT}@pytest.mark.parametrize("x, error", [${table}])\ndef test_errors(x, error):\n${body}`)]),
  ...THROWN.map((wanted): [string, FileDiff] => [`an error becomes a row, and ${wanted} is wanted`, file("test/a.test.js", H + 'test("low", () => { assert.throws(() => f(-1), RangeError); });', `${H}for (const [x, kind] of [[-1, RangeError]]) test(\`f(\${x})\`, () => { assert.throws(${wanted}); });`)]),
  ["a contract that nobody calls", file("test/a.test.js", H + 'test("gets", () => { assert.equal(f(3), 27); });', H + 'function contract() {\n  test("gets", () => { assert.equal(f(3), 27); });\n}\nassert.ok(typeof contract);')],
  ["a mixin that nobody derives from", file("tests/test_a.py", P + '    def test_get(self):\n        self.assertEqual(Store({3: 27}).get(3), 27)\n', P + '    make = Store\n'), file("tests/contract.py", "", 'class StoreContract:\n    def test_get(self):\n        self.assertEqual(self.make({3: 27}).get(3), 27)\n')],
  ["length drop", file("test/a.test.js", H + 'test("a", () => { const got = f(1); assert.equal(got.length, 3); assert.equal(got[2], "last"); });', H + 'test("a", () => { const got = f(1); assert.ok([1, 2, 3].length); assert.equal(got[2], "last"); });')],
  ["other row", file("tests/test_a.py", IMPORT + 'def test_a():\n    assert f(1) == 47\n\ndef test_b():\n    assert f(2) == 94\n', IMPORT + 'import pytest\n\n@pytest.mark.parametrize(("n", "want"), [(1, 47), (3, 95)])\ndef test_price(n, want):\n    assert f(n) == want\n')],
  ["json other", file("test/a.test.js", H + 'test("a", () => { assert.deepEqual(f("ada"), { id: 47, name: "Ada" }); });', H + 'import ada from "./fixtures/ada.json" with { type: "json" };\ntest("a", () => { assert.deepEqual(f("ada"), ada); });'), file("test/fixtures/ada.json", "",'{ "id": 48, "name": "Ada" }')],
  ["const", file("test/a.test.js", H + 'test("a", () => { assert.equal(f("1d"), 86400000); });', H + 'const HOUR = 3_600_000;\ntest("a", () => { assert.equal(f("1d"), 25 * HOUR); });')],
  ["msg as want", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(2), "forty", "msg"); });', H + 'test("a", () => { assert.ok(f(2), "forty"); });')],
  ["retitled weaker", file("tests/test_a.py", 'import unittest\n' + IMPORT + 'class A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(1), 47)\n', IMPORT + 'def test_a():\n    assert f(1) > 0\n')],
  ["regex to other", file("test/a.test.js", H + 'test("a", () => { assert.match(f(1), /line 3/); });', H + 'test("a", () => { assert.equal(f(1), "error in line"); });')],
  ["moved to dead helper", file("test/a.test.js", H + 'test("a", () => { assert.equal(f(1), "forty"); });\ntest("b", () => { assert.equal(g(2), "ninety"); });', H + 'test("b", () => { assert.equal(g(2), "ninety"); });')],
  ["whole to parts", file("test/a.test.ts", 'test("a", () => { expect(f(1)).toEqual({ id: 47, name: "xy" }); });','test("a", () => { expect(f(1)).toMatchObject({ id: 47, name: "xy" }); });')],
  ["go only the length", file("a_test.go", G + 'func TestA(t *testing.T) {\n\tif got := F(2); !slices.Equal(got, []int{4, 7}) {\n\t\tt.Error(got)\n\t}\n}\n', G + 'func TestA(t *testing.T) {\n\tif got := F(2); len(got) != len([]int{4, 7}) {\n\t\tt.Error(got)\n\t}\n}\n')],
  ["gone small", file("a_test.go", 'package a\n\nfunc TestA(t *testing.T) {\n\tif got := F(2); got != 4 {\n\t\tt.Error(got)\n\t}\n}\n\nfunc TestB(t *testing.T) {\n\tif got := G(3); got != 9 {\n\t\tt.Error(got)\n\t}\n}\n','package a\n\nfunc TestB(t *testing.T) {\n\tif got := G(3); got != 9 {\n\t\tt.Error(got)\n\t}\n}\n')],
  ["something for nothing in a table of Go", file("a_test.go", G + 'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tif got := Route([]Stop{{"b", 20}, {"a", 10}}); !reflect.DeepEqual(got, []string{"a", "b"}) {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n\nfunc TestRouteOfNothing(t *testing.T) {\n\tif got := Route(nil); len(got) != 0 {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n', G + 'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tfor name, tc := range map[string]struct {\n\t\tin []Stop\n\t\twant []string\n\t}{\n\t\t"two": {[]Stop{{"b", 20}, {"a", 10}}, []string{"a", "b"}},\n\t\t"of nothing": {nil, []string{"a"}},\n\t} {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tif got := Route(tc.in); !reflect.DeepEqual(got, tc.want) {\n\t\t\t\tt.Errorf("got %v", got)\n\t\t\t}\n\t\t})\n\t}\n}\n')],
  ["nothing of another function in a table of Go", file("a_test.go", G + 'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tif got := Route([]Stop{{"b", 20}, {"a", 10}}); !reflect.DeepEqual(got, []string{"a", "b"}) {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n\nfunc TestRouteOfNothing(t *testing.T) {\n\tif got := Route(nil); len(got) != 0 {\n\t\tt.Errorf("got %v", got)\n\t}\n}\n', G + 'import "reflect"\nfunc TestRoute(t *testing.T) {\n\tfor name, tc := range map[string]struct {\n\t\tin []Stop\n\t\twant []string\n\t}{\n\t\t"two": {[]Stop{{"b", 20}, {"a", 10}}, []string{"a", "b"}},\n\t\t"of nothing": {nil, []string{}},\n\t} {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tif got := Other(tc.in); !reflect.DeepEqual(got, tc.want) {\n\t\t\t\tt.Errorf("got %v", got)\n\t\t\t}\n\t\t})\n\t}\n}\n')],
  ["nothing left in a table", file("test/a.test.js", H + 'test("an hour", () => { assert.deepEqual(f("1h"), 60); });\ntest("of nothing", () => { assert.deepEqual(f([]), []); });', H + 'for (const [x, y] of [["1h", 60], ["2h", 120]]) test(`f of ${x}`, () => assert.deepEqual(f(x), y));')],
  ["a path to another folder", file("a_test.go", G + 'import "os"\nfunc golden(t *testing.T, name string, got string) {\n\twant, err := os.ReadFile("testdata/" + name)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != string(want) {\n\t\tt.Errorf("%s: %q", name, got)\n\t}\n}\n\nfunc TestLabel(t *testing.T) {\n\tgolden(t, "small.txt", Label("Ada", 1050))\n}\n', G + 'import "a/internal/golden"\nfunc TestLabel(t *testing.T) {\n\tgolden.Equal(t, "elsewhere/small.txt", Label("Ada", 1050))\n}\n'), file("internal/golden/golden.go", "", 'package golden\n\nimport ("os"; "testing")\n\nfunc Equal(t *testing.T, path, got string) {\n\twant, err := os.ReadFile(path)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != string(want) {\n\t\tt.Errorf("%s: %q", path, got)\n\t}\n}\n')],
];

describe("tests that are written otherwise", () => {
  it.each(SAME)("say as much: %s", async (_what, ...files) => expect(await weakenings(files, syntax)).toEqual([]));
  it.each(LESS)("say less: %s", async (_what, ...files) => expect(await weakenings(files, syntax)).not.toEqual([]));
});
