import { counted, type TestCase } from "../test-case.ts";
import { withoutLines } from "./doc-tests.ts";
import { byWord, type Dialect, numbersAfterWord, numbersByWord, restPassed } from "./dialect.ts";

/** Runners of Rust, C, C++, Swift, Zig and their kin. Go is in `go.ts`. */
const rust = (word: string): TestCase["outcome"] =>
  word === "ok" ? "passed" : word.startsWith("ignored") ? "skipped" : "failed";

export const COMPILED: readonly Dialect[] = [
  {
    runner: "cargo",
    named: withoutLines,
    begins: /^running (\d+) tests?$/,
    totals: [
      {
        pattern: /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3])),
      },
    ],
    cases: [
      {
        // Between a name and its outcome stands what a test prints without a line end: then nobody knows where that ends.
        pattern: /^test (?<name>(?:(?! \.\.\. ).)+?)(?: - should panic)? \.\.\. (?<word>ok|FAILED|ignored)(?:$|,| <)/,
        outcome: rust,
      },
      // Of a quiet run only what failed has a name.
      { pattern: /^---- (?<name>\S.*?) stdout ----$/, outcome: "failed" },
    ],
    // With `--show-output` what passed is told again, with what it printed.
    repeatsAfter: /^successes:$/,
    startsAt: /^(?:failures:|running \d+ tests?)$/,
    file: /^\s+(?:Running|Doc-tests) (?:unittests )?([^\s(]+)/,
    // A program that was ended by a signal took the rest of its tests with it.
    notLoaded: [
      /^error: could not compile `([^`]+)`/,
      /^\s+process didn't exit successfully: `(?:\S*\/)?([\w-]+?)(?:-[0-9a-f]{16})?(?: [^`]*)?` \(signal: /,
    ],
  },
  {
    runner: "nextest",
    totals: [
      {
        pattern: /^\s*Summary \[[^\]]*\] (?:\d+\/)?\d+ tests? run: (.+)$/,
        count: (match) => {
          const of = numbersByWord((match[1] ?? "").replace(/\([^()]*\)/g, "").replace("timed out", "timedout"));
          return counted(of("passed"), of("failed", "timedout", "errored"), of("skipped"));
        },
      },
    ],
    cases: [
      {
        pattern:
          /^\s*(?:TRY \d+ )?(?<word>PASS|FAIL|LEAK|TIMEOUT|SIGSEGV|SIGABRT|ABORT|FLAKY \d+\/\d+) \[[^\]]*\] (?:\([^)]*\) )?(?<suite>\S+) (?<name>\S+)$/,
        outcome: (word) => (/^(?:PASS|LEAK|FLAKY)/.test(word) ? "passed" : "failed"),
      },
    ],
    repeatsAfter: /^\s*Summary \[/,
    startsAt: /^\s*(?:Starting|Nextest run)\b/,
    notLoaded: [/^error: could not compile `([^`]+)`/],
  },
  {
    runner: "ctest",
    ...{ holds: true, shows: /^Test project \// },
    totals: [
      {
        pattern: /^\d+% tests passed, (\d+) tests? failed out of (\d+)$/,
        count: (match) => counted(Number(match[2]) - Number(match[1]), Number(match[1]), 0),
      },
      { pattern: /^No tests were found!!!$/, count: () => counted(0, 0, 0) },
    ],
    cases: [
      {
        pattern:
          /^\s*\d+\/\d+ Test +#\d+: (?<name>.+?) \.{2,}\s*(?<word>Passed|(?:[A-Z][A-Za-z ]{0,40})?\*\*\*[A-Za-z ]+(?:\(Disabled\))?)/,
        // What is disabled is not in its sum.
        outcome: (word) => (/Disabled/.test(word) ? null : byWord(/^Passed$/, /Skipped/)(word)),
      },
    ],
    // A skipped test is among those that "passed".
    corrected: (count, cases) => restPassed(count, { ...cases, failed: 0 }),
  },
  {
    runner: "gtest",
    totals: [
      { pattern: /^\[\s+PASSED\s+\] (\d+) tests?(?:\(s\))?\.$/, count: (match) => counted(Number(match[1]), 0, 0) },
      {
        pattern: /^\[\s+(FAILED|SKIPPED)\s+\] (?:\S+: )?(\d+) tests?(?:\(s\))?(?:\.|,? listed below:)$/,
        count: (match) => (match[1] === "FAILED" ? counted(0, Number(match[2]), 0) : counted(0, 0, Number(match[2]))),
      },
    ],
    cases: [
      {
        pattern: /^\[\s+(?<word>OK|FAILED|SKIPPED)\s+\] (?<name>[^\s(,]+).* \(\d+ ms\)$/,
        outcome: (word) => (word === "OK" ? "passed" : word === "FAILED" ? "failed" : "skipped"),
      },
    ],
    // `--gtest_brief` sums up what passed only.
    corrected: (count, cases) =>
      counted(count.passed, Math.max(count.failed, cases.failed), Math.max(count.skipped, cases.skipped)),
  },
  {
    runner: "catch2",
    totals: [
      {
        pattern: /^All tests passed \(\d+ assertions? in (\d+) test cases?\)$/,
        count: (match) => counted(Number(match[1]), 0, 0),
      },
      {
        pattern: /^(?:\[doctest\] )?test cases:\s+\d+\s*\|(.+)$/,
        count: (match) => {
          const of = numbersByWord((match[1] ?? "").replace(/ +/g, " "));
          return counted(of("passed"), of("failed"), of("skipped"));
        },
      },
      { pattern: /^No tests ran$/, count: () => counted(0, 0, 0) },
    ],
  },
  {
    runner: "boost",
    totals: [{ pattern: /^Running (\d+) test cases?\.\.\.$/, count: (match) => counted(Number(match[1]), 0, 0) }],
    // Its sum is of failed checks; one test may have many.
    cases: [{ pattern: /(?:^|: )(?:fatal )?error: in "(?<name>[^"]+)": /, outcome: "failed" }],
    corrected: restPassed,
  },
  {
    runner: "unity",
    totals: [
      {
        pattern: /^(\d+) Tests (\d+) Failures (\d+) Ignored\s*$/,
        count: (match) => {
          const [all, failed, ignored] = match.slice(1).map(Number) as [number, number, number];
          return counted(all - failed - ignored, failed, ignored);
        },
      },
    ],
  },
  {
    runner: "criterion",
    totals: [
      {
        pattern: /^\[====\] Synthesis: (.+)$/,
        count: (match) => {
          const of = numbersAfterWord(match[1] ?? "");
          return counted(of("passing"), of("failing", "crashing"), 0);
        },
      },
    ],
    cases: [{ pattern: /^\[(?<word>PASS|FAIL|SKIP)\] (?<name>\S+?): \(/, outcome: byWord(/^PASS$/, /^SKIP$/) }],
  },
  {
    runner: "automake",
    ...{ holds: true, needsSum: true },
    fields: {
      pattern: /^# (?<name>TOTAL|PASS|SKIP|XFAIL|FAIL|XPASS|ERROR): +(?<value>\d+)$/,
      needs: ["total", "pass"],
      count: (of) => counted(of("pass"), of("fail") + of("xpass") + of("error"), of("skip") + of("xfail")),
    },
    cases: [
      {
        pattern: /^(?<word>PASS|FAIL|SKIP|XFAIL|XPASS|ERROR): (?<name>\S.*)$/,
        outcome: (word) => (word === "PASS" ? "passed" : /^(?:SKIP|XFAIL)$/.test(word) ? "skipped" : "failed"),
      },
    ],
  },
  {
    runner: "meson",
    holds: true,
    fields: {
      pattern: /^(?<name>Ok|Expected Fail|Fail|Unexpected Pass|Skipped|Timeout|Ignored): +(?<value>\d+)$/,
      needs: ["ok"],
      count: (of) =>
        counted(of("ok"), of("fail") + of("timeout") + of("unexpected pass"), of("skipped") + of("expected fail")),
    },
    cases: [
      {
        pattern:
          /^\s*\d+\/\d+ (?:(?<suite>\S+) \/ )?(?<name>.+?)\s+(?<word>OK|FAIL|SKIP|TIMEOUT|ERROR|EXPECTEDFAIL|UNEXPECTEDPASS) +[\d.]+ ?s\b/,
        outcome: (word) => (word === "OK" ? "passed" : /^(?:SKIP|EXPECTEDFAIL)$/.test(word) ? "skipped" : "failed"),
      },
    ],
  },
  {
    runner: "bazel",
    holds: true,
    totals: [
      {
        pattern: /^Executed \d+ out of (\d+) tests?: (.+)$/,
        count: (match) => {
          const said = match[2] ?? "";
          const failed = [...said.matchAll(/(?<!\d)(\d+) fails?\b/g)].reduce((sum, one) => sum + Number(one[1]), 0);
          const skipped = Number(/(\d+) (?:was|were) skipped/.exec(said)?.[1] ?? 0);
          return counted(Number(match[1]) - failed - skipped, failed, skipped);
        },
      },
    ],
    cases: [
      {
        pattern: /^(?<name>\/\/\S+)\s+(?:\(cached\) )?(?<word>PASSED|FAILED|TIMEOUT|NO STATUS|FLAKY)\b/,
        outcome: (word) => (word === "PASSED" || word === "FLAKY" ? "passed" : "failed"),
      },
    ],
  },
  {
    runner: "xctest",
    totals: [
      {
        pattern: /^\s*Executed (\d+) tests?, with (?:(\d+) tests? skipped and )?(\d+) failures? \(\d+ unexpected\)/,
        count: (match) => {
          const [failed, skipped] = [Number(match[3]), Number(match[2] ?? 0)];
          return counted(Number(match[1]) - failed - skipped, failed, skipped);
        },
        nested: true,
      },
    ],
    cases: [
      {
        pattern: /^Test [Cc]ase '(?:-\[)?(?<name>[^'\]]+)\]?' (?<word>passed|failed|skipped)\b/,
        outcome: (word) => (word === "passed" ? "passed" : word === "failed" ? "failed" : "skipped"),
      },
    ],
  },
  {
    runner: "swift-testing",
    totals: [
      {
        pattern: /^\S+\s+Test run with (\d+) tests?(?: in \d+ suites?)? (?:passed|failed) after /,
        count: (match) => counted(Number(match[1]), 0, 0),
      },
    ],
    cases: [
      {
        pattern:
          /^\S+\s+Test (?!run with |case )(?<name>.+?)(?: with \d+ test cases?)? (?<word>passed|failed) after [\d.]+ seconds/,
        outcome: (word) => (word === "passed" ? "passed" : "failed"),
      },
      { pattern: /^\S+\s+Test (?<name>.+?) skipped(?:\.|: .*)$/, outcome: "skipped" },
    ],
    corrected: restPassed,
  },
  {
    runner: "zig",
    totals: [
      { pattern: /^All (\d+) tests passed\.$/, count: (match) => counted(Number(match[1]), 0, 0) },
      {
        pattern: /^(\d+) passed; (\d+) skipped; (\d+) failed\.$/,
        count: (match) => counted(Number(match[1]), Number(match[3]), Number(match[2])),
      },
    ],
  },
];
