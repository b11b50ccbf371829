import type { RunResult, Sandbox } from "../sandbox.ts";

/** What a layer is made with, whether it is a repository's or the same for all of them. */
export type MakingWith = {
  readonly sandbox: Sandbox;
  readonly onProgress: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
};

/** Of what the tools say; its end is shown where they fail. */
export const OUTPUT_BYTES_MAX = 100_000;

export function isWell(result: RunResult): boolean {
  return result.outcome === "exited" && result.exitCode === 0;
}
