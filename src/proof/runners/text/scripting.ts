import { counted, type TestCase, type TestCount } from "../test-case.ts";
import { byWord, type Dialect, numbersAfterWord, numbersByWord, restPassed } from "./dialect.ts";

/** Runners of Ruby, PHP, Elixir, Erlang, Perl, shells and others whose summary is a list of numbers with words. */
const THINGS = "runs?|tests?|examples?|scenarios?|doctests?|properties|property|features?";

/** `3 examples, 1 failure, 1 pending`: what ran, then what went wrong with how many of them. */
function list(text: string): TestCount | null {
  const of = numbersByWord(text);
  const things = ["runs", "run", "tests", "test", "examples", "example", "scenarios", "scenario"];
  const all = of(...things, "doctests", "doctest", "properties", "property");
  const failed = of("failures", "failure", "failed", "errors", "error", "invalid");
  const skipped = of("skips", "skip", "skipped", "pending", "pendings", "omissions", "omission", "excluded");
  const said = of("passed", "passes", "successes");
  // Robot's, which sums up on every level.
  if (/^\d+ tests?, \d+ passed/.test(text)) return null;
  if (!/fail|error|pass|success/.test(text)) return null;
  return counted(said > 0 ? said : Math.max(0, all - failed - skipped), failed, skipped);
}

/** RSpec's sum stands below its time, test-unit's below a line: without them, and where one has them, a test printed it. */
const EXAMPLES = String.raw`\d+ examples?, \d+ failures?(?:, \d+ pending)?(?:, \d+ errors? occurred outside of examples)?`;
const TEST_UNIT = String.raw`\d+ tests, \d+ assertions, \d+ failures, \d+ errors, \d+ pendings, \d+ omissions, \d+ notifications`;

