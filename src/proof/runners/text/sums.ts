import { addCounts, isSame, sumOf, type TestCase, type TestCount } from "../test-case.ts";
import type { Dialect, Fields, Total } from "./dialect.ts";

/** Lines that sum up. Code under test prints what it likes, such lines too: what shows whose they are is heeded. */
export function totalLines(dialect: Dialect) {
  const found = new Map<Total, TestCount[]>();
  /** Of which the runner's own was seen. */
  const own = new Set<Total>();
  /** How many of each belong to runs that ended. */
  const ended = new Map<Total, number>();
  let begun: { readonly promised: number | null } | null = null;
  let several = false;
  let before = "";
  /** Lines that show a run, and of how many the last sum tells: of all of them, and what stood before it is no sum. */
  let [shown, covered] = [0, -1];

  function endRun(): void {
    for (const [total, all] of found) {
      const from = ended.get(total) ?? 0;
      if (begun && isOneSum(all.slice(from), begun.promised)) all.splice(from, all.length - from - 1);
      ended.set(total, all.length);
    }
  }

  function add(total: Total, count: TestCount): void {
    const above = total.after?.exec(before);
    const isOwn = Boolean(above);
    if (above && total.covers) covered = total.covers(above);
    if (isOwn && !own.has(total)) found.delete(total);
    if (isOwn) own.add(total);
    if (!isOwn && own.has(total) && !several) return;
    const all = found.get(total);
    if (all) all.push(count);
    else found.set(total, [count]);
  }

  return {
    line(text: string): boolean {
      several ||= dialect.severalAt?.test(text) ?? false;
      if (dialect.shows?.test(text)) shown++;
      const begins = dialect.begins?.exec(text);
      if (begins) {
        endRun();
        begun = { promised: begins[1] === undefined ? null : Number(begins[1]) };
      }
      let isSum = false;
      for (const total of dialect.totals ?? []) {
        const match = total.pattern.exec(text);
        const count = match && total.count(match);
        if (count) add(total, count);
        isSum ||= Boolean(count);
      }
      if (text !== "") before = text;
      return isSum;
    },
    /** Nothing but the marks of single tests was found. */
    isFaint: () => [...found.keys()].every((one) => (one.rank ?? 0) < 0),
    end(cases: readonly TestCase[]): TestCount | null {
      endRun();
      const ranks = [...found.keys()].map((one) => one.rank ?? 0);
      const best = [...found].filter(([one]) => (one.rank ?? 0) === Math.max(...ranks));
      if (best.length === 0) return null;
      const each = best.flatMap(([one, all]) =>
        one.nested
          ? [largest(all)]
          : several || one.underWay || (one.covers && shown === covered && isWorst(all))
            ? all.slice(-1)
            : all,
      );
      // Lines of several kinds are parts of one summary.
      return best.length === 1 ? sumOf(each, cases) : addCounts(each);
    },
  };
}

/** Of the sums in one run the last is the runner's, if it tells of all tests that were promised. */
function isOneSum(all: readonly TestCount[], promised: number | null): boolean {
  const last = all.at(-1);
  return last !== undefined && (promised ?? last.run + last.skipped) === last.run + last.skipped && isWorst(all);
}

/** Nothing that failed is lost when the last of them counts alone. */
function isWorst(all: readonly TestCount[]): boolean {
  return all.every((one) => one.failed <= (all.at(-1)?.failed ?? 0));
}

function largest(all: readonly TestCount[]): TestCount {
  return all.reduce((a, b) => (b.run + b.skipped >= a.run + a.skipped ? b : a));
}

/** Numbers that stand on lines of their own, and which of them stand together. */
export function fieldLines(fields: Fields | undefined, begins?: RegExp) {
  const all = new Map<string, number>();
  const last = new Map<string, number>();
  let [blocks, runs] = [0, 0];
  let apart = true;
  const counted = (of: ReadonlyMap<string, number>) =>
    fields?.needs.every((name) => of.has(name)) ? fields.count((name) => of.get(name) ?? 0) : null;
  return {
    line(text: string): boolean {
      if (begins?.test(text)) runs++;
      const field = fields?.pattern.exec(text)?.groups;
      if (!field) {
        apart ||= text.trim() !== "";
        return false;
      }
      if (apart) {
        blocks++;
        last.clear();
      }
      apart = false;
      for (const map of [all, last]) add(map, (field["name"] ?? "").toLowerCase(), Number(field["value"]));
      return true;
    },
    end(cases: readonly TestCase[], correct: (one: TestCount) => TestCount): TestCount | null {
      const sum = all.size === 0 ? null : counted(all);
      const ends = blocks > 1 ? counted(last) : null;
      if (!sum || !ends) return sum;
      // One run sums up once, at its end.
      if (runs === 1 && sum.failed === ends.failed) return ends;
      // Whether the last alone is the runner's is seen from the tests that were told.
      const alone = sumOf([correct(sum), correct(ends)], cases);
      return isSame(alone, correct(ends)) ? ends : sum;
    },
  };
}

function add(map: Map<string, number>, name: string, value: number): void {
  map.set(name, (map.get(name) ?? 0) + value);
}
