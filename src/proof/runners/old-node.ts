import type { RunResult } from "../../workspace/sandbox.ts";
import type { CommandRun } from "./command-run.ts";
import type { Tally } from "./test-case.ts";

/**
 * Nodes before 18.18 take none of what we ask in NODE_OPTIONS, and end at once: the tests are run once more without it. Code
 * under test may print what such a Node says, so only the outcome of that second run tells, and of the base's.
 */
export type Ran = {
  readonly result: RunResult;
  readonly heard: Tally | null;
  readonly options?: CommandRun["options"];
};

type Asking = {
  /** Of the tree and the command. */
  readonly key: string;
  readonly once: (isAsked: boolean) => Promise<Ran>;
  /** One runner alone: where it told of tests, its Node has begun. */
  readonly sole: boolean;
  /** The same command on the base; null where this is it, or none is known. */
  readonly onBase: (() => Promise<CommandRun>) | null;
};

export function oldNodes(): (asking: Asking) => Promise<Ran> {
  let isOld = false;
  const refused = new Set<string>();
  return async ({ key, once, sole, onBase }) => {
    if (isOld || refused.has(key)) return once(false);
    const first = await once(true);
    if (!isRefused(first.result) || (sole && first.heard !== null))
      return hasOurs(first.result) ? { ...first, options: "taken" } : first;
    const before = await onBase?.();
    if (before?.options === "taken") return first;
    refused.add(key);
    const second = await once(false);
    const isBetter = !isRefused(second.result) && (second.result.exitCode === 0 || second.heard !== null);
    isOld ||= before ? before.options === "refused" : isBetter;
    return isBetter ? { ...second, options: "refused" } : second;
  };
}

function isRefused(result: RunResult): boolean {
  const { outcome, exitCode, output } = result;
  const says = /: --(?:import|test-reporter)= is not allowed in NODE_OPTIONS/.test(output);
  return outcome === "exited" && exitCode !== 0 && says && !hasOurs(result);
}

/** Reports of what was asked by the variable. */
function hasOurs({ reports }: RunResult): boolean {
  return [...(reports ?? [])].some(([path]) => /\/(?:node|mocha|jest|vitest)-\d+\.json$/.test(path));
}
