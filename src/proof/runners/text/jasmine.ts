import { addCounts, CASES_MAX, caseName, counted, type TestCase, type TestCount } from "../test-case.ts";
import type { LineReader } from "./line-reader.ts";

/**
 * Jasmine sums up `7 specs, 5 failures, 2 pending specs`, and lists by name what failed and what waits. Among the failures
 * are those of `beforeAll` and its kin, which are no specs: so what passed is more than what is left of them.
 */
const SUM = /^(\d+) specs?, (\d+) failures?(?:, (\d+) pending specs?)?$/;
const LISTED = /^\d+\) (\S.*)$/;
const OUTSIDE = /^(?:Suite|Top suite|Late|Global) error(?:: (.+))?$|^Error during loading: (.+)$/i;

export function jasmineReader(): LineReader {
  const runs: { begun: number; count: TestCount; cases: readonly TestCase[] }[] = [];
  const lists = sections();
  let [others, begun] = [0, 0];

  return {
    line(text) {
      const sum = SUM.exec(text);
      if (sum) {
        const [all, failed, pending] = [1, 2, 3].map((group) => Number(sum[group] ?? 0)) as [number, number, number];
        const count = countOf({ all, failed, pending, others }, lists.failures());
        const cases = lists.end(failed > 0, pending > 0);
        others = 0;
        // One run is summed up once: of others one was printed. What failed is never printed away.
        const before = begun > 0 && runs.at(-1)?.begun === begun ? runs.at(-1) : undefined;
        if (before && before.count.failed > failed) return "sum";
        if (before) runs.pop();
        runs.push({ begun, count, cases });
        return "sum";
      }
      if (text === "Started") begun++;
      // Of focused specs: `Ran 1 of 3 specs`.
      const ran = /^Ran (\d+) of (\d+) specs?$/.exec(text);
      if (ran) others = Math.max(0, Number(ran[2]) - Number(ran[1]));
      return lists.line(text) ? "part" : null;
    },
    end() {
      if (runs.length === 0) return null;
      const cases = new Map(runs.flatMap((one) => one.cases).map((one) => [one.name, one] as const));
      const count = addCounts(runs.map((one) => one.count));
      return { runner: "jasmine", count, cases: [...cases.values()].slice(0, CASES_MAX), notLoaded: [] };
    },
  };
}

type Said = { readonly all: number; readonly failed: number; readonly pending: number; readonly others: number };

/** Failures outside of specs are told apart where the list has as many as the sum; else each counts as a spec's. */
function countOf({ all, failed, pending, others }: Said, listed: readonly TestCase[]): TestCount {
  const outside = listed.filter((one) => one.outcome === "errored").length;
  const red = listed.length === failed ? failed - outside : failed;
  const passed = Math.min(all - failed, all - pending - red);
  return counted(Math.max(0, passed), failed, pending + others);
}

/** The lists below a run. Specs may print the same words, but before: so the last list of a kind is the runner's. */
function sections() {
  let section: "failed" | "skipped" | null = null;
  let lists: Record<"failed" | "skipped", TestCase[]> = { failed: [], skipped: [] };
  const keep = (name: string, outcome: TestCase["outcome"]) => {
    const list = section && lists[section];
    if (list && list.length < CASES_MAX) list.push({ file: null, name: caseName([name]), outcome });
    return true;
  };
  return {
    /** @returns whether it is the name of a test */
    line(text: string): boolean {
      if (text === "Started") section = null;
      if (text === "Failures:") section = "failed";
      if (text === "Pending:") section = "skipped";
      if (section === null) return false;
      if (text === "Failures:" || text === "Pending:") lists[section] = [];
      const error = section === "failed" ? OUTSIDE.exec(text) : null;
      if (error) return keep(`${error[1] ?? error[2] ?? "all"} (outside of specs)`, "errored");
      const name = LISTED.exec(text)?.[1];
      return name !== undefined && keep(name, section);
    },
    failures: () => lists.failed,
    /** What is not in the sum was printed. */
    end(isRed: boolean, isPending: boolean): TestCase[] {
      const all = [...(isRed ? lists.failed : []), ...(isPending ? lists.skipped : [])];
      lists = { failed: [], skipped: [] };
      section = null;
      return all;
    },
  };
}
