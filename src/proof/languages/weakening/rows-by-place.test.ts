import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { processorTime } from "../../../../test/support/processor-time.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const FEWER = "takes fewer rows than before";
const told = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
const js = (body: string) =>
  `import { fee } from "../src/fees.js";\nconst ROWS = [[0, 0], [15, 0], [61, 400], [99, 400]];\ntest("a", () => {\n  ${body}\n});\n`;
const each = (rows: string) => `for (const [n, want] of ${rows}) assert.equal(fee(n), want);\n  `;
const place = (head: string) => `for (${head}) assert.equal(fee(ROWS[i][0]), ROWS[i][1]);\n  `;
const py = (body: string) =>
  `from fees import fee\n\nROWS = [(1, 2), (15, 30), (61, 99)]\n\n\ndef test_a():\n    ${body}\n`;
const pyEach = (rows: string) => `for n, want in ${rows}:\n        assert fee(n) == want`;

describe("all rows", () => {
  it.each([
    ["to the last place", place("let i = 0; i <= ROWS.length - 1; i++")],
    ["until the place is their number", place("let i = 0; i != ROWS.length; ++i")],
    ["with their number under a name", place("let i = 0, n = ROWS.length; i < n; i++")],
    ["the first by itself", `assert.equal(fee(ROWS[0][0]), ROWS[0][1]);\n  ${place("let i = 1; i < ROWS.length; i++")}`],
    ["in two loops by place", place("let i = 0; i < 2; i++") + place("let i = 2; i < ROWS.length; i++")],
    ["one by one", each("[ROWS[0], ROWS[1], ROWS[2], ROWS[3]]")],
    ["in two lists", each("[ROWS[3], ROWS[0]]") + each("[ROWS[1], ROWS[2]]")],
    ["by names", `const [a, b, c, d] = ROWS;\n  ${each("[d, c, b, a]")}`],
    ["copied", `const all = ROWS.slice();\n  ${each("all")}`],
    ["copied and turned round", `const all = ROWS.slice().reverse();\n  ${each("all")}`],
    ["in two slices", `const a = ROWS.slice(0, 2);\n  const b = ROWS.slice(2, 4);\n  ${each("a")}${each("b")}`],
    ["by a function and its opposite", `const a = ROWS.filter(isFree);\n  const b = ROWS.filter((row) => !isFree(row));\n  ${each("a")}${each("b")}`],
    ["by two conditions", `const a = ROWS.filter(([, want]) => want === 0);\n  const b = ROWS.filter(([, want]) => want > 0);\n  ${each("a")}${each("b")}`],
  ])("may be gone through %s", async (_, after) => expect(await told("a.test.js", js(each("ROWS")), js(after))).toEqual([])); // prettier-ignore

  it.each([
    ["turned round by names", `a, b, c = ROWS\n    ${pyEach("(c, b, a)")}`],
    ["copied", `rows = ROWS[:]\n    ${pyEach("rows")}`],
    ["turned round", `rows = ROWS[::-1]\n    ${pyEach("rows")}`],
  ])("may be %s in Python", async (_, after) => expect(await told("test_a.py", py(pyEach("ROWS")), py(after))).toEqual([])); // prettier-ignore

  it("may be copied in Go", async () => {
    const go = (rows: string, head = "") =>
      `package a\n\nvar rows = []struct{ n, want int }{{1, 2}, {15, 30}}\n\nfunc TestA(t *testing.T) {\n${head}\tfor _, r := range ${rows} {\n\t\tif got := Fee(r.n); got != r.want {\n\t\t\tt.Error(got)\n\t\t}\n\t}\n}\n`; // prettier-ignore
    expect(await told("a_test.go", go("rows"), go("all", "\tall := rows[:]\n"))).toEqual([]);
    expect(await told("a_test.go", go("rows"), go("all", "\tall := rows[1:]\n"))).toContain(FEWER);
  });
});

describe("fewer of them", () => {
  it.each([
    ["all but the last place", place("let i = 0; i < ROWS.length - 1; i++")],
    ["all but the first", place("let i = 1; i != ROWS.length; ++i")],
    ["two loops with a gap", place("let i = 0; i < 1; i++") + place("let i = 2; i < ROWS.length; i++")],
    ["three of four", each("[ROWS[0], ROWS[1], ROWS[3]]")],
    ["three of four names", `const [a, b, c, d] = ROWS;\n  ${each("[c, b, a]")}`],
    ["the first of the rest", `const [first, ...rest] = ROWS;\n  ${each("[first]")}`],
    ["two slices with a gap", `const a = ROWS.slice(0, 1);\n  const b = ROWS.slice(2, 4);\n  ${each("a")}${each("b")}`],
    ["one filter", `const a = ROWS.filter(([, want]) => want === 0);\n  ${each("a")}`],
  ])("are seen: %s", async (_, after) => expect(await told("a.test.js", js(each("ROWS")), js(after))).toContain(FEWER)); // prettier-ignore
});

/** As many tests or failures in one file; the tests took twenty seconds when each of them read the whole file again. */
const MANY = 1_600;
const PATIENCE_MS = 15_000;

describe("many of them are read in a time that grows with their number", () => {
  const many = (part: (at: number) => string) => Array.from({ length: MANY }, (_, at) => part(at)).join("\n");
  const R = "const R = [[1, 2], [3, 4]];\n";
  const go = (body: string) => `package a\n\nfunc TestA(t *testing.T) {\n${body}\n}\n`;
  it.each([
    ["names of single rows", "a.test.js", R + many((at) => `test("t${at}", () => { for (const r of R) assert.equal(f(r[0]), r[1] + ${at}); });`), R + many((at) => `test("t${at}", () => { const [first, ...rest] = R; for (const r of [first]) assert.equal(f(r[0]), r[1] + ${at}); });`)],
    ["failures that are sent", "a_test.go", go(many((at) => `\tif F(${at}) != 2 {\n\t\tt.Error(1)\n\t}`)), go(many((at) => `\tif F(${at}) != 2 {\n\t\tch${at} <- 1\n\t}`))],
  ])("%s", async (_, path, before, after) => {
    const taken = processorTime();
    await told(path, before, after);
    expect(taken.ms()).toBeLessThan(PATIENCE_MS);
  }); // prettier-ignore
});
