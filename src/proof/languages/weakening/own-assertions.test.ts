import { describe, expect, it } from "@jest/globals";
import { readerOfTests } from "../../../../test/support/parsed-texts.ts";
import { assertionsIn } from "../tests/assertions.ts";
import { assertsToItself, feedsItself, isLostPromise } from "./own-assertions.ts";
import { within } from "../syntax/syntax.ts";

const parsed = readerOfTests();

const js = (body: string, takes = "") => `test("a", async (${takes}) => { ${body} })`;

describe("assertions that a test keeps to itself", () => {
  const brings = async (code: string) => {
    const { root, language } = await parsed("a.test.js", code);
    return assertsToItself(root, language, assertionsIn(root, language)) !== null;
  };

  it.each([
    js("assert.equal(f(), 1)", "t, assert = { equal() {} }"),
    `const expect = () => ({ toBe() {} });\n${js("expect(f()).toBe(1)")}`,
    js("const assert = new Proxy({}, {}); assert.equal(f(), 1)"),
  ])("brings its own: %s", async (code) => expect(await brings(code)).toBe(true));

  it.each([
    js("assert.equal(f(), 1)", "t"),
    js("const t = new Trie(); assert.equal(t.size, 1)"),
    js("const expected = { a: 1 }; assert.equal(f(), expected)"),
    js("const assert = t.assert; assert.equal(f(), 1)", "t"),
  ])("takes what its runner brings: %s", async (code) => expect(await brings(code)).toBe(false));
});

describe("a promise whose end nobody looks at", () => {
  const isLost = async (code: string) => {
    const { root } = await parsed("a.test.js", code);
    return [...within(root)].some(isLostPromise);
  };

  it.each([
    js("await Promise.allSettled([check()])"),
    js("return Promise.allSettled([check()])"),
    js("await Promise.race([check(), null])"),
    js("await Promise.any([check(), Promise.resolve(1)])"),
    js("const done = Promise.resolve(); await Promise.race([check(), done])"),
  ])("is lost: %s", async (code) => expect(await isLost(code)).toBe(true));

  it.each([
    js("const all = await Promise.allSettled([check()])"),
    js("await Promise.all([check(), null])"),
    js("await Promise.race([check(), timeout(5)])"),
    js("const other = start(); await Promise.race([check(), other])"),
  ])("is not: %s", async (code) => expect(await isLost(code)).toBe(false));
});

describe("a test that feeds itself what it asks about", () => {
  const feeds = async (path: string, code: string) => {
    const { root, language } = await parsed(path, code);
    const body = [...within(root)].find(({ type }) => /^(statement_block|block)$/.test(type));
    return feedsItself(body ?? root, language) !== null;
  };

  it.each([
    ["a.test.js", js("const done = jest.fn(); done(); expect(done).toHaveBeenCalled()")],
    ["a.test.js", js("const done = t.mock.fn(); await done(); assert.equal(done.mock.calls.length, 1)", "t")],
    ["test_a.py", 'def test_a(caplog):\n    logger.info("x")\n    assert "x" in caplog.text\n'],
  ])("%s: %s", async (path, code) => expect(await feeds(path, code)).toBe(true));

  it.each([
    ["a.test.js", js("const done = jest.fn(); run(done); expect(done).toHaveBeenCalled()")],
    ["a.test.js", js("const done = jest.fn(); done(); expect(f()).toBe(1)")],
    ["a.test.js", js("const done = jest.fn(); on(() => done()); expect(done).toHaveBeenCalled()")],
    ["test_a.py", 'def test_a(caplog):\n    run()\n    assert "x" in caplog.text\n'],
    ["test_a.py", 'def test_a():\n    logger.info("x")\n    assert run() == 1\n'],
  ])("and one that does not, %s: %s", async (path, code) => expect(await feeds(path, code)).toBe(false));
});
