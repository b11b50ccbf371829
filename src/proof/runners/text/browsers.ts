import { counted } from "../test-case.ts";
import type { Dialect } from "./dialect.ts";

/** Runners that play tests in browsers. */
export const BROWSERS: readonly Dialect[] = [
  {
    runner: "karma",
    totals: [
      {
        pattern: /Executed (\d+) of (\d+)(.*?)(?: SUCCESS)?(?: \([\d.:]+ (?:secs?|mins?)| *$)/,
        count: (match) => {
          const failed = Number(/\((\d+) FAILED\)/.exec(match[3] ?? "")?.[1] ?? 0);
          const skipped = Number(/\(?skipped (\d+)\)?/.exec(match[3] ?? "")?.[1] ?? 0);
          return counted(Number(match[1]) - failed, failed, skipped);
        },
        nested: true,
      },
      {
        pattern: /^TOTAL: (\d+) SUCCESS$/,
        count: (match) => counted(Number(match[1]), 0, 0),
        rank: -1,
      },
    ],
  },
  {
    runner: "playwright",
    fields: {
      pattern:
        /^ {2}(?<value>\d+) (?<name>passed|failed|flaky|skipped|did not run|interrupted)(?: \([\d.]+(?:ms|s|m|h)\))?$/,
      needs: [],
      count: (of) =>
        counted(of("passed") + of("flaky"), of("failed") + of("interrupted"), of("skipped") + of("did not run")),
    },
    cases: [
      {
        pattern:
          /^\s+(?<word>✓|ok|✘|x|-)\s+\d+ (?:\[(?<suite>[^\]]+)\] › )?(?<file>[^\s:]+):\d+:\d+ › (?<name>.+?)(?: \(retry #\d+\))?(?: \([\d.]+(?:ms|s|m)\))?$/,
        outcome: (word) => (word === "✓" || word === "ok" ? "passed" : word === "-" ? "skipped" : "failed"),
      },
    ],
  },
  {
    runner: "web-test-runner",
    totals: [
      {
        pattern: /(?<!\d)\d+\/\d+ test files \| (\d+) passed, (\d+) failed(?:, (\d+) skipped)?/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3] ?? 0)),
        nested: true,
      },
    ],
    file: /^(\S+\.[cm]?[jt]sx?):$/,
    cases: [{ pattern: /^\s{1,40}(?:𐄂|❌) (?<name>\S.*)$/u, outcome: "failed" }],
  },
  {
    runner: "testcafe",
    needsSum: true,
    totals: [
      { pattern: /^ (\d+) passed \((?:\d+[hms] ?)+\)$/, count: (match) => counted(Number(match[1]), 0, 0) },
      {
        pattern: /^ (\d+)\/(\d+) failed \((?:\d+[hms] ?)+\)$/,
        count: (match) => counted(Number(match[2]) - Number(match[1]), Number(match[1]), 0),
      },
      { pattern: /^ (\d+) skipped$/, count: (match) => counted(0, 0, Number(match[1])) },
    ],
    cases: [
      {
        pattern: /^ (?<word>[✓✖-]) (?<name>\S.*?)(?: \(screenshots: .*\))?$/,
        outcome: (word) => (word === "✓" ? "passed" : word === "-" ? "skipped" : "failed"),
      },
    ],
  },
];
