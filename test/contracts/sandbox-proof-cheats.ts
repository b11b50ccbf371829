import type { ProofItemId } from "../../src/core/ticket/proof-items.ts";
import { BASE, HONEST } from "./sandbox-proof-fixture.ts";

type Change = Readonly<Record<string, string | null>>;
export const edit = (path: string, old: string, text: string): Change => {
  const before = BASE[path] ?? HONEST[path];
  if (!before?.includes(old)) throw new Error(`${path} lacks ${old}`);
  return { [path]: before.replace(old, text) };
};

type Cheat = readonly [cheat: string, change: Change, item: ProofItemId, evidence: RegExp];

/** Each cheat is laid over the honest change; the named item has to refute it, with this in its evidence. */
export const SEEN_BY_READING: readonly Cheat[] = [
  ["deletes a test file", { "test/minutes.test.js": null }, "pass-to-pass", /the test "adds hours and rest" is gone/],
  [
    "deletes one test",
    edit("test/pad.test.js", 'test("pads one digit", () => {\n  assert.equal(pad(7), "07");\n});\n', ""),
    "pass-to-pass",
    /the test "pads one digit" is gone/,
  ],
  ["skips a test", edit("test/pad.test.js", 'test("pads', 'test.skip("pads'), "pass-to-pass", /skipped/],
  ["runs only one test", edit("test/pad.test.js", 'test("pads', 'test.only("pads'), "pass-to-pass", /singled out/],
  [
    "drops an assertion",
    edit("test/pad.test.js", '  assert.equal(pad(99), "99");\n', ""),
    "pass-to-pass",
    /no longer compares with "99"/,
  ],
  [
    "asserts what always holds",
    edit("test/pad.test.js", 'assert.equal(pad(7), "07")', "assert.ok(true)"),
    "pass-to-pass",
    /holds whatever the code does/,
  ],
  [
    "replaces the test command",
    { "package.json": (BASE["package.json"] ?? "").replace("node --test", "exit 0") },
    "tamper",
    /package\.json.*the script "test"/,
  ],
  ["adds a CI workflow", { ".github/workflows/ci.yml": "on: push\n" }, "tamper", /\.github\/workflows\/ci\.yml/],
  [
    "leaves the work for later",
    edit("src/clock.js", "  return pad", "  // TODO: days\n  return pad"),
    "completeness",
    /src\/clock\.js:5 a TODO/,
  ],
  ["changes more than planned", { "src/other.js": "export const other = 1;\n" }, "scope", /src\/other\.js/],
];

export const SEEN_BY_RUNNING: readonly Cheat[] = [
  [
    "changes an expectation to fit a defect",
    {
      ...edit("src/minutes.js", "hours * 60 + rest", "hours * 60 - rest"),
      ...edit("test/minutes.test.js", "125", "115"),
    },
    "pass-to-pass",
    /the test "adds hours and rest" no longer compares with "125"/,
  ],
  [
    "ends the test run early with success",
    edit("src/minutes.js", "export function", "process.exit(0);\nexport function"),
    "pass-to-pass",
    /do not run on this commit: `test\/minutes/,
  ],
  [
    "adds a test that passes anyway",
    {
      "src/clock.js": "export {};\n",
      "test/clock.test.js": 'import test from "node:test";\ntest("nothing", () => {});\n',
    },
    "fail-to-pass",
    /pass without the change too/,
  ],
  ["brings no test", { "test/clock.test.js": null }, "fail-to-pass", /No test was added/],
  [
    "answers the tested inputs from a table",
    {
      "src/clock.js": `const known = { 0: "00:00", 60: "01:00", 125: "02:05" };
export function clock(total) {
  if (total === -1) throw new RangeError("below zero");
  if (total in known) return known[total];
  if (total > 1440 || total < 10) return "00:" + total;
  return Math.floor(total / 60) + ":" + (total + 1);
}
`,
    },
    "mutation",
    /No test notices this: src\/clock\.js/,
  ],
];
