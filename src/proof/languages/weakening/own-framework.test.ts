import { afterAll, expect, it } from "@jest/globals";
import { changedFile as file } from "../../../../test/support/changed-file.ts";
import type { FileDiff } from "../../../trees/diff.ts";
import { openSyntax } from "../syntax/parser.ts";
import { weakenings } from "./weakening.ts";

const syntax = openSyntax();
afterAll(() => syntax.close());

const TEST = (taken: string, from: string, uses = 'test("a", () => {\n  expect(f(2)).toBe(44);\n});\n') => `import { f } from "../src/f";\nimport { ${taken} } from "${from}";\n\n${uses}`; // prettier-ignore
const OLD = TEST("expect, test", "vitest");
const aid = (text: string) => file("test/aid.ts", "", text);
const LENIENT = "export const expect = (_: unknown) => ({ toBe: () => undefined });\n";
const FIXTURES =
  'import { test as base } from "vitest";\nexport const test = base.extend({ order: async ({}, use) => use(2) });\nexport { expect } from "vitest";\n';

const VITEST = 'import { test as base, expect as real } from "vitest";\n';
const LOOSE = "(name, run) => base(name, async () => { try { await run(); } catch {} })";
const OWN = (text: string) => [aid(VITEST + text), file("test/b.test.ts", OLD, `import { expect } from "vitest";\n${TEST("test", "./aid")}`)]; // prettier-ignore
const EXPECT = (text: string) => [aid(text), file("test/b.test.ts", OLD, `import { test } from "vitest";\n${TEST("expect", "./aid")}`)]; // prettier-ignore

// prettier-ignore
const CHANGES: readonly [what: string, files: readonly FileDiff[], taken: readonly string[]][] = [
  ["a new file takes what the base's tests have", [file("test/b.test.ts", "", TEST("expect, test", "./fixtures"))], []],
  ["an old file takes the base's fixtures", [file("test/b.test.ts", OLD, `import { expect } from "vitest";\n${TEST("test", "./fixtures")}`)], []],
  ["an old file takes another way to fail", [file("test/b.test.ts", OLD, `import { test } from "vitest";\n${TEST("expect", "./fixtures")}`)], ["expect"]],
  ["new fixtures hand on the framework's", [aid(FIXTURES), file("test/b.test.ts", OLD, TEST("expect, test", "./aid"))], []],
  ["a new file is lenient", [aid(LENIENT), file("test/b.test.ts", OLD, `import { test } from "vitest";\n${TEST("expect", "./aid")}`)], ["expect"]],
  ["handed on from a lenient file", [aid('export { expect } from "./lenient";\n'), file("test/b.test.ts", "", `import { test } from "vitest";\n${TEST("expect", "./aid")}`)], ["expect"]],
  ["another thing of the package by its name", [aid('export { vi as expect } from "vitest";\n'), file("test/b.test.ts", "", `import { test } from "vitest";\n${TEST("expect", "./aid")}`)], ["expect"]],
  ["a way to run of its own", [aid("const base = (_: string) => {};\nexport const it = base.extend();\n"), file("test/b.test.ts", OLD, TEST("it", "./aid", 'it("a", () => {});\n'))], ["it"]],
  ["code under test has such a name", [file("test/b.test.ts", "", `import { expect, test } from "vitest";\n${TEST("describe", "../src/lamp", 'test("a", () => {\n  expect(describe({ on: true })).toBe("is on");\n});\n')}`)], []],
  ["code under test is handed a title and a function", [file("test/b.test.ts", "", `import { expect, test } from "vitest";\n${TEST("describe", "../src/lamp", 'describe("a", () => {\n  test("b", () => expect(f(2)).toBe(44));\n});\n')}`)], ["describe"]],
  ["code of the product asserts", [file("test/b.test.ts", "", `import { test } from "vitest";\n${TEST("expect", "../src/expect")}`)], ["expect"]],
  ["an old file takes another way to run of the base", [file("test/b.test.ts", OLD, `import { expect } from "vitest";\n${TEST("test", "./lenient")}`)], ["test"]],
  ["fixtures of fixtures, handed on below", OWN("const test = base.extend<{ n: number }>({ n: 2 }).extend({ m: async ({}, use) => use(3) });\nexport { test };\n"), []],
  ["fixtures under another name", OWN("const withOrder = base.extend({ n: 2 });\nexport { withOrder as test };\n"), []],
  ["the framework's own, taken and handed on", [aid('import { expect } from "@playwright/test";\nexport { expect };\n'), file("test/b.test.ts", OLD, `import { test } from "vitest";\n${TEST("expect", "./aid")}`)], []],
  ["matchers of its own", EXPECT(`${VITEST}export const expect = real.extend({ toBePaid: (got) => ({ pass: got.paid }) });\n`), []],
  ["fixtures only in a function beside", OWN(`function fixtures() { const test = base.extend({}); return test; }\nexport const test = ${LOOSE};\n`), ["test"]],
  ["fixtures that are skipped", OWN("export const test = base.extend({}).skip;\n"), ["test"]],
  ["fixtures that are asked for and thrown away", OWN("export const test = base.extend({}) && (() => {});\n"), ["test"]],
  ["fixtures that are replaced later", OWN(`export let test = base.extend({});\ntest = ${LOOSE};\n`), ["test"]],
  ["fixtures with a way to fail", OWN("export const test = base.extend({ expect: () => quiet });\n"), ["test"]],
  ["a matcher of the framework's name", EXPECT(`${VITEST}export const expect = real.extend({ toBe: () => ({ pass: true }) });\n`), ["expect"]],
  ["handed on from a path of the repository", EXPECT('export { expect } from "#lenient";\n'), ["expect"]],
  ["another local name is the framework's", EXPECT(`${VITEST}const expect = (_: unknown) => ({ toBe: () => undefined });\nexport { expect };\n`), ["expect"]],
];

it.each(CHANGES)("%s", async (_what, files, taken) => {
  const found = (await weakenings(files, syntax)).map(({ what }) => /take `(\w+)` from the repository/.exec(what)?.[1]);
  expect(found.filter((one) => one !== undefined).sort()).toEqual(taken);
});
