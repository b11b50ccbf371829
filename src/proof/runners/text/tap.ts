import { CASES_MAX, caseName, countOfCases, counted, type Tally, type TestCase } from "../test-case.ts";

/**
 * The Test Anything Protocol, versions 13 and 14, between whatever else a program prints. Tests are the points that hold
 * no others; a point with subtests only sums them up. Points that the plan promised and that never came have failed.
 */
type Point = {
  readonly indent: number;
  readonly number: number | null;
  readonly path: readonly string[];
  readonly outcome: TestCase["outcome"];
};

const POINT = /^( {0,400})(not )?ok\b ?(\d{1,9})?(?: ?- ?| |$)(.*)$/;
const DIRECTIVE = /(?:^| )(?<!\\)# ?(skip|todo)\b/i;

export type TapReader = {
  line(text: string, at: number): void;
  /** Whether all points came that were promised; null where no TAP was seen. */
  isWhole(): boolean | null;
  end(): Tally | null;
  /** Whether these lines stand between its first and its last: what a test printed. */
  isAround(place: { readonly first: number; readonly last: number }): boolean;
};

export function tapReader(): TapReader {
  let points: Point[] = [];
  const plans = { promised: 0, seen: 0, top: 0, trailing: -1 };
  let bailed = false;
  /** `ok 1 - name {`: what it holds follows, up to its `}`. */
  const braces: { readonly indent: number; readonly name: string; readonly from: number }[] = [];

  function close(indent: number): void {
    const last = braces.at(-1);
    if (!last || last.indent !== indent) return;
    braces.pop();
    points = points.map((one, at) =>
      at < last.from ? one : { ...one, indent, number: null, path: [last.name, ...one.path] },
    );
  }

  function point(indent: number, ok: boolean, number: number | null, text: string): void {
    const directive = DIRECTIVE.exec(text)?.[1]?.toLowerCase();
    const name = (directive ? text.slice(0, DIRECTIVE.exec(text)?.index) : text)
      .replace(/ # .*$/, "")
      .replace(/\\([#\\])/g, "$1")
      .trim();
    if (indent === 0) plans.top++;
    if (text.endsWith(" {")) return void braces.push({ indent, name: name.replace(/ ?\{$/, ""), from: points.length });
    const outcome = directive === "skip" ? "skipped" : directive === "todo" ? "todo" : ok ? "passed" : "failed";
    const inner = points.findLastIndex((one) => one.indent <= indent) + 1;
    const first = Math.max(inner, braces.at(-1)?.from ?? 0);
    const children = points.slice(first).map((one) => ({ ...one, indent, number, path: [name, ...one.path] }));
    const broken = !ok && directive === undefined && !children.some((one) => one.outcome === "failed");
    points.length = first;
    if (points.length + children.length > CASES_MAX) return;
    points.push(...children);
    if (children.length === 0 || broken) points.push({ indent, number, path: [name], outcome });
  }

  const lines = linesOfTap();
  return {
    line(text: string, at: number): void {
      const match = POINT.exec(text);
      lines.note(match !== null, text, at);
      if (match) return point(match[1]?.length ?? 0, !match[2], match[3] ? Number(match[3]) : null, match[4] ?? "");
      const plan = /^1\.\.(\d{1,9})(?: *#.*)?$/.exec(text)?.[1];
      if (plan !== undefined) {
        plans.seen++;
        plans.promised += Number(plan);
        if (Number(plan) === plans.top) plans.trailing = Number(plan);
      }
      const brace = /^( *)\}$/.exec(text)?.[1];
      if (brace !== undefined) close(brace.length);
      bailed ||= /^Bail out!/.test(text);
    },
    isAround: lines.isAround,
    isWhole: () =>
      lines.isAny() ? plans.seen > 0 && (plans.trailing === plans.top || plans.promised === plans.top) : null,
    end(): Tally | null {
      if (plans.seen === 0 || (points.length === 0 && plans.promised > 0 && !bailed)) return null;
      // The plan of all points stands behind the last of them: another one was printed by a test.
      if (plans.trailing === plans.top) [plans.promised, plans.seen] = [plans.top, 1];
      const isBeyond = ({ number, outcome }: Point) =>
        plans.seen === 1 && outcome !== "failed" && number !== null && number > plans.promised;
      const top = points.filter((one) => one.indent === 0 || plans.top === 0);
      const cases = top.filter((one) => !isBeyond(one)).map(ofPoint);
      const count = countOfCases(cases);
      const beyond = new Set(top.filter(isBeyond).map((one) => one.number)).size;
      const missing = Math.max(0, plans.promised - (plans.top - beyond));
      const all = counted(count.passed, count.failed + missing, count.skipped);
      return { runner: "tap", count: all, cases, notLoaded: [] };
    },
  };
}

/** From the first line of TAP to the last. */
function linesOfTap() {
  let [first, last] = [-1, -1];
  return {
    note(isPoint: boolean, text: string, at: number): void {
      if (isPoint || /^(?:TAP version \d+|1\.\.\d+)/.test(text)) [first, last] = [first < 0 ? at : first, at];
    },
    isAny: () => first >= 0,
    isAround: (place: { readonly first: number; readonly last: number }) =>
      first >= 0 && first < place.first && place.last < last,
  };
}

/** Runners that start a process for each file name the file as the outermost test. */
function ofPoint({ path, outcome }: Point): TestCase {
  const [first = "", ...rest] = path;
  const isFile = rest.length > 0 && /^\S+\.(?:[cm]?[jt]sx?|t|py|sh|bats)$/.test(first);
  return { file: isFile ? first : null, name: caseName(isFile ? rest : path), outcome };
}
