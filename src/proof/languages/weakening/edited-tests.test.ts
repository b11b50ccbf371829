import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const J = (body: string) => `import { expect, test, vi } from "vitest";\nimport { f, g } from "../src/f";\n\n${body}\n`;
const G = (body: string) => `package a\n\nimport "testing"\n\n${body}\n`;

/** What people do to tests every day: each says as much as before. */
// prettier-ignore
const EDITS: readonly [what: string, path: string, before: string, after: string][] = [
  ["two assertions become a table", "a.test.ts", J(`test("a", () => {\n  expect(f("x")).toBe("<x>");\n  expect(f("y")).toBe("<y>");\n});`), J(`test.each([\n  ["x", "<x>"],\n  ["y", "<y>"],\n  ["z", "<z>"],\n])("f(%s)", (a, want) => {\n  expect(f(a)).toBe(want);\n});`)],
  ["a helper asks", "a.test.ts", J(`test("a", async () => {\n  const got = await f("x");\n  expect(got.status).toBe(201);\n  expect(got.body).toEqual({ id: 77 });\n});`), J(`async function ask(x: string) {\n  const got = await f(x);\n  return { status: got.status, body: got.body };\n}\n\ntest("a", async () => {\n  expect(await ask("x")).toEqual({ status: 201, body: { id: 77 } });\n});`)],
  ["a part becomes the whole", "a.test.ts", J(`test("a", () => {\n  expect(f("x")).toMatchObject({ id: 77 });\n});`), J(`test("a", () => {\n  expect(f("x")).toEqual({ id: 77, name: "x" });\n});`)],
  ["a row is found and not counted", "a.test.ts", J(`test("a", () => {\n  expect(f()[0].name).toBe("Ann");\n});`), J(`test("a", () => {\n  expect(f().find((one) => one.id === 3)?.name).toBe("Ann");\n});`)],
  ["clocks are put back", "a.test.ts", J(`test("a", () => {\n  vi.useFakeTimers();\n  expect(f(2)).toBe(44);\n  vi.useRealTimers();\n});`), J(`test("a", () => {\n  vi.useFakeTimers();\n  try {\n    expect(f(2)).toBe(44);\n  } finally {\n    vi.useRealTimers();\n  }\n});`)],
  ["what tests share is set up before each", "a.test.ts", J(`test("a", () => {\n  const store = new Map([["k", 12]]);\n  expect(f(store)).toBe(12);\n});\ntest("b", () => {\n  const store = new Map([["k", 12]]);\n  store.set("k", 13);\n  expect(f(store)).toBe(13);\n});`), J(`let store: Map<string, number>;\nbeforeEach(() => {\n  store = new Map([["k", 12]]);\n});\n\ntest("a", () => {\n  expect(f(store)).toBe(12);\n});\ntest("b", () => {\n  store.set("k", 13);\n  expect(f(store)).toBe(13);\n});`)],
  ["a callback becomes a promise", "a.test.ts", J(`test("a", (done) => {\n  f(2, (error, got) => {\n    expect(error).toBeNull();\n    expect(got).toBe(44);\n    done();\n  });\n});`), J(`test("a", async () => {\n  await expect(f(2)).resolves.toBe(44);\n});`)],
  ["an error has a class", "a.test.ts", J(`test("a", async () => {\n  await expect(f(2)).rejects.toThrow("no 2");\n});`), J(`test("a", async () => {\n  const failure = f(2);\n  await expect(failure).rejects.toThrow(BadInput);\n  await expect(failure).rejects.toThrow("no 2");\n});`)],
  ["a try becomes toThrow", "a.test.ts", J(`test("a", () => {\n  try {\n    f(2);\n    throw new Error("nothing thrown");\n  } catch (e) {\n    expect(e.message).toBe("no 2");\n  }\n});`), J(`test("a", () => {\n  expect(() => f(2)).toThrow(new Error("no 2"));\n});`)],
  ["another library", "a.test.ts", `import assert from "node:assert";\nimport { test } from "node:test";\ntest("a", () => {\n  assert.strictEqual(f(2), 44);\n  assert.deepStrictEqual(g(), { a: 17 });\n});\n`, J(`test("a", () => {\n  expect(f(2)).toBe(44);\n  expect(g()).toStrictEqual({ a: 17 });\n});`)],
  ["testify", "a_test.go", G(`func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 44 {\n\t\tt.Errorf("F = %d, want 44", got)\n\t}\n}`), `package a\n\nimport (\n\t"testing"\n\n\t"github.com/stretchr/testify/require"\n)\n\nfunc TestA(t *testing.T) {\n\tgot, err := F(2)\n\trequire.NoError(t, err)\n\trequire.Equal(t, 44, got)\n}\n`],
  ["a test becomes a table with errors", "a_test.go", G(`func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 44 {\n\t\tt.Errorf("F = %d", got)\n\t}\n}\n\nfunc TestABad(t *testing.T) {\n\tif _, err := F(-2); err == nil {\n\t\tt.Error("no error")\n\t}\n}`), G(`func TestA(t *testing.T) {\n\ttests := []struct {\n\t\tname    string\n\t\tin      int\n\t\twant    int\n\t\twantErr bool\n\t}{\n\t\t{"two", 2, 44, false},\n\t\t{"negative", -2, 0, true},\n\t}\n\tfor _, tt := range tests {\n\t\tt.Run(tt.name, func(t *testing.T) {\n\t\t\tgot, err := F(tt.in)\n\t\t\tif (err != nil) != tt.wantErr {\n\t\t\t\tt.Fatalf("F() error = %v, wantErr %v", err, tt.wantErr)\n\t\t\t}\n\t\t\tif got != tt.want {\n\t\t\t\tt.Errorf("F() = %v, want %v", got, tt.want)\n\t\t\t}\n\t\t})\n\t}\n}\n\nfunc TestABad(t *testing.T) {\n\tif _, err := F(-2); err == nil {\n\t\tt.Error("no error")\n\t}\n}`)],
  ["an old table gets errors", "a_test.go", G(`func TestA(t *testing.T) {\n\tfor _, tt := range tests {\n\t\tgot, err := F(tt.in)\n\t\tif err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\tif got != tt.want {\n\t\t\tt.Error(got)\n\t\t}\n\t}\n}`), G(`func TestA(t *testing.T) {\n\tfor _, tt := range tests {\n\t\tgot, err := F(tt.in)\n\t\tif tt.wantErr == nil && err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\tif tt.wantErr != nil && !errors.Is(err, tt.wantErr) {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\tif got != tt.want {\n\t\t\tt.Error(got)\n\t\t}\n\t}\n}`)],
  ["cmp.Diff", "a_test.go", G(`func TestA(t *testing.T) {\n\tgot := F(2)\n\twant := []string{"xa", "yb"}\n\tif !reflect.DeepEqual(got, want) {\n\t\tt.Errorf("got %v", got)\n\t}\n}`), G(`func TestA(t *testing.T) {\n\tgot := F(2)\n\twant := []string{"xa", "yb"}\n\tif diff := cmp.Diff(want, got); diff != "" {\n\t\tt.Errorf("F() (-want +got):\\n%s", diff)\n\t}\n}`)],
  ["t.TempDir", "a_test.go", G(`func TestA(t *testing.T) {\n\tdir, err := os.MkdirTemp("", "a")\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tdefer os.RemoveAll(dir)\n\tif got := F(dir); got != 44 {\n\t\tt.Error(got)\n\t}\n}`), G(`func TestA(t *testing.T) {\n\tif got := F(t.TempDir()); got != 44 {\n\t\tt.Error(got)\n\t}\n}`)],
  ["a context", "a_test.go", G(`func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 44 {\n\t\tt.Error(got)\n\t}\n}`), G(`func TestA(t *testing.T) {\n\tctx, cancel := context.WithTimeout(t.Context(), time.Second)\n\tdefer cancel()\n\tgot, err := F(ctx, 2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 44 {\n\t\tt.Error(got)\n\t}\n}`)],
  ["unittest becomes pytest, and a failure gets a test of its own", "test_a.py", `import unittest\nfrom a import f\n\nclass ATest(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(2), 44)\n        with self.assertRaises(ValueError):\n            f(-1)\n`, `import pytest\nfrom a import f\n\nclass TestA:\n    def test_a(self):\n        assert f(2) == 44\n\n    def test_a_negative(self):\n        with pytest.raises(ValueError):\n            f(-1)\n`],
  ["a fixture", "test_a.py", `from a import Cart\n\ndef test_total():\n    cart = Cart()\n    cart.add("tea", 250)\n    assert cart.total() == 250\n\ndef test_names():\n    cart = Cart()\n    cart.add("tea", 250)\n    assert cart.names() == ["tea"]\n`, `import pytest\nfrom a import Cart\n\n@pytest.fixture\ndef cart():\n    cart = Cart()\n    cart.add("tea", 250)\n    return cart\n\ndef test_total(cart):\n    assert cart.total() == 250\n\ndef test_names(cart):\n    assert cart.names() == ["tea"]\n`],
  ["parameters", "test_a.py", `def test_a():\n    assert f(2) == 44\n    assert f(3) == 66\n`, `import pytest\n\n@pytest.mark.parametrize(("n", "want"), [(2, 44), (3, 66), pytest.param(-1, None, id="negative")])\ndef test_a(n, want):\n    assert f(n) == want\n`],
  ["a log instead of output", "test_a.py", `def test_a(capsys):\n    f(2)\n    assert "done 44" in capsys.readouterr().out\n`, `def test_a(caplog):\n    with caplog.at_level("INFO"):\n        f(2)\n    assert "done 44" in caplog.text\n`],
  ["a coroutine that Django awaits", "test_a.py", `class A(unittest.IsolatedAsyncioTestCase):\n    async def test_a(self):\n        self.assertEqual(await f(2), 44)\n`, `from django.test import TestCase\n\nclass A(TestCase):\n    async def test_a(self):\n        self.assertEqual(await f(2), 44)\n`],
  ...([
    ["Tortoise's", "from tortoise.contrib import test", "test.TestCase"],
    ["Twisted's", "from twisted.trial import unittest", "unittest.TestCase"],
    ["a base of another file", "from tests.base import ApiTestCase", "ApiTestCase"],
    ["an own base that awaits", "import unittest\n\nclass AppTestCase(unittest.IsolatedAsyncioTestCase):\n    pass\n", "AppTestCase"],
  ] as const).map(([what, imports, base]): (typeof EDITS)[number] => [`a coroutine in a class of ${what}`, "test_a.py", "", `${imports}\nfrom a import f\n\nclass A(${base}):\n    async def test_a(self):\n        self.assertEqual(await f(2), 44)\n`]),
  ["a coroutine that unittest awaits", "test_a.py", `class A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(2), 44)\n`, `class A(unittest.IsolatedAsyncioTestCase):\n    async def test_a(self):\n        self.assertEqual(await f(2), 44)\n`],
  ["a frozen clock", "test_a.py", `def test_a():\n    assert f(datetime(2024, 1, 2)) == "2 Jan"\n`, `@freeze_time("2024-01-02")\ndef test_a():\n    assert f() == "2 Jan"\n    assert f(datetime(2024, 1, 2)) == "2 Jan"\n`],
  ["the words of an error", "test_a.py", `def test_a():\n    with pytest.raises(ValueError):\n        f(-1)\n`, `def test_a():\n    with pytest.raises(ValueError, match="no negative"):\n        f(-1)\n`],
  ["a new test that one system skips", "test_b.py", ``, `import sys\nimport pytest\nfrom a import f\n\n@pytest.mark.skipif(sys.platform == "win32", reason="paths")\ndef test_path():\n    assert f("/x") == "/x/y"\n\ndef test_other():\n    assert f("q") == "q/y"\n`],
  ["timers of its own", "a.test.ts", J(`test("a", async () => {\n  const spy = vi.fn();\n  f(spy, 50);\n  await new Promise((r) => setTimeout(r, 80));\n  expect(spy).toHaveBeenCalledTimes(1);\n});`), J(`test("a", () => {\n  vi.useFakeTimers();\n  const spy = vi.fn();\n  f(spy, 50);\n  vi.advanceTimersByTime(80);\n  expect(spy).toHaveBeenCalledTimes(1);\n  vi.useRealTimers();\n});`)],
  ["a group around a test", "a.test.ts", J(`test("a", () => {\n  expect(f(2)).toBe(44);\n});`), J(`describe("f", () => {\n  test("a", () => {\n    expect(f(2)).toBe(44);\n  });\n\n  test("b", () => {\n    expect(f(3)).toBe(66);\n  });\n});`)],
  ["a listener whose end the test waits for", "a.test.js", J('test("a", (t) => {\n  t.equal(f(2), 44);\n  t.end();\n});'), J('test("a", (t) => {\n  g.on("sold", (n) => {\n    t.equal(n, 44);\n    t.end();\n  });\n  g.sell(2);\n});')],
  ["a listener that calls back", "a.test.js", J('it("a", () => {\n  assert.equal(f(2), 44);\n});'), J('it("a", (next) => {\n  g.on("sold", (n) => {\n    assert.equal(n, 44);\n    next();\n  });\n  g.sell(2);\n});')],
  ["capitals are looked at too", "a.test.ts", J(`test("a", () => {\n  expect(f(2).toLowerCase()).toBe("abc");\n});`), J(`test("a", () => {\n  expect(f(2)).toBe("aBc");\n  expect(f(2).toLowerCase()).toBe("abc");\n});`)],
];

