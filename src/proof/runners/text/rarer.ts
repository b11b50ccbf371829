import { counted } from "../test-case.ts";
import { type Dialect, numbersByWord } from "./dialect.ts";

/** Runners that few repositories have, and reporters that put a table in the place of a runner's own summary. */
const number = (match: RegExpExecArray, group: number) => Number(match[group] ?? 0);

export const RARER: readonly Dialect[] = [
  {
    runner: "tap-spec",
    fields: {
      pattern: /^ {2}(?<name>total|passing|failing|skipped|todo): {2,}(?<value>\d+)$/,
      needs: ["total"],
      count: (of) => counted(of("passing"), of("failing"), of("skipped") + of("todo")),
    },
  },
  {
    runner: "phpspec",
    totals: [
      {
        pattern: /^\d+ examples? \((\d+ [a-z]+(?:, \d+ [a-z]+)*)\)$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("passed"), of("failed", "broken"), of("skipped", "pending"));
        },
      },
    ],
  },
  {
    runner: "zio-test",
    totals: [
      {
        pattern: /^(\d+) tests? passed\. (\d+) tests? failed\. (\d+) tests? ignored\.$/,
        count: (match) => counted(number(match, 1), number(match, 2), number(match, 3)),
      },
    ],
  },
  {
    runner: "testng",
    totals: [
      {
        pattern: /^Total tests run: (\d+), (?:Passes: (\d+), )?Failures: (\d+), Skips: (\d+)$/,
        count: (match) => {
          const [failed, skipped] = [number(match, 3), number(match, 4)];
          return counted(number(match, 1) - failed - skipped, failed, skipped);
        },
      },
    ],
  },
  {
    runner: "karate",
    totals: [
      {
        pattern: /^scenarios: +(\d+) \| passed: +(\d+) \| failed: +(\d+)$/,
        count: (match) => counted(number(match, 2), number(match, 3), 0),
        nested: true,
      },
    ],
  },
  {
    // The first row under a heading is the sum of the rows that are indented below it.
    runner: "julia",
    totals: [
      {
        pattern: /^(?!Test Summary)\S[^|]{0,200}\|((?: +\d+)+) +(?:\d+m)?[\d.]+s$/,
        count: (match) => {
          const all = (match[1] ?? "").trim().split(/ +/).map(Number);
          const total = all.at(-1) ?? 0;
          return all.length < 2 ? null : all.length === 2 ? counted(total, 0, 0) : null;
        },
        rank: 0,
      },
      {
        pattern: /^ERROR: Some tests did not pass: (\d+) passed, (\d+) failed, (\d+) errored, (\d+) broken\.$/,
        count: (match) => counted(number(match, 1), number(match, 2) + number(match, 3), number(match, 4)),
        rank: 1,
      },
    ],
  },
  {
    // The spec reporter of WebdriverIO, without what it writes before each line.
    runner: "webdriverio",
    fields: {
      pattern: /^(?<value>\d+) (?<name>passing|failing|skipped)(?: \([\d.ms ]+\))?$/,
      needs: ["passing"],
      count: (of) => counted(of("passing"), of("failing"), of("skipped")),
    },
  },
  {
    runner: "ward",
    fields: {
      pattern:
        /^│ +(?<value>\d+) +(?<name>Tests Encountered|Passes|Failures|Skips|Expected Failures|Unexpected Passes) /,
      needs: ["tests encountered"],
      count: (of) =>
        counted(of("passes"), of("failures") + of("unexpected passes"), of("skips") + of("expected failures")),
    },
  },
  {
    runner: "gleeunit",
    totals: [
      { pattern: /^(\d+) (?:tests|passed), no failures$/, count: (match) => counted(number(match, 1), 0, 0) },
      {
        pattern: /^(\d+) passed, (\d+) failures?(?:, (\d+) skipped)?$/,
        count: (match) => counted(number(match, 1), number(match, 2), number(match, 3)),
      },
    ],
  },
  {
    runner: "zig build",
    totals: [
      {
        pattern: /^Build Summary: .*?; (\d+)\/(\d+) tests passed(?:; (\d+) skipped)?(?:; (\d+) failed)?/,
        count: (match) => {
          const skipped = number(match, 3);
          return counted(number(match, 1), number(match, 2) - number(match, 1) - skipped, skipped);
        },
      },
    ],
  },
  {
    runner: "common test",
    totals: [
      {
        pattern: /^Failed (\d+) tests\. (?:Skipped (\d+) (?:\(\d+, \d+\) )?tests\. )?Passed (\d+) tests\.$/,
        count: (match) => counted(number(match, 3), number(match, 1), number(match, 2)),
      },
      {
        pattern: /^Skipped (\d+) (?:\(\d+, \d+\) )?tests\. Passed (\d+) tests\.$/,
        count: (match) => counted(number(match, 2), 0, number(match, 1)),
      },
    ],
  },
  {
    runner: "opa",
    fields: {
      pattern: /^(?<name>PASS|FAIL|ERROR|SKIPPED): (?<value>\d+)\/\d+$/,
      needs: [],
      count: (of) => counted(of("pass"), of("fail") + of("error"), of("skipped")),
    },
  },
  {
    runner: "conftest",
    totals: [
      {
        pattern:
          /^(\d+) tests?, (\d+) passed, (\d+) warnings?, (\d+) failures?, (\d+) exceptions?(?:, (\d+) skipped)?$/,
        count: (match) => counted(number(match, 2) + number(match, 3), number(match, 4), number(match, 5)),
      },
    ],
  },
  {
    runner: "move",
    totals: [
      {
        pattern: /^Test result: \w+\. Total tests: (\d+); passed: (\d+); failed: (\d+)$/,
        count: (match) => counted(number(match, 2), number(match, 3), 0),
      },
    ],
  },
  {
    runner: "snforge",
    totals: [
      {
        pattern: /^Tests: (\d+ passed, \d+ failed(?:, \d+ [a-z]+(?: [a-z]+)?)*)$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("passed"), of("failed"), of("skipped", "ignored"));
        },
      },
    ],
  },
  {
    runner: "tparse",
    totals: [
      {
        // A row for each package: status, time, package, coverage, passed, failed, skipped.
        pattern:
          /^[│|] +(?:PASS|FAIL|NOTEST|PANIC) +[│|][^│|]*[│|][^│|]*[│|][^│|]*[│|] +(\d+) +[│|] +(\d+) +[│|] +(\d+) +[│|]$/,
        count: (match) => counted(number(match, 1), number(match, 2), number(match, 3)),
      },
    ],
  },
];
