import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";
import { processorTime } from "../../../../test/support/processor-time.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (one: FileDiff) => (await weakenings([one], syntax)).map(({ what }) => what);

const MAP = (rows: string) =>
  `package a\n\nfunc TestA(t *testing.T) {\n\tput("a", "b")\n\tfor k, want := range map[string]bool{${rows}} {\n\t\tif has(k) != want {\n\t\t\tt.Error(k)\n\t\t}\n\t}\n}\n`;
const LOOP = (rows: string, more = "") =>
  `test("a", () => { for (const [x, y] of [${rows}]) assert.equal(f(x), y);${more} })`;
const OTHER = '\ntest("b", () => { assert.deepEqual(g([3, 9]), 12) })';

describe("a row of a table", () => {
  it.each([
    ["a_test.go", MAP('"a": true, "b": false'), MAP('"a": true')],
    ["a.test.ts", LOOP("[2, 4], [3, 9], [5, 25]") + OTHER, LOOP("[2, 4], [5, 25]") + OTHER],
  ])("is missed although its texts stand elsewhere, in %s", async (path, before, after) =>
    expect(await found(file(path, before, after))).toContainEqual(expect.stringMatching(/lost the row/)),
  );

  it.each([
    ["becomes an assertion of its own", LOOP("[2, 4], [3, 9]"), LOOP("[2, 4]", " assert.equal(f(3), 9);")],
    ["stands in another place", LOOP("[2, 4], [3, 9]"), LOOP("[3, 9], [2, 4]")],
    ["is written twice no longer", LOOP("[2, 4], [3, 9], [3, 9]"), LOOP("[2, 4], [3, 9]")],
  ])("%s", async (_how, before, after) => expect(await found(file("a.test.ts", before, after))).toEqual([]));
});

describe("a row that a helper with defaults makes", () => {
  const PLAIN = `def test_a():\n    assert names([Singer("Ute", "alto", 171), Singer("Bo", "bass", 188)]) == ["Ute", "Bo"]\n`;
  const made = (defaults: string) => `def singer(name, ${defaults}):\n    return Singer(name, voice, height)\n\n\n${PLAIN.replace('Singer("Ute", "alto", 171)', 'singer("Ute")').replace("Singer(", "singer(")}`; // prettier-ignore
  const JS = `test("a", () => { assert.equal(f([{ name: "Ute", size: 171 }, { name: "Bo", size: 188 }]), 359) })`;
  const spread = (maker: string) => `${maker}\n${JS.replace('{ name: "Ute", size: 171 }', 'one({ name: "Ute" })')}`;
  it.each([
    ["a_test.py", PLAIN, made('voice="alto", height=171'), 0],
    ["a_test.py", PLAIN, made('voice="alto", height=172'), 1],
    ["a_test.py", PLAIN, made('voice="tenor", height=171'), 1],
    ["a.test.js", JS, spread("const one = (more) => ({ size: 171, ...more });"), 0],
    ["a.test.js", JS, spread("function one({ name, size = 171 }) { return { name, size }; }"), 0],
    ["a.test.js", JS, spread("const one = (more) => ({ size: 170, ...more });"), 1],
    ["a.test.js", JS, spread("const one = (more) => ({ ...more, size: more.size ?? 170 });"), 1],
  ])("in %s", async (path, before, after, lost) => expect(await found(file(path, before, after))).toHaveLength(lost));
});

describe("built-in functions", () => {
  const TEST = 'test("a", () => { assert.equal(f(2), 47) })';
  const PY = "def test_a():\n    assert f(2) == 47\n";
  it.each([
    ["a.test.ts", TEST, `Array.prototype.at = () => 47; ${TEST}`, "Array.prototype.at"],
    ["a.test.ts", "", `Object.keys = () => []; ${TEST}`, "Object.keys"],
    ["test-support/more.ts", "", "Array.prototype.at = () => 47;", "Array.prototype.at"],
    ["test_a.py", PY, `import builtins\nbuiltins.len = lambda a: 47\n${PY}`, "builtins.len"],
  ])("are not changed by tests, in %s: %s → %s", async (path, before, after, what) =>
    expect(await found(file(path, before, after))).toEqual([`changes \`${what}\`, on which all code stands`]),
  );

  it.each([
    ["a.test.ts", TEST, `Date.now = () => 0; ${TEST}`],
    ["src/polyfill.ts", "", "Array.prototype.at ??= at;"],
  ])("may stand still, in %s: %s → %s", async (path, before, after) =>
    expect(await found(file(path, before, after))).toEqual([]),
  );
});

describe("a test", () => {
  const ROUNDS = (end: string) => `test("a", () => { for (let at = 0; at < ${end}; at++) assert.equal(f(at), g(at)) })`;
  const RANGE = (end: string) => `def test_a():\n    for at in range(${end}):\n        assert f(at) == g(at)\n`;
  const THROWS = (more: string) => `test("a", () => { assert.throws(() => { f(null);${more} }, TypeError) })`;
  const RAISES = (more: string) =>
    `class T(TestCase):\n    def test_a(self):\n        with self.assertRaises(E):\n            f(1)\n${more}`;
  const GIVEN = (answer: string) => `export function numbers(count) { return ${answer}; }`;
  it.each([
    ["a.test.js", ROUNDS("50"), ROUNDS("0"), /fewer rounds/],
    ["test_a.py", RANGE("50"), RANGE("1"), /fewer rounds/],
    ["a.test.js", THROWS(""), THROWS(" throw new TypeError();"), /raises the error itself/],
    ["test_a.py", RAISES(""), RAISES("            raise E(2)\n"), /raises the error itself/],
    ["test/numbers.js", GIVEN("Array.from({ length: count })"), GIVEN("[]"), /gives nothing/],
  ])("says less, in %s: %s → %s", async (path, before, after, what) =>
    expect(await found(file(path, before, after))).toContainEqual(expect.stringMatching(what)),
  );

  it.each([
    ["a.test.js", ROUNDS("50"), ROUNDS("60")],
    ["a.test.js", THROWS(""), THROWS(" f(undefined);")],
    ["a.test.js", "", 'test("a", () => assert.rejects(retry(() => { calls++; throw new Error("no"); }, 3), /no/))'],
    ["a.test.js", "", 'test("an error of ours", () => { assert.throws(() => { throw new Bad(2); }, /2/) })'],
    ["test/numbers.js", GIVEN("Array.from({ length: count })"), GIVEN("[...Array(count).keys()]")],
  ])("says as much, in %s: %s → %s", async (path, before, after) =>
    expect(await found(file(path, before, after))).toEqual([]),
  );
});

it("reads a table of seven thousand rows once, not once for each of them", async () => {
  const rows = Array.from({ length: 7_000 }, (_, at) => `[${at},"v${at}"],`).join("");
  const table = (text: string) => `it.each([${text}])("a %s",(a,b)=>{expect(f(a)).toBe(b)});`;
  const taken = processorTime();
  expect(await found(file("a.test.js", table(rows), table(rows.replace("[2,", "[3,"))))).toHaveLength(1);
  // It takes two seconds; with each row looked for in all others it took more than a minute.
  expect(taken.ms()).toBeLessThan(25_000);
});
