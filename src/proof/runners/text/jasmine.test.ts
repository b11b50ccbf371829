import { describe, expect, it } from "@jest/globals";
import { readOutput } from "../read-output.ts";

const failures = (...names: string[]) =>
  `\n\nFailures:\n${names.map((name, at) => (/^\w+ error/.test(name) ? name : `${at + 1}) ${name}`)).map((line) => `${line}\n  Message:\n    Expected 1 to be 2.\n`).join("\n")}`; // prettier-ignore
const end = "\nFinished in 0.01 seconds\n";

describe("a run of Jasmine", () => {
  it.each<[what: string, output: string, count: number[], names: string[]]>([
    ["with a failure", `Started\n.F.${failures("a b")}\n3 specs, 1 failure${end}`, [2, 1, 0], ["failed: a b"]],
    ["with a failure outside", `Started\n.FF${failures("a b", "a c", "Suite error: x")}\n7 specs, 3 failures, 1 pending spec${end}`, [4, 3, 1], ["failed: a b", "failed: a c", "errored: x (outside of specs)"]],
    ["whose code prints a failure outside", `Failures:\nSuite error: x\nStarted\nStarted\n.FF${failures("a b", "a c")}\n3 specs, 2 failures${end}`, [1, 2, 0], ["failed: a b", "failed: a c"]],
    ["whose spec prints one", `Started\n.Failures:\nFailures:\nSuite error: x\nFF${failures("a b", "a c")}\n3 specs, 2 failures${end}`, [1, 2, 0], ["failed: a b", "failed: a c"]],
    ["whose spec has one in its name", `Started\n.FF${failures("a b\nSuite error: x", "a c")}\n3 specs, 2 failures${end}`, [1, 2, 0], ["failed: a b", "errored: x (outside of specs)", "failed: a c"]],
    ["whose code prints one and nothing of failures", `Started\nFailures:\nSuite error: x\n..\n\n\n2 specs, 0 failures${end}`, [2, 0, 0], []],
    ["that shows the failures of another reporter", `Started\nFailures:\n1) shown\nPending:\n1) shown too\n...\n\n\n3 specs, 0 failures${end}`, [3, 0, 0], []],
    ["whose spec prints a sum", `Started\n5 specs, 0 failures\n.F${failures("a b")}\n2 specs, 1 failure${end}`, [1, 1, 0], ["failed: a b"]],
    ["whose code prints a sum without failures after it", `Started\n.F${failures("a b")}\n2 specs, 1 failure\n9 specs, 0 failures${end}`, [1, 1, 0], ["failed: a b"]],
    ["behind another one", `Started\n.${failures("a b")}\n2 specs, 1 failure${end}Started\n..\n\n\n2 specs, 0 failures${end}`, [3, 1, 0], ["failed: a b"]],
  ])("%s", (_, output, [passed = 0, failed = 0, skipped = 0], names) => {
    const tally = readOutput(output);
    expect(tally?.count).toEqual({ run: passed + failed, passed, failed, skipped });
    expect(tally?.cases.map(({ outcome, name }) => `${outcome}: ${name}`)).toEqual(names);
  }); // prettier-ignore
});
