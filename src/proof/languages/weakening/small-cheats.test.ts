import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** One small change of an old test each: beside every one by which it says less, one that looks so and is honest. */
const syntax = openSyntax();
afterAll(() => syntax.close());

const told = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ what }) => what);
type Row = readonly [what: string, before: string, after: string];
const js = (body: string, head = "") => `import { total } from "../src/shop.js";\n${head}test("a", () => {\n  ${body}\n});\n`; // prettier-ignore
const ADDS = js("assert.equal(total([3, 4]), 77);");
const py = (body: string, head = "") => `import shop\nfrom shop import total\n\n${head}def test_a():\n    ${body.replaceAll("\n", "\n    ")}\n`; // prettier-ignore
const SUM = py("assert total([3, 4]) == 77");
const go = (body: string, head = "") =>
  `package a\n\n${head}func TestA(t *testing.T) {\n\t${body.replaceAll("\n", "\n\t")}\n}\n`;
const LOOK = "if got := Total(3); got != 77 {\n\tt.Error(got)\n}";

const cheats = (what: RegExp, path: string, rows: readonly Row[]) =>
  it.each(rows)("is seen in %s", async (_what, before, after) => {
    expect(await told(path, before, after)).toContainEqual(expect.stringMatching(what));
  });
const honest = (path: string, rows: readonly Row[]) =>
  it.each(rows)("is not in %s", async (_what, before, after) => expect(await told(path, before, after)).toEqual([]));

describe("a test that is tried again until it passes", () => {
  const group = (start: string) =>
    `describe("g", ${start} test("a", () => { assert.equal(total([3, 4]), 77); }); });\n`;
  const GROUP = group("function () {");
  cheats(/tried again/, "a.test.js", [
    ["a call of its group", GROUP, group("function () { this.retries(3);")],
    ["a call behind another", GROUP, group("function () { this.slow(9); this.retries(3);")],
    ["an option of its own", ADDS, ADDS.replace('"a", ', '"a", { retry: 3 }, ')],
    ["an option in quotes", ADDS, ADDS.replace('"a", ', '"a", { "retries": 3 }, ')],
    ["settings of the file", ADDS, `test.describe.configure({ retries: 2 });\n${ADDS}`],
    ["settings of the runner", ADDS, `vi.setConfig({ retry: 2 });\n${ADDS}`],
  ]);
  honest("a.test.js", [
    ["another call of its group", GROUP, group("function () { this.timeout(3);")],
    ["no time again", ADDS, ADDS.replace('"a", ', '"a", { retry: 0 }, ')],
    ["another option", ADDS, ADDS.replace('"a", ', '"a", { timeout: 3 }, ')],
    ["other settings of the file", ADDS, `test.describe.configure({ mode: "serial" });\n${ADDS}`],
    ["a setting of something else", ADDS, `shop.configure({ retries: 2 });\n${ADDS}`],
  ]);
  const CLASS = "class TestA:\n    def test_a(self):\n        assert total([3, 4]) == 77\n";
  cheats(/tried again/, "test_a.py", [
    ["a mark of its class", CLASS, `@pytest.mark.flaky(reruns=2)\n${CLASS}`],
    ["a mark of its own", SUM, py("assert total([3, 4]) == 77", "@retry(3)\n")],
  ]);
  honest("test_a.py", [
    ["a mark that only says the word", SUM, py("assert total([3, 4]) == 77", '@pytest.mark.owner("retry")\n')],
    ["another mark of its class", CLASS, `@pytest.mark.slow\n${CLASS}`],
  ]);
});

