import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const OWN = "takes what it wants from the code that it tests";
const told = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
const js = (body: string) =>
  `import { readFileSync } from "node:fs";\nimport { fee, load } from "../src/fees.js";\nconst DEFAULT = { items: [1] };\nconst money = (n) => String(n);\ntest("a", () => {\n  ${body}\n});\n`;
const py = (body: string) =>
  `from decimal import Decimal\nfrom shop import fee, parse\n\n\ndef test_a():\n    ${body.replaceAll("\n", "\n    ")}\n`;
const go = (left: string, right: string, more = "") =>
  `package shop\n\nimport (\n\t"strconv"\n\t"strings"\n\t"testing"\n)\n\nfunc norm(s string) string { return strings.TrimSpace(s) }\n\nfunc TestA(t *testing.T) {\n${more}\tif ${left} != ${right} {\n\t\tt.Error(1)\n\t}\n}\n`;

describe("an answer that is only compared with its own", () => {
  it.each([
    ["a.test.js", js("assert.equal(fee(3), 12);"), js("assert.equal(fee(3), fee(4));")],
    ["a.test.js", js("assert.equal(String(fee(3)), '12');"), js("assert.equal(String(fee(3)), String(fee(4)));")],
    [
      "a.test.js",
      js("assert.equal(fee(3), 12);"),
      js("const got = fee(3);\n  assert.equal(money(got), money(fee(4)));"),
    ],
    ["test_a.py", py("assert parse('a') == ['a']"), py("assert len(parse('a')) == len(parse('b'))")],
    ["a_test.go", go("F(1)", "12"), go("strconv.Itoa(F(1))", "strconv.Itoa(F(2))")],
    ["a_test.go", go("F(1)", '"a"'), go("norm(got)", "norm(F(2))", "\tgot := F(1)\n")],
  ])("is seen in %s", async (path, before, after) => expect(await told(path, before, after)).toContain(OWN));

  it.each([
    ["as JSON", "a.test.js", js(`assert.equal(JSON.stringify(load(1)), '{"a":1}');`), js("assert.equal(JSON.stringify(load(1)), JSON.stringify({ a: 1 }));")],
    ["in a list", "a.test.js", js("assert.deepEqual([...load(1)], LIST);"), js("assert.deepEqual([...load(1)], [...LIST]);")],
    ["as a text", "a.test.js", js("assert.equal(String(load(1)), '2026');"), js("const day = '2026';\n  assert.equal(String(load(1)), String(day));")],
    ["as bytes", "a.test.js", js("assert.deepEqual(Buffer.from(load(1)), WANT);"), js("assert.deepEqual(Buffer.from(load(1)), Buffer.from('ab'));")],
    ["by a function of the test", "a.test.js", js("assert.equal(money(fee(3)), '1250');"), js("assert.equal(money(fee(3)), money(1250));")],
    ["read from files", "a.test.js", js("assert.equal(readFileSync('out.txt', 'utf8'), 'a b');"), js("// 'a b'\n  assert.equal(readFileSync('out.txt', 'utf8'), 'a b');\n  assert.equal(readFileSync('out.txt'), readFileSync('golden.txt'));")],
    ["twice, with a field that is asked", "a.test.js", js("assert.deepEqual(load(1).items, [1]);\n  assert.deepEqual(load(1), DEFAULT);"), js("const first = load(1);\n  const second = load(1);\n  assert.deepEqual(first, second);\n  assert.deepEqual(first.items, [1]);")],
    ["by its length", "test_a.py", py("assert parse('a,b') == ['a', 'b']"), py("assert parse('a,b') == ['a', 'b']\nassert len(parse('a,b')) == len(parse('b,a'))")],
    ["as a number", "test_a.py", py("assert Decimal(fee(2)) == Decimal('9')"), py("assert Decimal(fee(2)) == Decimal('9') == Decimal(9)")],
    ["as bytes", "a_test.go", go("string(Render(1))", '"a b"'), go("string(Render(1))", 'string([]byte("a b"))')],
    ["joined", "a_test.go", go('strings.Join(F(1), ",")', '"a,b"'), go('strings.Join(F(1), ",")', 'strings.Join([]string{"a", "b"}, ",")')],
    ["as a text", "a_test.go", go("strconv.Itoa(F(1))", '"12"'), go("strconv.Itoa(F(1))", "strconv.Itoa(12)")],
    ["in one form", "a_test.go", go("norm(F(1))", '"a b"'), go("norm(F(1))", 'norm("a b")')],
  ])("may be compared %s (%s)", async (_, path, before, after) => expect(await told(path, before, after)).toEqual([])); // prettier-ignore
});

describe("what Go sends or makes itself", () => {
  const head = "package shop\n\nfunc drain(t *testing.T, all <-chan string) {\n\tfor one := range all {\n\t\tt.Error(one)\n\t}\n}\n\n"; // prettier-ignore
  const test = (body: string) => `${head}func TestA(t *testing.T) {\n${body}}\n`;
  const BEFORE = test("\tif got := F(1); got != 2 {\n\t\tt.Error(got)\n\t}\n");
  const sent = (more: string) =>
    test(
      `\tfailures := make(chan string, 1)\n\tif got := F(1); got != 2 {\n\t\tfailures <- "F(1)"\n\t}\n\tclose(failures)\n${more}`,
    );
  const ASKED = "\terr := G(1)\n\tif err == nil {\n\t\tt.Fatal(1)\n\t}\n";
  const same = (asked: string) =>
    `${asked}\tif errors.Is(err, errors.New("boom")) {\n\t\tt.Fatal("equal by words")\n\t}\n`;

  it("is lost where nobody reads it", async () => expect(await told("a_test.go", BEFORE, sent(""))).not.toEqual([]));
  it("may be read by a helper", async () =>
    expect(await told("a_test.go", BEFORE, sent("\tdrain(t, failures)\n"))).not.toContain(
      "only logs what it failed for",
    ));
  it("may show that words make no error equal", async () => {
    const NEW = "looks for an error that nobody can give";
    expect(await told("a_test.go", test(ASKED), test(same(ASKED)))).toEqual([]);
    expect(await told("a_test.go", test(ASKED), test(same("\terr := G(1)\n")))).toContain(NEW);
  });
});

it("may expect the text of a map", async () => {
  const before = js("assert.equal(fee(1), 4);");
  const more = (line: string) => before.replace("4);", `4);\n  ${line}`);
  expect(await told("a.test.js", before, more("assert.equal(load(new Map()), String(new Map()));"))).toEqual([]);
  expect(await told("a.test.js", before, more("assert.equal(load(1), JSON.stringify(new Map([[1, 2]])));"))).toEqual(
    [],
  );
});
