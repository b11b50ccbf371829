import { memoryTree } from "../../trees/memory-tree.ts";
import { testCommand } from "../../proof/runners/commands.ts";
import { openTests } from "../../proof/runners/suite.ts";
import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import type { Prepared } from "../../workspace/preparer.ts";
import type { Sandbox } from "../../workspace/sandbox.ts";
import type { Example, TaskOutcome } from "../example.ts";

/**
 * Runs the hidden acceptance test over what was delivered. Its files replace those of the same name, so that no change can
 * decide how it is judged.
 * @param delivered path to content; null when nothing was delivered
 */
export async function accept(
  example: Example,
  delivered: ReadonlyMap<string, Buffer> | null,
  sandbox: Sandbox,
  prepared: Prepared,
): Promise<TaskOutcome> {
  if (delivered === null) return "nothing";
  const { tree, blobs } = memoryTree(new Map([...delivered, ...example.acceptance]));
  const commands = [testCommand(example.bench.acceptance)];
  const tests = openTests({ sandbox, blobs: scratchBlobs(blobs), commands, prepared: () => prepared });
  const run = await tests.suite(tree);
  // A test that could not be run has shown nothing; a change that makes it so has not passed.
  return run?.verdict === "passed" && (run.count?.run ?? 1) > 0 ? "passed" : "failed";
}
