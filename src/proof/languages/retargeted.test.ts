import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../test/support/changed-file.ts";
import type { FileDiff } from "../../trees/diff.ts";
import { openSyntax } from "./parser.ts";
import { isExcused, weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const found = async (...files: FileDiff[]) => (await weakenings(files, syntax)).map((one) => one.what);

const TEST = (from: string) => `import { f } from "${from}";\ntest("a", () => { assert.equal(f(2), 47); });\n`;
const PY = (from: string) => `from ${from} import f\n\ndef test_a():\n    assert f(2) == 47\n`;

describe("old tests that import under the old name", () => {
  it.each([
    ["a copy beside them", "test/f-for-tests.ts", "export function f() { return 47; }", /copy beside them/],
    [
      "a wrapper of the product",
      "test/f-for-tests.ts",
      'import * as p from "../src/f.ts";\nexport function f(n) { return p.f(n); }',
      null,
    ],
    ["from a file of the product", "src/f-for-tests.ts", "export function f() { return 47; }", null],
  ])("%s", async (_what, path, text, told) => {
    const from = path.startsWith("test/") ? "./f-for-tests.ts" : "../src/f-for-tests.ts";
    const what = await found(file("test/a.test.ts", TEST("../src/f.ts"), TEST(from)), file(path, "", text));
    expect(what).toEqual(told === null ? [] : [expect.stringMatching(told)]);
  });

  it("a copy in Python", async () => {
    const copy = file("tests/copies.py", "", "def f(n):\n    return 47\n");
    expect(await found(file("tests/test_a.py", PY("shop.price"), PY("tests.copies")), copy)).toEqual([
      expect.stringMatching(/copy beside them/),
    ]);
  });
});

describe("a row of a table", () => {
  const rows = (text: string) =>
    `for (const [n, size] of [${text}]) test(\`is \${size} at \${n}\`, () => { assert.equal(f(n), size); });`;
  const lost = () =>
    weakenings([file("a.test.ts", rows('[20, "small"], [21, "medium"], [50, "medium"]'), rows('[20, "small"], [50, "medium"]'))], syntax); // prettier-ignore
  it.each([
    ["is medium at 21", true],
    ["sizes > is medium at 21", true],
    ["is medium at 50", false],
    ["is small at 21", false],
    ["is medium at 2", false],
    ["is medium at ", false],
    ["has medium at 21", false],
  ])("is excused by the name that is made of it: %s", async (test, excused) => {
    const all = await lost();
    const change = { file: "a.test.ts", test, change: "update", to: null, why: "planned" } as const;
    expect(all.map((one) => isExcused(one, [change]))).toEqual([excused]);
  });
});
