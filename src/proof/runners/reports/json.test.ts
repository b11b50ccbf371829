import { describe, expect, it } from "@jest/globals";
import { readReport } from "./report.ts";

const read = (lines: readonly object[]) => {
  const tally = readReport(Buffer.from(lines.map((one) => JSON.stringify(one)).join("\n")));
  return tally && [tally.runner, ...tally.cases.map(({ name, outcome }) => `${outcome} ${name}`)];
};

it("names the project of each of playwright's tests where projects have names", () => {
  const spec = (title: string, projects: readonly string[]) => ({
    ...{ title, file: "a.spec.js", tests: projects.map((projectName) => ({ projectName, status: "expected" })) },
  });
  const inner = { title: "pairs", specs: [spec("one", ["A", "B B"]), spec("two", [""])] };
  const report = { stats: {}, suites: [{ title: "a.spec.js", specs: [], suites: [inner] }] };
  expect(read([report])).toEqual([
    ...["playwright", "passed A > pairs › one", "passed B B > pairs › one", "passed pairs › two"],
  ]);
});

it("reads the protocol that tap writes to a file, and takes no line in it for a program's", () => {
  const points = ["ok 1 - adds # time=1ms", "    # { total: 9, pass: 9 }", "not ok 2 - is red", "1..2"];
  const tally = readReport(Buffer.from(["TAP version 14", ...points].join("\n")));
  expect(tally?.count).toEqual({ run: 2, passed: 1, failed: 1, skipped: 0 });
  expect(tally?.cases.map(({ name }) => name)).toEqual(["adds", "is red"]);
});

describe("what a listener wrote down about mocha", () => {
  const runner = "mocha";
  const planned = { runner, planned: [["a", "one"], ["a", "two"], ["b"]] };
  const one = { name: ["a", "one"], outcome: "passed" };
  const two = { name: ["a", "two"], outcome: "failed" };

  it("is what was told at the end", () => {
    const told = { runner, told: [one, two] };
    expect(read([planned, { runner, ...one }, told])).toEqual(["mocha", "passed a > one", "failed a > two"]);
  });

  it("leaves no test out that was planned when the process ends early", () => {
    const left = ["mocha", "passed a > one", "errored a > two", "errored b"];
    expect(read([planned, { runner, ...one }])).toEqual(left);
    expect(read([planned])).toEqual(["mocha", "errored a > one", "errored a > two", "errored b"]);
  });

  it("has a place for each of two tests of one name", () => {
    const twice = { runner, planned: [["a"], ["a"]] };
    expect(read([twice, { runner, name: ["a"], outcome: "passed" }])).toEqual(["mocha", "passed a", "errored a"]);
  });

  it("is a run without tests where none was planned", () => {
    expect(
      read([
        { runner, planned: [] },
        { runner, told: [] },
      ]),
    ).toEqual(["mocha"]);
  });
});
