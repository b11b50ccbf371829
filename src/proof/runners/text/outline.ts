import {
  addCounts,
  CASES_MAX,
  caseName,
  countOfCases,
  counted,
  isSame,
  sumOf,
  type Tally,
  type TestCase,
} from "../test-case.ts";
import { type LineReader, numbersByWord } from "./dialect.ts";

/** Runners that show suites by indentation: a test's name is that of its line and of the less indented ones above. */
type Outline = { enter(indent: number, name: string): void; at(indent: number): readonly string[]; clear(): void };

function outline(): Outline {
  let open: { indent: number; name: string }[] = [];
  const at = (indent: number) => {
    open = open.filter((one) => one.indent < indent);
    return open.map((one) => one.name);
  };
  return {
    at,
    enter(indent, name) {
      at(indent);
      open.push({ indent, name });
    },
    clear: () => (open = []),
  };
}

function caseList() {
  const all = new Map<string, TestCase>();
  return {
    add(one: TestCase) {
      if (all.size < CASES_MAX) all.set(`${one.file ?? ""}\0${one.name}`, one);
    },
    list: () => [...all.values()],
  };
}

const DURATION = / \(?\d[\d.]* ?m?s\)?$/;
const indentOf = (text: string) => text.length - text.trimStart().length;
const NPM_BANNER = /^> \S/;

/** Node's `spec`: `▶ suite`, `✔ test (0.5ms)`, then `ℹ tests 4` …; what failed is told again at the end. */
export function nodeReader(tap: LineReader): LineReader {
  const suites = outline();
  const leaves = caseList();
  const parents = caseList();
  const blocks: Map<string, number>[] = [];
  let repeating = false;
  let spec = false;
  return {
    line(text) {
      spec ||= text.startsWith("ℹ ");
      const field = /^[ℹ#] (tests|pass|fail|cancelled|skipped|todo) (\d+)$/.exec(text);
      if (field?.[1]) {
        // `tests` stands first; what code under test prints alike is a block that is not whole, or one of several.
        if (field[1] === "tests" || blocks.length === 0) blocks.push(new Map());
        blocks.at(-1)?.set(field[1], Number(field[2]));
        repeating ||= blocks.at(-1)?.has("tests") ?? false;
        return;
      }
      if (NPM_BANNER.test(text)) repeating = false;
      const suite = /^\s*▶ (.+)$/.exec(text)?.[1];
      if (suite) {
        repeating = false;
        return suites.enter(indentOf(text), suite.replace(DURATION, ""));
      }
      // What a test prints without a line end stands before its mark.
      const told = /^\s*[✔✖﹣⚠]/.test(text) ? text : (/[✔✖﹣] .+ \(\d[\d.]*ms\).{0,200}$/.exec(text)?.[0] ?? "");
      const mark = /^\s*([✔✖﹣⚠]) (.+?)(?: \(\d[\d.]*ms\))?(?: # ?(SKIP|TODO)?.*)?$/.exec(told);
      if (/^✖ failing tests:$/.test(text)) repeating = true;
      if (!mark?.[2] || repeating) return;
      const indent = indentOf(told);
      const inner = suites.at(indent + 1);
      const above = suites.at(indent);
      const outcome = nodeOutcome(mark[1] ?? "", mark[3]);
      const closes = inner.length > above.length && inner.at(-1) === mark[2];
      (closes ? parents : leaves).add({ file: null, name: caseName([...above, mark[2]]), outcome });
    },
    end() {
      const ofTap = tap.end();
      // Others end their TAP with some of these words too.
      const whole = blocks.filter((one) => one.has("tests") && one.has("pass") && (spec || one.has("cancelled")));
      if (whole.length === 0) return null;
      const named = ofTap && ofTap.cases.length > 0 ? ofTap.cases : leaves.list();
      const both = [...named, ...parents.list()];
      const sums = whole.map((fields) => {
        const of = (name: string) => fields.get(name) ?? 0;
        return counted(of("pass"), of("fail") + of("cancelled"), of("skipped") + of("todo"));
      });
      const count = sumOf(sums, sums.length > 1 && isSame(sumOf(sums, both), addCounts(sums)) ? named : both);
      // A test that has subtests counts too, a suite does not; both look alike.
      const cases = both.length === count.run + count.skipped ? both : named;
      return { runner: "node", count, cases, notLoaded: notLoaded(cases) };
    },
  };
}

/** A file that breaks before its tests begin is told as a failed test with the file's name. */
function notLoaded(cases: readonly TestCase[]): string[] {
  return cases
    .filter((one) => one.outcome === "failed" && /^[^\s>]+\.[cm]?[jt]s$/.test(one.name))
    .map((one) => one.name);
}

function nodeOutcome(mark: string, directive: string | undefined): TestCase["outcome"] {
  if (directive === "TODO") return "todo";
  if (directive === "SKIP" || mark === "﹣") return "skipped";
  return mark === "✔" ? "passed" : "failed";
}

/** Mocha's `spec`, and the numbers of all its reporters: `  3 passing (12ms)`. */
export function mochaReader(): LineReader {
  const suites = outline();
  const cases = caseList();
  const blocks: { passing: number; failing: number; pending: number }[] = [];
  let repeating = false;
  return {
    line(text) {
      const number = /^ {2}(\d+) (passing|failing|pending)\b/.exec(text);
      if (number?.[2]) {
        if (number[2] === "passing") blocks.push({ passing: 0, failing: 0, pending: 0 });
        const last = blocks.at(-1);
        if (last) last[number[2] as keyof typeof last] += Number(number[1]);
        repeating = true;
        return;
      }
      // No test passes below the runner's own sum: then the sum was somebody else's.
      if (NPM_BANNER.test(text) || /^\s+[✔✓√] /.test(text)) repeating = false;
      if (repeating || !/^\s/.test(text)) return;
      const mark = /^\s+(?:([✔✓√-])|(\d+)\)) (.+?)$/.exec(text);
      if (!mark?.[3]) return suites.enter(indentOf(text), text.trim());
      const name = caseName([...suites.at(indentOf(text)), mark[3].replace(/ \(\d+ms\)$/, "")]);
      cases.add({ file: null, name, outcome: mark[2] ? "failed" : mark[1] === "-" ? "skipped" : "passed" });
    },
    end() {
      if (blocks.length === 0) return null;
      const told = cases.list();
      const count = sumOf(
        blocks.map((one) => counted(one.passing, one.failing, one.pending)),
        told,
      );
      return { runner: "mocha", count, cases: told, notLoaded: [] };
    },
  };
}

const MARKS: Partial<Record<string, TestCase["outcome"]>> = {
  "✓": "passed",
  "✔": "passed",
  "√": "passed",
  "✕": "failed",
  "×": "failed",
  "✘": "failed",
  "⨯": "failed",
  "○": "skipped",
  "↓": "skipped",
  "↩": "skipped",
  "-": "skipped",
  "∅": "skipped",
  "✎": "todo",
};
const MARKED = /^(\s+)([✓✔√✕×✘⨯○↓↩∅✎-]) (.+)$/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|php)$/;

