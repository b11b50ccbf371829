import { createHash } from "node:crypto";
import type { VerifyCommand } from "../../core/rules/policy.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import { blobSha } from "../../trees/blob-sha.ts";
import { NOTHING_PREPARED, type Prepared } from "../../workspace/preparer.ts";
import type { RunResult, Sandbox } from "../../workspace/sandbox.ts";
import { addCounts, countTests, type TestCount } from "./test-count.ts";

/** One command on one tree. `stopped`: it ran out of time or memory; `no-answer`: it could not be run at all. */
export type CommandRun = {
  readonly command: string;
  readonly verdict: "passed" | "failed" | "stopped" | "no-answer";
  readonly exitCode: number | null;
  readonly output: string;
  readonly count: TestCount | null;
  readonly durationMs: number;
};

/** All commands that run tests, on one tree. `count` is null when one of them does not say how many it ran. */
export type SuiteRun = {
  readonly verdict: CommandRun["verdict"];
  readonly count: TestCount | null;
  readonly runs: readonly CommandRun[];
};

export type Tests = {
  readonly commands: readonly VerifyCommand[];
  /** Each command is run once on each tree, however many items ask for it. */
  run(tree: Tree, command: VerifyCommand, timeoutMs?: number): Promise<CommandRun>;
  /** The commands that prove tests. @returns null when there are none */
  suite(tree: Tree, timeoutMs?: number): Promise<SuiteRun | null>;
};

/** Enough for the summaries at the end of a long run. */
const OUTPUT_BYTES_MAX = 200_000;
/** Test runs use every processor they find; a third at once would only make all of them slower. */
const RUNS_AT_ONCE = 2;
/** What a shell says for a program that is not there or not executable. */
const NOT_FOUND = [126, 127];

export function openTests(
  sandbox: Sandbox,
  blobs: Blobs,
  commands: readonly VerifyCommand[],
  prepared: (tree: Tree) => Prepared = () => NOTHING_PREPARED,
): Tests {
  const known = new Map<string, Promise<CommandRun>>();
  const queue = gate(RUNS_AT_ONCE);

  function run(tree: Tree, command: VerifyCommand, timeoutMs = command.timeoutSeconds * 1000): Promise<CommandRun> {
    const key = `${treeKey(tree)} ${command.run}`;
    const begun = known.get(key);
    if (begun) return begun;
    const limits = { timeoutMs, outputBytesMax: OUTPUT_BYTES_MAX };
    const request = { tree, blobs, command: command.run, ...limits, ...prepared(tree) };
    const fresh = queue(() => sandbox.run(request)).then((result) => meaning(command.run, result));
    known.set(key, fresh);
    return fresh;
  }

  async function suite(tree: Tree, timeoutMs?: number): Promise<SuiteRun | null> {
    const testing = commands.filter((one) => one.proves === "tests");
    if (testing.length === 0) return null;
    return together(await Promise.all(testing.map((command) => run(tree, command, timeoutMs))));
  }

  return { commands, run, suite };
}

function meaning(command: string, result: RunResult): CommandRun {
  const { exitCode, output, durationMs } = result;
  const absent = result.outcome === "failed-to-start" || NOT_FOUND.includes(exitCode ?? -1);
  const stopped = result.outcome === "timed-out" || result.outcome === "killed";
  const verdict = absent ? "no-answer" : stopped ? "stopped" : exitCode === 0 ? "passed" : "failed";
  return { command, verdict, exitCode, output, count: countTests(output), durationMs };
}

function together(runs: readonly CommandRun[]): SuiteRun {
  const order = ["no-answer", "stopped", "failed"] as const;
  const verdict = order.find((one) => runs.some((run) => run.verdict === one)) ?? "passed";
  const counts = runs.map((run) => run.count).filter((one) => one !== null);
  return { verdict, count: counts.length === runs.length ? addCounts(counts) : null, runs };
}

function treeKey(tree: Tree): string {
  const hash = createHash("sha256");
  for (const path of [...tree.keys()].sort()) {
    const file = tree.get(path);
    hash.update(`${path}\0${file?.mode} ${file?.sha}\n`);
  }
  return hash.digest("hex");
}

function gate(slots: number): <T>(act: () => Promise<T>) => Promise<T> {
  let free = slots;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}

/** A store over another one for contents that only a run needs, such as mutated files. They are never written down. */
export function scratchBlobs(blobs: Blobs): Blobs {
  const extra = new Map<string, Buffer>();
  return {
    get: async (sha) => extra.get(sha) ?? (await blobs.get(sha)),
    put: (content) => {
      const sha = blobSha(content);
      extra.set(sha, content);
      return Promise.resolve(sha);
    },
  };
}

/** The last lines that say something, for a person. */
export function lastLines(output: string, linesMax: number): string[] {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .slice(-linesMax);
}
