import { expect, it } from "@jest/globals";
import { DEFAULT_POLICY } from "../core/rules/policy.ts";
import { blobSha } from "../trees/blob-sha.ts";
import type { Blobs, Tree } from "../trees/tree.ts";
import { collectProof } from "./collect.ts";
import type { ProofInput } from "./evidence.ts";
import { processorTime } from "../../test/support/processor-time.ts";
import { openSyntaxHere } from "./languages/syntax/parser.ts";

/**
 * Code of many like parts, which anybody can send. Each of these took half a minute or more when every part was compared with every
 * other, or read anew for each; now it takes seconds on a slow machine.
 */
const PARTS = 2_000;
const PATIENCE_MS = 20_000;

const store = new Map<string, Buffer>();
const blobs: Blobs = { get: (sha) => Promise.resolve(store.get(sha) ?? null), put: () => Promise.reject(new Error()) };

function tree(files: Readonly<Record<string, string>>): Tree {
  const entries = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    store.set(blobSha(content), content);
    return [path, { mode: "100644" as const, sha: blobSha(content), sizeBytes: content.length }] as const;
  });
  return new Map(entries);
}

const many = (part: (at: number) => string) => Array.from({ length: PARTS }, (_, at) => part(at)).join("");
const F = 'import assert from "node:assert";\nimport { test } from "node:test";\nimport { f } from "./x.js";\n';
const asking = (answer: (at: number) => string) =>
  `${F}test("t", () => {\n${many((at) => `  assert.equal(f(${at}), ${answer(at)});\n`)}});\n`;

const inLoops = (asked: string) =>
  `${F}test("t", () => {\n${many((at) => `  for (let i = ${at}; i < 50; i++) assert.deepEqual(${asked}, { a: "v" });\n`)}});\n`;

function pythonTests(more: string): string {
  const tests = many((at) => `    def test_${at}(self):\n        self.assertEqual(f(${at}), ${at}${more})\n`);
  return `import unittest\nfrom x import f\n\n\nclass T(unittest.TestCase):\n${tests}`;
}

type Files = Readonly<Record<string, string>>;
const LONG: readonly (readonly [what: string, base: Files, head: Files])[] = [
  ["a chain of calls", {}, { "x.js": `export const f = (a) => a${".b()".repeat(PARTS)};\n` }],
  ["assertions", { "x.test.js": asking((at) => `${at}`) }, { "x.test.js": asking((at) => `${at} + 1`) }],
  [
    "tests",
    { "x.test.js": `${F}${many((at) => `test("t${at}", () => assert.equal(f(${at}), ${at}));\n`)}` },
    { "x.test.js": `${F}${many((at) => `test("t${at}", () => assert.equal(f(${at}), ${at} + 1));\n`)}` },
  ],
  [
    "objects in a test, in loops by one name",
    { "x.test.js": inLoops("f(i)") },
    { "x.test.js": inLoops("f(i).slice(0)") },
  ],
  ["tests of Python", { "test_x.py": pythonTests("") }, { "test_x.py": pythonTests(" + 1") }],
  [
    "errors that are swallowed",
    {},
    { "x.js": `export async function f() {\n${many((at) => `  await load(${at}).catch(() => null);\n`)}}\n` },
  ],
  [
    "answers in a table, and tests that ask for them",
    {},
    {
      "x.py": `T = {${many((at) => `"w${at}x": "answer${at}y", `)}}\n\n\ndef f(a):\n    return T.get(a, a)\n`,
      "test_x.py": `import unittest\nfrom x import f\n\n\nclass T(unittest.TestCase):\n    def test_a(self):\n${many((at) => `        self.assertEqual(f("w${at}x"), "answer${at}y")\n`)}`,
    },
  ],
];

it.each(LONG)("reads %s in a time that grows with them", async (_what, base, head) => {
  const rest = { "package.json": '{"scripts":{"test":"node --test"}}' };
  const input: ProofInput = {
    ...{ type: "review", plan: null, policy: DEFAULT_POLICY, checks: [], unplanned: [], protectedAccepted: [] },
    ...{ reviews: [], asks: "nobody", commands: [] },
    base: { commitSha: "a".repeat(40), treeSha: "c".repeat(40), tree: tree({ ...rest, ...base }) },
    head: { commitSha: "b".repeat(40), treeSha: "d".repeat(40), tree: tree({ ...rest, ...head }) },
  };
  const taken = processorTime();
  const items = await collectProof(
    input,
    { sandbox: { state: "none", why: "None here." }, blobs, preparer: null },
    openSyntaxHere(),
  );
  expect(items.find(({ id }) => id === "completeness")?.code).not.toBe("unread");
  // Of work in one piece no time limit of a test is heard.
  expect(taken.ms()).toBeLessThan(PATIENCE_MS);
});
