import { counted } from "../test-case.ts";
import { byWord, type Dialect, numbersByWord } from "./dialect.ts";

/** Runners of editors' extensions, of data and of HTTP, and further ones of scripting languages. */
const n = (match: RegExpExecArray, group: number) => Number(match[group] ?? 0);

export const DOMAINS: readonly Dialect[] = [
  {
    runner: "ert",
    totals: [
      {
        pattern: /^Ran \d+ tests, (\d+) results as expected, (\d+) unexpected(?:, (\d+) skipped)? \(/,
        count: (match) => counted(n(match, 1), n(match, 2), n(match, 3)),
      },
    ],
    cases: [
      {
        pattern: /^ {3}(?<word>passed|failed|skipped|FAILED|PASSED|QUIT|ABORTED) +\d+\/\d+ {2}(?<name>\S+)/,
        outcome: byWord(/^(?:passed|failed)$/, /^skipped$/),
      },
    ],
  },
  {
    runner: "buttercup",
    totals: [
      {
        pattern: /^Ran (\d+)(?: out of \d+)? specs?, (\d+) failed,(?: (\d+) pending,)? in [\d.]+m?s\.$/,
        count: (match) => counted(n(match, 1) - n(match, 2) - n(match, 3), n(match, 2), n(match, 3)),
      },
    ],
    cases: [{ pattern: /^ {2,40}(?<name>\S.*?) {2}FAILED \([\d.]+m?s\)$/, outcome: "failed" }],
  },
  {
    runner: "plenary",
    fields: {
      pattern: /^(?<name>Success|Failed|Errors) ?: ?\t(?<value>\d+)\s*$/,
      needs: ["success"],
      count: (of) => counted(of("success"), of("failed") + of("errors"), 0),
    },
    cases: [
      {
        pattern: /^(?<word>Success|Fail|Pending)\t\|\|\t(?<name>\S.*?)\s*$/,
        outcome: byWord(/^Success$/, /^Pending$/),
      },
    ],
  },
  {
    runner: "vader",
    totals: [
      {
        pattern: /^Success\/Total: (\d+)\/(\d+)(?: \(.*\))?$/,
        count: (match) => counted(n(match, 1), n(match, 2) - n(match, 1), 0),
      },
    ],
  },
  {
    runner: "luaunit",
    totals: [
      {
        pattern: /^Ran \d+ tests? in [\d.]+ seconds, (\d+ success.*)$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("success", "successes"), of("failure", "failures", "error", "errors"), of("skipped"));
        },
      },
    ],
    cases: [
      {
        pattern: /^ {4}(?<name>[\w.]+) \.\.\. (?<word>Ok|FAIL|ERROR|SKIP)\b/,
        outcome: byWord(/^Ok$/, /^SKIP$/),
      },
    ],
  },
  {
    runner: "mamba",
    totals: [
      {
        pattern: /^(?:(\d+) examples? failed of )?(\d+) (?:examples? )?ran (?:\((\d[^)]*)\) )?in [\d.]+ seconds$/,
        count: (match) => {
          const skipped = numbersByWord(match[3] ?? "")("skipped", "pending");
          return counted(n(match, 2) - n(match, 1) - skipped, n(match, 1), skipped);
        },
      },
    ],
    cases: [{ pattern: /^ {2}\d+\) (?<name>\S.*)$/, outcome: "failed" }],
  },
  {
    runner: "avocado",
    totals: [
      {
        pattern: /^RESULTS +: PASS (\d+) \| ERROR (\d+) \| FAIL (\d+) \| SKIP (\d+) \| WARN (\d+) \| INTERRUPT (\d+)(?: \| CANCEL (\d+))?$/, // prettier-ignore
        count: (match) =>
          counted(n(match, 1) + n(match, 5), n(match, 2) + n(match, 3) + n(match, 6), n(match, 4) + n(match, 7)),
      },
    ],
    cases: [
      {
        pattern: /^ \(\d+\/\d+\) (?<name>\S+): +(?<word>PASS|WARN|FAIL|ERROR|SKIP|CANCEL|INTERRUPT)\b/,
        outcome: byWord(/^(?:PASS|WARN)$/, /^(?:SKIP|CANCEL)$/),
      },
    ],
  },
  {
    runner: "ant",
    totals: [
      {
        pattern: /^\s+\[junit\] Tests run: (\d+), Failures: (\d+), Errors: (\d+)(?:, Skipped: (\d+))?, Time elapsed:/,
        count: (match) => {
          const [failed, skipped] = [n(match, 2) + n(match, 3), n(match, 4)];
          return counted(n(match, 1) - failed - skipped, failed, skipped);
        },
      },
    ],
  },
  {
    runner: "bacon",
    totals: [
      {
        pattern: /^(\d+) specifications \(\d+ requirements\), (\d+) failures, (\d+) errors$/,
        count: (match) => counted(n(match, 1) - n(match, 2) - n(match, 3), n(match, 2) + n(match, 3), 0),
      },
    ],
    cases: [{ pattern: /^\s{0,40}- (?<name>\S.*?) \[(?:FAILED|ERROR)[^\]]*\]$/, outcome: "failed" }],
  },
  {
    runner: "nette",
    totals: [
      {
        pattern: /^(?:OK|FAILURES!) \((\d+) tests?, ((?:\d+ \w+, )*)[\d.]+ seconds\)$/,
        count: (match) => {
          const of = numbersByWord(match[2] ?? "");
          const [failed, skipped] = [of("failure", "failures"), of("skipped")];
          return counted(n(match, 1) - failed - skipped, failed, skipped);
        },
      },
    ],
    cases: [{ pattern: /^-- (?<word>FAILED|SKIPPED): (?<name>\S.*)$/, outcome: byWord(/^$/, /^SKIPPED$/) }],
  },
  {
    runner: "kahlan",
    totals: [
      {
        pattern: /^Passed (\d+) of (\d+) (?:PASS|FAIL\b.*?) in [\d.]+ seconds/,
        count: (match) => counted(n(match, 1), n(match, 2) - n(match, 1), 0),
      },
    ],
    cases: [{ pattern: /^\s{2,40}✖ (?<name>\S.*)$/, outcome: "failed" }],
  },
  {
    runner: "phpt",
    fields: {
      pattern: /^Tests (?<name>skipped|warned|failed|passed) +: +(?<value>\d+) \( *[\d.]+%\)/,
      needs: ["passed"],
      count: (of) => counted(of("passed") + of("warned"), of("failed"), of("skipped")),
    },
    cases: [
      {
        pattern: /^(?<word>PASS|FAIL|SKIP|BORK|LEAK|WARN) (?<name>.*\[\S+\.phpt\])/,
        outcome: byWord(/^(?:PASS|WARN)$/, /^SKIP$/),
      },
    ],
  },
  {
    runner: "dbt",
    totals: [
      {
        pattern: /^(?:[\d:.]+ +)?Done\. PASS=(\d+) WARN=(\d+) ERROR=(\d+) SKIP=(\d+)(?: NO-OP=(\d+))? TOTAL=\d+$/,
        count: (match) => counted(n(match, 1) + n(match, 2), n(match, 3), n(match, 4) + n(match, 5)),
      },
    ],
    cases: [
      {
        pattern: /^(?:[\d:.]+ +)?\d+ of \d+ (?<word>PASS|WARN|FAIL|ERROR|SKIP)(?: \d+)? (?<name>\w\S*) \.{3,}/,
        outcome: byWord(/^(?:PASS|WARN)$/, /^SKIP$/),
      },
    ],
  },
  {
    runner: "hurl",
    fields: {
      pattern: /^(?<name>Executed|Succeeded|Failed) files: +(?<value>\d+)\b/,
      needs: ["succeeded", "failed"],
      count: (of) => counted(of("succeeded"), of("failed"), 0),
    },
    cases: [{ pattern: /^(?<name>\S+\.hurl): (?<word>Success|Failure) \(/, outcome: byWord(/^Success$/, /^$/) }],
  },
  {
    runner: "codeceptjs",
    totals: [
      {
        pattern: /^ {1,4}(?:OK|FAIL) {1,3}\| (\d+ passed(?:, \d+ \w+)*) +\/\/ /,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("passed"), of("failed"), of("skipped"));
        },
      },
    ],
    cases: [
      { pattern: /^ {2}(?<word>[✔✖]) (?<name>\S.*?) in \d+ms$/, outcome: byWord(/^✔$/, /^$/) },
      { pattern: /^ {2}S (?<name>\S.*)$/, outcome: "skipped" },
    ],
  },
  {
    runner: "karma-mocha",
    fields: {
      pattern: /^[✔ℹ✖] (?<value>\d+) tests? (?<name>completed|skipped|failed)$/,
      needs: ["completed"],
      count: (of) => counted(of("completed"), of("failed"), of("skipped")),
    },
    cases: [{ pattern: /^ {2,40}(?<word>[✔✖ℹ]) (?<name>\S.*)$/, outcome: byWord(/^✔$/, /^ℹ$/) }],
    repeatsAfter: /^SUMMARY:$/,
  },
];
