/** One test as its runner tells it. Both names and outcomes are claims of code that may be hostile. */
export type TestCase = {
  /** Relative to the repository's root; null when the runner does not say. */
  readonly file: string | null;
  /** With the names of the suites around it, outermost first, joined by ` > `. */
  readonly name: string;
  /** `errored`: it broke before it could decide. `todo`: announced, its result does not count. */
  readonly outcome: "passed" | "failed" | "skipped" | "todo" | "errored";
};

/**
 * How many tests ran. An exit status of 0 is also what a runner gives that found no test at all, so a number that is not
 * there is never made up: where nobody knows, there is no count. Skipped ones did not run; `todo` counts as skipped.
 */
export type TestCount = {
  readonly run: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

/** By which a test is known from one run to another. */
export function nameOf(one: TestCase): string {
  return one.file === null ? one.name : `${one.file}: ${one.name}`;
}

/** What one source (a report, a part of the output) says about a run. */
export type Tally = {
  readonly runner: string;
  /** Null when names were seen but nothing says how many there were. */
  readonly count: TestCount | null;
  readonly cases: readonly TestCase[];
  /** Files or packages that could not even be loaded, so that their tests never began. */
  readonly notLoaded: readonly string[];
};

/** More than the largest suites have; beyond it names are no longer kept, counting goes on. */
export const CASES_MAX = 50_000;
/** A name that is longer is a data dump; its start tells tests apart. */
const NAME_CHARS_MAX = 500;

export function counted(passed: number, failed: number, skipped: number): TestCount {
  return { run: passed + failed, passed, failed, skipped };
}

export function addCounts(counts: readonly TestCount[]): TestCount {
  const sum = (of: (one: TestCount) => number) => counts.reduce((total, one) => total + of(one), 0);
  return counted(
    sum((a) => a.passed),
    sum((a) => a.failed),
    sum((a) => a.skipped),
  );
}

export function countOfCases(cases: readonly TestCase[]): TestCount {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const { outcome } of cases)
    if (outcome === "passed") passed++;
    else if (outcome === "failed" || outcome === "errored") failed++;
    else skipped++;
  return counted(passed, failed, skipped);
}

/**
 * What a runner that summed up several times says in all. Code under test prints what it likes, sums too, and before its
 * runner does: where the last one alone fits the tests that were told one by one, the others are not the runner's.
 */
export function sumOf(sums: readonly TestCount[], cases: readonly TestCase[]): TestCount {
  const all = addCounts(sums);
  const last = sums.at(-1);
  // Where no test was told nothing fits; and what failed is never printed away.
  if (!last || cases.length === 0 || sums.some((one) => one.failed > last.failed)) return all;
  const told = countOfCases(cases);
  return !isSame(all, told) && isSame(last, told) ? last : all;
}

export function isSame(a: TestCount, b: TestCount): boolean {
  return a.passed === b.passed && a.failed === b.failed && a.skipped === b.skipped;
}

/** Durations, carriage returns and overlong data are no part of a name. */
export function caseName(parts: readonly string[]): string {
  return parts
    .map((part) => part.replace(/\s+/g, " ").trim())
    .filter((part) => part !== "")
    .join(" > ")
    .slice(0, NAME_CHARS_MAX);
}
