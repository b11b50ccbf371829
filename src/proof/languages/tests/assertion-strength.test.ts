import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { assertingHelpers, assertionsIn, literalsOf, meantBy } from "./assertions.ts";
import { within } from "../syntax/syntax.ts";

/** How much each assertion says: the value (`exact`), a part of it (`loose`), or only that there is something (`any`). */
const read = readerOfTests();
const strengths = async (path: string, text: string, helpers: readonly string[] = []) => {
  const { root, language } = await read(path, text);
  return assertionsIn(root, language, new Set(helpers)).map(({ strength }) => strength);
};

describe("an assertion in JavaScript", () => {
  it.each<[string, readonly string[]]>([
    ["assert.equal(a, 2);", ["exact"]],
    ["assert(a === 2);", ["exact"]],
    ["assert.ok(a == 2);", ["exact"]],
    ["assert.ok(a);", ["any"]],
    ["assert.ok(a > 2);", ["any"]],
    ["assert.notEqual(a, 2);", ["any"]],
    ["assert.match(a, /b/);", ["loose"]],
    ["expect(a).toBe(2);", ["exact"]],
    ["expect(a).toBeDefined();", ["any"]],
    ["expect(a).toContain(2);", ["loose"]],
    ["expect(a);", []],
    ["expect(a).to.be.true;", ["any"]],
    ["expect(a).to.exist;", ["any"]],
    ["other.to.exist;", []],
    ["expect(a).toHaveProperty('b', 2);", ["exact"]],
    ["expect(a).toHaveProperty('b');", ["loose"]],
    ["expect(f).toThrow('no such row');", ["exact"]],
    ["expect(f).toThrow(new Missing(2));", ["exact"]],
    ["expect(f).toThrow(/^no such row$/);", ["exact"]],
    ["expect(f).toThrow(/no such row/);", ["loose"]],
    ["expect(f).toThrow('');", ["loose"]],
    ["expect(f).toThrow();", ["loose"]],
    ["expect(f()).rejects.toMatchObject({ message: 'no' });", ["exact"]],
    ["expect(f()).rejects.toMatchObject({ message: expect.any(String) });", ["loose", "loose"]],
    ["expect(f()).rejects.toMatchObject({ code: 'no' });", ["loose"]],
    ["expect(f()).resolves.toMatchObject({ message: 'no' });", ["loose"]],
    ["request(app).get('/').expect(200);", ["exact"]],
    ["request(app).get('/').expect(/b/);", ["loose"]],
    ["t.is(a, 2);", ["exact"]],
    ["t.assert.equal(a, 2);", ["exact"]],
    ["t.other.equal(a, 2);", []],
    ["t.throws(f);", ["loose"]],
    ["t.after(f);", []],
    ["check(a);", ["loose"]],
    ["a.equal(b);", []],
  ])("%s: %j", async (code, found) => expect(await strengths("a.js", code)).toEqual(found));

  it("is also a helper that asserts itself", async () => {
    expect(await strengths("a.js", "same(a, 2);", ["same"])).toEqual(["exact"]);
    expect(await strengths("a.js", "same(a, 2);")).toEqual([]);
    const { root, language } = await read("a.js", "function same(a) { assert.equal(a, 2); }\nfunction none(a) { go(a); }\nfunction testAll() { assert.ok(a); }"); // prettier-ignore
    expect([...assertingHelpers(root, language)]).toEqual(["same"]);
  });
});

describe("an assertion in Python and Go", () => {
  const go = (condition: string, call = 't.Errorf("no")') => `package a\n\nfunc TestA(t *testing.T) {\n\tif ${condition} {\n\t\t${call}\n\t}\n}\n`; // prettier-ignore
  it.each<[string, string, readonly string[]]>([
    ["a.py", "assert a == 2\n", ["exact"]],
    ["a.py", "assert a is None\n", ["exact"]],
    ["a.py", "assert a > 2\n", ["loose"]],
    ["a.py", "assert a == pytest.approx(2)\n", ["loose", "loose"]],
    ["a.py", "assert a == ANY(2)\n", ["loose"]],
    ["a.py", "assert a\n", ["any"]],
    ["a.py", "self.assertEqual(a, 2)\n", ["exact"]],
    ["a.py", "self.assertIn(2, a)\n", ["loose"]],
    ["a.py", "self.assertTrue(a)\n", ["any"]],
    ["a.py", "self.failIf(a)\n", ["loose"]],
    ["a.py", "self.client.get(a)\n", []],
    ["a.py", "pytest.raises(E)\n", ["loose"]],
    ["a.py", "other.raises(E)\n", []],
    ["a.py", "check_sum(a)\n", ["loose"]],
    ["a_test.go", go("got != 2"), ["exact"]],
    ["a_test.go", go("!reflect.DeepEqual(got, want)"), ["exact"]],
    ["a_test.go", go("!errors.Is(err, ErrLow)"), ["exact"]],
    ["a_test.go", go("got < 2"), ["loose"]],
    ["a_test.go", go("err == nil"), ["any"]],
    ["a_test.go", go("err != nil"), ["any"]],
    ["a_test.go", go("err != nil || got != 2"), ["exact"]],
    ["a_test.go", go("got != 2", "t.Log(got)"), []],
    ["a_test.go", go("got != 2", "other.t.Error(got)"), []],
    ["a_test.go", go("ok", "same(t, got, 2)"), ["exact"]],
    ["a_test.go", go("ok", "assert.True(t, got)"), ["any"]],
    ["a_test.go", go("ok", "t.Run(t, got)"), []],
    ["a_test.go", go("ok", "same(got, 2)"), []],
  ])("%s: %s", async (path, code, found) => expect(await strengths(path, code)).toEqual(found));
});

describe("what stands literally in an assertion", () => {
  it("is told of unless it says too little by itself", async () => {
    const { root } = await read("a.js", "equal(f(0, 1, 2, 'b', '', '1', \"10\", `x`, 1_000), /y/);");
    expect([...literalsOf(root)]).toEqual(["2", "b", "10", "x", "1000", "/y/"]);
    expect([...literalsOf(root, "all")]).toEqual(["0", "1", "2", "b", "", "10", "x", "1000", "/y/"]);
  });

  it.each([
    ["a.js", "1e3", "1000"],
    ["a.js", "0x3e8", "1000"],
    ["a.js", "1_000", "1000"],
    ["a.js", "1000n", "1000"],
    ["a.js", "10.50", "10.5"],
    ["a.js", '"\\u00fc"', "ü"],
    ["a.js", '"\\x41"', "A"],
    ["a.js", '"a\\nb"', "a\nb"],
    ["a.js", '"a\\\\b"', "a\\b"],
    ["a.js", '"a\\db"', "a\\db"],
    ["a.py", 'r"a\\nb"', "a\\nb"],
    ["a.py", 'b"a\\nb"', "a\nb"],
    ["a.go", "`a\\nb`", "a\\nb"],
  ])("means the same however it is written, in %s: %s", async (path, text, means) => {
    const { root } = await read(path, path === "a.go" ? `package a\n\nvar x = ${text}\n` : `x = ${text}\n`);
    const literal = [...within(root)].find(({ type }) => /^(string|number|integer|raw_string_literal|float)$/.test(type)); // prettier-ignore
    expect(literal && meantBy(literal)).toBe(means);
  });
});
