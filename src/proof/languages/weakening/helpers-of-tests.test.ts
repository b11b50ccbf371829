import { describe, expect, it } from "@jest/globals";
import { memoryStore } from "../../../../test/contracts/sandbox-fixture.ts";
import { changedFiles } from "../../../trees/diff.ts";
import { helpersOfTests } from "./helpers-of-tests.ts";

type Files = Readonly<Record<string, string>>;

async function found(base: Files, changed: Files): Promise<string[]> {
  const { blobs, tree } = memoryStore();
  const side = (sign: string, files: Files) => {
    return { commitSha: sign.repeat(40), treeSha: sign.repeat(40), tree: tree(files) };
  };
  const sides = { base: side("a", base), head: side("b", { ...base, ...changed }) };
  return [...(await helpersOfTests(await changedFiles(sides.base, sides.head, blobs), sides, blobs))];
}

const CHECK = 'package check\n\nimport (\n\t"math"\n\t"testing"\n)\n';
const USES_CHECK = 'import (\n\t"testing"\n\n\t"example.org/a/internal/check"\n)\n';
const GO = { "internal/check/check.go": CHECK, "a/a_test.go": USES_CHECK, "a/a.go": 'package a\n\nimport "math"\n' };
const CASE = "import unittest\nfrom shop.money import Money\nclass MoneyCase(unittest.TestCase): pass\n";
const PY = { "support/asserts.py": CASE, "tests/test_a.py": "from support.asserts import MoneyCase\n", "shop/money.py": "" }; // prettier-ignore
const EXPECT = 'import { expect } from "vitest";\nexport const near = (a, b) => expect(a).toBe(b);\n';
const JS = {
  "support/near.ts": EXPECT,
  "src/a.test.ts": 'import { near } from "../support/near.ts";\n',
  "src/a.ts": "",
};

describe("changed code that only tests load", () => {
  it.each<[string, Files, Files, string[]]>([
    ["a package of Go", GO, { "internal/check/check.go": `${CHECK}// more\n` }, ["internal/check/check.go"]],
    ["a class of Python", PY, { "support/asserts.py": `${CASE}# more\n` }, ["support/asserts.py"]],
    ["a function of TypeScript", JS, { "support/near.ts": `${EXPECT}// more\n` }, ["support/near.ts"]],
    [
      "unless the product loads it too",
      { ...GO, "a/a.go": 'package a\n\nimport "example.org/a/internal/check"\n' },
      { "internal/check/check.go": `${CHECK}// more\n` },
      [],
    ],
    ["nor what follows a changed product", PY, { "support/asserts.py": `${CASE}# more\n`, "shop/money.py": "A = 1\n" }, []],
    [
      "nor what asks no library of tests",
      { ...JS, "support/near.ts": 'import assert from "node:assert";\n' },
      { "support/near.ts": 'import assert from "node:assert/strict";\n' },
      [],
    ],
    ["nor what no test names", { ...GO, "a/a_test.go": "" }, { "internal/check/check.go": `${CHECK}// more\n` }, []],
    ["nor new ones", { "src/a.test.ts": JS["src/a.test.ts"] }, { "support/near.ts": EXPECT }, []],
  ])("%s", async (_what, base, changed, paths) => {
    expect(await found(base, changed)).toEqual(paths);
  }); // prettier-ignore
});
