import type { Sandbox } from "../../workspace/sandbox.ts";
import type { CommandRun } from "./command-run.ts";

/**
 * Runs on the base, kept for as long as this process: every item of a proof asks for them, the plan does, and so does the
 * next ticket on the same commit. Only a run that came to its end is kept; one that was stopped or could not start may do
 * better another time.
 */
const RUNS_KEPT_MAX = 64;
const kept = new WeakMap<Sandbox, Map<string, Promise<CommandRun>>>();

/** Runs that another thread keeps for a sandbox which is only a stand-in here. */
export type RunMemory = {
  recall(key: string): Promise<CommandRun | null>;
  keep(key: string, run: CommandRun): Promise<unknown>;
};
const elsewhere = new WeakMap<Sandbox, RunMemory>();

export function keepElsewhere(sandbox: Sandbox, memory: RunMemory): void {
  elsewhere.set(sandbox, memory);
}

/** What was run or is under way for this key. */
export function recalled(sandbox: Sandbox, key: string): Promise<CommandRun> | null {
  return kept.get(sandbox)?.get(key) ?? null;
}

async function orRecalled(sandbox: Sandbox, key: string, begin: () => Promise<CommandRun>): Promise<CommandRun> {
  const memory = elsewhere.get(sandbox);
  const known = await memory?.recall(key);
  if (known) return known;
  const run = await begin();
  await memory?.keep(key, run);
  return run;
}

export function shared(sandbox: Sandbox, key: string, begin: () => Promise<CommandRun>): Promise<CommandRun> {
  const runs = kept.get(sandbox) ?? new Map<string, Promise<CommandRun>>();
  kept.set(sandbox, runs);
  const found = runs.get(key);
  const run = found ?? orRecalled(sandbox, key, begin);
  runs.delete(key);
  runs.set(key, run);
  for (const oldest of runs.keys()) if (runs.size > RUNS_KEPT_MAX) runs.delete(oldest);
  if (!found) {
    const drop = () => void (runs.get(key) === run && runs.delete(key));
    run.then((one) => (one.verdict === "passed" || one.verdict === "failed" ? undefined : drop()), drop);
  }
  return run;
}
