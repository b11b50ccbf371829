/**
 * How many tests ran, read from what the runner printed. An exit status of 0 is also what a runner gives that found no
 * test at all, so a number that is not there is never made up: `null` means that nobody knows.
 */
export type TestCount = {
  readonly run: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

type Reader = (output: string) => TestCount | null;

export function countTests(output: string): TestCount | null {
  const found = READERS.map((read) => read(output)).filter((one) => one !== null);
  return found.length > 0 ? addCounts(found) : tap(output);
}

export function addCounts(counts: readonly TestCount[]): TestCount {
  const sum = (of: (one: TestCount) => number) => counts.reduce((total, one) => total + of(one), 0);
  return {
    run: sum((a) => a.run),
    passed: sum((a) => a.passed),
    failed: sum((a) => a.failed),
    skipped: sum((a) => a.skipped),
  };
}

function counted(passed: number, failed: number, skipped: number): TestCount {
  return { run: passed + failed, passed, failed, skipped };
}

/** Sums the first group of every match: a command may run several packages one after the other. */
function total(output: string, pattern: RegExp): number | null {
  const all = [...output.matchAll(pattern)].map((match) => Number(match[1]));
  return all.length === 0 ? null : all.reduce((a, b) => a + b, 0);
}

/** `ℹ tests 3`, `ℹ pass 3` … or the same after `#` in its TAP form. */
const nodeTest: Reader = (output) => {
  const field = (name: string) => total(output, new RegExp(`^[ℹ#] ${name} (\\d+)\\s*$`, "gm"));
  if (field("tests") === null || field("pass") === null) return null;
  const failed = (field("fail") ?? 0) + (field("cancelled") ?? 0);
  return counted(field("pass") ?? 0, failed, (field("skipped") ?? 0) + (field("todo") ?? 0));
};

/** jest `Tests: 1 failed, 2 passed, 3 total` and vitest `Tests  1 failed | 2 passed (3)`. */
const jestAndVitest: Reader = (output) => {
  const lines = [...output.matchAll(/^\s*Tests:?\s+((?:\d+ \w+(?:, | \| )?)+).*$/gm)].map((match) => match[1] ?? "");
  if (lines.length === 0) return /^No test(?:s| files) found/m.test(output) ? counted(0, 0, 0) : null;
  const word = (name: string) => total(lines.join("\n"), new RegExp(`(\\d+) ${name}\\b`, "g")) ?? 0;
  return counted(word("passed"), word("failed"), word("skipped") + word("todo"));
};

const mocha: Reader = (output) => {
  const passed = total(output, /^\s+(\d+) passing\b/gm);
  if (passed === null) return null;
  return counted(passed, total(output, /^\s+(\d+) failing\b/gm) ?? 0, total(output, /^\s+(\d+) pending\b/gm) ?? 0);
};

/** The last line of pytest, with or without its frame: `2 passed, 1 failed in 0.12s`. */
const pytest: Reader = (output) => {
  const pattern =
    /^=*\s*((?:\d+ (?:passed|failed|skipped|errors?|xfailed|xpassed|deselected|warnings?|rerun)(?:, )?)+) in [\d.]+s/gm;
  const lines = [...output.matchAll(pattern)].map((match) => match[1] ?? "");
  if (lines.length === 0) return /\bno tests ran in [\d.]+s/.test(output) ? counted(0, 0, 0) : null;
  const word = (name: string) => total(lines.join("\n"), new RegExp(`(\\d+) ${name}\\b`, "g")) ?? 0;
  return counted(word("passed") + word("xpassed"), word("failed") + word("errors?"), word("skipped") + word("xfailed"));
};

const unittest: Reader = (output) => {
  const ran = total(output, /^Ran (\d+) tests? in /gm);
  if (ran === null) return null;
  const field = (name: string) => total(output, new RegExp(`^(?:OK|FAILED) \\(.*\\b${name}=(\\d+)`, "gm")) ?? 0;
  const failed = field("failures") + field("errors");
  const skipped = field("skipped") + field("expected failures");
  return counted(Math.max(0, ran - failed - skipped), failed, skipped);
};

/** `go test -v`; without -v only packages are named, which says nothing about tests. */
const goTest: Reader = (output) => {
  const times = (word: string) => [...output.matchAll(new RegExp(`^\\s*--- ${word}: `, "gm"))].length;
  const count = counted(times("PASS"), times("FAIL"), times("SKIP"));
  if (count.run + count.skipped > 0) return count;
  const onlyEmpty = /^\?\s+\S+\s+\[no test files\]/m.test(output) && !/^ok\s/m.test(output);
  return onlyEmpty || /^testing: warning: no tests to run/m.test(output) ? counted(0, 0, 0) : null;
};

const cargo: Reader = (output) => {
  const passed = total(output, /^test result: \w+\. (\d+) passed/gm);
  if (passed === null) return null;
  const of = (word: string) => total(output, new RegExp(`^test result: .*?(\\d+) ${word}`, "gm")) ?? 0;
  return counted(passed, of("failed"), of("ignored"));
};

const READERS: readonly Reader[] = [nodeTest, jestAndVitest, mocha, pytest, unittest, goTest, cargo];

/** Any other runner that speaks the Test Anything Protocol; only its outermost level. */
function tap(output: string): TestCount | null {
  const lines = [...output.matchAll(/^(ok|not ok)\b(.*)$/gm)];
  const plan = /^1\.\.(\d+)/m.exec(output)?.[1];
  if (plan === undefined || (lines.length === 0 && plan !== "0")) return null;
  const open = lines.filter((line) => !/# (SKIP|TODO)\b/i.test(line[2] ?? ""));
  const passed = open.filter((line) => line[1] === "ok").length;
  return counted(passed, open.length - passed, lines.length - open.length);
}
