import { describe, expect, it } from "@jest/globals";
import { isAmong, namedIn } from "./named-test.ts";

describe("the test that a reference names", () => {
  it.each([
    ["test/a.test.js::adds", "test/a.test.js", "adds"],
    ["`test/a.test.js::adds`", "test/a.test.js", "adds"],
    ['test/a.test.js "takes equal times for 24 hours"', "test/a.test.js", "takes equal times for 24 hours"],
    ["test/a.test.js: an unclosed quote is an error.", "test/a.test.js", "an unclosed quote is an error"],
    ["`test/a.test.js`: adds", "test/a.test.js", "adds"],
    ["a_test.go TestAdds", "a_test.go", "TestAdds"],
    ["tests/test_a.py::AddTest::test_adds", "tests/test_a.py", "AddTest::test_adds"],
    ["tests/test_a.py AddTest.test_adds", "tests/test_a.py", "AddTest.test_adds"],
    ["test/a.test.js", "test/a.test.js", undefined],
    ["test/a.test.js:12-20", "test/a.test.js", undefined],
    ["test/a.test.js covers negative numbers", "test/a.test.js", undefined],
    ["test/a.test.js and test/b.test.js", "test/a.test.js", undefined],
  ])("in %s", (reference, file, title) => {
    expect(namedIn(reference, file)?.title).toBe(title);
  });
});

describe("whether a promised test passed", () => {
  it.each([
    ["test/a.test.js::adds", "sums > adds", true],
    ["test/a.test.js::adds", "sums > adds more", true],
    ["test/a.test.js::adds", "sums > subtracts", false],
    ["test/a.test.js::sums > adds", "sums > adds", true],
    ["a_test.go TestAdds", "TestAddsMore", false],
    ["a_test.go::TestAdds", "TestAdds/row_1", true],
    ["a_test.go::TestAdds/row 1", "TestAdds/row_1", true],
    ["a_test.go::TestAdds/row 2", "TestAdds/row_1", false],
    ["tests/test_a.py::adds", "tests.test_a.A.test_adds", false],
    ["a_test.go TestAdds/row", "TestAdds/row", true],
    ["tests/test_a.py::AddTest::test_adds", "tests.test_a.AddTest.test_adds", true],
    ["tests/test_a.py::AddTest.test_adds", "test_adds (tests.test_a.AddTest.test_adds)", true],
    ["tests/test_a.py::test_adds", "tests.test_a > test_adds[1-2]", true],
    ["tests/test_a.py::test_add", "tests.test_a > test_adds", false],
    ["test/a.test.js: an unclosed quote is an error", "keeps an empty field", false],
    ["test/a.test.js: an unclosed quote is an error", "an unclosed quote is refused as an error", true],
    ["test/a.test.js: boundary day", "counts the boundary day", true],
  ])("%s, where %s passed", (reference, name, is) => {
    const file = reference.split(/[: ]/)[0] as string;
    const named = namedIn(reference, file);
    expect(named && isAmong(named, [{ file: null, name, outcome: "passed" }])).toBe(is);
  });

  it("is asked of the file it was promised for", () => {
    const named = namedIn("test/a.test.js::adds", "test/a.test.js");
    const passed = (file: string, name: string) => ({ file, name, outcome: "passed" as const });
    expect(named && isAmong(named, [passed("test/b.test.js", "adds"), passed("test/a.test.js", "more")])).toBe(false);
  });
});
