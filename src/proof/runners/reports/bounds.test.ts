import { expect, it } from "@jest/globals";
import { processorTime } from "../../../../test/support/processor-time.ts";
import { readReport } from "./report.ts";

/** Reports are read in the thread that serves everybody; whoever writes them may mean it no good. */
const CHARS = 8_000_000;
const filled = (head: string, part: string, tail = "") => head + part.repeat(CHARS / part.length) + tail;

it.each<[what: string, text: () => string]>([
  ["tests without end", () => filled("<testsuite>", '<testcase name="a"/>', "</testsuite>")],
  ["one tag's attributes", () => `<testsuite ${Array.from({ length: 700_000 }, (_, at) => `a${at}=""`).join(" ")}/>`],
  ["suites in suites", () => filled("", "<testsuite name='a'><testcase name='b'>")],
  ["lines of broken JSON", () => filled("", "{\n")],
  ["lines of no test", () => filled("", "{}\n")],
  ["a plan without end", () => filled('{"planned":[', '["a"],', '["a"]]}')],
  ["a report of one file", () => filled('{"numTotalTests":1,"testResults":[{"assertionResults":[', "{},", "{}]}]}")],
])("a report that holds %s is left before it costs seconds", (_what, text) => {
  const report = Buffer.from(text());
  const taken = processorTime();
  expect(readReport(report)).toBeNull();
  // Half a second at most where it is left in time, and up to minutes where it is not.
  expect(taken.ms()).toBeLessThan(3_000);
});

it("reads as many tests as are kept, with all that a runner says of them", () => {
  const one = `<testcase name="a" classname="b" file="c" line="1" time="0.1"/>`;
  const xml = readReport(Buffer.from(`<testsuite>${one.repeat(50_000)}</testsuite>`));
  const test = { ancestorTitles: ["a"], failureMessages: [], location: { line: 1 }, status: "passed", title: "b" };
  const results = [{ name: "c", assertionResults: Array.from({ length: 50_000 }, () => test) }];
  const json = readReport(Buffer.from(JSON.stringify({ numTotalTests: 50_000, testResults: results })));
  expect([xml?.count?.passed, json?.count?.passed]).toEqual([50_000, 50_000]);
});
