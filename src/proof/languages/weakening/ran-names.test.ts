import { describe, expect, it } from "@jest/globals";
import type { TestChange } from "../../../core/ticket/plan.ts";
import { filesIn, nameIn, renamings } from "./planned.ts";
import { bare, familyOf, isNamed, isRunOf, lastPart, title } from "./ran-names.ts";

/** One test, by the names that its source, its runner and a person's plan have for it. */
describe("a test of the sources", () => {
  it.each<[string | null, string, boolean]>([
    ["g > adds", "g > adds", true],
    ["g > adds", "adds", true],
    ["g > adds", "g adds", true],
    ["f > g > adds", "g > adds", true],
    ["f > g > adds", "f adds", false],
    ["g > adds", "takes", false],
    ["g > adds", "adds more", false],
    ["TestA.test_adds", "test_adds", true],
    ["TestA::test_adds", "test_adds", true],
    ["TestA.test_adds", "TestB.test_adds", true],
    ["TestA/row", "row", true],
    ["a.total", "total", false],
    [null, "adds", false],
    [" adds ", "adds", true],
  ])("%s is what somebody calls %s: %s", (test, said, is) => expect(isNamed(test, said)).toBe(is));

  it.each<[string, string, boolean]>([
    ["test/a.test.js: g > adds", "g > adds", true],
    ["example.com/a: TestAdds", "TestAdds", true],
    ["example.com/a: TestAdds/two_rows", "TestAdds", true],
    ["a: TestAdds", "TestAdds", true],
    ["a: adds", "adds", false],
    ["tests/test_a.py: test_a[1-2]", "test_a", true],
    ["test_a[1-2]", "test_a", true],
    ["test_b[1-2]", "test_a", false],
    ["TestAdds/two_rows", "TestTakes", false],
  ])("ran as %s if it is %s: %s", (ran, test, is) => expect(isRunOf(ran, test)).toBe(is));

  it.each([
    ["TestA/two/three", "TestA"],
    ["FuzzA/seed", "FuzzA"],
    ["TestA/", "TestA/"],
    ["test_a[1-2]", "test_a"],
    ["adds", "adds"],
  ])("%s belongs to %s", (name, family) => expect(familyOf(name)).toBe(family));

  it("is cut to what it says itself", () => {
    expect([title("f > g > adds"), title("adds")]).toEqual(["adds", "adds"]);
    expect([bare("test/a.test.js: adds"), bare("note: adds")]).toEqual(["adds", "note: adds"]);
    expect(["a.py: TestA::test_b", "g > TestA.test_b", "g > adds"].map(lastPart)).toEqual(["test_b", "test_b", "adds"]);
  });
});

describe("a plan by which a test goes by another name", () => {
  const change = (to: string | null, over: Partial<TestChange> = {}): TestChange => {
    return { file: "test/a.test.js", test: "adds", change: "rename", to, why: "asked", ...over };
  };
  it.each<[string, TestChange, string | null, readonly string[], readonly string[]]>([
    ["in its file", change("sums"), "test/a.test.js", ["sums", "g > sums"], ["adds"]],
    ["in another file", change("test/b.test.js::sums"), "test/b.test.js", ["sums"], ["adds"]],
    ["with its file", change("test/b.test.js", { test: null }), "test/b.test.js", ["g > adds"], ["sums"]],
    ["nowhere, where another test is named", change("sums", { test: "takes" }), null, [], []],
    ["nowhere, where another file is named", change("sums", { file: "test/c.test.js" }), null, [], []],
    ["nowhere, where it is only changed", change("sums", { change: "update" }), null, [], []],
    ["nowhere, where it has no other name", change(null), null, [], []],
  ])("is found %s", (_what, one, path, its, others) => {
    const [found, more] = renamings("test/a.test.js", "g > adds", [one]);
    expect([found?.path ?? null, more]).toEqual([path, undefined]);
    const is = (name: string) => found?.isTarget(name) ?? false;
    expect([its.filter(is), others.filter(is)]).toEqual([its, []]);
  });

  it.each<[TestChange, readonly string[]]>([
    [change("sums"), ["test/a.test.js"]],
    [change("test/b.test.js::sums"), ["test/a.test.js", "test/b.test.js"]],
    [change("test/b.test.js", { test: null }), ["test/a.test.js", "test/b.test.js"]],
    [change(null), ["test/a.test.js"]],
  ])("%j touches %j", (one, files) => expect(filesIn(one)).toEqual(files));

  it("says the name without its file", () => {
    expect([nameIn("test/b.test.js::sums: two"), nameIn("sums")]).toEqual(["sums: two", "sums"]);
  });
});
