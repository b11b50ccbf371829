import { readFileSync, globSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { openOutputReader, readOutput } from "./read-output.ts";
import { countOfCases } from "./test-case.ts";

/** What runners really print, most of it recorded, the rest after their documentation: `test/data/runners/`. */
type Expected = { readonly count: readonly number[] | null; readonly names?: readonly (readonly (string | null)[])[] };
const FOLDER = "test/data/runners";
const EXPECTED = JSON.parse(readFileSync(`${FOLDER}/expected.json`, "utf8")) as Record<string, Expected>;
const all = Object.entries(EXPECTED);

const numbers = (output: string | Buffer) => {
  const count = readOutput(output)?.count;
  return count ? [count.run, count.passed, count.failed, count.skipped] : null;
};

describe("the output of a runner", () => {
  it("has an expectation for every recording", () => {
    expect(globSync(`${FOLDER}/*.txt`).length).toBe(all.length);
    expect(all.length).toBeGreaterThan(90);
  });

  it.each(all)("is counted, and its tests are named: %s", (name, { count, names = [] }) => {
    const tally = readOutput(readFileSync(`${FOLDER}/${name}.txt`));
    expect(numbers(readFileSync(`${FOLDER}/${name}.txt`))).toEqual(count);
    const cases = tally?.cases.map((one) => [one.outcome, one.file, one.name]) ?? [];
    expect(cases).toEqual(expect.arrayContaining([...names]));
  });

  it.each(all)("is the same in colours, with other line ends and in small pieces: %s", (name, { count }) => {
    const text = readFileSync(`${FOLDER}/${name}.txt`, "utf8");
    if (/^[<{]/.test(text)) return;
    const lines = text.split("\n").map((line) => (line === "" ? line : `\u001b[2m${line}\u001b[0m`));
    const content = Buffer.from(lines.join("\r\n"));
    const reader = openOutputReader();
    for (let at = 0; at < content.length; at += 7) reader.add(content.subarray(at, at + 7));
    const tally = reader.end()?.count ?? null;
    expect(tally && [tally.run, tally.passed, tally.failed, tally.skipped]).toEqual(count);
  });

  it("is counted to the last test however long it is", () => {
    const noise = `${"x".repeat(200)}\n`;
    const tests = 20_000;
    const reader = openOutputReader();
    for (let at = 0; at < tests; at++)
      reader.add(Buffer.from(`=== RUN   TestA${at}\n${noise}--- PASS: TestA${at} (0.00s)\n`));
    reader.add(Buffer.from("PASS\nok  \texample.com/a\t9.000s\n"));
    const tally = reader.end();
    expect(tally?.count).toEqual({ run: tests, passed: tests, failed: 0, skipped: 0 });
    expect(countOfCases(tally?.cases ?? []).passed).toBe(tests);
  });

  it("costs time in proportion to its length, whatever it holds", () => {
    const hostile = [
      "1 passed, ",
      "ok | 1 passed | ",
      "a > ",
      "# ",
      "test a ... ",
      "[",
      "✔ a ",
      "Asserts: 1 pass ",
      "1 a ",
    ];
    const began = performance.now();
    for (const part of hostile) readOutput(`${part.repeat(20_000)}\n`.repeat(5));
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
