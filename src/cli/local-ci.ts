import type { CiCheck, CiResult } from "../github-double/ci.ts";
import type { Policy } from "../core/rules/policy.ts";
import { findCommands } from "../proof/runners/commands.ts";
import { countTests } from "../proof/runners/test-count.ts";
import { memoryTree } from "../trees/memory-tree.ts";
import type { RunRequest, RunResult } from "../workspace/sandbox.ts";

/**
 * What the CI of an example repository does with a pushed commit: it runs the repository's commands and tells how that
 * went. The commands are those of the default branch at the start, so that no commit changes what it is measured by.
 */
export type RunCode = (request: RunRequest) => Promise<RunResult>;

/** The examples' tests take a second. */
const CHECK_MS = 60_000;
const OUTPUT_BYTES_MAX = 20_000;
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
    const title = tests
      ? `${tests.passed} of ${tests.run} tests passed`
      : commands.length === 1
        ? "1 command passed"
        : `${commands.length} commands passed`;
    return { conclusion: "success", title, summary: fenced(outputs) };
  };
}

/** For code that nobody may run here: the check says so and proves nothing. */
export function ciWithoutRunning(why: string): CiCheck {
  const result: CiResult = { conclusion: "neutral", title: "Not run", summary: why };
  return () => Promise.resolve(result);
}

function failed(command: string, result: RunResult, outputs: readonly string[]): CiResult {
  const how = result.outcome === "exited" ? `exited with ${result.exitCode}` : result.outcome.replaceAll("-", " ");
  return { conclusion: "failure", title: `${command} ${how}`, summary: fenced(outputs) };
}

function fenced(outputs: readonly string[]): string {
  return `~~~text\n${outputs.join("\n\n").replaceAll("~~~", "~ ~ ~")}\n~~~`;
}
