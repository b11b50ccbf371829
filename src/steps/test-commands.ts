// Held by test/scenarios/feature.test.ts
import { type ChosenCommand, chooseCommands } from "../proof/runners/choose.ts";
import { findCommands } from "../proof/runners/commands.ts";
import { openTests, type TestsOptions } from "../proof/runners/suite.ts";
import type { Snapshot } from "../trees/tree.ts";
import { preparedBase } from "./prepare-base.ts";
import { policyOf, type StepContext } from "./step.ts";

/** How this repository is tested, tried on the base where anything can be run, and what runs on the base are given. */
export type TestCommands = {
  readonly chosen: readonly ChosenCommand[];
  /** Null where no repository code runs. */
  readonly options: Omit<TestsOptions, "commands"> | null;
};

export async function testCommands(context: StepContext, base: Snapshot): Promise<TestCommands> {
  const { sandbox, blobs } = context.world;
  const { tree } = base;
  const policy = policyOf(context);
  if (sandbox.state === "none") {
    const found = await findCommands(tree, blobs, policy);
    return { chosen: found.map((command) => ({ command, testsRun: null })), options: null };
  }
  const prepared = await preparedBase(context, base);
  const options = { sandbox: sandbox.sandbox, blobs, prepared: () => prepared, base: tree };
  const { run } = openTests({ ...options, commands: [] });
  return { chosen: await chooseCommands({ tree, blobs, policy }, run), options };
}
