import { describe, expect, it } from "@jest/globals";
import { memoryTree } from "../../../trees/memory-tree.ts";
import { policySchema } from "../../../core/rules/policy.ts";
import { withoutReports } from "./stale.ts";

const PATHS = [
  "out/junit.xml",
  "a/target/surefire-reports/TEST-x.xml",
  "a/target/surefire-reports/deep/TEST-y.xml",
  "x.ts",
];

describe("reports that lie in the repository", () => {
  it.each<[string, string[], string[]]>([
    ["a path", ["out/junit.xml"], PATHS.slice(1)],
    ["a path that begins with a dot", ["./out/junit.xml"], PATHS.slice(1)],
    ["a pattern, which stays in its folder", ["a/target/*-reports/TEST-*.xml"], [PATHS[0]!, PATHS[2]!, PATHS[3]!]],
    ["a pattern that is no regular expression", ["x.t?"], PATHS],
    ["several stars, each part at its own place", ["a/target/*r*e*t*/*S*-x.xml"], [PATHS[0]!, PATHS[2]!, PATHS[3]!]],
    ["parts that would have to share a letter", ["out/junit*t.xml", "out/junit.*.xml", "out/*u*j*.xml"], PATHS],
    ["many stars, at once", [`out/${"*j".repeat(200)}.xml`], PATHS],
    ["one outside of the repository", ["/tmp/coop-reports/*"], PATHS],
  ])("are not there for a run that writes them: %s", (_, reports, left) => {
    const { tree } = memoryTree(PATHS.map((path) => [path, Buffer.from("x")]));
    expect([...withoutReports(tree, reports).keys()]).toEqual(left);
  });

  it.each([["/etc/passwd"], ["../out.xml"], ["a/../../b.xml"], [""]])("cannot be named by %j", (report) => {
    const verify = [{ name: "tests", run: "make", report }];
    expect(policySchema.safeParse({ verify }).success).toBe(false);
    expect(policySchema.safeParse({ verify: [{ ...verify[0], report: "build/*.xml" }] }).success).toBe(true);
  });
});
