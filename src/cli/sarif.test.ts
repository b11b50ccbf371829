import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { emptyFolder, standUp } from "../../test/support/desk.ts";
import { sarifProblems } from "../../test/support/sarif-schema.ts";
import type { Tree, TreeFile } from "../trees/tree.ts";
import { format, type ProofReport, type ReportedItem } from "./proof/report.ts";
import { placeIn, placesOf, somewhere } from "./sarif.ts";

afterEach(standUp);

/** What SARIF 2.1.0 requires, and what GitHub's code scanning requires besides. */
const text = z.object({ text: z.string().min(1) });
const place = z.object({
  physicalLocation: z.object({
    artifactLocation: z.object({ uri: z.string().regex(/^(?!\/)[\w.~%!*'()/-]+$/) }),
    region: z.object({ startLine: z.int().min(1) }),
  }),
});
const sarif = z.object({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.tuple([
    z.object({
      tool: z.object({
        driver: z.object({
          name: z.string(),
          rules: z.array(z.object({ id: z.string(), shortDescription: text, fullDescription: text, help: text })),
        }),
      }),
      results: z.array(
        z.object({
          ruleId: z.string(),
          level: z.enum(["error", "warning", "note"]),
          message: text,
          locations: z.tuple([place]),
        }),
      ),
      properties: z.object({ verdict: z.string() }),
    }),
  ]),
});

const file = (sha: string): TreeFile => ({ mode: "100644", sha: sha.repeat(40), sizeBytes: 1 });
const BASE: Tree = new Map([
  ["README.md", file("a")],
  ["src/greet.js", file("b")],
  ["test/greet.test.js", file("c")],
]);
const PLACES = placesOf(BASE, new Map([...BASE, ["src/greet.js", file("d")], ["src/a b#1?.js", file("e")]]), String);
const item = (id: ReportedItem["item"], state: ReportedItem["state"], details: string[], required = true) => {
  return { item: id, state, code: "told", required, evidence: `About ${id}.`, details };
};

const STACK = [
  "npm test: 1 of 2 failed",
  "Error: not yet",
  "at test (file:///workspace/test/greet.test.js:4:3)",
  "at greet (file:///workspace/src/greet.js:3:9)",
  "npm error code 1",
];
const REPORT: ProofReport = {
  ...{ verdict: "block", driver: null, base: "a", head: "b", notes: [] },
  items: [
    item("verification", "refuted", STACK),
    item("fail-to-pass", "unknown", []),
    item("pass-to-pass", "refuted", ["greet › says hello"]),
    item("completeness", "refuted", ["src/greet.js:2 a TODO", "src/a b#1?.js:7 a stub"]),
    item("mutation", "refuted", ["noticed: src/greet.js:1 emptied", "not noticed: src/greet.js:9 emptied"]),
    item("tamper", "refuted", ["src/greet.js"]),
    item("scope", "proven", ["README.md:1"]),
    item("checks", "unknown", [], false),
    item("done", "refuted", [], false),
  ],
};

function results(report: ProofReport) {
  const { runs } = sarif.parse(JSON.parse(format(report, "sarif", PLACES)));
  return runs[0].results.map(({ ruleId, level, message, locations }) => {
    const { artifactLocation, region } = locations[0].physicalLocation;
    return [ruleId, level, `${artifactLocation.uri}:${region.startLine}`, message.text];
  });
}

describe("a proof as SARIF", () => {
  it("has one result a problem, each with its place and all that is known of it", () => {
    expect(results(REPORT)).toEqual([
      ["verification", "error", "src/greet.js:3", ["About verification.", ...STACK].join("\n")],
      ["fail-to-pass", "warning", "src/a%20b%231%3F.js:1", "About fail-to-pass."],
      ["pass-to-pass", "error", "src/a%20b%231%3F.js:1", "About pass-to-pass.\ngreet › says hello"],
      ["completeness", "error", "src/greet.js:2", "completeness: src/greet.js:2 a TODO"],
      ["completeness", "error", "src/a%20b%231%3F.js:7", "completeness: src/a b#1?.js:7 a stub"],
      ["mutation", "error", "src/greet.js:9", "mutation: not noticed: src/greet.js:9 emptied"],
      ["tamper", "error", "src/greet.js:1", "tamper: src/greet.js"],
      ["done", "note", "src/a%20b%231%3F.js:1", "About done."],
    ]);
  });

  it("is what the published schema of SARIF takes, and the schema refuses what is none", () => {
    const log = JSON.parse(format(REPORT, "sarif", PLACES)) as { runs: { results: { locations: unknown }[] }[] };
    expect(sarifProblems(log)).toEqual([]);
    const line = [{ physicalLocation: { artifactLocation: { uri: "a b" }, region: { startLine: 0 } } }];
    const wrong = { ...log, runs: [{ ...log.runs[0], results: [{ locations: line, place: 1 }] }] };
    expect(sarifProblems(wrong).join("\n")).toMatch(
      /must have required property 'message'[\s\S]*must NOT have additional properties[\s\S]*must match format/,
    );
  });

  it("is as JUnit one case an item, with one failure that holds the whole text", () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "proof.sarif"), format(REPORT, "sarif", PLACES));
    execFileSync(process.execPath, [resolve("ci/report.mjs"), "proof", folder, "1"], { env: {} });
    const junit = readFileSync(join(folder, "proof.junit.xml"), "utf8");
    expect(junit).toContain('<testsuite name="coop proof" tests="9" failures="5">');
    expect(junit.match(/<failure /g)).toHaveLength(5);
    expect(junit).toContain("src/greet.js:2 completeness: src/greet.js:2 a TODO\nsrc/a b#1?.js:7 completeness: ");
    expect(junit).toContain('<failure message="About verification.">src/greet.js:3 About verification.\nnpm test');
  });
});

describe("where a problem is shown", () => {
  it.each([
    [["at greet (/workspace/src/greet.js:3:9)"], "src/greet.js:3"],
    [["./test/greet.test.js:4: wrong"], "test/greet.test.js:4"],
    [["test/greet.test.js:4", "src/greet.js:3"], "src/greet.js:3"],
    [["node:internal/modules/run_main:154:5", "https://example.com:443/", "src/none.js:3", "12:30"], null],
  ])("%j", (texts, at) => {
    const found = placeIn(texts, PLACES);
    expect(found && `${found.path}:${found.line}`).toBe(at);
  });

  it("is the first changed file, or any, where nothing names one", () => {
    expect(somewhere(PLACES)).toEqual({ path: "src/a b#1?.js", line: 1 });
    expect(somewhere(placesOf(BASE, BASE, String))).toEqual({ path: "README.md", line: 1 });
  });
});
