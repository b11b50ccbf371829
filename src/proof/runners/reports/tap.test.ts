import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { processorTime } from "../../../../test/support/processor-time.ts";
import { readOutput } from "../read-output.ts";
import { CASES_MAX } from "../test-case.ts";
import { readReport } from "./report.ts";

/** What node-tap really writes to the file it is asked for: without a version and without the plan of all. */
const TAP_FILE = [
  "# Subtest: a.test.js",
  "    # Subtest: outer",
  "        # Subtest: inner red",
  "            not ok 1 - differs",
  "              ---",
  "              compare: ===",
  "              ...",
  "            1..1",
  "        not ok 1 - inner red # time=46.87ms",
  "        1..1",
  "    not ok 1 - outer # time=74.097ms",
  "    ok 2 - later # TODO",
  "    ok 3 - left out # SKIP why # not",
  "    ok 4 - top with \\# hash and \\\\ back",
  "    1..4",
  "    # failed 1 of 4 tests",
  "not ok 1 - a.test.js # time=1700ms",
  "# Subtest: b.test.js",
  "    ok 1 - one",
  "    1..1",
  "ok 2 - b.test.js # time=1225.15ms",
  "# { total: 5, pass: 2, fail: 1, todo: 1, skip: 1 }",
];
const read = (...lines: readonly string[]) => {
  const tally = readReport(Buffer.from(lines.join("\n")));
  const count = tally?.count;
  return tally && [count?.passed, count?.failed, count?.skipped, tally.cases.map(({ name }) => name).join(", ")];
};

describe("a report in TAP", () => {
  it("of node-tap has no version and no plan", () => {
    const tally = readReport(Buffer.from(TAP_FILE.join("\n")));
    expect(tally?.cases).toEqual([
      { file: "a.test.js", name: "outer > inner red > differs", outcome: "failed" },
      { file: "a.test.js", name: "later", outcome: "todo" },
      { file: "a.test.js", name: "left out", outcome: "skipped" },
      { file: "a.test.js", name: "top with # hash and \\ back", outcome: "passed" },
      { file: "b.test.js", name: "one", outcome: "passed" },
    ]);
    expect(read(...TAP_FILE.slice(0, -1))).toBeNull();
  });

  it.each<[string, string[], ReturnType<typeof read>]>([
    [
      "behind npm's banner",
      ["> a@1.0.0 test", "> ava --tap", "", "TAP version 13", "ok 1 - a", "1..1"],
      [1, 0, 0, "a"],
    ],
    ["with Windows' line ends", ["TAP version 14\r", "1..1\r", "ok 1 - a\r"], [1, 0, 0, "a"]],
    ["of which points are missing", ["TAP version 13", "1..3", "ok 1 - a"], [1, 2, 0, "a"]],
    ["that was cut", ["TAP version 13", "ok 1 - a"], null],
    ["of a run that gave up", ["TAP version 13", "1..2", "ok 1 - a", "Bail out! no disk"], [1, 1, 0, "a"]],
    ["of no tests", ["TAP version 13", "1..0 # skipped"], [0, 0, 0, ""]],
    ["whose points have no names", ["1..2", "ok 1", "not ok 2"], [1, 1, 0, ", "]],
    ["whose parent alone is red", ["1..1", "    ok 1 - in", "    1..1", "not ok 1 - hook"], [1, 1, 0, "in, hook"]],
    ["nested too deep", ["TAP version 13", `${" ".repeat(404)}ok 1 - a`, "1..1"], null],
    ["with more tests than are kept", [...Array(CASES_MAX + 1).keys()].map((at) => `ok ${at + 1} - a`), null],
    ["that is none", ["ok, this is a letter", "and not a report"], null],
  ])("%s", (_, lines, expected) => {
    expect(read(...lines)).toEqual(expected);
  });

  it.each(["ava-tap-printed", "node-tap", "qunit", "tap", "tap-tap", "tap13-subtests", "tape", "vitest-tap"])(
    "of %s says what its text says",
    (name) => {
      const content = readFileSync(`test/data/runners/${name}.txt`);
      expect(readReport(content)?.cases).toEqual(readOutput(content)?.cases);
    },
  );

  it("costs time in proportion to its length, whatever it holds", () => {
    const hostile = [
      "ok 1 - x\n",
      "    ok 1 - x {\n",
      "# Subtest: a\n",
      "1..1\n",
      "ok 1 - # skip ",
      "pragma +strict\n",
    ];
    const taken = processorTime();
    for (const part of hostile) readReport(Buffer.from(`TAP version 14\n${part.repeat(50_000)}`));
    // Tenths of a second where it is in proportion.
    expect(taken.ms()).toBeLessThan(10_000);
  });
});