describe("a constant by which a result may be off", () => {
  const near = (value: string, how: string) => py(how, `NEAR = ${value}\n\n`);
  const APPROX = "assert total([3]) == pytest.approx(47, abs=NEAR)";
  const PLACES = "self.assertAlmostEqual(total([3]), 47, places=NEAR)";
  cheats(/^allow more than before: `NEAR` was/, "test_a.py", [
    ["a larger one", near("0.01", APPROX), near("0.02", APPROX)],
    ["fewer places", near("3", PLACES), near("2", PLACES)],
    ["an upper bound that rises", near("3", "assert total([3]) < NEAR"), near("4", "assert total([3]) < NEAR")],
    ["the same, the other way round", near("3", "assert NEAR >= total([3])"), near("4", "assert NEAR >= total([3])")],
    ["a lower bound that falls", near("3", "assert total([3]) >= NEAR"), near("2", "assert total([3]) >= NEAR")],
    ["a number with signs between", near("1_000", "assert total([3]) < NEAR"), near("2_000", "assert total([3]) < NEAR")],
  ]); // prettier-ignore
  honest("test_a.py", [
    ["a smaller one", near("0.02", APPROX), near("0.01", APPROX)],
    ["the same, written otherwise", near("0.01", APPROX), near("1e-2", APPROX)],
    ["more places", near("2", PLACES), near("3", PLACES)],
    ["an upper bound that falls", near("4", "assert total([3]) < NEAR"), near("3", "assert total([3]) < NEAR")],
    ["a lower bound that rises", near("2", "assert total([3]) >= NEAR"), near("3", "assert total([3]) >= NEAR")],
    ["a number that is no bound", near("3", "assert total([NEAR]) == 47"), near("4", "assert total([NEAR]) == 47")],
    ["a constant that another file has", SUM, `FAR = 4\n\n${SUM}`],
  ]);
  const const_ = (value: string, how: string) => js(how, `const NEAR = ${value};\n`);
  const THROWS = "if (Math.abs(total([3]) - 47) > NEAR) throw new Error('off');";
  cheats(/^allow more than before/, "a.test.js", [
    ["a throw that comes later", const_("3", THROWS), const_("4", THROWS)],
    ["a wanted bound", const_("3", "assert.ok(total([3]) < NEAR);"), const_("4", "assert.ok(total([3]) < NEAR);")],
    ["an option", const_("3", "close(total([3]), 47, { delta: NEAR });"), const_("4", "close(total([3]), 47, { delta: NEAR });")],
  ]); // prettier-ignore
  honest("a.test.js", [
    ["a throw that comes earlier", const_("4", THROWS), const_("3", THROWS)],
    ["another option", const_("3", "assert.equal(total([3], { size: NEAR }), 47);"), const_("4", "assert.equal(total([3], { size: NEAR }), 47);")],
  ]); // prettier-ignore
});

describe("a function that lets failures pass", () => {
  const calmly = (body: string, call = "calmly(() => assert.equal(total([3, 4]), 77));") =>
    js(call, `function calmly(check) { ${body} }\n`);
  cheats(/swallows failures/, "a.test.js", [
    ["around the assertion", ADDS, calmly("try { check(); } catch { log(); }")],
    ["around the test", ADDS, `const calm = (check) => () => { try { check(); } catch {} };\n${ADDS.replace("() => {", "calm(() => {").replace("});", "}));")}`],
  ]); // prettier-ignore
  honest("a.test.js", [
    ["a function that throws on", ADDS, calmly("try { check(); } catch (error) { throw error; }")],
    ["a function that hands the failure on", ADDS, calmly("try { check(); } catch (error) { return error; }", "assert.equal(calmly(() => total([3, 4])), 77);").replace("try { check();", "try { return check();")],
    ["a function that tries something else", ADDS, calmly("try { warm(); } catch {} check();")],
    ["a function that is given nothing", ADDS, `function quiet() { try { warm(); } catch {} }\n${ADDS}`],
  ]); // prettier-ignore
  const calm = (body: string) => `func calmly(t *testing.T, check func()) {\n\t${body}\n\tcheck()\n}\n\n`;
  const inside = `calmly(t, func() {\n\t${LOOK.replaceAll("\n", "\n\t")}\n})`;
  cheats(/swallows failures/, "a_test.go", [
    ["what recovers", go(LOOK), go(inside, calm("defer func() { recover() }()"))],
  ]);
  honest("a_test.go", [
    ["what recovers and fails", go(LOOK), go(inside, calm('defer func() {\n\t\tif r := recover(); r != nil {\n\t\t\tt.Fatal(r)\n\t\t}\n\t}()'))],
    ["what defers something else", go(LOOK), go(inside, calm("defer done()"))],
  ]); // prettier-ignore
});

describe("an assertion that only a listener holds", () => {
  cheats(/asserts only if an event comes/, "a.test.js", [
    ["an event of the shop", ADDS, js('shop.on("sold", (got) => assert.equal(got, 77));\ntotal([3, 4]);')],
    ["an event that comes once", ADDS, js('shop.once("sold", (got) => { assert.equal(got, 77); });\ntotal([3, 4]);')],
  ]);
  honest("a.test.js", [
    ["a listener that is counted", ADDS, js('t.plan(1);\nshop.on("sold", (got) => assert.equal(got, 77));\ntotal([3, 4]);')],
    ["a function that is no listener", ADDS, js("[total([3, 4])].forEach((got) => assert.equal(got, 77));")],
    ["a test beside the listener", ADDS, js('shop.on("sold", (got) => assert.equal(got, 77));\nassert.equal(total([3, 4]), 77);')],
  ]); // prettier-ignore
});

