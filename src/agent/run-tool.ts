import { z } from "zod";
import { seen } from "../hygiene/seen.ts";
import { fencedText } from "../roles/fence.ts";
import type { RunResult } from "../workspace/sandbox.ts";
import { defineTool, failure, success } from "./tool.ts";

/** A script of a few screens; more belongs into a file. */
const SCRIPT_CHARS_MAX = 8_000;

/** The only way by which a model runs anything: in the sandbox, on a copy, and nothing but output comes back. */
export const runCommand = defineTool({
  name: "run",
  description: "Runs a shell command at the root of a throw-away copy of the files, without network.",
  args: z.object({ command: z.string().min(1).max(SCRIPT_CHARS_MAX) }),
  repeat: "journaled",
  use: async ({ command }, workbench) => {
    if (!workbench.sandbox) return failure("Nothing can be run here: read the code instead.");
    const { sandbox, blobs, prepared } = workbench.sandbox;
    const result = await sandbox.run({
      tree: await workbench.files.tree(),
      blobs,
      command,
      timeoutMs: workbench.runTimeoutMs,
      outputBytesMax: workbench.resultBytesMax,
      ...(await prepared?.()),
      ...(workbench.signal ? { signal: workbench.signal } : {}),
    });
    const text = `${endOf(result, workbench.runTimeoutMs)}\n${fencedText(seen("output", "line"), seen(result.output, "output"))}`;
    return result.outcome === "failed-to-start" ? failure(text) : success(text);
  },
});

function endOf(result: RunResult, timeoutMs: number): string {
  switch (result.outcome) {
    case "exited":
      return `Exit code ${result.exitCode}.`;
    case "timed-out":
      return `Stopped after ${Math.round(timeoutMs / 1000)} seconds: run less at a time.`;
    case "killed":
      return "Killed: it used more memory, processes or disk than the sandbox allows.";
    case "failed-to-start":
      return "The sandbox could not start it. Go on without running, and say so in your answer.";
  }
}
