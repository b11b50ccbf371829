import { counted } from "../test-case.ts";
import { byWord, type Dialect, numbersByWord, restPassed } from "./dialect.ts";

/** Further runners of C, C++, OCaml, F#, Nim and of tool chains themselves. */
const n = (match: RegExpExecArray, group: number) => Number(match[group] ?? 0);

export const SYSTEMS: readonly Dialect[] = [
  {
    runner: "qttest",
    totals: [
      {
        pattern: /^Totals: (\d+) passed, (\d+) failed, (\d+) skipped(?:, (\d+) blacklisted)?(?:, \d+ms)?$/,
        count: (match) => counted(n(match, 1), n(match, 2), n(match, 3) + n(match, 4)),
      },
    ],
    cases: [
      {
        pattern: /^(?<word>PASS|FAIL!|XPASS|SKIP|BPASS|BFAIL|BXPASS|BXFAIL) {1,3}: (?<name>[\w:]+\([^)]*\))/,
        outcome: byWord(/^PASS/, /^(?:SKIP|B)/),
      },
    ],
  },
  {
    runner: "cpputest",
    totals: [
      {
        pattern: /^OK \((\d+) tests?, (\d+) ran, \d+ checks?, (\d+) ignored, (\d+) filtered out, \d+ ms\)$/,
        count: (match) => counted(n(match, 2), 0, n(match, 3)),
      },
      {
        // With more than one failed check in a test there are more failures than tests.
        pattern:
          /^Errors \((?:\d+ failures?|ran nothing), (?:\d+ tests?), (\d+) ran, \d+ checks?, (\d+) ignored, \d+ filtered out, \d+ ms\)$/,
        count: (match) => counted(n(match, 1), 0, n(match, 2)),
      },
    ],
    cases: [{ pattern: /: error: Failure in TEST\((?<suite>\w+), (?<name>\w+)\)$/, outcome: "failed" }],
    corrected: restPassed,
  },
  {
    runner: "cppunit",
    totals: [
      {
        pattern: /^Run: {1,4}(\d+) {1,4}Failures: (\d+) {1,4}Errors: (\d+)$/,
        count: (match) => {
          const failed = n(match, 2) + n(match, 3);
          return counted(n(match, 1) - failed, failed, 0);
        },
      },
    ],
    cases: [{ pattern: /^\d+\) test: (?<name>\S+) \([FE]\)/, outcome: "failed" }],
  },
  {
    runner: "cgreen",
    totals: [
      {
        pattern: /^Completed "[^"]*": (\d+ (?:pass|fail|skip|exception).*?)(?: in \d+ms)?\.$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("pass", "passes"), of("failure", "failures", "exception", "exceptions"), of("skipped"));
        },
      },
    ],
    cases: [{ pattern: /^\S+:\d+: (?:Failure|Exception): (?<suite>\S+) -> (?<name>\S+) *$/, outcome: "failed" }],
  },
  {
    runner: "lit",
    fields: {
      pattern:
        /^(?: {2})?(?<name>Total Discovered Tests|Passed(?: With Flakiness)?|Failed|Unsupported|Skipped|Excluded|Expectedly Failed|Unexpectedly Passed|Unresolved|Timed Out) *: +(?<value>\d+)(?: \([\d.]+%\))?$/,
      needs: ["total discovered tests"],
      count: (of) =>
        counted(
          of("passed") + of("passed with flakiness"),
          of("failed") + of("unexpectedly passed") + of("unresolved") + of("timed out"),
          of("unsupported") + of("skipped") + of("expectedly failed"),
        ),
    },
    cases: [
      {
        pattern:
          /^(?<word>PASS|FLAKYPASS|FAIL|XFAIL|XPASS|UNSUPPORTED|UNRESOLVED|TIMEOUT|SKIPPED): (?<name>.+ :: .+?) \(\d+ of \d+\)$/,
        outcome: byWord(/PASS$/, /^(?:XFAIL|UNSUPPORTED|SKIPPED)$/),
      },
    ],
  },
  {
    runner: "dejagnu",
    fields: {
      pattern:
        /^# of (?<name>expected passes|unexpected failures|unexpected successes|expected failures|unresolved testcases|untested testcases|unsupported tests)\s+(?<value>\d+)$/,
      needs: [],
      count: (of) =>
        counted(
          of("expected passes"),
          of("unexpected failures") + of("unexpected successes") + of("unresolved testcases"),
          of("expected failures") + of("untested testcases") + of("unsupported tests"),
        ),
    },
    cases: [
      {
        pattern: /^(?<word>PASS|FAIL|XFAIL|XPASS|UNSUPPORTED|UNRESOLVED|UNTESTED): (?<name>\S.*)$/,
        outcome: byWord(/^PASS$/, /^(?:XFAIL|UNSUPPORTED|UNTESTED)$/),
      },
    ],
  },
  {
    // Under a test of Go's own, which is one more.
    runner: "gocheck",
    totals: [
      {
        pattern: /^(?:OK|OOPS): (\d+ passed(?:, \d+ [A-Za-z-]+(?: failures)?)*)$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("passed"), of("failed", "panicked", "fixture", "missed"), of("skipped", "expected"));
        },
      },
    ],
    cases: [
      {
        pattern: /^(?<word>PASS|FAIL|SKIP|PANIC|MISS): (?<file>\S+\.go):\d+: (?<name>\S+)/,
        outcome: byWord(/^PASS$/, /^SKIP$/),
      },
    ],
  },
  {
    runner: "kyua",
    totals: [
      {
        pattern: /^(\d+)\/(\d+) passed \((\d+) broken, (\d+) failed, (\d+) skipped\)$/,
        count: (match) => counted(n(match, 1), n(match, 3) + n(match, 4), n(match, 5)),
      },
      { pattern: /^(\d+)\/\1 passed \(0 failed\)$/, count: (match) => counted(n(match, 1), 0, 0) },
    ],
    cases: [
      {
        pattern: /^(?<name>\S+:\S+) {2}-> {2}(?<word>passed|failed|broken|skipped|expected_failure)\b/,
        outcome: byWord(/^passed$/, /^(?:skipped|expected)/),
      },
    ],
  },
  {
    runner: "nim",
    cases: [{ pattern: /^ {2}\[(?<word>OK|FAILED|SKIPPED)\] (?<name>\S.*)$/, outcome: byWord(/^OK$/, /^SKIPPED$/) }],
    file: /^\[Suite\] (\S.*)$/,
    casesCount: true,
  },
  {
    runner: "ounit",
    totals: [
      { pattern: /^Ran: (\d+) tests in: [\d.]+ seconds\.$/, count: (match) => counted(n(match, 1), 0, 0), rank: 0 },
      {
        pattern:
          /^FAILED: Cases: \d+ Tried: (\d+) Errors: (\d+) Failures: (\d+) Skip: {1,2}(\d+) Todo: (\d+) Timeouts: (\d+)\.$/,
        count: (match) => {
          const [failed, skipped] = [n(match, 2) + n(match, 3) + n(match, 6), n(match, 4) + n(match, 5)];
          return counted(n(match, 1) - failed - skipped, failed, skipped);
        },
        rank: 1,
      },
    ],
    cases: [{ pattern: /^Error: (?<name>\S+)\.$/, outcome: "failed" }],
  },
  {
    runner: "expecto",
    totals: [
      {
        pattern:
          /\bEXPECTO! \d+ tests? run in \S+ for .{1,300} . (\d+) passed, (\d+) ignored, (\d+) failed, (\d+) errored\./,
        count: (match) => counted(n(match, 1), n(match, 3) + n(match, 4), n(match, 2)),
      },
    ],
    cases: [
      {
        pattern: /^(?:\[\S+ ERR\] )?(?<name>\S.*?) (?<word>failed|errored) in \d\d:\d\d:\d\d\.\d+\./,
        outcome: "failed",
      },
    ],
  },
  {
    runner: "buck2",
    totals: [
      {
        pattern: /^Tests finished: Pass (\d+)\. Fail (\d+)\. (?:Timeout (\d+)\. )?Fatal (\d+)\. Skip (\d+)\./,
        count: (match) => counted(n(match, 1), n(match, 2) + n(match, 3) + n(match, 4), n(match, 5)),
      },
    ],
    cases: [
      {
        pattern: /^\S (?<word>Pass|Fail|Fatal|Timeout|Skip): (?<name>\S+\/\/\S+(?: - .+?)?) \([\d.]+m?s\)$/,
        outcome: byWord(/^Pass$/, /^Skip$/),
      },
    ],
  },
  {
    runner: "check",
    totals: [
      {
        pattern: /^\d+%: Checks: (\d+), Failures: (\d+), Errors: (\d+)$/,
        count: (match) => {
          const failed = Number(match[2]) + Number(match[3]);
          return counted(Number(match[1]) - failed, failed, 0);
        },
      },
    ],
  },
];
