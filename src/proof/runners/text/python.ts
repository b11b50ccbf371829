import { counted, type TestCase } from "../test-case.ts";
import { type Dialect, numbersByWord } from "./dialect.ts";

/** pytest's summary and lines of single tests, with `-v`, `-rA` or many workers. */
const PYTEST_WORDS =
  "passed|failed|skipped|errors?|xfailed|xpassed|deselected|warnings?|rerun|reruns|subtests passed|subtests failed|subtests skipped|subtests xfailed";
const PYTEST_OUTCOMES: Partial<Record<string, TestCase["outcome"]>> = {
  PASSED: "passed",
  FAILED: "failed",
  ERROR: "errored",
  SKIPPED: "skipped",
  XFAIL: "skipped",
  XPASS: "passed",
};
const outcome = (word: string) => PYTEST_OUTCOMES[word] ?? null;
/** Values of parameters stand in brackets and may hold blanks, dashes and brackets of their own. */
const PYTEST_ID = String.raw`(?<file>[^\s:]+\.py)::(?<name>[^\s[]+(?:\[.*?\])?)`;

export const PYTHON: readonly Dialect[] = [
  {
    runner: "pytest",
    // With `-q` a run begins with its first dots.
    begins: /^(?:=+ test session starts =+|(?:\S+\.py )?[.FEsxXuR,-]{1,500}\s+\[\s*\d+%\])$/,
    totals: [
      {
        pattern: new RegExp(`^=*\\s*(\\d+ (?:${PYTEST_WORDS})(?:, \\d+ (?:${PYTEST_WORDS}))*) in [\\d.]+s\\b`),
        count: (match) => {
          const of = numbersByWord((match[1] ?? "").replace(/\d+ subtests \w+/g, ""));
          return counted(of("passed", "xpassed"), of("failed", "error", "errors"), of("skipped", "xfailed"));
        },
        rank: 1,
      },
      {
        pattern: /^=*\s*no tests (?:ran|collected)(?:, \d+ \w+)* in [\d.]+s\b/,
        count: () => counted(0, 0, 0),
        rank: 1,
      },
      {
        // `-qq` leaves only the dots of each file: `..F.s  [ 40%]`
        pattern: /^(?:\S+\.py )?([.FEsxX]{1,500})\s+\[\s*\d+%\]$/,
        count: (match) => {
          const of = (letters: string) => [...(match[1] ?? "")].filter((one) => letters.includes(one)).length;
          return counted(of(".X"), of("FE"), of("sx"));
        },
        rank: -1,
      },
    ],
    // pytest-sugar and pytest-pretty write the numbers in a column, under `Results (0.05s):`.
    fields: {
      pattern:
        /^(?=[ \d]{8}(?:[ \d]{2})? [a-z]) {3,9}(?<value>\d{1,5}) (?<name>passed|failed|errors?|skipped|xfailed|xpassed|rerun|deselected)$/,
      needs: [],
      count: (of) =>
        counted(of("passed") + of("xpassed"), of("failed") + of("error") + of("errors"), of("skipped") + of("xfailed")),
    },
    cases: [
      {
        // Parameters in a name may hold such words too. An arrow leads to the file that an inherited test stands in; behind
        // the word stand how far the run is, how long the test took or both.
        pattern:
          /^(?<file>[^\s:]+\.py)::(?<name>\S(?:.*\])?|\S+)(?: <- \S+)? (?<word>PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?: \(.*\)| \[.*\])?(?: +(?:\[\s*(?:\d+%|\d+\/\d+)\]|[\d.]+(?:[nuµm]?s|m|h))){0,3}$/,
        outcome,
      },
      {
        pattern: new RegExp(
          `^(?:\\[gw\\d+\\] )?(?:\\[\\s*\\d+%\\] )?(?<word>PASSED|FAILED|ERROR|XFAIL|XPASS) ${PYTEST_ID}(?: - .*)?$`,
        ),
        outcome,
      },
      // A test one of whose subtests failed is told as passed before.
      { pattern: new RegExp(`^SUBFAIL(?:ED)?(?:[([].{1,300})? ${PYTEST_ID}(?: - .*)?$`), outcome: "failed" },
      {
        pattern: /^\[gw\d+\] \[\s*\d+%\] (?<word>SKIPPED) (?<file>[^\s:]+\.py)::(?<name>.+?)$/,
        outcome,
      },
    ],
    corrected: (count) => ({ ...count, run: Math.max(0, count.run), failed: Math.max(0, count.failed) }),
    notLoaded: [/^ERROR ([^\s:]+\.py)(?: - |$)/, /^_+ ERROR collecting (\S+) _+$/],
  },
  {
    runner: "stestr",
    fields: {
      pattern: /^ - (?<name>Passed|Skipped|Expected Fail|Unexpected Success|Failed): (?<value>\d+)$/,
      needs: ["passed", "failed"],
      count: (of) =>
        counted(of("passed"), of("failed") + of("unexpected success"), of("skipped") + of("expected fail")),
    },
    cases: [
      {
        pattern: /^\{\d+\} (?<name>\S+)(?: \[[\d.]+s\])? \.\.\. (?<word>ok|FAILED|SKIPPED)\b/,
        outcome: (word) => (word === "ok" ? "passed" : word === "FAILED" ? "failed" : "skipped"),
      },
    ],
  },
  {
    runner: "zope.testrunner",
    totals: [
      {
        pattern: /^\s*Ran (\d+) tests with (\d+) failures, (\d+) errors(?:,| and) (\d+) skipped/,
        count: (match) => {
          const [run, failures, errors, skipped] = match.slice(1).map(Number) as [number, number, number, number];
          return counted(run - failures - errors - skipped, failures + errors, skipped);
        },
      },
    ],
    cases: [
      {
        pattern: /^(?<word>Failure|Error) in test (?<name>\w+) \((?<suite>[\w.]+)\)$/,
        outcome: (word) => (word === "Error" ? "errored" : "failed"),
      },
    ],
  },
  {
    runner: "robot",
    totals: [
      {
        pattern: /^(\d+) tests?, (\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/,
        count: (match) => counted(Number(match[2]), Number(match[3]), Number(match[4] ?? 0)),
        after: /\| (?:PASS|FAIL|SKIP) \|$/,
        nested: true,
      },
    ],
  },
  {
    runner: "doctest",
    totals: [
      {
        pattern: /^(\d+) passed(?: and (\d+) failed)?\.$/,
        count: (match) => counted(Number(match[1]), Number(match[2] ?? 0), 0),
      },
    ],
  },
  {
    runner: "behave",
    totals: [
      {
        // behave: `2 scenarios passed, 1 failed, 1 error, 0 skipped, 1 undefined`
        pattern: /^(\d+ scenarios? passed(?:, \d+ [a-z]+)+)$/,
        count: (match) => {
          const of = numbersByWord((match[1] ?? "").replace(/ scenarios? /, " "));
          return counted(of("passed"), of("failed", "error", "undefined"), of("skipped", "untested", "pending"));
        },
        after: /^\d+ features? passed, /,
      },
    ],
  },
];