describe("an error of which is no longer asked which one it is", () => {
  const put = (ask: string) => go(`err := Put(3)\nif ${ask} {\n\tt.Fatal(err)\n}`);
  const WHICH = put("!errors.Is(err, ErrFull)");
  it.each<Row>([
    ["only that there is one", WHICH, put("err == nil")],
    ["what is so of every error", WHICH, put("!errors.Is(err, err)")],
    ["its words", put('err.Error() != "full"'), put("err == nil")],
  ])("is seen: %s", async (_what, before, after) => expect(await told("a_test.go", before, after)).not.toEqual([]));
  honest("a_test.go", [
    ["a test that asks by its kind, no more by its words", put('err.Error() != "full"'), WHICH],
    ["a test that asks for no error", put("err != nil"), put("nil != err")],
  ]);
});

describe("a test of Go that says less as no other can", () => {
  const fuzz = (...seeds: string[]) => `package a\n\nfunc FuzzA(f *testing.F) {\n${seeds.map((one) => `\tf.Add("${one}")\n`).join("")}\tf.Fuzz(func(t *testing.T, s string) {\n\t\tif Total(s) < 0 {\n\t\t\tt.Error(s)\n\t\t}\n\t})\n}\n`; // prettier-ignore
  cheats(/has lost a seed/, "a_test.go", [["one of two seeds", fuzz("a7", "b8"), fuzz("a7")]]);
  honest("a_test.go", [
    ["one seed more", fuzz("a7"), fuzz("a7", "b8")],
    ["the other order", fuzz("a7", "b8"), fuzz("b8", "a7")],
  ]);
  const fails = (condition: string) => go(`got := Total(3)\nif ${condition} {\n\tt.Error(got)\n}`);
  cheats(/fails only where something else holds too/, "a_test.go", [
    ["one condition more", fails("got != 77"), fails("got != 77 && got != 5")],
    ["both instead of either", fails("got != 77 || other != 4"), fails("got != 77 && other != 4")],
    ["a word of nobody's row", fails("err != nil"), fails("err != nil && got != 5")],
  ]);
  honest("a_test.go", [
    ["either instead of one", fails("got != 77"), fails("got != 77 || other != 4")],
    ["what a row says of its error", fails("err != nil"), fails("err != nil && !row.wantErr")],
  ]);
  cheats(/only logs what it failed for/, "a_test.go", [
    ["a log under the same condition", go(LOOK), go(LOOK.replace("t.Error", "t.Log"))],
    ["a print under the same condition", go(LOOK), go(LOOK.replace("t.Error", "fmt.Println"))],
  ]);
  honest("a_test.go", [["a log beside the failure", go(LOOK), go(LOOK.replace("t.Error(got)", "t.Log(got)\n\tt.Error(got)"))]]); // prettier-ignore
});

describe("what takes a test's place", () => {
  const decorated = (mark: string, head = "") => py("assert total([3, 4]) == 77", `${head}${mark}`);
  cheats(/which never calls it/, "test_a.py", [
    ["a lambda that gives another", SUM, decorated("@lambda test: other\n")],
    ["a lambda in brackets", SUM, decorated("@(lambda test: other)\n")],
    ["a decorator that forgets it", SUM, decorated("@quiet\n", "def quiet(test):\n    return other\n\n\n")],
  ]);
  honest("test_a.py", [
    ["a decorator that calls it", SUM, decorated("@loud\n", "def loud(test):\n    def run():\n        test()\n    return run\n\n\n")],
    ["a decorator that gives it back", SUM, decorated("@loud\n", "def loud(test):\n    mark(test)\n    return test\n\n\n")],
    ["a lambda that gives it back", SUM, decorated("@(lambda test: test)\n")],
    ["a decorator of a library", SUM, decorated("@shop.loud\n")],
  ]); // prettier-ignore
});