/**
 * Jest with `--verbose` and Vitest, Pest and PHPUnit's testdox: a file or class as heading, marks before the tests.
 * Only names; the numbers stand in lines that `javascript.ts` and `scripting.ts` read.
 */
export function headedReader(): LineReader {
  const suites = outline();
  const cases = caseList();
  let file: string | null = null;
  let inside = false;
  const keep = (path: readonly string[], outcome: TestCase["outcome"]) =>
    cases.add({ file, name: caseName(path), outcome });

  function marked(indent: number, mark: string, rest: string): void {
    const outcome = MARKS[mark] ?? "passed";
    const [whole, ...path] = rest
      .replace(/ \d+ms$/, "")
      .replace(/^\|[^|]+\| /, "")
      .split(" > ");
    // Vitest with `--reporter=verbose` names the file and all suites on each line.
    if (SCRIPT.test(whole ?? "") && path.length > 0) {
      file = whole ?? null;
      return keep(path, outcome);
    }
    const heading = /^(?:\|[^|]+\| )?(\S+) \(\d+ tests?(?: \| .*)?\)/.exec(rest)?.[1];
    if (heading) return head(heading);
    // `✓ suite (3)` closes nothing and names no test.
    if (/ \(\d+\)(?: \d+ms)?$/.test(rest)) return suites.enter(indent, rest.replace(/ \(\d+\)(?: \d+ms)?$/, ""));
    if (inside) keep([...suites.at(indent), rest.replace(/^(?:skipped|todo) /, "").replace(TIME, "")], outcome);
  }
  function head(name: string): void {
    file = name;
    inside = true;
    suites.clear();
  }

  return {
    line(text) {
      if (text === "") return;
      const heading =
        /(?:^\s*|\S)(?:PASS|FAIL|RUNS|WARN|TODO) {1,2}(?:\|[^|]+\| |[\w@/-]+ )?([^\s>]+)(?: \([\d.]+ m?s\))?$/.exec(
          text,
        )?.[1] ??
        /^\s*❯ (?:\|[^|]+\| )?(\S+\.\w+) \(\d+ tests?/.exec(text)?.[1] ??
        /^([A-Z][\w ]*(?: \([\w\\]+\)))$/.exec(text)?.[1];
      if (heading) return head(heading);
      const bullet = /^ {2}● (\S.* › .+)$/.exec(text)?.[1];
      if (bullet) keep(bullet.split(" › "), "failed");
      if (/^\s*(?:●|Tests?:|Test (?:Suites|Files)|⎯)/.test(text)) inside = false;
      const failed = /^\s*(?:FAIL|×) {1,2}(?:\|[^|]+\| )?(\S+\.[cm]?[jt]sx?) > (.+?)(?: \d+ms)?$/.exec(text);
      if (failed?.[1] && failed[2]) {
        file = failed[1];
        return keep(failed[2].split(" > "), "failed");
      }
      const match = MARKED.exec(text);
      if (match?.[2] && match[3]) return marked(match[1]?.length ?? 0, match[2], match[3]);
      if (!inside) return;
      const suite = /^\s+(?:❯ )?(\S.*?)(?: \(?\d+\)?)?(?: \d+ms)?$/.exec(text)?.[1];
      if (suite && /^\s{2}/.test(text)) suites.enter(indentOf(text), suite);
    },
    end: () => {
      const found = cases.list();
      return found.length === 0 ? null : { runner: "headed", count: null, cases: found, notLoaded: [] };
    },
  };
}

const TIME = / (?:\(\d[\d.]* m?s\)|\d[\d.]*m?s|\[[\d.]+ m?s\])$/;

/** A list of numbers is one runner's, the names are the heading reader's: they are one run. */
export function named(counts: Tally, names: Tally | undefined): Tally {
  if (!names || counts.cases.length > 0 || !["jest", "phpunit", "bun"].includes(counts.runner)) return counts;
  const of = numbersByWord(`${countOfCases(names.cases).failed} failed`);
  return of("failed") > (counts.count?.failed ?? 0) ? counts : { ...counts, cases: names.cases };
}
