import { addCounts, CASES_MAX, caseName, counted, isSame, sumOf, type TestCase } from "../test-case.ts";
import type { LineReader } from "./line-reader.ts";

/** Runners that show suites by indentation: a test's name is that of its line and of the less indented ones above. */
type Outline = { enter(indent: number, name: string): void; at(indent: number): readonly string[]; clear(): void };

export function outline(): Outline {
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

export function caseList() {
  const all = new Map<string, TestCase>();
  return {
    add(one: TestCase) {
      if (all.size < CASES_MAX) all.set(`${one.file ?? ""}\0${one.name}`, one);
    },
    list: () => [...all.values()],
  };
}

const DURATION = / \(?\d[\d.]* ?m?s\)?$/;
/** Node, when it runs again only what failed: what passed before is told with the time of then. */
const PASSED_BEFORE = / \(passed on attempt \d+\)$/;
export const indentOf = (text: string) => text.length - text.trimStart().length;
export const NPM_BANNER = /^> \S/;

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
        return "sum";
      }
      if (NPM_BANNER.test(text)) repeating = false;
      const suite = /^\s*▶ (.+)$/.exec(text)?.[1];
      if (suite) {
        repeating = false;
        suites.enter(indentOf(text), suite.replace(DURATION, ""));
        return "part";
      }
      // Nothing passes below the runner's own sum: then the sum was somebody else's.
      if (/^\s*✔ .+ \(\d[\d.]*ms\)/.test(text)) repeating = false;
      // What a test prints without a line end stands before its mark.
      const told = /^\s*[✔✖﹣⚠]/.test(text) ? text : (/[✔✖﹣] .+ \(\d[\d.]*ms\).{0,200}$/.exec(text)?.[0] ?? "");
      const mark = nodeMark(told.replace(PASSED_BEFORE, ""));
      if (/^✖ failing tests:$/.test(text)) repeating = true;
      if (!mark?.[2] || repeating) return null;
      const indent = indentOf(told);
      const inner = suites.at(indent + 1);
      const above = suites.at(indent);
      const outcome = nodeOutcome(mark[1] ?? "", mark[3]);
      const closes = inner.length > above.length && inner.at(-1) === mark[2];
      (closes ? parents : leaves).add({ file: null, name: caseName([...above, mark[2]]), outcome });
      return "part";
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

/** `✔ name (1.5ms) # SKIP`: what a name itself holds stands before the time, which only tests that never began have not. */
function nodeMark(told: string): RegExpExecArray | null {
  return (
    /^\s*([✔✖﹣⚠]) (.+?) \(\d[\d.]*ms\)(?: # ?(SKIP|TODO)?.*)?$/.exec(told) ??
    /^\s*([✔✖﹣⚠]) (.+?)(?: # ?(SKIP|TODO)?.*)?$/.exec(told)
  );
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