describe("edits of tests that say as much", () => {
  it.each(EDITS)("leaves alone: %s", async (_, path, before, after) =>
    expect((await weakenings([file(path, before, after)], syntax)).map((one) => one.what)).toEqual([]),
  );
});

describe("their neighbours that say less", () => {
  it.each<[string, string, string, string, RegExp]>([
    ["a class that need not be", "a.test.ts", J('test("a", () => {\n  expect(() => f(2)).toThrow("no 2");\n});'), J('test("a", () => {\n  expect(() => f(2)).toThrow();\n});'), /less exactly/],
    ["a failure that no test wants now", "test_a.py", "class ATest(TestCase):\n    def test_a(self):\n        self.assertEqual(f(2), 44)\n        with self.assertRaises(ValueError):\n            f(-1)\n", "class TestA:\n    def test_a(self):\n        assert f(2) == 44\n\n    def test_b(self):\n        with pytest.raises(Exception):\n            f(-1)\n", /any failure/],
    ["an error of the code that is not asked for", "a_test.go", G("func TestA(t *testing.T) {\n\tgot, err := F(2)\n\tif err != nil {\n\t\tt.Fatal(err)\n\t}\n\tif got != 44 {\n\t\tt.Error(got)\n\t}\n}"), G("func TestA(t *testing.T) {\n\tgot, _ := F(2)\n\tif got != 44 {\n\t\tt.Error(got)\n\t}\n}"), /no longer asks/],
  ])("%s", async (_, path, before, after, what) => {
    expect((await weakenings([file(path, before, after)], syntax)).map((one) => one.what).join()).toMatch(what);
  }); // prettier-ignore
});
