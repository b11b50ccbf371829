import { Parser, type Result } from "tap-parser";
import { linesOfTap } from "./tap-lines.ts";
import { caseName, countOfCases, counted, type Tally, type TestCase } from "../test-case.ts";

/**
 * A report in the Test Anything Protocol, versions 13 and 14, read by the parser that node-tap is made with. Only a report:
 * what a program prints has other lines between, and is read by `text/tap.ts` (decision 33).
 */
const BEGINS = /^(?:TAP version \d+|# Subtest: .+|1\.\.\d+(?: *#.*)?|(?:not )?ok 1\b.*)\r?$/;
/** What starts the runner names the script before the report that it prints. Behind anything else there is text, not a report. */
const BANNER = /^(?:[>$#].*|yarn run v[\d.]+|\s*)\r?$/;
const BANNER_CHARS_MAX = 2_000;

export function isTap(text: string): boolean {
  const lines = text.slice(0, BANNER_CHARS_MAX).split("\n");
  return BEGINS.test(lines.find((line) => BEGINS.test(line) || !BANNER.test(line)) ?? "");
}

/** @returns null for a report that holds more than can be kept, is damaged, or contradicts itself: its text is read instead */
export function readTap(text: string): Tally | null {
  const found = linesOfTap(text);
  if (found === null) return null;
  const parser = new Parser();
  const points = pointsOf(parser);
  let plans = 0;
  parser.on("plan", () => plans++);
  for (const line of found.lines) parser.write(`${line}\n`);
  const isRead = parser.buffer === "" && plans === found.plans;
  parser.end();
  // A second plan, and points behind the plan or behind the end of the run, are none to the parser.
  if (!isRead || points.heard !== found.points || plans > 1) return null;
  const { plan, bailout } = parser.results ?? {};
  const isPlanned = plan?.end !== undefined && plan.end !== null && plan.end >= 0;
  const promised = isPlanned ? Math.max(0, (plan.end ?? 0) - (plan.start ?? 0) + 1) : 0;
  // What has no end was cut, and what ends without a point told of nothing.
  if ((!isPlanned && !found.summed) || (points.all.length === 0 && promised > 0 && !bailout)) return null;
  if (isPlanned && (parser.count > promised || contradicts(parser))) return null;
  const cases = points.all.map(ofPoint);
  const { passed, failed, skipped } = countOfCases(cases);
  // Points that the plan promised and that never came have failed.
  const missing = Math.max(0, promised - parser.count);
  // A run that gave up has not done well.
  if (bailout && failed + missing === 0) return null;
  return { runner: "tap", count: counted(passed, failed + missing, skipped), cases, notLoaded: [] };
}

/** Whether a number stands beyond the plan: somebody else wrote into the report. Node itself writes one twice now and then. */
function contradicts({ failures }: Parser): boolean {
  return failures.some(({ tapError }) => /plan (?:start|end)$/.test(String(tapError ?? "")));
}

type Point = { readonly path: readonly string[]; readonly result: Result };

/** The points that hold no others, as they come in; a point with subtests only sums them up, unless it alone is red. */
function pointsOf(parser: Parser): { all: Point[]; heard: number } {
  const points: Point[] = [];
  const found = { all: points, heard: 0 };
  const listen = (one: Parser, path: readonly string[]): void => {
    let from = -1;
    one.on("child", (child: Parser) => {
      from = points.length;
      listen(child, [...path, child.name]);
    });
    one.on("assert", (result: Result) => {
      found.heard++;
      const inner = from < 0 ? [] : points.slice(from);
      from = -1;
      const told = result.ok || inner.some((each) => each.result.ok === false);
      if (inner.length === 0 || !told) points.push({ path: [...path, result.name], result });
    });
  };
  listen(parser, []);
  return found;
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
