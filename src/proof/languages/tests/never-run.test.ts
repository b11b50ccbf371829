import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { within } from "../syntax/syntax.ts";
import { areKeptAlike, NO_TEST_CASE, neverRun } from "./never-run.ts";
import { UNAWAITED } from "./unawaited-tests.ts";
import { isUncalled } from "./uncalled.ts";

/** Tests and assertions that are written down and that nobody runs, beside those that somebody does. */
const read = readerOfTests();

describe("a test that no runner reaches", () => {
  const NOBODY = "in a function that nobody calls";
  it.each<[string, string | null]>([
    ['test("a", () => {});', null],
    ['if (process.env.CI) test("a", () => {});', "under `(process.env.CI)`"],
    ['ok && test("a", () => {});', "under `ok`"],
    ['ok ?? test("a", () => {});', "under `ok`"],
    ['ok + test("a", () => {});', null],
    ['ok ? test("a", () => {}) : 0;', "under `ok`"],
    ['function all() { test("a", () => {}); }', NOBODY],
    ['function all() { test("a", () => {}); }\nall();', null],
    ['export function all() { test("a", () => {}); }', null],
    ['function all() { test("a", () => {}); }\nexport { all };', null],
    ['const all = () => { test("a", () => {}); };\nvoid all;', NOBODY],
    ['const all = () => { test("a", () => {}); };\nrun(all);', null],
    ['describe("g", () => { test("a", () => {}); });', null],
  ])("%s: %s", async (text, why) => {
    const { root, language } = await read("a.test.js", text);
    const test = [...within(root)].find((one) => one.type === "call_expression" && one.text.startsWith("test("));
    expect(test && neverRun(test, root, language)).toBe(why);
  });

  const UNITTEST = "import unittest\n\n";
  const coroutine = (base: string) => `class TestA(${base}):\n    async def test_a(self):\n        pass\n`;
  it.each<[string, string | null]>([
    ["def test_a():\n    pass\n", null],
    ["if fast:\n    def test_a():\n        pass\n", "under `fast`"],
    ["def all():\n    def test_a():\n        pass\n", "in another function"],
    ["class TestA:\n    def test_a(self):\n        pass\n", null],
    ["class Sums:\n    def test_a(self):\n        pass\n", NO_TEST_CASE],
    ["class Sums(Base):\n    def test_a(self):\n        pass\n", null],
    ["class Sums:\n    def test_a(self):\n        pass\n\n\nclass TestB(Sums):\n    pass\n", null],
    [`${UNITTEST}${coroutine("unittest.TestCase")}`, UNAWAITED],
    [`from unittest import TestCase\n\n${coroutine("TestCase")}`, UNAWAITED],
    [`from unittest.case import TestCase\n\n${coroutine("TestCase")}`, UNAWAITED],
    [`from django.test import TestCase\n\n${coroutine("TestCase")}`, null],
    [`from unittest import TestCase as Case\n\n${coroutine("TestCase")}`, null],
    [`import asynctest as unittest\n\n${coroutine("unittest.TestCase")}`, null],
    [`from twisted.trial import unittest\n${UNITTEST}${coroutine("unittest.TestCase")}`, null],
    [`${UNITTEST}${coroutine("unittest.IsolatedAsyncioTestCase")}`, null],
    [`${UNITTEST}class Base(unittest.TestCase):\n    pass\n\n\n${coroutine("Base")}`, UNAWAITED],
    [`${UNITTEST}class Base(Other):\n    pass\n\n\n${coroutine("Base")}`, null],
    [`${UNITTEST}class Base(Base):\n    pass\n\n\n${coroutine("Base")}`, null],
    [`${UNITTEST}${coroutine("unittest.TestCase").replace("async ", "")}`, null],
    [`${UNITTEST}${coroutine("unittest.TestCase").replace("    async", "    @later\n    async")}`, null],
  ])("%j: %s", async (text, why) => {
    const { root, language } = await read("test_a.py", text);
    const test = [...within(root)].find((one) => one.child("name")?.text === "test_a");
    expect(test && neverRun(test, root, language)).toBe(why);
  });

  it.each<[string | null, string | null, boolean]>([
    [null, null, true],
    [null, "under `fast`", false],
    ["under `fast`", "under `!slow`", true],
    ["under `fast`", "under `false`", false],
    ["under `(0)`", "under `fast`", false],
    ["under `false`", "under `false`", true],
    ["skip", "only", false],
  ])("is kept alike: %s, %s: %s", (one, other, is) => expect(areKeptAlike(one, other)).toBe(is));
});

