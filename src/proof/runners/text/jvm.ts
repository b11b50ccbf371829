import { counted, type TestCase, type TestCount } from "../test-case.ts";
import { byWord, type Dialect, numbersAfterWord, numbersByWord, restPassed } from "./dialect.ts";

/** Runners of the Java virtual machine and of .NET. */
const LEVEL = String.raw`(?:\[(?:INFO|ERROR|WARNING|WARN|info|error|warn)\] )?`;

function surefire(text: string): TestCount {
  const of = numbersAfterWord(text);
  const [failed, skipped] = [of("failures") + of("errors"), of("skipped")];
  return counted(of("tests run") - failed - skipped, failed, skipped);
}

const upper = (word: string): TestCase["outcome"] =>
  word === "PASSED" ? "passed" : word === "SKIPPED" ? "skipped" : "failed";

export const JVM: readonly Dialect[] = [
  {
    runner: "surefire",
    shows: new RegExp(`^${LEVEL}Running [\\w.$]+$`),
    totals: [
      {
        // The sum of a module has no time; that of each class has one.
        pattern: new RegExp(
          `^${LEVEL}(Tests run: *\\d+, +Failures: *\\d+(?:, +Errors: *\\d+)?(?:, +Skipped: *\\d+)?(?:, +Flakes: *\\d+)?)$`,
        ),
        count: (match) => surefire(match[1] ?? ""),
        rank: 1,
      },
      {
        pattern: new RegExp(
          `^${LEVEL}(Tests run: *\\d+, +Failures: *\\d+, +Errors: *\\d+, +Skipped: *\\d+), +Time elapsed: `,
        ),
        count: (match) => surefire(match[1] ?? ""),
        rank: 0,
      },
      { pattern: /^OK \((\d+) tests?\)$/, count: (match) => counted(Number(match[1]), 0, 0), rank: 1 },
      { pattern: new RegExp(`^${LEVEL}No tests to run\\.?$`), count: () => counted(0, 0, 0), rank: -1 },
    ],
    cases: [
      {
        pattern: new RegExp(
          `^${LEVEL}(?<suite>[\\w.$]+)\\.(?<name>\\w[^ ]*) +(?:--|Time elapsed:).*<<< (?<word>FAILURE|ERROR)!`,
        ),
        outcome: (word) => (word === "ERROR" ? "errored" : "failed"),
      },
      {
        pattern: new RegExp(
          `^${LEVEL}(?<name>\\w[^ (]*)\\((?<suite>[\\w.$]+)\\) +Time elapsed:.*<<< (?<word>FAILURE|ERROR)!`,
        ),
        outcome: (word) => (word === "ERROR" ? "errored" : "failed"),
      },
    ],
    notLoaded: [/^\[ERROR\] (\S+\.(?:java|kt)):\[\d+,\d+\] /],
  },
  {
    runner: "junit-platform",
    fields: {
      pattern: /^\[\s*(?<value>\d+) tests (?<name>found|skipped|started|aborted|successful|failed)\s*\]$/,
      needs: ["successful"],
      count: (of) => counted(of("successful"), of("failed"), of("skipped") + of("aborted")),
    },
  },
  {
    runner: "gradle",
    totals: [
      {
        pattern: /^(\d+) tests? completed(?:, (\d+) failed)?(?:, (\d+) skipped)?$/,
        count: (match) => {
          const [all, failed, skipped] = [Number(match[1]), Number(match[2] ?? 0), Number(match[3] ?? 0)];
          return counted(all - failed - skipped, failed, skipped);
        },
        rank: 0,
      },
      {
        // Plugins that sum up: `SUCCESS: Executed 3 tests in 1.2s (1 skipped)`, `Results: SUCCESS (3 tests, 3 passed, …)`
        pattern: /^(?:SUCCESS|FAILURE): Executed (\d+) tests? in [^(]*(?:\((.*)\))?$/,
        count: (match) => {
          const of = numbersByWord(match[2] ?? "");
          return counted(Number(match[1]) - of("failed") - of("skipped"), of("failed"), of("skipped"));
        },
        rank: 1,
      },
      {
        pattern: /\bResults?: (?:SUCCESS|FAILURE) \((\d+ tests?, .*)\)/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("passed", "successes", "successful"), of("failed", "failures"), of("skipped"));
        },
        rank: 1,
      },
    ],
    cases: [
      {
        pattern:
          /^(?:Gradle Test Executor \d+ > )?(?<name>\S.*? > .+?) (?<word>PASSED|FAILED|SKIPPED)(?: \([\d.]+m?s\))?$/,
        outcome: upper,
      },
    ],
    casesCount: true,
  },
  {
    runner: "scala",
    totals: [
      {
        pattern: /^(?:\[(?:info|error)\] )?(?:Passed|Failed|Error): Total (\d+), (.*)$/,
        count: (match) => {
          const said = new Map(
            [...(match[2] ?? "").matchAll(/([A-Z]\w{1,100}) (\d+)/g)].map((m) => [m[1], Number(m[2])]),
          );
          const of = (word: string) => said.get(word) ?? 0;
          return counted(of("Passed"), of("Failed") + of("Errors"), of("Skipped") + of("Ignored") + of("Pending"));
        },
        rank: 1,
      },
      {
        pattern: /^(?:\[info\] )?Tests: succeeded (\d+), failed (\d+), canceled (\d+), ignored (\d+), pending (\d+)/,
        count: (match) => {
          const [passed, failed, ...rest] = match.slice(1).map(Number) as [number, number, ...number[]];
          return counted(
            passed,
            failed,
            rest.reduce((a, b) => a + b, 0),
          );
        },
        rank: 0,
      },
      {
        // utest
        pattern: /^Tests: \d+, Passed: (\d+), Failed: (\d+)$/,
        count: (match) => counted(Number(match[1]), Number(match[2]), 0),
        rank: 0,
      },
    ],
    // munit, utest, and what fails in specs2
    file: /^(?:\[info\] )?((?:\w+\.)*[A-Z]\w*):$/,
    cases: [
      { pattern: /^(?:\[info\] )? {2}\+ (?<name>\S.*?) [\d.]+s$/, outcome: "passed" },
      {
        pattern: /^(?:\[\w+\] )?==> (?<word>[Xis]) (?<file>[\w.]+)\.(?<name>\S.*?) {1,2}(?:ignored )?[\d.]+s\b/,
        outcome: byWord(/^$/, /^[is]$/),
      },
      { pattern: /^(?<word>[+X]) (?<name>[\w.]+) \d+ms *$/, outcome: byWord(/^\+$/, /^$/) },
      { pattern: /^\[error\] {1,40}[x!] (?<name>\S.*)$/, outcome: "failed" },
    ],
  },
  {
    runner: "clojure.test",
    fields: {
      pattern: /^(?<name>Ran|failed) (?<value>\d+) tests containing \d+ assertions\.$/,
      needs: ["ran"],
      count: (of) => counted(of("ran"), 0, 0),
    },
    cases: [
      {
        pattern: /^(?<word>FAIL|ERROR) in \((?<name>[^)]+)\)/,
        outcome: (word) => (word === "FAIL" ? "failed" : "errored"),
      },
    ],
    corrected: restPassed,
  },
];

