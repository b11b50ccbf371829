import { join } from "node:path";
import type { CiCheck, CiResult } from "../github-double/ci.ts";
import type { Policy } from "../core/rules/policy.ts";
import { findCommands } from "../proof/runners/commands.ts";
import { countTests } from "../proof/runners/test-count.ts";
import { materialise } from "../workspace/materialise.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import { runProcess } from "../workspace/process.ts";
import type { RunRequest, RunResult } from "../workspace/sandbox.ts";

/**
 * What the CI of an example repository does with a pushed commit: it runs the repository's commands and tells how that
 * went. The commands are those of the default branch at the start, so that no commit changes what it is measured by.
 */
export type RunCode = (request: RunRequest) => Promise<RunResult>;

/** The examples' tests take a second. */
const CHECK_MS = 60_000;
const OUTPUT_BYTES_MAX = 20_000;
/** A test run of a small package; a runaway one should not take the machine with it. */
const MEMORY_BYTES_MAX = 1024 * 1024 * 1024;

export async function ciCheck(base: ReadonlyMap<string, Buffer>, policy: Policy, run: RunCode): Promise<CiCheck> {
  const before = memoryTree(base);
  const commands = await findCommands(before.tree, before.blobs, policy);
  return async (files) => {
    const { tree, blobs } = memoryTree(files);
    const outputs: string[] = [];
    for (const { run: command } of commands) {
      const result = await run({ tree, blobs, command, timeoutMs: CHECK_MS, outputBytesMax: OUTPUT_BYTES_MAX });
      outputs.push(`$ ${command}\n${result.output.trim()}`);
      if (result.outcome !== "exited" || result.exitCode !== 0) return failed(command, result, outputs);
    }
    const tests = countTests(outputs.join("\n"));
    const title = tests ? `${tests.passed} of ${tests.run} tests passed` : `${commands.length} commands passed`;
    return { conclusion: "success", title, summary: fenced(outputs) };
  };
}

/** For code that nobody may run here: the check says so and proves nothing. */
export function ciWithoutRunning(why: string): CiCheck {
  const result: CiResult = { conclusion: "neutral", title: "Not run", summary: why };
  return () => Promise.resolve(result);
}

/**
 * Runs a command as an ordinary process, without a sandbox: only ever for this project's own example repositories, with
 * the changes that their own scripts make. It sees nothing of our environment but the search path.
 * @param parent where fresh folders are made
 */
export function runUnconfined(parent: string, searchPath: string): RunCode {
  const path = [join(process.execPath, ".."), searchPath].join(":");
  return async ({ tree, blobs, command, timeoutMs, outputBytesMax }) => {
    const made = await materialise(tree, blobs, { parent, owner: null });
    if (made.outcome === "refused")
      return { outcome: "failed-to-start", exitCode: null, output: made.why, durationMs: 0 };
    const script = 'cd "$1" && HOME="$1" PATH="$2" CI=true LANG=C.UTF-8 exec /bin/sh -c "$3" 2>&1';
    try {
      const args = ["-c", script, "ci", made.directory, path, command];
      const limits = { timeoutMs, outputBytesMax, memoryBytesMax: MEMORY_BYTES_MAX };
      const { outcome, exitCode, output, errors, durationMs } = await runProcess({
        ...{ file: "/bin/sh", args, user: null, inputs: [], ...limits },
      });
      const known = outcome === "exited" || outcome === "timed-out" || outcome === "failed-to-start";
      return { outcome: known ? outcome : "killed", exitCode, output: output || errors, durationMs };
    } finally {
      await made.remove();
    }
  };
}

function failed(command: string, result: RunResult, outputs: readonly string[]): CiResult {
  const how = result.outcome === "exited" ? `exited with ${result.exitCode}` : result.outcome.replaceAll("-", " ");
  return { conclusion: "failure", title: `${command} ${how}`, summary: fenced(outputs) };
}

function fenced(outputs: readonly string[]): string {
  return `~~~text\n${outputs.join("\n\n").replaceAll("~~~", "~ ~ ~")}\n~~~`;
}
