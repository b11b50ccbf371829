import type { Blobs, Tree } from "../trees/tree.ts";

/**
 * The port to a place where repository code may run: no network, no secrets, no home, and nothing comes back but the
 * exit status and the (capped) output. Files are handed in fresh for every run; what the code writes is thrown away.
 *
 * Contract, held by `test/contracts/sandbox.test.ts`: the probes of SECURITY.md.
 */
export type Sandbox = {
  readonly driver: "bubblewrap" | "container";
  run(request: RunRequest): Promise<RunResult>;
};

export type RunRequest = {
  readonly tree: Tree;
  readonly blobs: Blobs;
  /** A shell command line from the repository's policy, or one that a model proposed; run by `sh -c` inside. */
  readonly command: string;
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
};

export type RunResult = {
  readonly outcome: "exited" | "timed-out" | "killed" | "failed-to-start";
  readonly exitCode: number | null;
  /** stdout and stderr in the order they came, control sequences removed, cut in the middle when too long. */
  readonly output: string;
  readonly durationMs: number;
};

/** Said once at start-up: either a sandbox, or the plain reason why there is none. */
export type SandboxCheck =
  { readonly state: "available"; readonly sandbox: Sandbox } | { readonly state: "none"; readonly why: string };
