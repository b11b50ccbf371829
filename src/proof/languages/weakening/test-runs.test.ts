import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

/** Code of a test file that decides how its run ends, or takes the place of what lets a test fail. */
const syntax = openSyntax();
afterAll(() => syntax.close());
const found = async (path: string, before: string, after: string) =>
  (await weakenings([file(path, before, after)], syntax)).map(({ test, what }) => (test ? `${test} ${what}` : what));

const GO = (main: string) => `package a\n\nimport (\n\t"os"\n\t"testing"\n)\n\n${main}\n\nfunc TestA(t *testing.T) {\n\tif F(2) != 44 {\n\t\tt.Error("no")\n\t}\n}\n`; // prettier-ignore
const MAIN = (body: string) => GO(`func TestMain(m *testing.M) {\n\t${body}\n}`);
const PY = (more: string) => `import unittest\nfrom a import f\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n        self.assertEqual(f(2), 44)\n${more}`; // prettier-ignore
const LOAD = (body: string) => PY(`\n\ndef load_tests(loader, standard_tests, pattern):\n    ${body}\n`);
const METHOD = (name: string) => PY(`\n    def ${name}(self, *given):\n        return None\n`);
const JS = (more: string, imports = 'import assert from "node:assert";') => `import { test } from "node:test";\n${imports}\nimport { f } from "../src/f.js";\n${more}\ntest("a", () => {\n  assert.equal(f(2), 44);\n});\n`; // prettier-ignore

const [ENDS, NONE] = ["ends well whatever its tests say", "runs no test"];
const RUNS: readonly (readonly [what: string, path: string, before: string, after: string, found: readonly string[]])[] = [
  ["hands on what the tests said", "a_test.go", GO(""), MAIN("os.Exit(m.Run())"), []],
  ["hands it on by a name", "a_test.go", GO(""), MAIN("code := m.Run()\n\tos.Exit(code)"), []],
  ["only runs them", "a_test.go", GO(""), MAIN("m.Run()"), []],
  ["drops what they said", "a_test.go", GO(""), MAIN("m.Run()\n\tcode := 1\n\tos.Exit(code)"), [`TestMain() ${ENDS}`]],
  ["ends well", "a_test.go", GO(""), MAIN("code := m.Run()\n\t_ = code\n\tos.Exit(0)"), [`TestMain() ${ENDS}`]],
  ["runs none", "a_test.go", GO(""), MAIN("os.Exit(0)"), [`TestMain() ${NONE}`]],
  ["did so before", "a_test.go", MAIN("os.Exit(0)"), MAIN("os.Exit(0)"), []],
  ["handed it on before", "a_test.go", MAIN("os.Exit(m.Run())"), MAIN("os.Exit(0)"), [`TestMain() ${NONE}`]],
  ["is another function", "a_test.go", GO(""), GO("func Main() {\n\tos.Exit(0)\n}"), []],
  ["takes the tests that there are", "test_a.py", PY(""), LOAD("return standard_tests"), []],
  ["loads them", "test_a.py", PY(""), LOAD("return loader.loadTestsFromTestCase(A)"), []],
  ["loads none", "test_a.py", PY(""), LOAD("return unittest.TestSuite()"), ["load_tests() leaves all tests of the module out"]],
]; // prettier-ignore

it.each(RUNS)("%s", async (_what, path, before, after, expected) => {
  expect(await found(path, before, after)).toEqual(expected);
});

describe("a way to fail that is the test's own", () => {
  const methods = ["assertEqual", "assertEquals", "assertNotEqual", "assertTrue", "assertFalse", "assertIs", "assertIsNot", "assertIsNone", "assertIsNotNone", "assertIn", "assertNotIn", "assertRaises", "assertRaisesRegex", "assertAlmostEqual", "assertGreater", "assertLess", "assertListEqual", "assertDictEqual", "assertSetEqual", "assertTupleEqual", "assertCountEqual", "assertMultiLineEqual", "fail", "run"]; // prettier-ignore
  it.each(methods)("%s, in a class", async (name) => {
    const what = [`have a \`${name}\` of their own, which decides what fails`];
    expect(await found("test_a.py", PY(""), METHOD(name))).toEqual(what);
    expect(await found("test_a.py", METHOD(name), METHOD(name))).toEqual([]);
  });

  it("is none under another name, or outside of a class", async () => {
    expect(await found("test_a.py", PY(""), METHOD("assertWorks"))).toEqual([]);
    expect(await found("test_a.py", PY(""), PY("\n\ndef run(given):\n    return f(given)\n"))).toEqual([]);
  });

  it.each<[string, string, readonly string[]]>([
    ["taken from the repository", JS("", 'import { assert } from "./helpers.js";'), ["take `assert` from the repository itself"]],
    ["taken from a folder above", JS("", 'import assert from "../helpers.js";'), ["take `assert` from the repository itself"]],
    ["of a package", JS("", 'import assert from "assert-plus";'), []],
    ["an object of its own", JS("const assert = { equal() {} };", ""), ["have an `assert` of their own, which fails nothing"]],
    ["a function of its own", JS("const expect = () => ({ toBe() {} });"), ["have an `expect` of their own, which fails nothing"]],
    ["one that throws", JS("const expect = (a) => { if (!a) throw new Error(a); };"), []],
    ["one that asks the real one", JS("const expect = (a) => assert.ok(a);"), []],
    ["what asks less by the name of what asks more", JS("", 'import assert, { ok as deepEqual } from "node:assert";'), ["call `ok` by the name of `deepEqual`"]],
    ["what asks more by another name", JS("", 'import assert, { deepEqual as same } from "node:assert";'), []],
    ["what asks less by a name of its own", JS("", 'import assert, { ok as yes } from "node:assert";'), []],
  ])("%s", async (_what, after, expected) => {
    expect(await found("test/a.test.js", JS(""), after)).toEqual(expected);
  }); // prettier-ignore
});

/** An old test counts for it too, and people are shown the line. */
it("says where it stands", async () => {
  const whole = async (path: string, after: string, before: string) => (await weakenings([file(path, before, after)], syntax)).map(({ what: _, ...one }) => one); // prettier-ignore
  const py = { path: "test_a.py", test: null, line: 9, old: true };
  expect(await whole("test_a.py", METHOD("assertIn"), PY(""))).toEqual([py]);
  const js = { path: "test/a.test.js", test: null, old: true };
  expect(await whole("test/a.test.js", JS("const assert = { equal() {} };", ""), JS(""))).toEqual([{ ...js, line: 4 }]);
  expect(await whole("test/a.test.js", JS("", 'import { assert } from "./helpers.js";'), JS(""))).toEqual([{ ...js, line: 2 }]); // prettier-ignore
  const alias = JS("", 'import assert, { ok as deepEqual } from "node:assert";');
  expect(await whole("test/a.test.js", alias, JS(""))).toEqual([{ ...js, line: 1 }]);
  expect(await whole("a_test.go", MAIN("os.Exit(0)"), GO(""))).toEqual([{ path: "a_test.go", test: "TestMain()", line: 8, old: true }]); // prettier-ignore
});

it("is looked at in a file that is new as well", async () => {
  expect(await found("test/b.test.js", "", JS("assert.equal = () => undefined;"))).toEqual([expect.stringMatching(/changes `assert.equal`/)]); // prettier-ignore
});
