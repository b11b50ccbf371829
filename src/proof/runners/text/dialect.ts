import type { TestCase, TestCount } from "../test-case.ts";

/**
 * How one runner speaks on a terminal, as data: lines that sum up, and lines that tell of one test. Every pattern is
 * anchored and meets a line once, so reading takes time in proportion to the output.
 */
export type Dialect = {
  readonly runner: string;
  /** Lines with all numbers in them. Of several kinds only the most telling that occurred counts: `rank`, highest first. */
  readonly totals?: readonly Total[];
  /** Numbers that stand on lines of their own. */
  readonly fields?: Fields;
  readonly cases?: readonly CasePattern[];
  /** From this line on tests are told a second time. */
  readonly repeatsAfter?: RegExp;
  /** What failed is told again by its name alone; at first a message stands behind it. */
  readonly retold?: boolean;
  /** A line that says that several runs follow, which one more line sums up at the end. */
  readonly severalAt?: RegExp;
  /** A line with which each run begins: until the next one only the last sum is the runner's. A group says how many tests follow. */
  readonly begins?: RegExp;
  /** Lines that only show that a run of this runner is under way. */
  readonly shows?: RegExp;
  /** It prints what its tests print, sums of other runners too: those are of no runs of their own. */
  readonly holds?: boolean;
  /** Between such lines stands what tests print, as the runner shows it. */
  readonly quotes?: { readonly from: RegExp; readonly to: RegExp };
  /** A line after which a new run begins, so that tests are told for the first time again. */
  readonly startsAt?: RegExp;
  /** Lines that name a file or package which could not be loaded: first group. */
  readonly notLoaded?: readonly RegExp[];
  /** Where such lines name no file, those before them do: first group. */
  readonly notLoadedFile?: RegExp;
  /** Lines that name the file whose tests follow: first group. */
  readonly file?: RegExp;
  /** What the names are that tests are known by, where the runner's own change from one version to the next. */
  readonly named?: (cases: readonly TestCase[]) => TestCase[];
  /** Its lines of single tests are so plain that anybody may have written them where no sum follows. */
  readonly needsSum?: boolean;
  /** How many tests there were may be counted from the lines of single tests when no line sums up. */
  readonly casesCount?: boolean;
  /** The summary leaves out what only the lines of single tests tell, as how many were skipped. */
  readonly corrected?: (count: TestCount, cases: TestCount) => TestCount;
};

export type Total = {
  readonly pattern: RegExp;
  /** Null for a line that only looked like one. */
  readonly count: (match: RegExpExecArray) => TestCount | null;
  readonly rank?: number;
  /** What the line before says in the runner's own summary: where one has it, those without are what somebody printed. */
  readonly after?: RegExp;
  /** Of how many lines that `shows` matches the sum tells, by what `after` found. */
  readonly covers?: (before: RegExpExecArray) => number;
  /** The largest of them counts, not their sum: the runner sums up on every level. */
  readonly nested?: boolean;
  /** Written again and again while the run goes on: the last of them counts. */
  readonly underWay?: boolean;
};

export type Fields = {
  /** Groups `name` and `value`, or any two of ours. */
  readonly pattern: RegExp;
  readonly needs: readonly string[];
  /** Null when the fields together are not this runner's. */
  readonly count: (of: (name: string) => number) => TestCount | null;
};

export type CasePattern = {
  /** Groups: `name`, and perhaps `word`, `file`, `suite`. */
  readonly pattern: RegExp;
  readonly outcome: TestCase["outcome"] | ((word: string) => TestCase["outcome"] | null);
};

function add(map: Map<string, number>, name: string, value: number): void {
  map.set(name, (map.get(name) ?? 0) + value);
}

/** What is neither of both failed. */
export function byWord(passed: RegExp, skipped: RegExp): (word: string) => TestCase["outcome"] {
  return (word) => (passed.test(word) ? "passed" : skipped.test(word) ? "skipped" : "failed");
}

/** `3 passed, 1 failed`: every number by the word behind it, in lower case; the words are those of the runner. */
export function numbersByWord(text: string): (...words: readonly string[]) => number {
  const found = new Map<string, number>();
  for (const match of text.matchAll(/(?<!\d)(\d+) ([A-Za-z]+)/g))
    add(found, (match[2] ?? "").toLowerCase(), Number(match[1]));
  return (...words) => words.reduce((sum, word) => sum + (found.get(word) ?? 0), 0);
}

/** `Failures: 1, Errors: 0`: every number by the word before it. */
export function numbersAfterWord(text: string): (...words: readonly string[]) => number {
  const found = new Map<string, number>();
  for (const match of text.matchAll(/([A-Za-z][A-Za-z ]{0,40}?)[:=] {0,20}(\d+)/g))
    add(found, (match[1] ?? "").trim().toLowerCase(), Number(match[2]));
  return (...words) => words.reduce((sum, word) => sum + (found.get(word) ?? 0), 0);
}

/** What did not pass stands only in the lines of single tests; the rest of the sum passed. */
export function restPassed(count: TestCount, cases: TestCount): TestCount {
  const all = count.run + count.skipped;
  const [failed, skipped] = [Math.max(count.failed, cases.failed), Math.max(count.skipped, cases.skipped)];
  const passed = Math.max(0, all - failed - skipped);
  return { run: passed + failed, passed, failed, skipped };
}
