import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../test/support/parsed-texts.ts";
import { testSide } from "../languages/tests/test-side.ts";
import { withoutEach } from "./without-each.ts";

/** What stands where an assertion was taken out, and that nothing else changed. */
const read = readerOfTests();

async function without(path: string, text: string, name: string) {
  const side = testSide(path, await read(path, text));
  return withoutEach(side, text, name)?.map((one) => one.text) ?? null;
}

describe("a test without one of its assertions", () => {
  it.each<[string, string, string, readonly string[] | null]>([
    ["a.test.js", 'test("a", () => {\n  const x = f(1);\n  assert.equal(x, 2);\n  assert.ok(g());\n});\n', "a", ["assert.equal(x, 2);", "assert.ok(g());"]],
    ["a.test.js", 'test("a", async () => {\n  await assert.rejects(\n    f(1),\n  );\n});\n', "a", ["await assert.rejects(\n    f(1),\n  );"]],
    ["a.test.js", 'test("a", () => {\n  for (const r of rows) assert.equal(f(r), 2);\n});\n', "a", ["assert.equal(f(r), 2);"]],
    ["a.test.js", 'test("a", () => assert.equal(f(1), 2));\n', "a", ["assert.equal(f(1), 2)"]],
    ["a.test.js", 'test("a", () => {\n  const error = assert.throws(f);\n});\n', "a", null],
    ["a.test.js", 'test("a", () => {\n  f(1);\n});\n', "a", null],
    ["test_a.py", "def test_a():\n    x = f(1)\n    assert x == 2\n    assert g()\n", "test_a", ["assert x == 2", "assert g()"]],
    ["test_a.py", "class T(TestCase):\n    def test_a(self):\n        with self.assertRaises(ValueError):\n            f(1)\n", "T.test_a", ["with self.assertRaises(ValueError):\n            f(1)"]],
    ["a_test.go", 'package a\n\nfunc TestA(t *testing.T) {\n\tif got := F(1); got != 2 {\n\t\tt.Errorf("%d", got)\n\t}\n}\n', "TestA", ['t.Errorf("%d", got)']],
  ])("in %s: %s", async (path, text, name, parts) => {
    const put: Readonly<Record<string, string>> = { js: ";", py: "pass", go: "_ = 0" };
    const nothing = put[path.split(".").at(-1) ?? ""] ?? "";
    const is = await without(path, text, name);
    const wanted = parts?.map((one) => text.replace(one, text.includes(`=> ${one}`) ? "undefined" : nothing)) ?? null;
    expect(is).toEqual(wanted);
  }); // prettier-ignore

  it("is also given with each assertion as the last one", async () => {
    const text = "def test_a():\n    with pytest.raises(E) as e:\n        f(1)\n    assert e.value == 2\n";
    const side = testSide("test_a.py", await read("test_a.py", text));
    const [first] = withoutEach(side, text, "test_a") ?? [];
    expect(first?.upTo).toBe(text.replace("assert e.value == 2", "pass"));
    expect(first?.before).toBe("def test_a():\n    pass\n    pass\n");
  });
});
