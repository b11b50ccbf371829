import { CASES_MAX, caseName, countOfCases, type Tally, type TestCase } from "../test-case.ts";
import { caseList, indentOf, outline } from "./outline.ts";

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
  "□": "todo",
};
const MARKED = /^(\s+)([✓✔√✕×✘⨯○↓↩∅✎□-]) (.+)$/;
/** The name of a Vitest project stands before a file's, between bars or, where there are colours, on a badge. */
const PROJECT = String.raw`(?:\|[^|]+\| | [^\s|]+ {2})?`;
const OF_PROJECT = new RegExp(`^${PROJECT}(?=\\S)`);
const HEADING = new RegExp(`^\\s*❯ ${PROJECT}(\\S+\\.\\w+) \\(\\d+ tests?`);
const FAILED = new RegExp(`^\\s*(?:FAIL|×) {1,2}${PROJECT}(\\S+\\.[cm]?[jt]sx?) > (.+?)(?: \\d+ms)?$`);
const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte|php)$/;

/**
 * Jest with `--verbose` and Vitest, Pest and PHPUnit's testdox: a file or class as heading, marks before the tests.
 * Only names; the numbers stand in lines that `javascript.ts` and `scripting.ts` read.
 */
export function headedReader() {
  const suites = outline();
  const cases = caseList();
  let file: string | null = null;
  let inside = false;
  /** What failed is told again below, with its suites in one line, whose names may hold the sign between them. */
  const red = new Set<string>();
  const keep = (path: readonly string[], outcome: TestCase["outcome"]) => {
    if (outcome === "failed" && red.size < CASES_MAX) red.add(`${file ?? ""}\0${path.join(" › ")}`);
    cases.add({ file, name: caseName(path), outcome });
  };
  const isRetold = (name: string) => red.has(`${file ?? ""}\0${name}`);

  function marked(indent: number, mark: string, rest: string): void {
    const outcome = MARKS[mark] ?? "passed";
    const [whole, ...path] = rest.replace(VITEST_NOTES, "").replace(OF_PROJECT, "").split(" > ");
    // Vitest with `--reporter=verbose` names the file and all suites on each line.
    if (SCRIPT.test(whole ?? "") && path.length > 0) {
      file = whole ?? null;
      return keep(path, outcome);
    }
    const heading = /^(\S+) \(\d+ tests?(?: \| .*)?\)/.exec(rest.replace(OF_PROJECT, ""))?.[1];
    if (heading) return head(heading);
    // `✓ suite (3)` closes nothing and names no test.
    if (/ \(\d+\)(?: \d+ms)?$/.test(rest)) return suites.enter(indent, rest.replace(/ \(\d+\)(?: \d+ms)?$/, ""));
    if (inside) keep([...suites.at(indent), rest.replace(/^(?:skipped|todo) /, "").replace(TIME, "")], outcome);
  }
  function head(name: string): void {
    file = name.replace(/^\.\//, "");
    inside = true;
    suites.clear();
  }

  return {
    line(text: string): void {
      if (text === "") return;
      const heading =
        /(?:^\s*|\S)(?:PASS|FAIL|RUNS|WARN|TODO) {1,2}(?:\|[^|]+\| |[\w@/-]+ )?([^\s>]+)(?: \([\d.]+ m?s\))?$/.exec(
          text,
        )?.[1] ??
        HEADING.exec(text)?.[1] ??
        /^([A-Z][\w ]*(?: \([\w\\]+\)))$/.exec(text)?.[1];
      if (heading) return head(heading);
      const bullet = /^ {2}● (\S.* › .+)$/.exec(text)?.[1];
      if (bullet && !isRetold(bullet)) keep(bullet.split(" › "), "failed");
      if (/^\s*(?:●|Tests?:|Test (?:Suites|Files)|⎯)/.test(text)) inside = false;
      const failed = FAILED.exec(text);
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
    end: (): Tally | null => {
      const found = cases.list();
      return found.length === 0 ? null : { runner: "headed", count: null, cases: found, notLoaded: [] };
    },
  };
}

/** What Vitest writes behind a name: its time, how often it ran, what it holds in memory, why it was left out. */
const VITEST_NOTES = / \d+ms(?: \((?:retry|repeat) x\d+\)){0,2}(?: \d+ MB heap used)?(?: \[.*\])?$/;
const TIME = / (?:\(\d[\d.]* m?s\)|\d[\d.]*m?s|\[[\d.]+ m?s\])$/;

/** A list of numbers is one runner's, the names are the heading reader's: they are one run, the first that has none of its own. */
export function withNames(all: readonly Tally[], names: Tally | undefined): Tally[] {
  const first = all.findIndex((one) => one.cases.length === 0 && HEADED.includes(one.runner));
  const failed = names ? countOfCases(names.cases).failed : 0;
  if (!names || failed > (all[first]?.count?.failed ?? 0)) return [...all];
  return all.map((one, at) => (at === first ? { ...one, cases: names.cases } : one));
}

const HEADED = ["jest", "vitest", "phpunit", "bun"];