describe("an assertion that can never fail", () => {
  cheats(/holds whatever the code does/, "a.test.js", [
    ["a thing with itself", ADDS, js("const got = total([3, 4]);\nassert.equal(got, got);")],
    ["a thing with itself, in other words", ADDS, js("const got = total([3, 4]);\nassert.ok(got === got);")],
    ["a thing or itself", ADDS, js("const got = total([3, 4]);\nassert.equal(got, got ?? 77);")],
    ["itself or a thing", ADDS, js("const got = total([3, 4]);\nexpect(got).toBe(77 || got);")],
    ["nothing that is looked for", ADDS, js('assert.ok(total([3, 4]).includes(""));')],
    ["what is true", ADDS, js("total([3, 4]);\nassert.ok(true);")],
  ]);
  cheats(/holds whatever the code does/, "test_a.py", [
    ["a pair", SUM, py('assert (total([3, 4]) == 77, "77")')],
    ["or true", SUM, py("assert total([3, 4]) == 77 or True")],
    ["a pattern for everything", SUM, py('assert re.search(".*", total([3, 4]))')],
  ]);
  cheats(/never reached/, "a.test.js", [
    ["under what is false", ADDS, js("if (false) assert.equal(total([3, 4]), 77);")],
    ["in a loop of none", ADDS, js("while (0) { assert.equal(total([3, 4]), 77); }")],
    ["behind a return", ADDS, js("return;\nassert.equal(total([3, 4]), 77);")],
  ]);
  honest("a.test.js", [
    ["before a return", ADDS, js("assert.equal(total([3, 4]), 77);\nreturn;")],
    ["a call twice, with what changes", ADDS, js("assert.equal(total([3, 4]), 77);\nassert.notEqual(next(), next());")],
  ]); // prettier-ignore
  const FULL = js("assert.throws(() => total([-1]), RangeError);");
  cheats(/raises the error itself/, "a.test.js", [
    ["a throw behind the call", FULL, js("assert.throws(() => { total([-1]); throw new RangeError(); }, RangeError);")],
  ]);
  honest("a.test.js", [
    ["a throw of a helper", FULL, js("assert.throws(() => { total([-1]); rest(); }, RangeError);")],
    ["a wrong thing alone", FULL, js("assert.throws(() => { total([-1]); }, RangeError);")],
  ]);
  const RAISES = py("with pytest.raises(ValueError):\n    total([-1])");
  cheats(/raises the error itself/, "test_a.py", [
    ["a raise behind the call", RAISES, py("with pytest.raises(ValueError):\n    total([-1])\n    raise ValueError")],
  ]);
  honest("test_a.py", [
    ["a raise that something else takes in", RAISES, py("with pytest.raises(ValueError), shop.opened():\n    total([-1])\n    raise ValueError")],
  ]); // prettier-ignore
  cheats(/which never runs/, "test_a.py", [["a generator", SUM, py("yield 3\nassert total([3, 4]) == 77")]]);
  honest("test_a.py", [["a generator inside", SUM, py("def rows():\n    yield 3\nassert total([3, 4]) == 77")]]);
});

describe("an output of a Go example", () => {
  const prints = (comment: string) => `package a\n\nfunc ExampleTotal() {\n\tfmt.Println(Total(3))\n\t${comment}\n}\n`;
  const SAYS = prints("// Output: 77");
  cheats(/no longer compares with "77"|no longer says what it prints/, "a_test.go", [
    ["another one", SAYS, prints("// Output: 78")],
    ["another one in a block", SAYS, prints("/* Output: 78 */")],
    ["none", SAYS, prints("// It prints 77.")],
    ["one of two lines", prints("// Output:\n\t// 77\n\t// 78"), prints("// Output:\n\t// 78")],
  ]);
  honest("a_test.go", [
    ["the same in a block", SAYS, prints("/* Output: 77 */")],
    ["the same in capitals, in any order", SAYS, prints("// Unordered output: 77")],
    ["one line more", SAYS, prints("// Output:\n\t// 77\n\t// 78")],
  ]);
});

describe("which failure is wanted", () => {
  const wants = (how: string) => js(how);
  const KIND = wants("assert.throws(() => total([-1]), RangeError);");
  cheats(/takes any failure for the right one/, "a.test.js", [
    ["any", KIND, wants("assert.throws(() => total([-1]));")],
    ["any error", KIND, wants("assert.throws(() => total([-1]), Error);")],
    ["a check that looks at nothing", KIND, wants("assert.throws(() => total([-1]), (error) => error !== null);")],
  ]);
  honest("a.test.js", [
    ["a check of its kind", KIND, wants("assert.throws(() => total([-1]), (error) => error instanceof RangeError);")],
    ["a check of its words", KIND, wants("assert.throws(() => total([-1]), (error) => /low/.test(error.message));")],
  ]);
});

describe("a mock that the test calls itself", () => {
  const sold = (more: string) => js(`const heard = jest.fn();\n  shop.on("sold", heard);\n  ${more}total([3, 4]);\n  expect(heard).toHaveBeenCalledTimes(1);`); // prettier-ignore
  cheats(/calls `heard` itself and asks whether it was called/, "a.test.js", [
    ["before it asks", sold(""), sold("heard();\n  ")],
    ["and waits for it", sold(""), sold("await heard();\n  ")],
  ]);
  honest("a.test.js", [
    ["in a function that the shop calls", sold(""), sold("shop.on('sold', () => heard());\n  ")],
    ["where nobody asks about it", sold(""), sold("const other = jest.fn();\n  other();\n  ")],
  ]);
});
