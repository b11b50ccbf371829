import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const told = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
const js = (body: string, head = "") => `import { total } from "../src/shop.js";\n${head}test("a", () => {\n  ${body}\n});\n`; // prettier-ignore
const through = (rows: string) => js(`for (const [n, want] of ${rows}) assert.equal(total(n), want);`);
const named = (rows: string) => js(`const rows = ${rows};\n  for (const [n, want] of rows) assert.equal(total(n), want);`); // prettier-ignore

const BOTH = through("[[6, 42], [9, 63]]");
const NAMED = named("[[6, 42], [9, 63]]");
const CASES = "const CASES = [[6, 42], [9, 63]];\n";
const OF_CASES = js("for (const [n, want] of CASES) assert.equal(total(n), want);", CASES);
const ONE = js("assert.equal(total(6), 42);\n  assert.deepEqual(total(9), 63);");
const MORE = 'process.platform !== "win32" && [11, 77]';

describe("rows that are left out", () => {
  it.each([
    ["at once", BOTH, through("[[6, 42], [9, 63]].filter(([n]) => n > 6)")],
    ["under a name", BOTH, named("[[6, 42], [9, 63]].filter(([n]) => n > 6)")],
    ["under their name", NAMED, named("[[6, 42], [9, 63]].filter(([n]) => n > 6)")],
    ["where one hangs on something", BOTH, named(`[[6, 42], process.env.ALL && [9, 63]].filter(Boolean)`)],
    ["where one hangs on something, and one is new", BOTH, named(`[[6, 42], process.env.ALL && [9, 63], ${MORE}].filter(Boolean)`)],
    ["where one is nothing or itself", BOTH, named("[[6, 42], process.env.ALL ? [9, 63] : null].filter((one) => one !== null)")],
    ["where nought is one", js("for (const n of [0, 6]) assert.ok(total(n) < 63);"), js("for (const n of [0, 6].filter(Boolean)) assert.ok(total(n) < 63);")],
    ["and others are added", BOTH, named("[[6, 42], [9, 63], [11, 77]].filter(([n]) => n > 6)")],
    ["where the list is cut before", BOTH, named("[...[[6, 42], [9, 63]].slice(1), [11, 77]].filter(Boolean)")],
    ["of a list with a name", OF_CASES, js("const some = CASES.filter(([n]) => n > 6);\n  for (const [n, want] of CASES.filter(([n]) => n > 6)) assert.equal(total(n), want);", CASES)],
    ["of a list with a name that hangs on something", OF_CASES, js("const some = [...(process.env.ALL ? CASES : []), [6, 42]].filter(Boolean);\n  for (const [n, want] of some) assert.equal(total(n), want);", CASES)],
    ["where there was no loop", ONE, js("for (const n of [6].filter((one) => one > 6)) assert.equal(total(n), 42);\n  assert.deepEqual(total(9), 63);")],
    ["where the same assertion stands in a loop now", ONE, js("for (const n of [6].filter((one) => one > 6)) assert.equal(total(6), 42);\n  assert.deepEqual(total(9), 63);")],
  ])("are seen %s", async (_, before, after) =>
    expect(await told("a.test.js", before, after)).toContainEqual(expect.stringMatching(/fewer rows|lost the row/)),
  ); // prettier-ignore

  it.each([
    ["one more that hangs on something", BOTH, named(`[[6, 42], [9, 63], ${MORE}].filter(Boolean)`)],
    ["one more, at once", BOTH, through(`[[6, 42], [9, 63], ${MORE}].filter(Boolean)`)],
    ["one more under their name", NAMED, named(`[[6, 42], [9, 63], ${MORE}].filter((one) => one)`)],
    ["one more that may be null", BOTH, named("[[6, 42], [9, 63], isUnix ? [11, 77] : null].filter((row) => row !== null)")],
    ["one more to those with a name", OF_CASES, js(`const rows = [...CASES, ${MORE}].filter(Boolean);\n  for (const [n, want] of rows) assert.equal(total(n), want);`, CASES)],
    ["all, where none is nothing", BOTH, named("[[6, 42], [9, 63]].filter(Boolean)")],
    ["those of a new loop", BOTH, BOTH.replace("});", "const large = [100, 200, 300].filter((n) => n > 100);\n  for (const n of large) assert.ok(total(n) > 1000);\n});")],
    ["those of a new loop, at once", BOTH, BOTH.replace("});", "for (const n of [100, 200, 300].slice(1)) assert.ok(total(n) > 1000);\n});")],
    ["those of a new loop beside a row more", BOTH, through("[[6, 42], [9, 63], [11, 77]]").replace("});", "for (const n of [100, 200, 300].slice(1)) assert.ok(total(n) > 1000);\n});")],
    ["those of a new loop where there was none", ONE, ONE.replace("});", "for (const n of [100, 200, 300].slice(1)) assert.ok(total(n) > 1000);\n});")],
    ["answers that are there", js("const got = total([1, 2]);\n  for (const one of got) assert.equal(one, 47);"), js("const got = [total(1), total(2), total(3)].filter((one) => one !== null);\n  for (const one of got) assert.equal(one, 47);")],
  ])("are not %s", async (_, before, after) => expect(await told("a.test.js", before, after)).toEqual([])); // prettier-ignore
});

describe("rows beside a range", () => {
  const py = (loop: string) => `import shop\nfrom shop import total\n\nCASES = [([1], 47), ([2], 48)]\n\n\ndef test_a():\n    for ${loop}:\n        assert total(row) == want\n`; // prettier-ignore
  const ALL = py("row, want in CASES");
  const inside = (loop: string) => `import shop\n\n\nclass A(TestCase):\n    CASES = [([1], 47), ([2], 48)]\n\n    def test_a(self):\n        for ${loop}:\n            self.assertEqual(shop.total(row), want)\n`; // prettier-ignore
  it.each([
    ["of fewer", ALL, py("(row, want), at in zip(CASES, range(1))")],
    ["of fewer in a class", inside("row, want in self.CASES"), inside("(row, want), at in zip(self.CASES, range(1))")],
    ["of none", ALL, py("(row, want), at in zip(CASES, range(0))")],
  ])("are fewer: %s", async (_, before, after) =>
    expect(await told("test_a.py", before, after)).toContainEqual(expect.stringMatching(/fewer rows/)),
  );
  it.each([
    ["of as many", ALL, py("(row, want), at in zip(CASES, range(2))")],
    ["of more", ALL, py("(row, want), at in zip(CASES, range(20))")],
    [
      "of as many in a class",
      inside("row, want in self.CASES"),
      inside("(row, want), at in zip(self.CASES, range(2))"),
    ],
    ["of all", ALL, py("at, (row, want) in enumerate(CASES)")],
  ])("are as many: %s", async (_, before, after) => expect(await told("test_a.py", before, after)).toEqual([]));
});
