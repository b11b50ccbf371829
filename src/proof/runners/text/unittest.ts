import { caseName, counted, sumOf, type TestCase, type TestCount } from "../test-case.ts";
import { numbersAfterWord } from "./dialect.ts";
import type { LineReader } from "./line-reader.ts";

/**
 * Python's own runner. Its numbers need care: one test with several failing `subTest`s is many failures, "expected
 * failures" are none, and what breaks in `setUpClass` is an error of no test that ran.
 */
export function unittestReader(): LineReader {
  const runs: { readonly count: TestCount; readonly ruled: boolean }[] = [];
  const cases = new Map<string, TestCase>();
  const notLoaded = new Set<string>();
  let ran: number | null = null;
  /** Its own sum stands below a line, as a rule. */
  let [ruled, before] = [false, ""];
  let broken = new Set<string>();
  /** Broken before or after tests: no test of those that ran. */
  let outside = new Set<string>();
  let described: string | null = null;

  function finish(text: string): "sum" | null {
    if (ran === null) return null;
    // `green` joins its words by underscores.
    const of = numbersAfterWord((/\((.*)\)/.exec(text)?.[1] ?? "").replaceAll("_", " "));
    const failures = of("failures") + of("errors");
    const inside = broken.size + outside.size > 0 ? Math.min(broken.size, failures) : failures;
    const failed = inside + of("unexpected successes", "unexpectedsuccesses");
    // The longer list of words is Twisted's.
    const skipped = of("skipped", "skips", "expected failures", "expectedfailures", "todos");
    runs.push({ count: counted(Math.max(0, ran - failed - skipped), failed + outside.size, skipped), ruled });
    ran = null;
    // What a test printed stands among the reports of what failed, and ends none of them.
    if (ruled) [broken, outside] = [new Set(), new Set()];
    return "sum";
  }

  function lineOfOneTest(text: string): boolean {
    const match = /^(.*?) ?\.\.\. (?:.* )?(ok|FAIL|ERROR|skipped .*|expected failure|unexpected success)$/.exec(text);
    const name = nameOf(match?.[1] ?? text) ?? (match && described);
    if (match && name)
      cases.set(name, { file: null, name, outcome: OUTCOMES[match[2]?.split(" ")[0] ?? ""] ?? "failed" });
    // With a docstring the result stands on the next line.
    described = match ? null : nameOf(text);
    return match !== null;
  }

  return {
    line(text) {
      const above = before;
      if (text !== "") before = text;
      const header = /^(FAIL|ERROR): (.+)$/.exec(text);
      if (header) {
        const name = nameOf(header[2] ?? "") ?? header[2] ?? "";
        (/^(?:setUp|tearDown)(?:Class|Module)\b|^_ErrorHolder$/.test(header[2] ?? "") ? outside : broken).add(name);
        const load = /^(?:ERROR: )?(\S+) \((?:unittest\.loader\._FailedTest|nose2\.loader\.ModuleImportFailure)/.exec(
          header[2] ?? "",
        )?.[1];
        if (load) notLoaded.add(load);
        else cases.set(name, { file: null, name, outcome: header[1] === "FAIL" ? "failed" : "errored" });
        return "part";
      }
      const total = /^Ran (\d+) tests? in (?![\d.]+ seconds,)/.exec(text)?.[1];
      if (total !== undefined) [ran, ruled] = [Number(total), /^-{70}$/.test(above)];
      else if (/^(?:OK|FAILED|PASSED|NO TESTS RAN)\b/.test(text)) return finish(text);
      else return lineOfOneTest(text) ? "part" : null;
      return null;
    },
    end() {
      // The last words may be missing, as when the process was ended.
      if (ran !== null) finish(`(errors=${broken.size + outside.size})`);
      if (runs.length === 0) return null;
      const told = [...cases.values()];
      const own = runs.some((one) => one.ruled) ? runs.filter((one) => one.ruled) : runs;
      const counts = own.map((one) => one.count);
      return { runner: "unittest", count: sumOf(counts, told), cases: told, notLoaded: [...notLoaded] };
    },
  };
}

const OUTCOMES: Partial<Record<string, TestCase["outcome"]>> = {
  ok: "passed",
  FAIL: "failed",
  ERROR: "errored",
  skipped: "skipped",
  expected: "skipped",
  unexpected: "failed",
};

/** `test_a (tests.test_add.AddTest.test_a)` and, before Python 3.11, `test_a (tests.test_add.AddTest)`. */
function nameOf(text: string): string | null {
  const match = /^(\w+) \(([\w.]+)\)/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const owner = match[2].endsWith(`.${match[1]}`) ? match[2].slice(0, -match[1].length - 1) : match[2];
  return caseName([`${owner}.${match[1]}`]);
}
