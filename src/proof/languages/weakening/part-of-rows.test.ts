import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const told = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
const js = (loop: string, head = "") =>
  `import { fee } from "../src/fees.js";\nconst ROWS = [[0, 0], [15, 0], [61, 400], [99, 400]];\n${head}test("a", () => {\n  ${loop}\n});\n`;
const each = (rows: string) => `for (const [n, want] of ${rows}) assert.equal(fee(n), want);`;
const BEFORE = js(each("ROWS"));
const place = (head: string) => js(`for (${head}) assert.equal(fee(ROWS[i][0]), ROWS[i][1]);`);
const half = (rows: string) => `const some = ${rows};\n`;

describe("a part of the rows", () => {
  it.each([
    ["has a name", js(each("some"), half("ROWS.filter(Boolean).slice(2)"))],
    ["is spliced", js(each("ROWS.toSpliced(2, 2)"))],
    ["is taken by a condition", js(each("some"), half("ROWS.filter(([n]) => n < 61)"))],
    ["is half of the places", place("let i = 0; i < ROWS.length / 2; i++")],
    ["begins later", place("let i = 2; i < ROWS.length; i++")],
    ["ends at a number", place("let i = 0; i < 2; i++")],
    ["is every other one", place("let i = 0; i < ROWS.length; i += 2")],
    ["is one by chance", js(each("[ROWS[pick()]]"))],
    ["is the first alone", js(`const [first, ...rest] = ROWS;\n  ${each("[first]")}`)],
    ["is what its list is cut to", BEFORE.replace("[99, 400]];", "[99, 400]].slice(2);")],
  ])("%s", async (_, after) =>
    expect(await told("a.test.js", BEFORE, after)).toContainEqual(expect.stringMatching(/fewer rows|lost the row/)),
  );

  it.each([
    ["those that are something", js(each("some"), half("ROWS.filter(Boolean)"))],
    ["all in another order", js(each("some"), half("ROWS.toSorted()"))],
    ["two parts that share them", js(`${each("some")}\n  ${each("others")}`, `${half("ROWS.filter(([n]) => n < 61)")}const others = ROWS.filter(([n]) => n >= 61);\n`)],
    ["the first and the others", js(`${each("some")}\n  ${each("others")}`, `${half("ROWS.slice(0, 2)")}const others = ROWS.slice(2);\n`)],
    ["the first, and the others behind it", js(`const [first, ...rest] = ROWS;\n  ${each("[first]")}\n  ${each("rest")}`)],
    ["all by their places", place("let i = 0; i < ROWS.length; i++")],
    ["all by their number", place("let i = 0; i < 4; i++")],
    ["all from the last", place("let i = ROWS.length - 1; i >= 0; i--")],
    ["all, and neighbours beside them", js(`${each("ROWS")}\n  for (let i = 1; i < ROWS.length; i++) assert.ok(fee(ROWS[i][0]) >= fee(ROWS[i - 1][0]));`)],
    ["the same part as before", js(each("some"), half("ROWS.slice(1)")), js(each("ROWS.slice(1)"))],
  ])("is not %s", async (_, after, before = BEFORE) => expect(await told("a.test.js", before, after)).toEqual([])); // prettier-ignore
});

describe("what a test wants", () => {
  const OWN = "takes what it wants from the code that it tests";
  const loop = 'for (const row of ROWS) row.want = fee(row.n);\n  for (const row of ROWS) assert.equal(fee(row.n), row.want);'; // prettier-ignore
  const was = loop.replace(/^.*\n {2}/, "");
  it.each([
    ["is filled in by the code", js(loop)],
    ["is filled in at the top of the file", js(was, "ROWS.forEach((row) => { row.want = fee(row.n); });\n")],
    ["is asked of the code again", js("for (const row of ROWS) assert.equal(fee(row.n), fee(row.n));")],
    ["is made with its row", js("for (const [n, want] of ROWS.map(([n]) => [n, fee(n)])) assert.equal(fee(n), want);"), BEFORE],
  ])("%s", async (_, after, before = js(was)) => expect(await told("a.test.js", before, after)).toContain(OWN)); // prettier-ignore

  it.each([
    ["worked out by the test", js(loop.replace("= fee(row.n)", "= inCents(row.euros)"))],
    ["what comes out of what came out", js(`${was}\n  const car = { plate: "a" };\n  car.plate = fee(car.plate);\n  assert.equal(fee(car.plate), car.plate);`)],
    ["of rows in another unit", js("for (const [n, want] of ROWS.map(([n, euros]) => [n, inCents(euros)])) assert.equal(fee(n), want);"), BEFORE],
    ["compared with what came, under another name", js(`for (const row of ROWS) row.got = fee(row.n);\n  for (const row of ROWS) assert.equal(row.got, row.want);`)],
    ["the same twice, beside what is wanted", js(`${was}\n  assert.equal(fee(61), fee(62));`)],
    ["one of two known ones", js("for (const [n, want] of ROWS) assert.equal(fee(n), n < 16 ? 0 : want);"), BEFORE],
  ])("may be %s", async (_, after, before = js(was)) => expect(await told("a.test.js", before, after)).toEqual([])); // prettier-ignore

  it("is filled in by the code, in Go", async () => {
    const go = (fill: string) =>
      `package a\n\nvar rows = []struct{ n, want int }{{1, 2}, {2, 4}}\n\nfunc TestA(t *testing.T) {\n${fill}\tfor _, one := range rows {\n\t\tgot, err := Twice(one.n)\n\t\tif err != nil {\n\t\t\tt.Fatal(err)\n\t\t}\n\t\tif got != one.want {\n\t\t\tt.Error(got)\n\t\t}\n\t}\n}\n`; // prettier-ignore
    const filled = go("\tfor i := range rows {\n\t\trows[i].want, _ = Twice(rows[i].n)\n\t}\n");
    expect(await told("a_test.go", go(""), filled)).toContain(OWN);
    const rounded = go("\tfor i := range rows {\n\t\trows[i].want = rows[i].want / 1\n\t}\n");
    expect(await told("a_test.go", go(""), rounded)).toEqual([]);
  });
});

