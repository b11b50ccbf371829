import { describe, expect, it } from "@jest/globals";
import { DEFAULT_POLICY, type VerifyCommand } from "../../core/rules/policy.ts";
import { memoryTree } from "../../trees/memory-tree.ts";
import type { RunResult, Sandbox, SandboxCheck } from "../../workspace/sandbox.ts";
import type { TestedInput } from "../evidence.ts";
import { findExecution } from "./execution.ts";
import { cannot } from "../../messages/proof/cannot.ts";

/** Whether a repository's commands can be run here, by what they say on the base. */
const COMMAND: VerifyCommand = { name: "tests", run: "npm test", proves: "tests", timeoutSeconds: 60 };
type Says = { readonly output: string; readonly exitCode: number };

async function execution(onBase: Says, over: { commands?: VerifyCommand[]; unprepared?: string; none?: true } = {}) {
  const [was, is] = [memoryTree([["a.js", Buffer.from("1")]]), memoryTree([["a.js", Buffer.from("2")]])];
  const sandbox: Sandbox = {
    driver: "bubblewrap",
    version: "1",
    run: ({ tree, onOutput }) => {
      const said = tree.get("a.js")?.sha === was.tree.get("a.js")?.sha ? onBase : { output: "1 passing (1s)\n", exitCode: 0 };
      onOutput?.(Buffer.from(said.output));
      return Promise.resolve({ outcome: "exited", ...said, durationMs: 1, reports: new Map() } as unknown as RunResult);
    },
  }; // prettier-ignore
  const check: SandboxCheck = over.none ? { state: "none", why: "None here." } : { state: "available", sandbox };
  const blobs = { ...was.blobs, get: async (sha: string) => (await was.blobs.get(sha)) ?? is.blobs.get(sha) };
  const input = {
    ...{ policy: DEFAULT_POLICY, commands: over.commands ?? [COMMAND] },
    base: { commitSha: "a", treeSha: "a", tree: was.tree },
    head: { commitSha: "b", treeSha: "b", tree: is.tree },
  } as unknown as TestedInput;
  return findExecution(input, { sandbox: check, blobs, unprepared: over.unprepared ?? null });
}

const MISSING = "Error: Cannot find module 'left-pad'\n";

describe("the commands of a repository", () => {
  it.each<[string, Says]>([
    ["that pass", { output: "1 passing (1s)\n", exitCode: 0 }],
    ["that fail", { output: "0 passing (1s)\n1 failing\n", exitCode: 1 }],
    ["that miss a file of their own", { output: "Error: Cannot find module './left.js'\n", exitCode: 1 }],
    ["that miss a file of their own by its whole path", { output: "Error: Cannot find module '/workspace/left.js'\n", exitCode: 1 }],
    ["some of which pass, and that say that a package is missing", { output: `${MISSING}1 passing (1s)\n1 failing\n`, exitCode: 1 }],
    ["that pass, and say that a package is missing", { output: `${MISSING}0 passing (1s)\n`, exitCode: 0 }],
  ])("%s can be run", async (_what, says) => {
    expect(await execution(says)).toMatchObject({ state: "possible" });
    expect(await execution(says, { unprepared: "No packages." })).toMatchObject({ state: "possible" });
  }); // prettier-ignore

  it.each<[string, string]>([
    ["a package of Node", MISSING],
    ["a package by import", "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'left-pad' imported from /workspace/a.js\n"],
    ["a module of Python", "ModuleNotFoundError: No module named 'shop'\n"],
    ["a program", "sh: 1: jest: not found\n"],
    ["a module of Go", "go: dial tcp: lookup proxy.golang.org: no such host\n"],
    ["a dependency of Gradle", "java.net.UnknownHostException: services.gradle.org\n"],
    ["a Gradle that reads the script", "Task 'test' not found in root project 'clip'.\n"],
    ["a crate", "error: failed to download `serde`\n"],
    ["a host", "fatal: Could not resolve host: example.com\n"],
  ])("that miss %s cannot", async (_what, output) => {
    const found = await execution({ output, exitCode: 1 });
    const why = `has no network and not all of the packages it needs (${output.trim().slice(0, 20)}`;
    expect(found.state === "impossible" && cannot(found.because)).toContain(why);
    const told = await execution({ output, exitCode: 1 }, { unprepared: "No packages." });
    expect(told).toEqual({ state: "impossible", because: { code: "unprepared", facts: { why: "No packages." } } });
  }); // prettier-ignore

  it("that are not there cannot, and say nothing of it", async () => {
    const found = await execution({ output: "", exitCode: 127 });
    const why = "`npm test` cannot be run in the sandbox, which has no network and not all of the packages it needs. Say in `setup` of .github/coop.yml how they are brought in; without them proof has to come from a CI check."; // prettier-ignore
    expect(found.state === "impossible" && cannot(found.because)).toBe(why);
  });

  it("are told with the line that says it, among the last forty", async () => {
    const late = (lines: number) => `${MISSING}${Array.from({ length: lines }, (_, at) => `line ${at}\n`).join("")}`;
    const said = async (lines: number) => {
      const found = await execution({ output: late(lines), exitCode: 1 });
      return found.state === "impossible" && cannot(found.because).includes("left-pad");
    };
    expect([await said(39), await said(40)]).toEqual([true, false]);
  });

  it("that nobody knows cannot be run, nor any without a sandbox", async () => {
    expect(await execution({ output: "", exitCode: 0 }, { commands: [] })).toMatchObject({
      because: { code: "no-command" },
    });
    const none = await execution({ output: "", exitCode: 0 }, { none: true });
    expect(none).toMatchObject({ because: { code: "no-sandbox" } });
    expect(none.state === "impossible" && cannot(none.because)).toBe("No repository code is run on this machine: None here."); // prettier-ignore
  });
});
