// Held by test/scenarios/fix-rounds.test.ts
import type { VerificationRun } from "../core/ledger/entries.ts";
import type { Snapshot, Tree } from "../trees/tree.ts";
import type { CommandRun } from "../proof/runners/command-run.ts";
import { openTests } from "../proof/runners/suite.ts";
import type { StepContext } from "./step.ts";
import { testCommands } from "./test-commands.ts";
import { LINE_CHARS_MAX } from "../core/ledger/limits.ts";

/** Runs the repository's own commands on a tree, once for each tree however often it is asked about. */
export type Verifier = (tree: Tree) => Promise<{ readonly result: VerificationRun; readonly output: string }>;

/** The commands come from the policy or the base commit's manifests: a change cannot choose how it is checked. */
export async function verifier(context: StepContext, base: Snapshot): Promise<Verifier> {
  const { sandbox } = context.world;
  if (sandbox.state === "none") return async () => notRun(`No repository code runs here: ${sandbox.why}`);
  const { chosen, options } = await testCommands(context, base);
  const commands = chosen.map((one) => one.command);
  if (commands.length === 0 || !options)
    return async () => notRun("The repository names no command that would check it.");
  const tests = openTests({ ...options, commands });
  return async (tree) => {
    const runs: CommandRun[] = [];
    for (const command of commands) runs.push(await tests.run(tree, command));
    const output = runs.map((run) => `$ ${run.command}\n${run.output}`).join("\n");
    const outputSha256 = await context.world.artifacts.put(output);
    return { result: { ...summary(runs), outputSha256 }, output };
  };
}

function notRun(why: string): Awaited<ReturnType<Verifier>> {
  return {
    result: { outcome: "not-run", testsRun: null, sentence: why.slice(0, LINE_CHARS_MAX), outputSha256: null },
    output: "",
  };
}

function summary(runs: readonly CommandRun[]): Omit<VerificationRun, "outputSha256"> {
  const counted = runs.filter((run) => run.count !== null);
  const testsRun = counted.length > 0 ? counted.reduce((sum, run) => sum + (run.count?.run ?? 0), 0) : null;
  const bad = runs.find((run) => run.verdict !== "passed");
  if (bad?.verdict === "no-answer")
    return {
      outcome: "not-run",
      testsRun,
      sentence: `\`${bad.command}\` could not be run in the sandbox.`.slice(0, LINE_CHARS_MAX),
    };
  if (bad) {
    const how = bad.verdict === "stopped" ? "was stopped before it finished" : `ended with exit status ${bad.exitCode}`;
    return { outcome: "failed", testsRun, sentence: `\`${bad.command}\` ${how}.`.slice(0, LINE_CHARS_MAX) };
  }
  const names = runs.map((run) => `\`${run.command}\``).join(", ");
  return {
    outcome: "passed",
    testsRun,
    sentence: `${names}: passed.`.slice(0, LINE_CHARS_MAX),
  };
}
