import type { Policy, VerifyCommand } from "../../core/rules/policy.ts";
import type { Tree, Blobs } from "../../trees/tree.ts";
import { findCommands, guessesFor, testCommand } from "./commands.ts";
import type { Guess } from "./guesses/repository.ts";
import type { CommandRun } from "./command-run.ts";
import type { RunOnce } from "./suite.ts";

/** A command that runs the repository's tests, and how many it ran on the base; null when nothing says. */
export type ChosenCommand = { readonly command: VerifyCommand; readonly testsRun: number | null };

/**
 * The commands by which this repository is tested, found by trying: of each part of the repository the first that is
 * green on the base and says that it ran tests; where none is, the first that ran any. A policy's own commands are not
 * tried and not doubted.
 */
export async function chooseCommands(
  { tree, blobs, policy }: { readonly tree: Tree; readonly blobs: Blobs; readonly policy: Policy },
  run: RunOnce,
): Promise<ChosenCommand[]> {
  if (policy.verify) return policy.verify.map((command) => ({ command, testsRun: null }));
  const guesses = await guessesFor({ tree, blobs });
  const works: Works[] = [];
  for (const guess of guesses) {
    const one = await firstThatWorks(guess, tree, run);
    if (one) works.push(one);
  }
  const chosen = works.filter((one) => !works.some((other) => other !== one && runsToo(other, one)));
  return chosen.length > 0
    ? chosen.map(({ chosen: one }) => one)
    : (await findCommands(tree, blobs, policy)).map(untried);
}

type Works = { readonly chosen: ChosenCommand; readonly ran: CommandRun };

/** A Makefile that runs the tests of several languages: none of them is counted twice. */
function runsToo(make: Works, one: Works): boolean {
  if (!make.chosen.command.run.startsWith("make ") || make.ran.verdict !== "passed" || !one.ran.named) return false;
  const left = new Map<string, number>();
  for (const { name } of make.ran.cases) left.set(name, (left.get(name) ?? 0) + 1);
  return one.ran.cases.every(({ name }) => {
    const more = left.get(name) ?? 0;
    left.set(name, more - 1);
    return more > 0;
  });
}

/** A repository with more ways than these to run its tests is better off with a policy. */
const TRIES_MAX = 5;

async function firstThatWorks({ alternatives, extra }: Guess, base: Tree, run: RunOnce): Promise<Works | null> {
  const runs: { command: VerifyCommand; ran: CommandRun }[] = [];
  for (const alternative of alternatives.slice(0, TRIES_MAX)) {
    const command = testCommand(alternative);
    const ran = await run(base, command);
    if (ran.verdict === "passed" && ran.count?.run) return { chosen: { command, testsRun: ran.count.run }, ran };
    runs.push({ command, ran });
    // What ran out of time would do so under another name.
    if (ran.verdict === "stopped") break;
  }
  if (extra) return null;
  const best = runs.find(({ ran }) => ran.count?.passed) ?? runs.find(({ ran }) => ran.count?.run) ?? runs[0];
  if (!best) return null;
  return { chosen: { command: best.command, testsRun: best.ran.count?.run ?? null }, ran: best.ran };
}

function untried(command: VerifyCommand): ChosenCommand {
  return { command, testsRun: null };
}