export const SCRIPTING: readonly Dialect[] = [
  {
    runner: "list",
    totals: [
      {
        pattern: new RegExp(
          `^(?!(?:${EXAMPLES}|${TEST_UNIT})$)\\s*(?:Finished: )?(\\d+ (?:${THINGS})(?:, \\d+ [a-z]+(?: [a-z]+){0,6})+)\\.?$`,
        ),
        count: (match) => list(match[1] ?? ""),
      },
      {
        pattern: new RegExp(`^(${EXAMPLES})$`),
        count: (match) => list(match[1] ?? ""),
        after: /^Finished in .* \(files took .*\)$/,
      },
      { pattern: new RegExp(`^(${TEST_UNIT})$`), count: (match) => list(match[1] ?? ""), after: /^-{70,}$/ },
      {
        // cucumber, behat: `3 scenarios (1 failed, 2 passed)`
        pattern: /^(\d+) scenarios? \((\d+ [a-z]+(?:, \d+ [a-z]+)*)\)$/,
        count: (match) => {
          const of = numbersByWord(match[2] ?? "");
          return counted(of("passed"), of("failed", "undefined", "ambiguous"), of("skipped", "pending"));
        },
      },
      { pattern: /^No examples found\.$/, count: () => counted(0, 0, 0) },
    ],
    cases: [
      // What failed is listed by name; with `--trace`, `-v` or documentation formats more is.
      { pattern: /^rspec (?<file>\S+?)(?::\d+|\[[\d:]+\]) # (?<name>.+)$/, outcome: "failed" },
      { pattern: /^crystal spec (?<file>\S+?):\d+ # (?<name>.+)$/, outcome: "failed" },
      { pattern: /^shellspec (?<file>\S+?):\d+ # (?:\d+\) )?(?<name>.+?)(?: FAILED)?$/, outcome: "failed" },
      { pattern: /^(?<suite>[^#]{1,300})#(?<name>test_.+?) = [\d.]+ s = (?<word>[.FES])$/, outcome: letter },
      // With `--trace` what failed was told before like what passed.
      { pattern: /^\s+\d+\) (?:test|doctest|property) (?<name>.+) \((?<file>[\w.]+)\)$/, outcome: "failed" },
      {
        pattern: /^\s+\* (?:test|doctest|property) (?<name>.+?) \((?<word>[\d.]+ms|skipped|excluded)\)/,
        outcome: traced,
      },
    ],
    // parallel_tests: each process sums up, and one line sums up all of them.
    severalAt: /^\d+ process(?:es)? for \d+ (?:specs?|tests?|features?|scenarios?)\b/,
    // ExUnit tells the module of tests, not their file.
    file: /^([A-Z][\w.]*) \[\S+\.exs\]$/,
  },
  {
    runner: "phpunit",
    begins: /^PHPUnit \d[\d.]* by Sebastian Bergmann/,
    totals: [
      {
        pattern: /^(?:OK \((\d+) tests?, \d+ assertions?\)|(Tests: \d+, Assertions: \d+.*?)\.?)$/,
        count: (match) => {
          if (match[1] !== undefined) return counted(Number(match[1]), 0, 0);
          const of = numbersAfterWord(match[2] ?? "");
          const [failed, skipped] = [of("failures") + of("errors"), of("skipped") + of("incomplete")];
          return counted(of("tests") - failed - skipped, failed, skipped);
        },
      },
      { pattern: /^No tests executed!$/, count: () => counted(0, 0, 0) },
    ],
    cases: [{ pattern: /^\d+\) (?<suite>[\w\\]+)::(?<name>\w+(?: with data set .+)?)$/, outcome: "failed" }],
    // Below its failures it lists what did not fail.
    repeatsAfter: /^There (?:was|were) \d+ (?!errors?:|failures?:)/,
    startsAt: /^(?:There (?:was|were) \d+ (?:errors?|failures?):|PHPUnit \d)/,
  },
  {
    runner: "eunit",
    totals: [
      { pattern: /^\s+All (\d+) tests passed\.$/, count: (match) => counted(Number(match[1]), 0, 0) },
      { pattern: /^\s+Test passed\.$/, count: () => counted(1, 0, 0) },
      {
        pattern: /^\s+Failed: (\d+)\.\s+Skipped: (\d+)\.\s+Passed: (\d+)\.$/,
        count: (match) => counted(Number(match[3]), Number(match[1]), Number(match[2])),
      },
    ],
  },
  {
    runner: "prove",
    totals: [
      { pattern: /^Files=\d+, Tests=(\d+), /, count: (match) => counted(Number(match[1]), 0, 0) },
      { pattern: /^(?:\S+ \.\. )?Failed (\d+)\/\d+ subtests\b/, count: (match) => moved(match, "failed") },
      { pattern: /^\s*\(less (\d+) skipped subtests?: /, count: (match) => moved(match, "skipped") },
    ],
    cases: [{ pattern: /^\s+Failed tests?:\s+(?<name>\d.*)$/, outcome: "failed" }],
    // A file that ends badly without a failed test.
    notLoaded: [/^(\S+) +\(Wstat: [1-9]\d* .*Failed: 0\)$/],
  },
  {
    runner: "dart",
    totals: [
      {
        pattern: /^\d\d:\d\d \+(\d+)(?: ~(\d+))?(?: -(\d+))?: (?:All tests (?:passed|skipped)|Some tests failed)[.!]$/,
        count: (match) => counted(Number(match[1]), Number(match[3] ?? 0), Number(match[2] ?? 0)),
      },
      { pattern: /^No tests ran\.$/, count: () => counted(0, 0, 0) },
    ],
    notLoaded: [/^\d\d:\d\d .*loading (\S+) \[E\]$/],
  },
  {
    runner: "testthat",
    totals: [
      {
        pattern: /^\[ FAIL (\d+) \| WARN \d+ \| SKIP (\d+) \| PASS (\d+) \]$/,
        count: (match) => counted(Number(match[3]), Number(match[1]), Number(match[2])),
        nested: true,
      },
    ],
  },
  {
    runner: "busted",
    totals: [
      {
        pattern: /^(\d+) success(?:es)? \/ (\d+) failures? \/ (\d+) errors? \/ (\d+) pending/,
        count: (match) => counted(Number(match[1]), Number(match[2]) + Number(match[3]), Number(match[4])),
      },
    ],
  },
  {
    runner: "tasty",
    totals: [
      { pattern: /^All (\d+) tests passed \([\d.]+s\)$/, count: (match) => counted(Number(match[1]), 0, 0) },
      {
        pattern: /^(\d+) out of (\d+) tests failed \([\d.]+s\)$/,
        count: (match) => counted(Number(match[2]) - Number(match[1]), Number(match[1]), 0),
      },
    ],
  },
  {
    runner: "hunit",
    totals: [
      {
        pattern: /^Cases: \d+ {2}Tried: (\d+) {2}Errors: (\d+) {2}Failures: (\d+)$/,
        count: (match) => {
          const failed = Number(match[2]) + Number(match[3]);
          return counted(Number(match[1]) - failed, failed, 0);
        },
      },
    ],
    cases: [
      {
        pattern: /^### (?<word>Failure|Error) in: (?<name>\S.*)$/,
        outcome: (word) => (word === "Error" ? "errored" : "failed"),
      },
    ],
  },
  {
    runner: "alcotest",
    totals: [
      {
        pattern: /^(?:Test Successful|(\d+) (?:failures?|errors?)!) in [\d.]+s\. (\d+) tests? run\.$/,
        count: (match) => counted(Number(match[2]) - Number(match[1] ?? 0), Number(match[1] ?? 0), 0),
      },
    ],
    cases: [
      {
        pattern: /^[> ] \[(?<word>OK|FAIL|SKIP)\] {2,40}(?<suite>\S.*?) {2,40}\d+ {3}(?<name>\S.*?)\.$/,
        outcome: byWord(/^OK$/, /^SKIP$/),
      },
    ],
  },
  {
    runner: "elm-test",
    fields: {
      pattern: /^(?<name>Passed|Failed|Skipped|Todo): {3,}(?<value>\d+)$/,
      needs: ["passed", "failed"],
      count: (of) => counted(of("passed"), of("failed"), of("skipped") + of("todo")),
    },
  },
  {
    runner: "pester",
    totals: [
      {
        pattern: /^Tests Passed: (\d+), Failed: (\d+), Skipped: (\d+)/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3])),
      },
    ],
  },
  {
    runner: "shunit2",
    totals: [{ pattern: /^Ran (\d+) tests?\.$/, count: (match) => counted(Number(match[1]), 0, 0) }],
    corrected: restPassed,
    cases: [{ pattern: /^(?<word>ASSERT):(?<name>.+)$/, outcome: "failed" }],
  },
  {
    runner: "terraform",
    totals: [
      {
        pattern: /^(?:Success|Failure)! (\d+) passed, (\d+) failed(?:, (\d+) skipped)?\.$/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3] ?? 0)),
      },
    ],
  },
  {
    runner: "forge",
    totals: [
      {
        pattern: /^Ran \d+ test suites? in [^:]+: (\d+) tests? passed, (\d+) failed, (\d+) skipped/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3])),
        rank: 1,
      },
      {
        pattern: /^Suite result: \w+\. (\d+) passed; (\d+) failed; (\d+) skipped;/,
        count: (match) => counted(Number(match[1]), Number(match[2]), Number(match[3])),
      },
    ],
  },
];

/** Of all tests, as many did not pass. */
function moved(match: RegExpExecArray, to: "failed" | "skipped"): TestCount {
  const many = Number(match[1]);
  return { run: to === "failed" ? 0 : -many, passed: -many, failed: 0, skipped: 0, [to]: many };
}

function letter(word: string): TestCase["outcome"] {
  return word === "." ? "passed" : word === "S" ? "skipped" : word === "E" ? "errored" : "failed";
}

function traced(word: string): TestCase["outcome"] {
  return word.endsWith("ms") ? "passed" : "skipped";
}
