import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { memoryTree } from "../trees/memory-tree.ts";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import { ciCheck, ciWithoutRunning } from "./local-ci.ts";
import { runDirectly } from "./direct-run.ts";
import { directSandbox } from "./direct-sandbox.ts";
import type { Example } from "./example.ts";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "coop-ci-"));
});
afterEach(() => rm(parent, { recursive: true }));

const PASSES = 'import { test } from "node:test";\ntest("a", () => {});\ntest("b", () => {});\n';

const PLACE = () => ({ parent, searchPath: process.env.PATH ?? "" });

async function conclude(command: string, files: Readonly<Record<string, string>> = {}, changed = files) {
  const policy: Policy = {
    ...DEFAULT_POLICY,
    verify: [{ name: "it", run: command, proves: "tests", timeoutSeconds: 9 }],
  };
  const contents = (all: typeof files) => new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));
  const check = await ciCheck(contents(files), policy, (request) => runDirectly(PLACE(), request));
  return check(contents(changed), "0".repeat(40));
}

describe("the CI of an example repository", () => {
  it("counts the tests that passed on the pushed files", async () => {
    const result = await conclude("node --test", {}, { "a.test.mjs": PASSES });
    expect([result.conclusion, result.title]).toEqual(["success", "2 of 2 tests passed"]);
    expect(await readdir(parent)).toEqual([]);
  });

  it("is red when a command fails, with what it said", async () => {
    const result = await conclude("echo broken ~~~; exit 3");
    expect([result.conclusion, result.title]).toEqual(["failure", "echo broken ~~~; exit 3 exited with 3"]);
    expect(result.summary).toBe("~~~text\n$ echo broken ~ ~ ~; exit 3\nbroken ~ ~ ~\n~~~");
  });

  it("shows code nothing of our environment but the search path", async () => {
    const { summary } = await conclude("env");
    const names = [...summary.matchAll(/^(\w+)=/gm)].map((match) => match[1]);
    // The last four are the shell's own.
    const known = ["CI", "HOME", "LANG", "PATH", "OLDPWD", "PWD", "SHLVL", "_"];
    expect(names).toContain("PATH");
    expect(names.filter((name) => !known.includes(name ?? ""))).toEqual([]);
  });

  it.each<[string, Record<string, string>, string | null]>([
    ["as it is bundled", {}, null],
    ["with what its script changes", { "src/a.js": "changed" }, null],
    ["with another manifest of the same name", { "package.json": '{"name":"example","scripts":{}}' }, "package.json"],
    ["with a file more", { "evil.js": "" }, "evil.js"],
  ])("without a sandbox runs the example alone: %s", async (_, changed, stranger) => {
    const files = { "package.json": '{"name":"example"}', "src/a.js": "a" };
    const contents = (all: object) => new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));
    const example = { repository: contents(files), expect: { files: ["src/a.js"] } } as unknown as Example;
    const request = { ...memoryTree(contents({ ...files, ...changed })), command: "echo ran" };
    const result = await directSandbox(PLACE(), example).run({ ...request, timeoutMs: 9000, outputBytesMax: 99 });
    if (stranger === null) expect(result).toMatchObject({ outcome: "exited", output: "ran\n" });
    else expect(result).toMatchObject({ outcome: "failed-to-start", output: expect.stringContaining(stranger) });
  });

  it("brings reports back", async () => {
    const reports = ["a*.xml", "/tmp/coop-reports/b.xml", "gone"];
    const command = "echo a > a1.xml; echo b > /tmp/coop-reports/b.xml; printenv GREETING";
    const environment = { GREETING: "hello" };
    const limits = { timeoutMs: 9000, outputBytesMax: 99 };
    const result = await runDirectly(PLACE(), { ...memoryTree([]), command, reports, environment, ...limits });
    const texts = [...(result.reports ?? [])].map(([path, content]) => [path, content.toString("utf8")]);
    expect(texts).toEqual([
      ["a1.xml", "a\n"],
      ["/tmp/coop-reports/b.xml", "b\n"],
    ]);
    expect(result.output).toBe("hello\n");
  });

  it("runs nothing where it may not, and is not green then", async () => {
    const result = await ciWithoutRunning("No sandbox.")(new Map(), "");
    expect(result).toEqual({ conclusion: "neutral", title: "Not run", summary: "No sandbox." });
  });
});
