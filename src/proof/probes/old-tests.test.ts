import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile } from "../../../test/support/changed-file.ts";
import { openSyntax } from "../languages/syntax/parser.ts";
import { isFromChanged, isFromPart, type OldFile, oldTestFiles } from "./old-tests.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const PATH = "test/fee.test.js";
const BEFORE = `import { fee, vat } from "../src/fee.js";
const ROWS = [[1, 2]];
test("adds", () => {
  assert.equal(fee(1), 2);
});
test("taxes", () => {
  assert.equal(vat(1), 3);
});
function check(x) {
  assert.ok(fee(x));
}
`;

async function filesFor(after: string): Promise<ReadonlyMap<string, OldFile>> {
  const files = await oldTestFiles([changedFile(PATH, BEFORE, after)], syntax);
  return new Map(files.map((one) => [one.path, one]));
}
const from = (line: number, path = PATH) => [{ path, line, name: null }];

describe("what a change touches of an old file of tests", () => {
  it("is the test that changed, and what calls from there", async () => {
    const files = await filesFor(BEFORE.replace("fee(1), 2", "fee(1) > 0, true"));
    expect([4, 7, 10].map((line) => isFromChanged(from(line), files))).toEqual([true, false, false]);
    expect(files.get(PATH)?.names.has("fee")).toBe(true);
    expect(files.get(PATH)?.names.has("vat")).toBe(false);
  });

  it("is the helper that changed", async () => {
    const files = await filesFor(BEFORE.replace("assert.ok(fee(x))", "fee(x)"));
    expect([4, 7, 10].map((line) => isFromChanged(from(line), files))).toEqual([false, false, true]);
  });

  it("is every test where a table changed that stands in none", async () => {
    const files = await filesFor(BEFORE.replace("[[1, 2]]", "[]"));
    expect([4, 7].map((line) => isFromChanged(from(line), files))).toEqual([true, true]);
  });

  it("is no other file, nor another layout", async () => {
    const files = await filesFor(BEFORE.replaceAll("  assert", "    assert"));
    expect(isFromChanged(from(4), files)).toBe(false);
    expect(isFromChanged(from(4, "test/other.test.js"), await filesFor(""))).toBe(false);
  });

  it("tells the calls of one test from those of others", async () => {
    const file = (await filesFor(BEFORE.replace("fee(1), 2", "fee(1), 3"))).get(PATH) as OldFile;
    expect(isFromPart(from(4), file, "adds")).toBe(true);
    expect(isFromPart(from(7), file, "adds")).toBe(false);
    // A call of a helper that stands in no test belongs to whoever called it.
    expect(isFromPart([...from(10), ...from(4)], file, "adds")).toBe(true);
    expect(isFromPart(from(2), file, "adds")).toBe(true);
    expect(isFromPart([...from(10), ...from(7)], file, "adds")).toBe(false);
    expect(isFromPart(from(10), file, "adds")).toBe(true);
  });
});
