import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** An old test that says as much as before in another library, in other rows, by other helpers; and what says less so. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const lines = (text: string, indent: string) => text.split("\n").map((one) => indent + one).join("\n"); // prettier-ignore
const JS = (body: string) => `test("a", async () => {\n${body}\n});\n`;
const UNIT = (body: string) => `class A(unittest.TestCase):\n    def test_a(self):\n${lines(body, "        ")}\n`;
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${lines(body, "\t")}\n}\n`;
const js = (before: string, after: string) => file("test/a.test.js", JS(before), JS(after));
const unit = (before: string, after: string) => file("tests/test_a.py", UNIT(before), UNIT(after));
const go = (before: string, after: string) => file("a_test.go", GO(before), GO(after));
const fails = (condition: string) => `if ${condition} {\n\tt.Error(2)\n}`;

const THROWS = "assert.throws(() => put(0), RangeError);\nassert.throws(() => put(-1), RangeError);";
const EACH_THROWS = (rows: string, kind = "RangeError") =>
  `for (const n of ${rows}) assert.throws(() => put(n), ${kind});`;
const NEAR = "assert.ok(Math.abs(ratio(2) - 33.33) < 0.01);";
const CAUGHT = (asked: string) =>
  `let caught;\ntry {\n  await buy();\n} catch (error) {\n  caught = error;\n}\n${asked}`;
const RAISES = "with self.assertRaises(Full) as caught:\n    put(0)\nself.assertEqual(caught.exception.code, 3)";
const REFUSAL = (kind: string) =>
  `${UNIT("self.assertEqual(self.refusal().code, 3)")}\n    def refusal(self):\n        with self.assertRaises(${kind}) as caught:\n            put(0)\n        return caught.exception\n`;
const TRIED = "try:\n    put(0)\nexcept Full as error:\n    self.assertEqual(error.code, 3)";
const FAKES = (two: string) =>
  `const rows = { get: () => [4, 7] };\nconst none = { get: () => ${two} };\n${JS("expect(sum(rows) + sum(none)).toBe(27);")}`;
const PY = (body: string) => `from shop import f\n\n\ndef test_a():\n${lines(body, "    ")}\n`;
const MAKER = file(
  "test/tides.js",
  "",
  "export const at = (time, metres, port = 'Brest') => ({ port, time, metres });\n",
);
const ROWS = JS(
  "const all = [{ port: 'Brest', time: '06:10', metres: 6.4 }, { port: 'Brest', time: '12:30', metres: 1.2 }];\nexpect(highest(all)).toBe(6.4);",
);
const MADE = (all: string) => `import { at } from "./tides.js";\n${JS(`expect(highest([${all}])).toBe(6.4);`)}`;
const ROWS_GO = (asks: string) =>
  `for _, c := range []struct{ is func(error) bool }{{is: func(err error) bool { return ${asks} }}} {\n\tif err := F(7); !c.is(err) {\n\t\tt.Error(2)\n\t}\n}`;

// prettier-ignore
const SAME: readonly [what: string, ...files: FileDiff[]][] = [
  ["should", js("assert.equal(f(2), 47);\nassert.deepEqual(g(2), [12]);", "f(2).should.equal(47);\ng(2).should.eql([12]);")],
  ["calls by sinon", js("assert.deepEqual(calls, [['rice', 'out']]);", "sinon.assert.calledOnceWithExactly(bell, 'rice', 'out');")],
  ["a property", js("assert.equal(f(2).grams, 750);", "expect(f(2)).to.have.property('grams', 750);")],
  ["ordered members", js("assert.deepEqual(f(2), ['rice', 'oil']);", "expect(f(2)).to.have.ordered.members(['rice', 'oil']);")],
  ["more of a failure", js("assert.throws(() => put(0), Full);", "expect(() => put(0)).to.throw(Full).with.property('what', 'salt');")],
  ["failures in a loop", js(THROWS, EACH_THROWS("[0, -1, NaN]"))],
  ["a failure that is caught", js("await assert.rejects(buy(), /503/);", CAUGHT("expect(caught.message).to.equal('the shop says 503');"))],
  ["a pattern in one of the whole", js("assert.throws(f, /no rice left/);", "assert.throws(f, /^Full: no rice left$/);")],
  ["a closer value", js(NEAR, "expect(ratio(2)).to.be.closeTo(100 / 3, 1e-9);")],
  ["two bounds", js(NEAR, "const r = ratio(2);\nassert.ok(r > 33.333 && r < 33.334);")],
  ["a rounded value", js(NEAR, "assert.equal(ratio(2).toFixed(4), '33.3333');")],
  ["the end of an address", js("await request(app).get('/other').expect(404);", "const r = await fetch(`${url}/other`);\nexpect(r.status).toBe(404);")],
  ["fakes of one name", file("test/a.test.js", FAKES("[]"), FAKES("[]").replace("27);", "27);\nexpect(sum(none)).toBe(0);"))],
  ["a helper of the class", file("tests/test_a.py", UNIT(RAISES), REFUSAL("Full"))],
  ["a failure that is tried", unit(RAISES, `${TRIED}\nelse:\n    self.fail("nothing was raised")`)],
  ["nothing in it", unit("self.assertRaises(Full, put, 0)\nself.assertEqual(rows(), [])", "with self.assertRaises(Full):\n    put(0)\nassert not rows()")],
  ["lines", unit('self.assertEqual(report(), "slate 2\\nmarble 10")', 'self.assertEqual(report().splitlines(), ["slate 2", "marble 10"])')],
  ["lines as one text", unit('all = report().splitlines()\nself.assertEqual(all[0], "slate 2")\nself.assertEqual(all[1], "marble 10")', 'self.assertEqual(report(), "slate 2\\r\\nmarble 10\\r\\n")')],
  ["parts that a test joined", go(`got := strings.Join(Names(), ",")\n${fails('got != "cup,jug"')}`, fails('got, want := Names(), []string{"cup", "jug"}; !slices.Equal(got, want)'))],
  ["JSON that is decoded", go(fails('body := w.Body.String(); body != `[{"name":"jug","grams":3}]`'), `var got []Pot\njson.Unmarshal(w.Body.Bytes(), &got)\n${fails('want := []Pot{{Name: "jug", Grams: 3}}; !reflect.DeepEqual(got, want)')}`)],
  ["what an if begins with", go(fails('body := strings.TrimSpace(Out()); body != "silk"'), 'assert.Equal(t, "silk", strings.TrimSpace(Out()))')],
  ["no error without testify", go('require.NoError(t, F(7))\nassert.Equal(t, "silk 2", Out())', `${fails("err := F(7); err != nil")}\n${fails('got, want := Out(), "silk 2"; got != want')}`)],
  ["a smaller tolerance", go(fails("math.Abs(F(2)-47) > 1e-6"), `const tolerance = 1e-9\n${fails("math.Abs(F(2)-47) > tolerance")}`)],
  ["kinds of errors by rows", go(fails("err := F(7); !errors.Is(err, ErrCold)"), ROWS_GO("errors.Is(err, ErrCold)"))],
  ["a failure of chai", js("await assert.rejects(buy(), /503/);", "await expect(buy()).to.be.rejectedWith(Error, 'the shop says 503');")],
  ["an instance by chai", js("await assert.rejects(buy(), Full);", CAUGHT("assert.instanceOf(caught, Full);"))],
  ["the order by chai", js("assert.deepEqual(f(2), ['rice', 'oil']);", "assert.sameOrderedMembers(f(2), ['rice', 'oil']);")],
  ["a number that is rounded", file("tests/test_a.py", PY("assert f(2) == 16.5"), PY("assert f(2) == pytest.approx(16.5)"))],
  ["a list that is printed", go(`got := strings.Join(Names(), ",")\n${fails('got != "cup,jug"')}`, fails('got, want := fmt.Sprint(Names()), "[cup jug]"; got != want'))],
  ["makers in another file", MAKER, file("test/a.test.js", ROWS, MADE("at('06:10', 6.4), at('12:30', 1.2)"))],
];

// prettier-ignore
const LESS: readonly [what: string, ...files: FileDiff[]][] = [
  ["should of anything", js("assert.equal(f(2), 47);", "f(2).should.be.ok();")],
  ["some call", js("assert.deepEqual(calls, [['rice', 'out']]);", "sinon.assert.called(bell);")],
  ["members in any order", js("assert.deepEqual(f(2), ['rice', 'oil']);", "expect(f(2)).to.have.members(['rice', 'oil']);")],
  ["members among others", js("assert.deepEqual(f(2), ['rice', 'oil']);", "expect(f(2)).to.include.ordered.members(['rice', 'oil']);")],
  ["one row", js(THROWS, EACH_THROWS("[0]"))],
  ["one row twice", js(THROWS, EACH_THROWS("[0, 0]"))],
  ["any failure in a loop", js(THROWS, EACH_THROWS("[0, -1]", "Error"))],
  ["any failure that is caught", js("await assert.rejects(buy(), /503/);", CAUGHT("assert.ok(caught);"))],
  ["a failure heard only where it comes", js("await expect(buy()).rejects.toThrow('no: 422');", "await buy().catch((error) => {\n  expect(error.message).toBe('no: 422');\n});")],
  ["a wider tolerance", js(NEAR, "assert.ok(Math.abs(ratio(2) - 33.33) < 10);")],
  ["one bound", js(NEAR, "assert.ok(ratio(2) > 33.329);")],
  ["another value", js(NEAR, "assert.ok(Math.abs(ratio(2) - 66.66) < 0.01);")],
  ["a fake that gives nothing", file("test/a.test.js", FAKES("[9]"), FAKES("[]"))],
  ["a helper that takes any failure", file("tests/test_a.py", UNIT(RAISES), REFUSAL("Exception"))],
  ["a failure that may not come", unit(RAISES, TRIED)],
  ["nothing in something else", unit("self.assertEqual(rows(), [])\nself.assertIn(4, put(0))", "assert not others()\nself.assertIn(4, put(0))")],
  ["one line of two", unit('self.assertEqual(report(), "slate 2\\nmarble 10")', 'self.assertEqual(report().splitlines()[0], "slate 2")')],
  ["one of the parts", go(`got := strings.Join(Names(), ",")\n${fails('got != "cup,jug"')}`, fails('Names()[0] != "cup"'))],
  ["one field of JSON", go(fails('body := w.Body.String(); body != `[{"name":"jug","grams":3}]`'), `in := []Pot{{Name: "jug", Grams: 3}}\nvar got []Pot\njson.Unmarshal(F(in), &got)\n${fails('got[0].Name != "jug"')}`)],
  ["letters of any case", go(fails('body := Out(); body != "silk"'), fails('body := strings.ToLower(Out()); body != "silk"'))],
  ["a greater tolerance", go(fails("math.Abs(F(2)-47) > 1e-6"), fails("math.Abs(F(2)-47) > 50"))],
  ["any error by rows", go(fails("err := F(7); !errors.Is(err, ErrCold)"), ROWS_GO("err != nil"))],
  ["any failure of chai", js("await assert.rejects(buy(), /503/);", "await expect(buy()).to.be.rejectedWith(Error);")],
  ["a kind of all, with what to tell", js("assert.throws(buy, Full);", "assert.throws(buy, Error, 'it is full');")],
  ["an instance of anything", js("await assert.rejects(buy(), Full);", CAUGHT("assert.instanceOf(caught, Error);"))],
  ["a number that is off", file("tests/test_a.py", PY("assert f(2) == 16.5"), PY("assert f(2) == pytest.approx(16.5, abs=5)"))],
  ["a whole number that is off", file("tests/test_a.py", PY("assert f(2) == 165"), PY("assert f(2) == pytest.approx(165)"))],
  ["makers of fewer", MAKER, file("test/a.test.js", ROWS, MADE("at('06:10', 6.4)"))],
  ["makers of something else", MAKER, file("test/a.test.js", ROWS, MADE("at('06:10', 6.4), at('12:30', 7.1)"))],
];

describe("an old test in another library", () => {
  it.each(SAME)("says the same: %s", async (_, ...files) => {
    expect(await weakenings(files, syntax)).toEqual([]);
  });

  it.each(LESS)("says less: %s", async (_, ...files) => {
    expect(await weakenings(files, syntax)).not.toEqual([]);
  });
});
