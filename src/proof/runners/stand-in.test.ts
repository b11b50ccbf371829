import { describe, expect, it } from "@jest/globals";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import type { Blobs, Tree, TreeFile } from "../../trees/tree.ts";
import { isJob, jobsThatTest } from "./stand-in.ts";

/** Which jobs of a repository's workflows are known to run its tests. */
const commands = [
  { name: "tests", run: "npm test", proves: "tests" },
  { name: "lint", run: "npm run lint", proves: "lint" },
] as unknown as readonly VerifyCommand[];

function jobs(files: Record<string, string>, over: Partial<TreeFile> = {}) {
  const tree: Tree = new Map(
    Object.keys(files).map((path) => [path, { mode: "100644", sha: path, sizeBytes: 100, ...over } as TreeFile]),
  );
  const blobs = { get: async (sha: string) => (files[sha] === "gone" ? null : Buffer.from(files[sha] ?? "")) };
  return jobsThatTest(tree, blobs as unknown as Blobs, commands);
}
const CI = ".github/workflows/ci.yml";
const of = (job: object) => jobs({ [CI]: JSON.stringify({ jobs: { test: job } }) });
const running = (run: unknown, over: object = {}) => of({ steps: [{ uses: "checkout" }, { run, ...over }] });

describe("a job that runs the tests", () => {
  it.each<[string, unknown, object?]>([
    ["by the command itself", "npm test"],
    ["with more arguments", "  npm test -- --ci  "],
    ["among other lines", "npm ci\nnpm test\necho done"],
  ])("%s", async (_what, run, over = {}) => expect(await running(run, over)).toEqual(["test"]));

  it.each<[string, unknown, object?]>([
    ["another command", "npm run lint"],
    ["a command that only begins so", "npm test:quick"],
    ["behind another", "echo npm test"],
    ["that may fail", "npm test || true"],
    ["that may fail in a chain", "npm test; true"],
    ["whose output is cut", "npm test | tee log"],
    ["in the background", "npm test &"],
    ["no text", 3],
    ["a step whose failure is ignored", "npm test", { "continue-on-error": true }],
    ["a step that may be left out", "npm test", { if: "github.ref == 'x'" }],
  ])("is not one that runs %s", async (_what, run, over = {}) => expect(await running(run, over)).toEqual([]));

  const steps = [{ run: "npm test" }];
  it.each<[string, object, readonly string[]]>([
    ["has its name", { name: "Unit tests", steps }, ["Unit tests"]],
    ["has its id where the name is made up of values", { name: "Test ${{ matrix.node }}", steps }, ["test"]],
    ["has its id where the name is no text", { name: 3, steps }, ["test"]],
    ["may not be left out", { if: "always()", steps }, []],
    ["may not fail", { "continue-on-error": true, steps }, []],
    ["has steps", { steps: "npm test" }, []],
    ["has steps that are some", { steps: [null, "npm test"] }, []],
  ])("%s", async (_what, job, names) => expect(await of(job)).toEqual(names));

  const workflow = JSON.stringify({ jobs: { a: { steps }, b: null, c: 3, d: { steps } } });
  it.each<[string, Record<string, string>, readonly string[], Partial<TreeFile>?]>([
    ["of a workflow", { [CI]: workflow }, ["a", "d"]],
    ["of each workflow", { [CI]: workflow, ".github/workflows/b.yaml": workflow }, ["a", "d", "a", "d"]],
    ["of no other file", { "ci.yml": workflow, ".github/workflows/x/ci.yml": workflow, ".github/workflows/ci.json": workflow }, []],
    ["of a workflow of 200,000 bytes", { [CI]: workflow }, ["a", "d"], { sizeBytes: 200_000 }],
    ["of no larger one", { [CI]: workflow }, [], { sizeBytes: 200_001 }],
    ["of none that cannot be had", { [CI]: "gone", ".github/workflows/b.yaml": workflow }, ["a", "d"]],
    ["of none that is no YAML", { [CI]: "a: [" }, []],
    ["of none without jobs", { [CI]: "on: push\n" }, []],
    ["of none whose jobs are none", { [CI]: "jobs: 3\n" }, []],
    ["of none that is empty", { [CI]: "" }, []],
    ["of fifty workflows", Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`.github/workflows/w${at}.yml`, workflow])), Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? "a" : "d"))],
  ])("%s", async (_what, files, names, over = {}) => expect(await jobs(files, over)).toEqual(names)); // prettier-ignore
});

it.each([
  ["test", true],
  ["test (20, ubuntu)", true],
  ["ci / test", true],
  ["testing", false],
  ["test/unit", false],
  ["ci/test", false],
])("%j is a check of the job `test`: %j", (check, is) => expect(isJob(check, "test")).toBe(is));
