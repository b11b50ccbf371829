import { Parser, type Result } from "tap-parser";
import { CASES_MAX, caseName, countOfCases, counted, type Tally, type TestCase } from "../test-case.ts";

/**
 * A report in the Test Anything Protocol, versions 13 and 14, read by the parser that node-tap is made with. Only a report:
 * what a program prints has other lines between, and is read by `text/tap.ts` (decision 33).
 */
const BEGINS = /^(?:TAP version \d+|# Subtest: .+|1\.\.\d+(?: *#.*)?|(?:not )?ok 1\b.*)\r?$/m;
/** Node-tap's own sum, the last thing it writes. In the file that it is asked for, the version and the plan are missing. */
const SUM = /^# \{ total: \d+/;
/** npm names the script before the report that it prints. */
const BANNER_CHARS_MAX = 2_000;
/** The parser calls itself for every level. A hundred of four spaces each are more than anybody nests. */
const INDENT_MAX = 400;
/** Small enough to stop soon after the last test that is kept. */
const STEP_CHARS = 65_536;

export function isTap(text: string): boolean {
  return BEGINS.test(text.slice(0, BANNER_CHARS_MAX));
}

/** @returns null for a report that holds more than can be kept, or is damaged: its text is read instead */
export function readTap(text: string): Tally | null {
  if (new RegExp(`^ {${INDENT_MAX + 1}}`, "m").test(text)) return null;
  const whole = text.slice(text.search(BEGINS));
  const parser = new Parser();
  const points = pointsOf(parser);
  let ended = false;
  parser.on("comment", (comment: string) => (ended ||= SUM.test(comment)));
  for (let at = 0; at < whole.length && points.length <= CASES_MAX; at += STEP_CHARS)
    parser.write(whole.slice(at, at + STEP_CHARS));
  if (points.length > CASES_MAX) return null;
  parser.end();
  const { plan, bailout } = parser.results ?? {};
  const isPlanned = plan?.end !== undefined && plan.end !== null && plan.end >= 0;
  const promised = isPlanned ? Math.max(0, (plan.end ?? 0) - (plan.start ?? 0) + 1) : 0;
  // What has no end was cut, and what ends without a point told of nothing.
  if ((!isPlanned && !ended) || (points.length === 0 && promised > 0 && !bailout)) return null;
  const cases = points.map(ofPoint);
  const { passed, failed, skipped } = countOfCases(cases);
  // Points that the plan promised and that never came have failed.
  const missing = Math.max(0, promised - parser.count);
  return { runner: "tap", count: counted(passed, failed + missing, skipped), cases, notLoaded: [] };
}

type Point = { readonly path: readonly string[]; readonly result: Result };

/** The points that hold no others, as they come in; a point with subtests only sums them up, unless it alone is red. */
function pointsOf(parser: Parser): Point[] {
  const points: Point[] = [];
  const listen = (one: Parser, path: readonly string[]): void => {
    let from = -1;
    one.on("child", (child: Parser) => {
      from = points.length;
      listen(child, [...path, child.name]);
    });
    one.on("assert", (result: Result) => {
      const inner = from < 0 ? [] : points.slice(from);
      from = -1;
      const told = result.ok || inner.some((each) => each.result.ok === false);
      if (inner.length === 0 || !told) points.push({ path: [...path, result.name], result });
    });
  };
  listen(parser, []);
  return points;
}

/** Runners that start a process for each file name the file as the outermost test. */
function ofPoint({ path, result }: Point): TestCase {
  const [first = "", ...rest] = path;
  const isFile = rest.length > 0 && FILE.test(first);
  return { file: isFile ? first : null, name: caseName(isFile ? rest : path), outcome: outcomeOf(result) };
}

const FILE = /^\S+\.(?:[cm]?[jt]sx?|t|py|sh|bats)$/;

function outcomeOf({ ok, skip, todo }: Result): TestCase["outcome"] {
  if (skip !== false) return "skipped";
  if (todo !== false) return "todo";
  return ok ? "passed" : "failed";
}
