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
    ["with a lone carriage return", ["1..2", "ok 1 - a", "# 10%\r# 20%", "not ok 2 - b"], [1, 1, 0, "a, b"]],
    ["with another line's end in a name", ["1..2", "ok 1 - a \u2028 b\u2029", "ok 2 - c\vd"], [2, 0, 0, "a b, c d"]],
    ["with YAML that cannot be read", ["1..1", "ok 1 - a", "  ---", "  a: [", "  ..."], [1, 0, 0, "a"]],
    ["whose YAML has no end", ["1..2", "ok 1 - a", "  ---", "  not ok 2 - b", "not ok 2 - c"], [1, 1, 0, "a, c"]],
    [
      "whose YAML stands before what it holds",
      ["1..1", "ok 1 - a", "  ---", "  b: 1", "  ...", "{", "    ok 1 - in", "    1..1", "}"],
      [1, 0, 0, "a > in"],
    ],
    ["with numbers in another order", ["1..2", "not ok 2 - b", "ok 1 - a"], [1, 1, 0, "b, a"]],
    ["with points behind its end", ["1..2", "ok 1 - a", "ok 2 - b", "Bail out!", "not ok 3 - c"], null],
    ["that gave up and has passed", ["1..2", "ok 1 - a", "ok 2 - b", "Bail out!"], null],
    ["with a second plan", ["1..2", "ok 1 - a", "ok 2 - b", "not ok 3 - c", "1..3"], null],
    ["whose plan stands in an open subtest", ["# Subtest: a", "    # Subtest: b", "1..1"], null],
    ["with a point beyond its plan", ["ok 1 - a", "ok 9 - b", "1..2"], null],
    ["with more points than its plan", ["ok 1 - old", "ok 1 - a", "1..1"], null],
    ["with a name that is none", ["1..1", `ok 1 - ${"a".repeat(5_000)}`], null],
    ["nested too deep", ["TAP version 13", `${" ".repeat(124)}ok 1 - a`, "1..1"], null],
    ["with more tests than are kept", [...Array(CASES_MAX + 1).keys()].map((at) => `ok ${at + 1} - a`), null],
    ["behind other lines", ["linting", "1..1", "ok 1 - a"], null],
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
    const [many, long] = [50_000, 2_000_000];
    const block = ["ok 1 - x", "  ---", ...Array.from({ length: many }, (_, at) => `  k${at}: !ours/own 1`), "  ..."];
    const hostile = [
      "ok 1 - x\n".repeat(many),
      "    ok 1 - x {\n".repeat(many),
      "# Subtest: a\n".repeat(many),
      `${" ".repeat(120)}ok 1 - x\n`.repeat(many),
      `${" ".repeat(120)}x\n`.repeat(many),
      "1..1\n".repeat(many),
      "ok 1 - # skip ".repeat(many),
      "pragma +strict\n".repeat(many),
      `${block.join("\n")}\n`,
      `ok 1 - x\n  ---\n${"  - x\n".repeat(many)}`,
      `ok 1 - x\n${"# x\n".repeat(long)}`,
      `ok 1 - x\n${"x\n".repeat(long)}`,
      "x".repeat(8 * long),
      "    # Subtest: a\n".repeat(long),
      "}\n".repeat(long),
    ];
    const taken = processorTime();
    for (const part of hostile) readReport(Buffer.from(`TAP version 14\n${part}\n1..1\n`));
    // Tenths of a second where it is in proportion.
    expect(taken.ms()).toBeLessThan(10_000);
  });
});
