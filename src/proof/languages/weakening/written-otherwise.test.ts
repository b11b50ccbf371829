import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** The same assertion as a colleague, a linter or another runner would write it, and its evil twin. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const lines = (text: string, indent: string) => text.split("\n").map((one) => indent + one).join("\n"); // prettier-ignore
const JS = (body: string) => `test("a", async () => {\n${body}\n});\n`;
const PY = (body: string) => `from shop import f\n\n\ndef test_a():\n${lines(body, "    ")}\n`;
const UNIT = (body: string) => `class A(unittest.TestCase):\n    def test_a(self):\n${lines(body, "        ")}\n`;
const GO = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${lines(body, "\t")}\n}\n`;
const js = (before: string, after: string) => file("test/a.test.js", JS(before), JS(after));
const py = (before: string, after: string) => file("tests/test_a.py", PY(before), PY(after));
const unit = (before: string, after: string) => file("tests/test_a.py", UNIT(before), UNIT(after));
const go = (before: string, after: string) => file("a_test.go", GO(before), GO(after));
const fails = (condition: string) => `if ${condition} {\n\tt.Error(2)\n}`;
const F_GO = (want: string) => fails(`got := F(2); got != ${want}`);
const EACH = 'test.each([\n  [12, 144],\n  [13, 169],\n])("of %d", (n, want) => { expect(f(n)).toBe(want); });\n';
const TEXT = (rows: string) =>
  `test.each\`\n  n | want\n${rows}\n\`("of $n", ({ n, want }) => { expect(f(n)).toBe(want); });\n`;
const USER = "const u = f(2);\nexpect(u.id).toBe(12);\nexpect(u.name).toBe('ada');";
const LENT = `import { userIs } from './user.js';\n${JS("userIs(f(2), { id: 12, name: 'ada' });")}`;
const IMPORTED = (body: string) => file("test/user.js", "", `export function userIs(u, want) {\n  ${body}\n}\n`);
const RAISES =
  "with self.assertRaises(ValueError) as caught:\n    f(-1)\nself.assertEqual(str(caught.exception), 'too low')";
const TOO_LOW = fails('_, err := F(-1); err == nil || err.Error() != "too low"');
const NO_ERROR = fails("_, err := F(-1); err == nil");
const LISTED = (rows: string) =>
  `@pytest.mark.parametrize('n, want', ${rows})\ndef test_a(n, want):\n    assert f(n) == want\n`;
const GET = "r, err := http.Get(s.URL)\nif err != nil {\n\tt.Fatal(err)\n}\nif r.StatusCode != 200 {\n\tt.Error(2)\n}";

