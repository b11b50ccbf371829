import { afterAll, describe, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { isExcused } from "./planned.ts";
import { weakenings } from "./weakening.ts";

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
    [
      "a copy in a folder of its own",
      "test/f-for-tests/index.ts",
      "export function f() { return 47; }",
      /copy beside them/,
    ],
    ["from a file of the product", "src/f-for-tests.ts", "export function f() { return 47; }", null],
  ])("%s", async (_what, path, text, told) => {
    const name = path.endsWith("/index.ts") ? "f-for-tests" : "f-for-tests.ts";
    const from = path.startsWith("test/") ? `./${name}` : `../src/${name}`;
    const what = await found(file("test/a.test.ts", TEST("../src/f.ts"), TEST(from)), file(path, "", text));
    expect(what).toEqual(told === null ? [] : [expect.stringMatching(told)]);
  });

  it("a copy in Python", async () => {
    for (const [path, from] of [
      ["copies.py", "tests.copies"],
      ["copies/__init__.py", "tests.copies"],
      ["copies.py", ".copies"],
    ] as const) {
      const copy = file(`tests/${path}`, "", "def f(n):\n    return 47\n");
      expect(await found(file("tests/test_a.py", PY("shop.price"), PY(from)), copy)).toEqual([
        expect.stringMatching(/copy beside them/),
      ]);
    }
  });
});

const CART = 'import { cart } from "./helpers.js";\ntest("t", () => { assert.equal(cart().total(), 27); });\n';
const ORDER = (from: string) =>
  `import { order } from "${from}";\nimport { total } from "../src/t.js";\ntest("t", () => { assert.equal(total(order()), 27); });\n`;
const BUILDER = "export const order = () => ({ lines: [27] });\n";
const MADE = (items: string) => `from shop.cart import Cart\n\ndef make_cart(items=None):\n    return ${items}\n`;
const ASKED = "\ndef test_t():\n    assert make_cart().total == 27\n";

describe("builders of tests", () => {
  it.each([
    ["a helper's becomes one of the file", [file("test/a.test.js", CART, CART.replace('import { cart } from "./helpers.js";', 'import { Cart } from "../src/cart.js";\nfunction cart(items) { const c = new Cart(); for (const i of items ?? [27]) if (i) c.add(i); return c; }'))], null], // prettier-ignore
    ["a class that is imported makes all that one gives", [file("tests/test_a.py", `from shop.cart import make_cart\n${ASKED}`, MADE("Cart(items or [27])") + ASKED)], null], // prettier-ignore
    ["one that sometimes answers itself", [file("tests/test_a.py", `from shop.cart import make_cart\n${ASKED}`, MADE("Cart(items) if items else Fake(27)") + ASKED)], /of their own/], // prettier-ignore
    ["data leaves the product for the tests", [file("test/a.test.js", ORDER("../src/testing.js"), ORDER("./builders.js")), file("src/testing.js", BUILDER, ""), file("test/builders.js", "", BUILDER)], null], // prettier-ignore
    ["an old text, while the product has a new one", [file("test/a.test.js", ORDER("../src/testing.js"), ORDER("./builders.js")), file("src/testing.js", BUILDER, ""), file("src/orders.js", "", BUILDER.replace("27", "0")), file("test/builders.js", "", BUILDER)], /copy beside them/], // prettier-ignore
  ] as const)("%s", async (_what, files, told) =>
    expect(await found(...files)).toEqual(told === null ? [] : [expect.stringMatching(told)]),
  );
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