export const DOTNET: readonly Dialect[] = [
  {
    runner: "dotnet",
    totals: [
      {
        pattern: /^\s*(?:Passed|Failed|Skipped)!\s+- Failed:\s*(\d+), Passed:\s*(\d+), Skipped:\s*(\d+), Total:/,
        count: (match) => counted(Number(match[2]), Number(match[1]), Number(match[3])),
        rank: 2,
      },
      {
        pattern: /^Test summary: total: \d+, failed: (\d+), succeeded: (\d+), skipped: (\d+)/,
        count: (match) => counted(Number(match[2]), Number(match[1]), Number(match[3])),
        rank: 3,
      },
      {
        pattern:
          /^\s*Test Count: (\d+), Passed: (\d+), Failed: (\d+), Warnings: (\d+), Inconclusive: (\d+), Skipped: (\d+)/,
        count: (match) => {
          const [, passed, failed, warnings, inconclusive, skipped] = match.slice(1).map(Number);
          return counted((passed ?? 0) + (warnings ?? 0), failed ?? 0, (inconclusive ?? 0) + (skipped ?? 0));
        },
        rank: 1,
      },
      {
        pattern: /^\s+\S+\s+Total: (\d+), Errors: (\d+), Failed: (\d+), Skipped: (\d+)(?:, Not Run: (\d+))?, Time:/,
        count: (match) => {
          const [all, errors, failed, skipped] = match.slice(1, 5).map(Number) as [number, number, number, number];
          return counted(all - failed - skipped, failed + errors, skipped);
        },
        rank: 1,
      },
    ],
    fields: {
      pattern: /^\s*(?<name>Total tests|Passed|Failed|Skipped|total|failed|succeeded|skipped): +(?<value>\d+)$/,
      needs: [],
      count: (of) =>
        // Others count a "total" of their own, with other words beside it.
        of("total") + of("total tests") === 0 || of("total") > of("succeeded") + of("failed") + of("skipped")
          ? null
          : counted(of("passed") + of("succeeded"), of("failed"), of("skipped")),
    },
    cases: [
      {
        pattern: /^\s{1,4}(?<word>Passed|Failed|Skipped) (?<name>[^\s:!-].*?)(?: \[[^\]]*\])?$/,
        outcome: (word) => (word === "Passed" ? "passed" : word === "Failed" ? "failed" : "skipped"),
      },
      { pattern: /^(?<word>passed|failed|skipped) (?<name>\S.*?) \(.*\)$/, outcome: (word) => word as "passed" },
    ],
    notLoaded: [/^(\S+\.(?:cs|fs|vb))\(\d+,\d+\): error /],
  },
];
