import { addCounts, CASES_MAX, caseName, counted, type TestCase, type TestCount } from "../test-case.ts";
import type { LineReader } from "./line-reader.ts";

/**
 * Jasmine sums up `7 specs, 5 failures, 2 pending specs`, and lists by name what failed and what waits. Among the failures
 * are those of `beforeAll` and its kin, which are no specs: so what passed is more than the difference.
 */
const SUM = /^(\d+) specs?, (\d+) failures?(?:, (\d+) pending specs?)?$/;
const LISTED = /^\d+\) (\S.*)$/;
const OUTSIDE = /^(?:Suite|Top suite|Late|Global) error(?:: (.+))?$|^Error during loading: (.+)$/i;

export function jasmineReader(): LineReader {
  const sums: TestCount[] = [];
  const cases = new Map<string, TestCase>();
  let [outside, others] = [0, 0];
  let section: TestCase["outcome"] | null = null;
  const keep = (name: string, outcome: TestCase["outcome"]): "part" => {
    if (cases.size < CASES_MAX) cases.set(name, { file: null, name: caseName([name]), outcome });
    return "part";
  };

  return {
    line(text) {
      const sum = SUM.exec(text);
      if (sum) {
        const [all, failed, pending] = [1, 2, 3].map((group) => Number(sum[group] ?? 0)) as [number, number, number];
        const red = Math.max(0, failed - outside);
        sums.push(counted(Math.max(0, all - pending - red), failed, pending + others));
        [outside, others, section] = [0, 0, null];
        return "sum";
      }
      if (text === "Started") section = null;
      if (text === "Failures:") section = "failed";
      if (text === "Pending:") section = "skipped";
      // Of focused specs: `Ran 1 of 3 specs`.
      const ran = /^Ran (\d+) of (\d+) specs?$/.exec(text);
      if (ran) others = Math.max(0, Number(ran[2]) - Number(ran[1]));
      if (section === null) return null;
      const error = OUTSIDE.exec(text);
      if (error) {
        outside++;
        return keep(`${error[1] ?? error[2] ?? "all"} (outside of specs)`, "errored");
      }
      const name = LISTED.exec(text)?.[1];
      return name ? keep(name, section) : null;
    },
    end() {
      if (sums.length === 0) return null;
      return { runner: "jasmine", count: addCounts(sums), cases: [...cases.values()], notLoaded: [] };
    },
  };
}
