import type { Sandbox } from "../../workspace/sandbox.ts";
import type { CommandRun } from "./command-run.ts";

/**
 * Runs on the base, kept for as long as the sandbox that they were made in. Each step is given one of its own, in which every item of a
 * proof asks for them, and whoever looks for its commands. Proofs of pull requests that no ticket is about have the process's own, and
 * find what passed there. Only a run that came to its end is kept; one that was stopped or could not start may do better another time.
 */
const RUNS_KEPT_MAX = 64;
const kept = new WeakMap<Sandbox, Map<string, Promise<CommandRun>>>();

/** Runs that another thread keeps for a sandbox which is only a stand-in here. */
export type RunMemory = {
  recall(key: string): Promise<CommandRun | null>;
  keep(key: string, run: CommandRun): Promise<unknown>;
};
const elsewhere = new WeakMap<Sandbox, RunMemory>();
const wrapped = new WeakMap<Sandbox, Sandbox>();

/** For a sandbox that only answers some questions otherwise: it knows what was run in the one it stands before. */
export function sharingRuns(wrapper: Sandbox, sandbox: Sandbox): Sandbox {
  wrapped.set(wrapper, ownerOf(sandbox));
  return wrapper;
}

function ownerOf(sandbox: Sandbox): Sandbox {
  return wrapped.get(sandbox) ?? sandbox;
}

export function keepElsewhere(sandbox: Sandbox, memory: RunMemory): void {
  elsewhere.set(sandbox, memory);
}

/** What was run or is under way for this key. */
export function recalled(sandbox: Sandbox, key: string): Promise<CommandRun> | null {
  return kept.get(ownerOf(sandbox))?.get(key) ?? null;
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
  const owner = ownerOf(sandbox);
  const runs = kept.get(owner) ?? new Map<string, Promise<CommandRun>>();
  kept.set(owner, runs);
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
