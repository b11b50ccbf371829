import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { loopsOf } from "./go-tests.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (...files: FileDiff[]) => (await weakenings(files, syntax)).map((one) => one.what);

const LOOP = 'test("a", () => { for (const { x, y } of CASES) assert.equal(f(x), y) })';
const STRICT = 'import assert from "node:assert/strict";\nimport { f } from "../src/f.js";\n';
const JS = `${STRICT}test("a", () => { assert.equal(f(2), 47) })`;
const ASYNC = 'test("a", async () => { await assert.rejects(f(), /no 12/) })';
const THROWS = 'test("a", () => { assert.throws(() => f(9), (e) => e instanceof Kind && e.id === 9) })';
const PY = (test: string, more = "") =>
  `import unittest\nfrom shop.price import f\n\nclass A(unittest.TestCase):\n${more}    ${test}\n        self.assertEqual(f(2), 47)\n`;
const COROUTINE = (base: string) =>
  `import unittest\n\nclass A(${base}):\n    async def test_a(self):\n        self.assertEqual(await f(2), 47)\n`;
const LIST = (body: string) => `${STRICT}test("a", () => { ${body} })`;
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${body}\n}\n`;
const GO_BOTH = GO('\tgot, err := F(2)\n\tif err != nil || got != 47 {\n\t\tt.Errorf("got %d, %v", got, err)\n\t}');
const GO_IS = GO('\t_, err := F(2)\n\tif !errors.Is(err, ErrA) {\n\t\tt.Fatal("got", err)\n\t}');
const GO_SAYS = GO('\t_, err := F()\n\tif !strings.Contains(err.Error(), "no") {\n\t\tt.Fatal("got", err)\n\t}');

const USER = 'test("a", () => { const got = f(); expect(got.user).toEqual({ id: 27, name: "Ada" }); })';
const PART = 'test("a", () => { const got = f(); expect(got).toMatchObject({ user: { id: 27, name: "Ada" } }); })';

const WEAKER: readonly [path: string, before: string, after: string, what: RegExp][] = [
  ["test/a.test.js", USER, PART, /compares less exactly/],
  [
    "test/a.test.js",
    LOOP,
    LOOP.replace("assert.", "{ if (x) continue; assert.").replace(", y) })", ", y) } })"),
    /step over/,
  ],
  ["test/a.test.js", LOOP, LOOP.replace("of CASES", "of CASES.slice(1)"), /fewer rows/],
  ["test/a.test.js", LOOP, LOOP.replace("of CASES", "of CASES.filter((one) => one.z)"), /fewer rows/],
  ["test/a.test.js", JS, JS.replace("/strict", ""), /lenient/],
  ["test/a.test.js", JS, JS.replace('import { f } from "../src/f.js"', "const f = (x) => 47"), /`f` of their own/],
  ["test/a.test.js", JS, JS.replace("f(2), 47", "Math.round(f(2)), Math.round(47)"), /only a part/],
  ["test/a.test.js", JS, JS.replace("test(", "assert.equal = () => undefined;\ntest("), /changes `assert.equal`/],
  ["test/a.test.js", JS, JS.replace("test(", 'mock.method(assert, "equal", () => 1);\ntest('), /changes `assert`/],
  ["test/a.test.js", JS, JS.replace("test(", "after(() => process.exit(0));\ntest("), /ends the process/],
  [
    "test/a.test.js",
    JS,
    JS.replace("{ assert.equal(f(2), 47) }", "{ try { assert.equal(f(2), 47) } finally { return } }"),
    /swallowed/,
  ],
  ["test/a.test.js", ASYNC, ASYNC.replace("await ", "void ").replace("async ", ""), /not awaited/],
  [
    "test/a.test.js",
    ASYNC,
    ASYNC.replace(
      "await assert.rejects(f(), /no 12/)",
      "await g().then(() => assert.rejects(f(), /no 12/)).catch(() => {})",
    ),
    /swallowed/,
  ],
  ["test/a.test.js", THROWS, THROWS.replace("e instanceof Kind && e.id === 9", "e !== null"), /any failure/],
  ["test_a.py", PY("def test_a(self):"), PY("async def test_a(self):"), /coroutine/],
  ["test_a.py", COROUTINE("unittest.IsolatedAsyncioTestCase"), COROUTINE("unittest.TestCase"), /coroutine/],
  [
    "test_a.py",
    "def test_a():\n    assert f() == [47, 48]\n",
    "def test_a():\n    assert [x for x in f() if x > 40] == [47, 48]\n",
    /only a part/,
  ],
  [
    "test/a.test.js",
    LIST("assert.equal(shop.sell(2), 47);"),
    LIST('shop.on("gone", (got) => assert.equal(got, 47));\nshop.sell(2);'),
    /only if an event comes/,
  ],
  ["test/a.test.js", LIST("assert.deepEqual(f(), [47, 48]);"), LIST("const want = [47, 48];\nassert.deepEqual(f().filter((x) => want.includes(x)), want);"), /only a part/], // prettier-ignore
  ["test_a.py", PY("def test_a(self):"), PY("def test_a(self):\n        yield"), /generator/],
  [
    "test_a.py",
    PY("def test_a(self):"),
    PY("def test_a(self):", "    failureException = unittest.SkipTest\n"),
    /failureException/,
  ],
  [
    "test_a.py",
    PY("def test_a(self):"),
    PY("def test_a(self):", "    def tearDown(self):\n        self._outcome.success = True\n"),
    /_outcome/,
  ],
  [
    "a_test.go",
    GO_BOTH,
    GO_BOTH.replace("got, err :=", "got, _ :=").replace("err != nil || ", ""),
    /no longer asks for the error/,
  ],
  ["a_test.go", GO_IS, GO_IS.replace("!errors.Is(err, ErrA)", "err == nil"), /any failure/],
  ["a_test.go", GO_IS, GO_IS.replace("!errors.Is(err, ErrA)", "err == nil || !errors.Is(err, err)"), /any failure/],
  ["a_test.go", GO_SAYS, GO_SAYS.replace('"no"', '""'), /holds whatever/],
  [
    "a_test.go",
    GO_BOTH,
    GO_BOTH.replace("\tif", "\tgo func() { if").replace(/\t\}\n\}\n$/, "\t} }()\n}\n"),
    /goroutine/,
  ],
];

const AS_MUCH: readonly [path: string, before: string, after: string][] = [
  ["test/a.test.js", LOOP, LOOP.replace("of CASES", "of [...CASES, ...MORE]")],
  ["test/a.test.js", LOOP, "for (const { x, y } of CASES) test(`a ${x}`, () => { assert.equal(f(x), y) })"],
  ["test/a.test.js", JS, JS.replace("{ f }", "{ f as g }").replace("f(2)", "g(2)")],
  ["test/a.test.js", JS, JS.replace("/strict", "").replace("assert.equal", "assert.strictEqual")],
  ["test/a.test.js", JS, JS.replace("f(2), 47)", "f(2), 47); assert.equal([f(1)].length, 1)")],
  [
    "test_a.py",
    PY("def test_a(self):").replace("TestCase)", "IsolatedAsyncioTestCase)"),
    PY("async def test_a(self):").replace("TestCase)", "IsolatedAsyncioTestCase)"),
  ],
  ["a_test.go", GO_IS, GO_IS.replace("_, err := F(2)\n\tif", "if _, err := F(2);")],
  [
    "a_test.go",
    "",
    GO('\tdefer func() {\n\t\tif recover() == nil {\n\t\t\tt.Error("no panic")\n\t\t}\n\t}()\n\tF(-1)'),
  ],
];

const GO_COUNTS = GO("\tif got, want := F(2), []int{3, 4}; !reflect.DeepEqual(got, want) {\n\t\tt.Error(got)\n\t}");
const GO_LOOP = GO('\tfor _, tt := range rows {\n\t\tt.Run(tt.name, func(t *testing.T) {\n\t\t\tif F(tt.in) != tt.want {\n\t\t\t\tt.Error(tt)\n\t\t\t}\n\t\t})\n\t}'); // prettier-ignore
const GO_EXAMPLE = "package a\n\nfunc ExampleF() {\n\tfmt.Println(F(2))\n\t// Output: 47\n}\n";
const GO_FUZZ = 'package a\n\nfunc FuzzF(f *testing.F) {\n\tf.Add("a")\n\tf.Add("b")\n\tf.Fuzz(func(t *testing.T, s string) {\n\t\tif F(s) < 0 {\n\t\t\tt.Error(s)\n\t\t}\n\t})\n}\n'; // prettier-ignore
const RAISES = PY("def test_a(self):").replace("self.assertEqual(f(2), 47)", 'with self.assertRaisesRegex(Kind, "no 12"):\n            f(2)'); // prettier-ignore
const STEADY =
  "def steady(test):\n    def run(self):\n        try:\n            test(self)\n        except AssertionError:\n            print('unsteady')\n    return run\n";
const PARALLEL = "func(t *testing.T) {\n\t\t\tt.Parallel()";

describe("tests that nobody hears", () => {
  it.each<[string, string, string, RegExp | null]>([
    ["a_test.go", GO_COUNTS, GO_COUNTS.replace("(got, want)", "(cap(got), cap(want))"), /only a part/],
    ["a_test.go", GO_EXAMPLE, GO_EXAMPLE.replace("// Output: 47", "// 47"), /does not run/],
    ["a_test.go", GO_EXAMPLE, GO_EXAMPLE.replace("Output:", "Unordered output:"), null],
    ["a_test.go", GO_FUZZ, GO_FUZZ.replace('\tf.Add("b")\n', ""), /seed/],
    ["a_test.go", GO_FUZZ, GO_FUZZ.replace('f.Add("b")', 'f.Add("b")\n\tf.Add("c")'), null],
    ["test_a.py", RAISES, RAISES.replace("no 12", ".*"), /whatever the code does/],
    ["test_a.py", PY("def test_a(self):"), PY("def test_a(self):").replace("self.assertEqual(f(2), 47)", "later = lambda: self.assertEqual(f(2), 47)\n        self.assertTrue(callable(later))"), /nobody calls/],
    ["test_a.py", PY("def test_a(self):"), PY("def test_a(self):").replace("self.assertEqual(f(2), 47)", "check = lambda: self.assertEqual(f(2), 47)\n        check()"), null],
    ["test_a.py", PY("def test_a(self):"), STEADY + PY("def test_a(self):", "    @steady\n"), /swallows failures/],
    ["test_a.py", PY("def test_a(self):"), STEADY.replace("print('unsteady')", "raise") + PY("def test_a(self):", "    @steady\n"), null],
    ["test/a.test.js", JS, `const calm = (fn) => () => { try { fn(); } catch { log(); } };\n${JS.replace("() => {", "calm(() => {").replace("47) })", "47) }))")}`, /swallows failures/],
    ["test/a.test.js", JS, `const timed = (fn) => () => { try { fn(); } finally { log(); } };\n${JS.replace("() => {", "timed(() => {").replace("47) })", "47) }))")}`, null],
    ["test/a.test.js", JS, JS.replace("assert.equal(f(2), 47)", "const later = () => assert.equal(f(2), 47); assert.equal(typeof later, 'function')"), /nobody calls/],
    ["test/a.test.js", JS, JS.replace("assert.equal(f(2), 47)", "const got = f(2); assert.equal(got, got ?? 47)"), /whatever the code does/],
    ["test/a.test.js", JS, JS.replace('"a"', '"b"').replace("assert.equal(f(2), 47)", "assert.equal([47, 2].length, 2)"), /is gone/],
  ])("%s: %s becomes %s", async (path, before, after, what) => {
    expect(after).not.toBe(before);
    const said = (await found(file(path, before, after))).join("; ");
    if (what) expect(said).toMatch(what);
    else expect(said).toBe("");
  }); // prettier-ignore

  it("are those of Go that run side by side over one variable, where a loop has but one", async () => {
    const side = GO_LOOP.replace("func(t *testing.T) {", PARALLEL);
    const said = async (before: string, after: string, loops: "shared" | "own") =>
      (await weakenings([file("a_test.go", before, after)], syntax, loops)).map((one) => one.what).join();
    expect(await said(GO_LOOP, side, "shared")).toMatch(/only the last row/);
    expect(await said(GO_LOOP, side, "own")).toBe("");
    expect(await said(GO_LOOP, side.replace("\t\tt.Run", "\t\ttt := tt\n\t\tt.Run"), "shared")).toBe("");
    expect([loopsOf("module a\n\ngo 1.21\n"), loopsOf("go 1.22.3\n"), loopsOf("")]).toEqual(["shared", "own", "own"]);
  });
});

describe("the same assertions that see less", () => {
  it.each(WEAKER)("%s: %s becomes %s", async (path, before, after, what) => {
    expect(after).not.toBe(before);
    expect((await found(file(path, before, after))).join("; ")).toMatch(what);
  });
  it.each(AS_MUCH)("%s: %s may become %s", async (path, before, after) => {
    expect(await found(file(path, before, after))).toEqual([]);
  });
});