describe("an assertion in a function that nobody calls", () => {
  const LOOK = "assert.equal(total(3), 7);";
  it.each<[string, boolean]>([
    [`const later = () => { ${LOOK} };`, true],
    [`const later = () => { ${LOOK} };\nlater();`, false],
    [`const later = () => { ${LOOK} };\nrun(later);`, false],
    [`const later = () => { ${LOOK} };\nassert.ok(later);`, true],
    [`const later = () => { ${LOOK} };\nassert.equal(typeof later, "function");`, true],
    [`const later = () => { ${LOOK} };\nassert.ok(later !== null);`, true],
    [`const later = () => { ${LOOK} };\nassert.ok(later.length);`, true],
    [`const later = () => { ${LOOK} };\nlater.call(3);`, false],
    [`const later = () => { ${LOOK} };\nvoid later;`, true],
    [`const later = () => { ${LOOK} };\nlater;`, true],
    [`const later = () => { ${LOOK} };\nexpect(later).toBeDefined();`, true],
    [`const later = () => { ${LOOK} };\nexpect(later).not.toBeNull();`, true],
    [`const later = () => { ${LOOK} };\nexpect(later).not.toThrow();`, false],
    [`const all = { later: () => { ${LOOK} } };\nObject.keys(all);`, true],
    [`const all = { later: () => { ${LOOK} } };\nObject.values(all).forEach((one) => one());`, false],
    [`const all = { later() { ${LOOK} } };\nconsole.log(all);`, true],
    [`const all = new Map([["later", () => { ${LOOK} }]]);\nall.size;`, true],
    [`const all = new Map([["later", () => { ${LOOK} }]]);\nall.get("later")();`, false],
    [`return () => { ${LOOK} };`, true],
    [`return { later: () => { ${LOOK} } };`, true],
    [`return run(() => { ${LOOK} });`, false],
    [`const row = { get due() { ${LOOK} return 3; } };\nrun(row);`, true],
    [`const row = { get due() { ${LOOK} return 3; } };\nrun(row.due);`, false],
    [`(() => { ${LOOK} })();`, false],
    [`void (() => { ${LOOK} });`, true],
    [`function later() { ${LOOK} }`, true],
    [`function later() { ${LOOK} }\nlater();`, false],
    [`[3].forEach(() => { ${LOOK} });`, false],
  ])("%s: %s", async (body, is) => {
    const { root } = await read("a.test.js", `test("a", () => {\n${body}\n});\n`);
    const all = [...within(root)];
    const test = all.find((one) => one.type === "arrow_function");
    const place = all.find((one) => one.type === "call_expression" && one.text.startsWith("assert.equal(total"));
    expect(test && place && isUncalled(place, test)).toBe(is);
  });

  it.each<[string, boolean]>([
    ["@app.get('/x')\n    def later():\n        assert total(3) == 7\n", false],
    ["@functools.cache('/x')\n    def later():\n        assert total(3) == 7\n", true],
    ["def later():\n        assert total(3) == 7\n    later()\n", false],
    ["def later():\n        assert total(3) == 7\n    assert callable(later)\n", true],
    ["def later():\n        assert total(3) == 7\n    assert later is not None\n", true],
    ["def later():\n        assert total(3) == 7\n    _ = later\n", true],
    ["return lambda: check(total(3))\n", true],
  ])("in Python: %j: %s", async (body, is) => {
    const { root } = await read("test_a.py", `def test_a():\n    ${body}`);
    const all = [...within(root)];
    const test = all.find((one) => one.child("name")?.text === "test_a");
    const place = all.find((one) => one.type === "call" && one.text === "total(3)");
    expect(test && place && isUncalled(place, test)).toBe(is);
  });
});