// prettier-ignore
const SAME: readonly [what: string, ...files: FileDiff[]][] = [
    ["a length", js("expect(f(2).length).toBe(33);", "expect(f(2)).toHaveLength(33);")],
    ["a whole message", js("expect(() => f()).toThrow('too low');", "expect(() => f()).toThrow(/^too low$/);")],
    [
      "a request",
      js(
        "const r = await request(app).get('/x');\nexpect(r.status).toBe(200);",
        "await request(app).get('/x').expect(200);",
      ),
    ],
    ["a table as text", file("test/a.test.js", EACH, TEXT("  ${12} | ${144}\n  ${13} | ${169}"))],
    ["a date", js("expect(f()).toBe(1704067200000);", "expect(f()).toBe(Date.UTC(2024, 0, 1));")],
    ["lines", js('assert.equal(f(2), "one line\\nand two");', "assert.equal(f(2), `one line\nand two`);")],
    [
      "joined lines",
      js('assert.equal(f(2), "one line\\nand two");', 'assert.equal(f(2), ["one line", "and two"].join("\\n"));'),
    ],
    ["quotes", js("assert.equal(f(2), 'it\\'s done');", 'assert.equal(f(2), "it\'s done");')],
    ["letters", js('assert.equal(f(2), "M\\u00fcnchen");', 'assert.equal(f(2), "München");')],
    ["an exponent", js("assert.equal(f(2), 1000000);", "assert.equal(f(2), 1e6);")],
    ["an event that is waited for", js("expect(shop.sell(2)).toBe(47);", "let got;\nshop.on('sold', (one) => (got = one));\nshop.sell(2);\nexpect(got).toBe(47);")], // prettier-ignore
    ["an event that is counted", js("expect(shop.sell(2)).toBe(47);", "expect.assertions(1);\nshop.on('sold', (one) => expect(one).toBe(47));\nshop.sell(2);")], // prettier-ignore
    ["a function in it", js("expect(f(2)).toBe(4);", "function half(x) {\n  return x / 2;\n}\nexpect(half(f(4))).toBe(4);\nexpect(f(2)).toBe(4);")], // prettier-ignore
    ["a method in it", js("expect(f(2)).toBe(4);", "const two = {\n  valueOf() {\n    return 2;\n  },\n};\nexpect(f(two)).toBe(4);\nexpect(f(2)).toBe(4);")], // prettier-ignore
    ["another base", js("assert.equal(f(2), 255);", "assert.equal(f(2), 0xff);")],
    ["a large number", js("assert.equal(f(2), BigInt(12345));", "assert.equal(f(2), 12345n);")],
    ["an imported helper", file("test/a.test.js", JS(USER), LENT), IMPORTED("expect(u).toEqual(want);")],
    [
      "a factory",
      file(
        "test/a.test.js",
        JS("assert.equal(f({ id: 12, name: 'ada' }), 'ada 12');"),
        JS("assert.equal(f(user()), 'ada 12');"),
      ),
      file("test/factories.js", "", "export const user = () => ({ id: 12, name: 'ada' });\n"),
    ],
    ["yes", unit("self.assertEqual(f(2), True)", "self.assertTrue(f(2))")],
    ["no", py("assert f(2) == False", "assert not f(2)")],
    ["none", unit("self.assertEqual(f(2), None)", "self.assertIsNone(f(2))")],
    ["nothing in it", py("assert len(f(2)) == 0", "assert not f(2)")],
    ["a message of Python", unit(RAISES, "with self.assertRaisesRegex(ValueError, '^too low$'):\n    f(-1)")],
    ["a text with margins", py("assert f(2) == 'one\\ntwo\\n'", "assert f(2) == dedent('''\\\n    one\n    two\n''')")],
    ["a kind of error", go(TOO_LOW, fails("_, err := F(-1); !errors.Is(err, ErrTooLow)"))],
    ["a duration", go(F_GO("5000000000"), F_GO("5*time.Second"))],
    ["a pattern", js('assert.ok(f(2).includes("abc"));', "assert.match(f(2), /abc/);")],
    ["a matcher", js("expect(f(2).includes('abc')).toBe(true);", "expect(f(2)).toContain('abc');")],
    ["a property", js("expect(f(2).name).toBe('ada');", "expect(f(2)).toHaveProperty('name', 'ada');")],
    ["a membership", unit("self.assertEqual('abc' in f(2), True)", "self.assertIn('abc', f(2))")],
    ["a value", js("expect(JSON.stringify(f(2))).toBe('{\"a\":12}');", "expect(f(2)).toEqual({ a: 12 });")],
    ["a fraction", py("assert f(2) == 12.50", "assert f(2) == 12.5")],
    [
      "keys",
      js(
        "assert.equal(f('ab'), 12);",
        "for (const [key, want] of Object.entries({ ab: 12 })) assert.equal(f(key), want);",
      ),
    ],
    [
      "a message",
      js("assert.throws(() => f(), /^Error: too low$/);", "assert.throws(() => f(), { message: 'too low' });"),
    ],
    [
      "the test's own assertions",
      file("test/a.test.js", JS("assert.equal(f(2), 12);"), 'test("a", (t) => { t.assert.equal(f(2), 12); });'),
    ],
    [
      "a failure of its own",
      js(
        "const x = f(2);\nassert.equal(x.ok, true);\nassert.equal(x.v, 12);",
        "const x = f(2);\nif (!x.ok) assert.fail('no');\nassert.equal(x.v, 12);",
      ),
    ],
    [
      "lines of data",
      file("tests/test_a.py", LISTED("[('abc', 'cba'), ('xyz', 'zyx')]"), LISTED("load('cases.yaml')")),
      file("tests/cases.yaml", "", "- [abc, cba]\n- [xyz, zyx]\n"),
    ],
    [
      "two tests",
      file(
        "a_test.go",
        GO(`${F_GO("12")}\n${NO_ERROR}`),
        `${GO(F_GO("12"))}\nfunc TestB(t *testing.T) {\n${NO_ERROR}\n}\n`,
      ),
    ],
    ["a header", js("await request(app).get('/x').expect('Content-Type', /json/);", "const r = await request(app).get('/x');\nassert.match(r.headers['content-type'], /json/);")],
    ["a file of text", js('assert.equal(f(2), "<p>one</p>");', 'assert.equal(f(2), read("fixtures/two.html").trim());'), file("test/fixtures/two.html", "", "<p>one</p>\n")],
    ["a constant", js("assert.equal(f(2), 'in-progress');", "assert.equal(f(2), Status.IN_PROGRESS);")],
    ["a constant of Go", go(F_GO('"in progress"'), F_GO("StatusInProgress"))],
    ["a recorder", go(GET, fails("w := serve(h); w.Code != http.StatusOK"))],
  ];

