import { readFileSync, globSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { openOutputReader, readOutput } from "./read-output.ts";
import { countOfCases, type Tally } from "./test-case.ts";
import { processorTime } from "../../../test/support/processor-time.ts";

/** What runners really print, most of it recorded, the rest after their documentation: `test/data/runners/`. */
type Expected = {
  /** Run, passed, failed, skipped. */
  readonly count: readonly number[] | null;
  readonly runner?: string;
  /** All that are named: outcome, file, name. */
  readonly names?: readonly (readonly (string | null)[])[];
  readonly notLoaded?: readonly string[];
};
const FOLDER = "test/data/runners";
const EXPECTED = JSON.parse(readFileSync(`${FOLDER}/expected.json`, "utf8")) as Record<string, Expected>;
const all = Object.entries(EXPECTED);
/** Recorded from a command that tests packages in turn. */
const isInTurn = (name: string) => /^(?:npm-workspaces|nx|pnpm|lerna)/.test(name);

const told = (tally: Tally | null): Expected => {
  if (!tally) return { count: null };
  const { runner, count, cases, notLoaded } = tally;
  return {
    runner,
    count: count && [count.run, count.passed, count.failed, count.skipped],
    names: cases.map(({ outcome, file, name }) => [outcome, file, name]),
    ...(notLoaded.length > 0 ? { notLoaded } : {}),
  };
};

describe("the output of a runner", () => {
  it("has an expectation for every recording", () => {
    expect(globSync(`${FOLDER}/*.txt`).length).toBe(all.length);
    expect(all.length).toBeGreaterThan(90);
  });

  it.each(all)("is counted, and its tests are named: %s", (name, expected) => {
    expect(told(readOutput(readFileSync(`${FOLDER}/${name}.txt`), isInTurn(name)))).toEqual(expected);
  });

  it.each(all)("is the same in colours, with other line ends and in small pieces: %s", (name, expected) => {
    const text = readFileSync(`${FOLDER}/${name}.txt`, "utf8");
    if (/^[<{]/.test(text)) return;
    const lines = text.split("\n").map((line) => (line === "" ? line : `\u001b[2m${line}\u001b[0m`));
    const content = Buffer.from(lines.join("\r\n"));
    const reader = openOutputReader(isInTurn(name));
    for (let at = 0; at < content.length; at += 7) reader.add(content.subarray(at, at + 7));
    expect(told(reader.end())).toEqual(expected);
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
    const taken = processorTime();
    for (const part of hostile) readOutput(`${part.repeat(20_000)}\n`.repeat(5));
    // The processor's time, as others may have the machine: a tenth of a second where it is in proportion, minutes where it is not.
    expect(taken.ms()).toBeLessThan(10_000);
  });
});