describe("what lets every answer pass", () => {
  const one = (assertion: string) => js(assertion);
  it.each([
    ["the answer itself, where nothing is wanted", 'assert.equal(fee(61), WANT["x"] ?? fee(61));'],
    ["a choice between both", "assert.equal(fee(61), isFast ? fee(61) : 400);"],
    ["what a map lacks", "assert.equal(fee(61), want.get(61, fee(61)));"],
    ["sets as JSON", 'assert.equal(JSON.stringify(fee(61)), JSON.stringify(new Set(["AB1"])));'],
    ["only their order", "assert.equal(fee(61) > 0, want > 0);"],
  ])("is seen: %s", async (_, after) =>
    expect(await told("a.test.js", one("assert.equal(fee(61), want);"), one(after))).not.toEqual([]),
  );

  it.each([
    ["a failure where nothing is wanted", 'assert.equal(fee(61), want ?? assert.fail("unknown"));'],
    ["a list as JSON", "assert.equal(fee(61), want);\n  assert.equal(JSON.stringify([...all()]), JSON.stringify([1]));"],
    ["their order beside them", "assert.equal(fee(61), want);\n  assert.equal(fee(61) > 0, want > 0);"],
  ])("is not %s", async (_, after) => expect(await told("a.test.js", one("assert.equal(fee(61), want);"), one(after))).toEqual([])); // prettier-ignore
});

describe("errors by a name", () => {
  const py = (known: string, ends = 'print("known", error)') =>
    `import unittest\nfrom shop import Full, total\n\nKNOWN = ${known}\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        try:\n            self.assertEqual(total([1]), 47)\n        except KNOWN as error:\n            ${ends}\n`;
  const BARE = "import unittest\nfrom shop import Full, total\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(total([1]), 47)\n"; // prettier-ignore
  it.each(["(AssertionError, Full)", "AssertionError", "(Full, Exception)"])("%s swallow failures", async (known) =>
    expect(await told("test_a.py", BARE, py(known))).toContain("an assertion's failure is swallowed"),
  );
  it.each(["(Full, KeyError)", "Full"])("%s do not", async (known) =>
    expect(await told("test_a.py", BARE, py(known, 'self.fail("full")'))).toEqual([]),
  );
});

describe("cases in a file of data", () => {
  const rows = (...all: unknown[]) => JSON.stringify(all);
  const [A, B, C] = [["cargo", 100, 35], ["ferry", 333, 139], ["yacht", 7, 63]]; // prettier-ignore
  const data = (after: string, ...more: ReturnType<typeof file>[]) => weakenings([file("test/data/cases.json", rows(A, B, C), after), ...more], syntax); // prettier-ignore
  it.each([
    ["one is gone", rows(A, B)],
    ["all are gone", rows()],
  ])("%s", async (_, after) =>
    expect((await data(after)).map(({ what }) => what)).toContainEqual(expect.stringContaining("has lost the row")),
  );
  it.each([
    ["one more", rows(A, B, C, ["cargo", 1, 1])],
    ["another order", rows(C, B, A)],
    ["one field more", rows([...(A ?? []), 1], [...(B ?? []), 2], [...(C ?? []), 3])],
    ["another answer, which the runs judge", rows(A, B, ["yacht", 7, 64])],
    ["no rows of their own", "{}"],
  ])("there are %s", async (_, after) => expect(await data(after)).toEqual([]));
  it("one goes by the plan, and no test has to change", async () =>
    expect(await weakenings([file("test/cases.json", rows(A, B, C), rows(A, B))], syntax, "own", [{ file: "test/fee.test.js", test: "yachts", change: "delete", to: null, why: "no more yachts" }])).toEqual([])); // prettier-ignore
  it.each([
    ["settings", "test/.eslintrc.json", JSON.stringify({ overrides: [{ files: ["a"] }, { files: ["b"] }] }), JSON.stringify({ overrides: [{ files: ["a"] }] })],
    ["a manifest", "tests/fixture/composer.json", JSON.stringify({ authors: [{ name: "ann" }, { name: "bob" }] }), JSON.stringify({ authors: [{ name: "ann" }] })],
    ["settings of what is tested", "test/fixtures/app/config.json", JSON.stringify({ plugins: [{ name: "a" }, { name: "b" }] }), JSON.stringify({ plugins: [{ name: "a" }] })],
    ["a remark", "test/cases.csv", "# made by hand\nname,sum\nann,5\n", "name,sum\nann,5\n"],
    ["other ends of lines", "test/cases.csv", "name,sum\r\nann,5\r\n", "name,sum\nann,5\n"],
  ])("are not %s", async (_, path, before, after) => expect(await weakenings([file(path, before, after)], syntax)).toEqual([])); // prettier-ignore
  it.each([
    ["test/fees.json", '[{"n":1,"want":2},{"n":61,"want":99}]', '[{"n":1,"want":2}]'],
    ["test/fees.csv", "n,want\n1,2\n61,99\n", "n,want\n1,2\n"],
  ])("say what is wanted in %s", async (path, before, after) => expect(await weakenings([file(path, before, after)], syntax)).toHaveLength(1)); // prettier-ignore
  it("one has a file of its own", async () =>
    expect(await data(rows(A, B), file("test/data/yachts.json", "", rows(C)))).toEqual([]));
});
