import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { memoryTree } from "../trees/memory-tree.ts";
import { DEFAULT_POLICY, type Policy } from "../core/rules/policy.ts";
import { ciCheck, ciWithoutRunning } from "./local-ci.ts";
import { directSandbox } from "./direct-sandbox.ts";

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "coop-ci-"));
});
afterEach(() => rm(parent, { recursive: true }));

const PASSES = 'import { test } from "node:test";\ntest("a", () => {});\ntest("b", () => {});\n';

async function conclude(command: string, files: Readonly<Record<string, string>> = {}, changed = files) {
  const policy: Policy = {
    ...DEFAULT_POLICY,
    verify: [{ name: "it", run: command, proves: "tests", timeoutSeconds: 9 }],
  };
  const contents = (all: typeof files) => new Map(Object.entries(all).map(([path, text]) => [path, Buffer.from(text)]));
  const sandbox = directSandbox({ parent, searchPath: process.env.PATH ?? "", example: new Map() });
  const check = await ciCheck(contents(files), policy, sandbox.run);
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

  it("runs no other repository than the example", async () => {
    const manifest = (name: string) => new Map([["package.json", Buffer.from(JSON.stringify({ name }))]]);
    const sandbox = directSandbox({ parent, searchPath: process.env.PATH ?? "", example: manifest("example") });
    const run = (name: string) =>
      sandbox.run({ ...memoryTree(manifest(name)), command: "echo ran", timeoutMs: 9000, outputBytesMax: 99 });
    expect(await run("example")).toMatchObject({ outcome: "exited", output: "ran\n" });
    expect(await run("stranger")).toMatchObject({
      outcome: "failed-to-start",
      output: expect.stringMatching(/own examples/),
    });
  });

  it("brings reports back", async () => {
    const sandbox = directSandbox({ parent, searchPath: process.env.PATH ?? "", example: new Map() });
    const reports = ["a*.xml", "/tmp/coop-reports/b.xml", "gone"];
    const command = "echo a > a1.xml; echo b > /tmp/coop-reports/b.xml; printenv GREETING";
    const environment = { GREETING: "hello" };
    const limits = { timeoutMs: 9000, outputBytesMax: 99 };
    const result = await sandbox.run({ ...memoryTree([]), command, reports, environment, ...limits });
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
