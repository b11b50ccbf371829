import { afterAll, describe, expect, it } from "@jest/globals";
import { openSyntax } from "../syntax/parser.ts";
import { functionsOf } from "../syntax/functions.ts";
import { isForTests } from "./for-tests.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

async function forTests(path: string, text: string): Promise<boolean[]> {
  const parsed = await syntax.parse(path, text);
  if (parsed.outcome === "cannot") throw new Error("It cannot be read");
  const { root, language } = parsed;
  return functionsOf(root, language).map((one) => isForTests(one, root, language));
}

describe("a function that asserts for tests", () => {
  const py = (head: string, base: string, body: string) => `${head}\n\nclass Money(${base}):\n    def same(self, a, b):\n        ${body}\n`; // prettier-ignore
  const asserts = "self.assertEqual(a, b)";
  const ts = (from: string, body: string) =>
    `import { expect } from "${from}";\nexport function same(a, b) { ${body} }\n`;
  it.each([
    ["a.py", py("import unittest", "unittest.TestCase", asserts), true],
    ["a.py", py("from unittest import TestCase", "TestCase", asserts), true],
    ["a.py", py("import unittest", "unittest.TestCase", "self.total = a + b"), false],
    ["a.py", py("import unittest", "Ledger", asserts), false],
    ["a.py", py("import ledger", "ledger.TestCase", asserts), false],
    ["a.ts", ts("vitest", "expect(a).toBe(b);"), true],
    ["a.ts", ts("vitest", "send(a, b);"), false],
    ["a.ts", ts("./expect.ts", "expect(a).toBe(b);"), false],
  ])("%s: %s", async (path, text, is) => expect(await forTests(path, text)).toEqual([is])); // prettier-ignore
});