// prettier-ignore
const LESS: readonly [what: string, ...files: FileDiff[]][] = [
    ["a part of a message", js("expect(() => f()).toThrow('too low');", "expect(() => f()).toThrow(/low/);")],
    [
      "a request for whatever",
      js("const r = await request(app).get('/x');\nexpect(r.status).toBe(200);", "await request(app).get('/x');"),
    ],
    ["a row less in the text", file("test/a.test.js", EACH, TEXT("  ${12} | ${144}"))],
    ["another date", js("expect(f()).toBe(1704067200000);", "expect(f()).toBe(Date.UTC(2024, 0, 2));")],
    ["one line", js('assert.equal(f(2), "one line\\nand two");', "assert.equal(f(2), `one line`);")],
    ["another number", js("assert.equal(f(2), 1000000);", "assert.equal(f(2), 1e5);")],
    ["an imported helper that asks nothing", file("test/a.test.js", JS(USER), LENT), IMPORTED("return u;")],
    [
      "a helper that nobody imports",
      file("test/a.test.js", JS(USER), LENT.replace(/^import.*\n/, "")),
      IMPORTED("expect(u).toEqual(want);"),
    ],
    ["anything for a number", unit("self.assertEqual(f(2), 12)", "self.assertTrue(f(2) or 12)")],
    ["something for yes", unit("self.assertEqual(f(2), True)", "self.assertIsNotNone(f(2))")],
    ["anything for a list", py("assert f(2) == [1, 2]", "assert f(2)")],
    ["any message", unit(RAISES, "with self.assertRaisesRegex(ValueError, ''):\n    f(-1)")],
    ["any error", go(TOO_LOW, fails("_, err := F(-1); err == nil"))],
    ["a pattern that may be nothing", js('assert.ok(f(2).includes("abc"));', "assert.match(f(2), /(abc)?/);")],
    ["a part of the text", js("assert.equal(f(2), 'abc');", "assert.match(f(2), /abc/);")],
    ["a matcher for an equality", js("expect(f(2) === 'abc').toBe(true);", "expect(f(2)).toContain('abc');")],
    ["a property that is there", js("expect(f(2).name).toBe('ada');", "expect(f(2)).toHaveProperty('name');")],
    [
      "a part of the value",
      js('expect(JSON.stringify(f(2))).toBe(\'{"a":12,"b":34}\');', "expect(f(2)).toMatchObject({ a: 12 });"),
    ],
    [
      "a row less of the data",
      file("tests/test_a.py", LISTED("[('abc', 'cba'), ('xyz', 'zyx')]"), LISTED("load('cases.yaml')")),
      file("tests/cases.yaml", "", "- [abc, cba]\n"),
    ],
    ["one test of two", file("a_test.go", GO(`${F_GO("12")}\n${NO_ERROR}`), GO(F_GO("12")))],
    ["a file of another text", js('assert.equal(f(2), "<p>one</p>");', 'assert.equal(f(2), read("fixtures/two.html").trim());'), file("test/fixtures/two.html", "", "<p>two</p>\n")],
    ["another constant", js("assert.equal(f(2), 'in-progress');", "assert.equal(f(2), Status.DONE);")],
    ["another duration", go(F_GO("5000000000"), F_GO("6*time.Second"))],
  ];

describe("tests that are written otherwise", () => {
  it.each(SAME)("say as much: %s", async (_, ...files) =>
    expect((await weakenings(files, syntax)).map(({ what }) => what)).toEqual([]),
  );

  it.each(LESS)("say less: %s", async (_, ...files) => expect(await weakenings(files, syntax)).not.toEqual([]));
});
