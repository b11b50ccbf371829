import { expect, it } from "@jest/globals";
import { toldBy } from "./told-by.ts";
import { readOutput } from "./read-output.ts";

const XML = `<testsuite><testcase name="a"/><testcase name="b"/></testsuite>`;
const FORGED = "TAP version 13\n1..2\nok 1 - a\nok 2 - b\nBail out!\n";

it.each<[what: string, exitCode: number, report: string, printed: string, expected: unknown[]]>([
  ["tells less than the run's end and its text", 1, XML, "== 1 failed, 1 passed in 0.1s ==\n", [1, 1]],
  ["is denied by what a test printed in a run that passed", 0, XML, "== 1 failed, 1 passed in 0.1s ==\n", [2, 0]],
  ["is of tests that passed in a run that failed for something else", 1, XML, "== 2 passed in 0.1s ==\n", [2, 0]],
  ["stands alone in a run that failed for something else", 1, XML, "coverage is too low\n", [2, 0]],
  ["gave up and has passed", 1, FORGED, "== 1 failed, 1 passed in 0.1s ==\n", [1, 1]],
])("a report that %s", (_what, exitCode, report, printed, expected) => {
  const reports = new Map([["/tmp/report", Buffer.from(report)]]);
  const result = { outcome: "exited" as const, exitCode, output: printed, durationMs: 1, reports };
  const told = toldBy({ result, heard: readOutput(printed) }, true, undefined);
  expect([told?.count?.passed, told?.count?.failed]).toEqual(expected);
});
