// Held by test/scenarios/fix-rounds.test.ts
import type { VerificationRun } from "../core/ledger/entries.ts";
import type { Snapshot, Tree } from "../trees/tree.ts";
import type { CommandRun } from "../proof/runners/command-run.ts";
import { openTests } from "../proof/runners/suite.ts";
import type { StepContext } from "./step.ts";
import { testCommands } from "./test-commands.ts";
import { type CommandsSaid, commandsInWords } from "../messages/steps/verify.ts";

/** Runs the repository's own commands on a tree, once for each tree however often it is asked about. */
export type Verifier = (tree: Tree) => Promise<{ readonly result: VerificationRun; readonly output: string }>;

/** The commands come from the policy or the base commit's manifests: a change cannot choose how it is checked. */
export async function verifier(context: StepContext, base: Snapshot): Promise<Verifier> {
  const { sandbox } = context.world;
  if (sandbox.state === "none") return async () => notRun({ code: "no-sandbox", facts: { why: sandbox.why } });
  const { chosen, options } = await testCommands(context, base);
  const commands = chosen.map((one) => one.command);
  if (commands.length === 0 || !options) return async () => notRun({ code: "no-command", facts: {} });
  const tests = openTests({ ...options, commands });
  return async (tree) => {
    const runs: CommandRun[] = [];
    for (const command of commands) runs.push(await tests.run(tree, command));
    const output = runs.map((run) => `$ ${run.command}\n${run.output}`).join("\n");
    const outputSha256 = await context.world.artifacts.put(output);
    return { result: { ...summary(runs), outputSha256 }, output };
  };
}

function notRun(why: CommandsSaid): Awaited<ReturnType<Verifier>> {
  return {
    result: { outcome: "not-run", testsRun: null, sentence: commandsInWords(why), outputSha256: null },
    output: "",
  };
}

function summary(runs: readonly CommandRun[]): Omit<VerificationRun, "outputSha256"> {
  const counted = runs.filter((run) => run.count !== null);
  const testsRun = counted.length > 0 ? counted.reduce((sum, run) => sum + (run.count?.run ?? 0), 0) : null;
  const bad = runs.find((run) => run.verdict !== "passed");
  const told = bad ? redIn(bad) : ({ code: "passes", facts: { commands: runs.map((run) => run.command) } } as const);
  const outcome = bad?.verdict === "no-answer" ? "not-run" : bad ? "failed" : "passed";
  return { outcome, testsRun, sentence: commandsInWords(told) };
}

function redIn({ command, verdict, exitCode }: CommandRun): CommandsSaid {
  if (verdict === "no-answer") return { code: "no-answer", facts: { command } };
  return verdict === "stopped"
    ? { code: "timed-out", facts: { command } }
    : { code: "fails", facts: { command, exitCode } };
}
