import { counted } from "../test-case.ts";
import { type Dialect, numbersAfterWord, numbersByWord } from "./dialect.ts";

/** Runners of JavaScript and TypeScript. Those that write an outline of suites are in `outline.ts`. */
const NONE = () => counted(0, 0, 0);

function words(text: string) {
  const of = numbersByWord(text);
  const skipped = of("skipped", "todo", "todos", "pending", "incomplete");
  // Vitest's `1 expected fail` is a test that passes by failing.
  return counted(of("passed", "risky", "warnings", "deprecated", "expected"), of("failed"), skipped);
}

export const JAVASCRIPT: readonly Dialect[] = [
  {
    runner: "jest",
    totals: [
      {
        // jest, helm: `Tests:       1 failed, 2 passed, 3 total`; what a test itself prints is indented
        pattern: /^Tests: +((?:\d+ [a-z]+, )*\d+ total)$/,
        count: (match) => words(match[1] ?? ""),
        after: /^Test Suites: (.*)/,
        covers: (before) => numbersByWord(before[1] ?? "")("failed", "passed"),
        rank: 1,
      },
      {
        // japa
        pattern: /^Tests {2}(\d+ [a-z]+(?: [a-z]+)?(?:(?: \||,) \d+ [a-z]+(?: [a-z]+)?)*) \(\d+\)$/,
        count: (match) => words(match[1] ?? ""),
        rank: 1,
      },
      {
        // pest: `  Tests:    1 failed, 2 passed (5 assertions)`
        pattern: /^ {2}Tests: +(\d+ [a-z]+(?:, \d+ [a-z]+)*)(?: \(\d+ assertions?\))?$/,
        count: (match) => words(match[1] ?? ""),
        rank: 1,
      },
      { pattern: /^No tests found, exiting with code/, count: NONE },
    ],
    shows: /^\s*(?:PASS|FAIL) {1,2}(?:\|[^|]+\| |[\w@/-]+ )?\S+\.[cm]?[jt]sx?(?: \([\d.]+ m?s\))?$/,
    notLoaded: [/^\s*●\s+(Test suite failed to run)$/],
    notLoadedFile: /^\s*FAIL {1,2}(?:\|[^|]+\| |[\w@/-]+ )?(?:\.\/)?(\S+\.[cm]?[jt]sx?)(?: \([\d.]+ m?s\))?$/,
  },
  {
    runner: "vitest",
    begins: /^\s*RUN {2}v\d[\w.-]* \S/,
    totals: [
      {
        // `      Tests  1 failed | 2 passed (3)`
        pattern: /^\s*Tests {2}(\d+ [a-z]+(?: [a-z]+)?(?: \| \d+ [a-z]+(?: [a-z]+)?)*) \(\d+\)$/,
        count: (match) => words(match[1] ?? ""),
        after: /^\s*Test Files {2}/,
        rank: 1,
      },
      { pattern: /^\s*Tests\s+no tests\s*$/, count: NONE, rank: 1 },
      { pattern: /^No test files found/, count: NONE },
    ],
    notLoaded: [/^\s*FAIL\s+(?:\|[^|]+\|\s+)?(\S+\.[cm]?[jt]sx?) \[ /, /^\s*❯ (\S+\.[cm]?[jt]sx?) \(0 test\)/],
  },
  {
    runner: "ava",
    fields: {
      // Indented: at the beginning of a line it would be lab's sum.
      pattern:
        /^\s+(?<value>\d+) (?<name>tests? (?:passed|failed|skipped|todo)|hooks? failed|known failures?|uncaught exceptions?)\s*$/,
      needs: [],
      count: (of) =>
        counted(
          of("test passed") + of("tests passed") + of("known failure") + of("known failures"),
          of("test failed") + of("tests failed") + of("hook failed") + of("hooks failed"),
          of("test skipped") + of("tests skipped") + of("test todo") + of("tests todo"),
        ),
    },
    cases: [
      { pattern: /^\s*✔ (?:\[expected fail\] )?(?<name>.+?)(?: \(\d[\d.]*m?s\))?$/, outcome: "passed" },
      { pattern: /^\s*✘ \[(?:fail|unexpected pass)\]: (?<name>.+)$/, outcome: "failed" },
      {
        pattern: /^\s*- \[(?<word>skip|todo)\] (?<name>.+)$/,
        outcome: (word) => (word === "skip" ? "skipped" : "todo"),
      },
    ],
    repeatsAfter: /^\s*─+$/,
    retold: true,
    // Where something failed the summary says nothing of what passed.
    corrected: (count, cases) => counted(Math.max(count.passed, cases.passed), count.failed, count.skipped),
    notLoaded: [/^\s*✘ (\S+) exited with a non-zero exit code/, /^\s*✘ No tests found in (\S+?),?(?: |$)/],
  },
  {
    runner: "tap",
    totals: [
      {
        // 18, when all is done
        pattern: /^# \{ total: \d+, ((?:(?:pass|fail|todo|skip): \d+(?:, )?)+) \}$/,
        count: (match) => {
          const of = numbersAfterWord(match[1] ?? "");
          return counted(of("pass"), of("fail"), of("skip", "todo"));
        },
        rank: 1,
      },
      {
        // 18 with short reporters: ` FAIL  test/a.js 1 failed 1 todo 1 skip of 5 72ms`, ` PASS  test/a.js 3 OK 9ms`
        pattern: /^ (?:PASS|FAIL|SKIP|TODO) {1,2}\S+((?: \d+ (?:failed|todo|skip|OK))+)(?: of (\d+))?(?: [\d.]+m?s)?$/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          const [failed, other] = [of("failed"), of("todo", "skip")];
          const all = match[2] === undefined ? of("ok") + failed + other : Number(match[2]);
          return counted(all - failed - other, failed, other);
        },
        rank: -1,
      },
      {
        // 18: `Asserts:  1 failed  2 passed  of 3`; 16: `Asserts:   1 failed, 2 passed, of 3`
        pattern: /^\s*Asserts:\s+((?:\d+ (?:pass|fail|skip|todo)[a-z]*[ ,]+)+)(?:of )?(?:<?\d+>?)/,
        count: (match) => {
          const of = numbersByWord(match[1] ?? "");
          return counted(of("pass", "passed"), of("fail", "failed"), of("skip", "skipped", "todo"));
        },
        underWay: true,
      },
    ],
  },
  {
    runner: "uvu",
    fields: {
      pattern: /^\s+(?<name>Total|Passed|Skipped):\s+(?<value>\d+)\s*$/,
      needs: ["total", "passed", "skipped"],
      count: (of) => counted(of("passed"), of("total") - of("passed"), of("skipped")),
    },
  },
  {
    runner: "bun",
    fields: {
      pattern: /^ *(?<value>\d+) (?<name>pass|fail|skip|todo)$/,
      needs: ["pass"],
      count: (of) => counted(of("pass"), of("fail"), of("skip") + of("todo")),
    },
    // With `--bail` there is no sum of the rest: what was told before is all that ran.
    totals: [{ pattern: /^Bailed out after (\d+) failures?$/, count: (match) => counted(0, Number(match[1]), 0) }],
    corrected: (count, cases) =>
      count.passed + count.skipped > 0 ? count : counted(cases.passed, count.failed, cases.skipped),
    cases: [
      {
        pattern:
          /^\s*(?:\((?<word>pass|fail|skip|todo)\)) (?<name>.+?)(?: \[[\d.]+m?s\])?(?: \((?:attempt \d+|\d+ attempts)\))?$/,
        outcome: (word) => BUN[word] ?? null,
      },
    ],
    begins: /^bun test v\d/,
    file: /^(\S+\.(?:test|spec)\.[cm]?[jt]sx?):(?: \(run #\d+\))?$/,
    notLoaded: [/^(# Unhandled error between tests)$/],
    notLoadedFile: /^(\S+\.(?:test|spec)\.[cm]?[jt]sx?):(?: \(run #\d+\))?$/,
  },
  {
    runner: "deno",
    totals: [
      {
        pattern: /^(?:ok|FAILED) \| (\d+ passed.*)$/,
        count: (match) => {
          const of = numbersByWord((match[1] ?? "").replace(/\([^()]*\)/g, ""));
          return counted(of("passed"), of("failed"), of("ignored"));
        },
      },
    ],
    cases: [
      {
        pattern:
          /^(?:(?:\.\/)?(?<file>\S+\.[cm]?[jt]sx?) => ?)?(?<name>\S.*?) \.\.\. (?<word>ok|FAILED|ignored)(?: \(due to \d+ failed steps?\))?(?: \([\d.]+[mµ]?s\))?$/,
        outcome: (word) => (word === "ok" ? "passed" : word === "FAILED" ? "failed" : "skipped"),
      },
    ],
    file: /^running \d+ tests? from (\S+)$/,
    // What a test prints.
    quotes: { from: /^-+ (?:post-test )?output -+$/, to: /-+ (?:post-test )?output end -+$/ },
    notLoaded: [/^(?:\.\/)?(\S+\.[jt]sx?) \(uncaught error\)/],
  },
  {
    runner: "mocha",
    totals: [
      {
        // `--reporter json-stream`
        pattern: /^\["end",\{"suites":\d+,"tests":\d+,"passes":(\d+),"pending":(\d+),"failures":(\d+),/,
        count: (match) => counted(Number(match[1]), Number(match[3]), Number(match[2])),
      },
    ],
    cases: [
      {
        pattern: /^\["(?<word>pass|fail)",\{"title":".*?","fullTitle":"(?<name>(?:[^"\\]|\\.)+)"/,
        outcome: (word) => (word === "pass" ? "passed" : "failed"),
      },
    ],
  },
  {
    // zora, by its own program
    runner: "zora",
    fields: {
      pattern: /^\s+(?<name>TOTAL|PASS|FAIL|SKIP): {1,3}(?<value>\d+)$/,
      needs: ["total", "pass", "fail", "skip"],
      count: (of) => counted(of("pass"), of("fail"), of("skip")),
    },
  },
  {
    runner: "japa",
    fields: {
      pattern: /^(?<name>total|passed|failed|skipped|todo) {4,}(?<value>\d+)$/,
      needs: ["total"],
      count: (of) => counted(of("passed"), of("failed"), of("skipped") + of("todo")),
    },
  },
  {
    runner: "lab",
    totals: [
      {
        pattern: /^(\d+) (?:of (\d+) )?tests? (passed|failed)(?: \((\d+) skipped\))?$/,
        count: (match) => {
          const first = Number(match[1]);
          const failed = match[3] === "failed" ? first : 0;
          return counted(match[2] ? Number(match[2]) - failed : first - failed, failed, Number(match[4] ?? 0));
        },
      },
    ],
  },
];

const BUN: Partial<Record<string, "passed" | "failed" | "skipped" | "todo">> = {
  pass: "passed",
  fail: "failed",
  skip: "skipped",
  todo: "todo",
};
