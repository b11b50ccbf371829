import type { TestCase, TestCount } from "./test-case.ts";

/** One command on one tree. `stopped`: it ran out of time or memory; `no-answer`: it could not be run at all. */
export type CommandRun = {
  readonly command: string;
  readonly verdict: "passed" | "failed" | "stopped" | "no-answer";
  readonly exitCode: number | null;
  readonly output: string;
  readonly count: TestCount | null;
  readonly cases: readonly TestCase[];
  /** Every counted test has a name of its own, so that a missing one shows. */
  readonly named: boolean;
  /** Files or packages that could not be loaded, so that their tests never began. */
  readonly notLoaded: readonly string[];
  readonly durationMs: number;
  /** What became of the options that were asked of Node, where that is known. */
  readonly options?: "taken" | "refused";
  /** What instrumented code wrote down, where a run was asked for it. */
  readonly records?: readonly Buffer[];
};
