import type { Blobs, Tree } from "../trees/tree.ts";

/**
 * The port to a place where repository code may run: no network, no secrets, no home, and nothing comes back but the
 * exit status, the (capped) output and the (capped) reports that were asked for. Files are handed in fresh for every run;
 * what the code writes is thrown away.
 *
 * Contract, held by `test/contracts/sandbox.system.ts`: the probes of SECURITY.md.
 */
export type Sandbox = {
  readonly driver: SandboxDriver;
  /** Of the driver's program, as it says itself; for the proof. */
  readonly version: string;
  /** What limits a run's memory beside the looks at it, for people; null where nothing does. */
  readonly memoryBy?: string | null;
  run(request: RunRequest): Promise<RunResult>;
};

/**
 * `direct` is no sandbox: it runs this project's own bundled examples, and only those, on machines that have none, so
 * that the demo and the tests are whole there. No server can be given it.
 */
export type SandboxDriver = "bubblewrap" | "unshare" | "podman" | "docker" | "direct";

/**
 * A folder of the host that is seen inside. `writes` says what becomes of what a run writes there: `refused` (read-only),
 * `discarded` (the run sees its own writes, the host never does), `kept` (only the prepare step, never a test run).
 */
export type Mount = {
  /** Absolute path on the host. */
  readonly from: string;
  /** Where it is seen: relative to the workspace (`node_modules`), or absolute below `/opt/coop/`. */
  readonly at: string;
  readonly writes: "refused" | "discarded" | "kept";
};

export type RunRequest = {
  readonly tree: Tree;
  readonly blobs: Blobs;
  /** A shell command line from the repository's policy, or one that a model proposed; run by `sh -c` inside. */
  readonly command: string;
  readonly timeoutMs: number;
  readonly outputBytesMax: number;
  /** What the prepare step has made ready for this tree: dependencies, caches. */
  readonly mounts?: readonly Mount[];
  /** Besides the sandbox's own few variables. A value that begins with `:` goes behind the sandbox's own (`PATH`), one that ends with `:` before it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A Unix socket of the host at which an allow-listing proxy answers; only the fetch step has one. */
  readonly proxySocket?: string;
  /** Files to bring back after the run, by path relative to the workspace or below `/tmp/coop-reports/`; `*` in names. */
  readonly reports?: readonly string[];
  /**
   * Of programs that reserve gigabytes which they never write. Held to the usual limit, what Bun has compiled cannot
   * reserve room for its own compiler and takes several times as long.
   */
  readonly reservesMemory?: true;
  /** Every byte of output as it comes, before it is cut; for counting on the stream. */
  readonly onOutput?: (chunk: Buffer) => void;
  readonly signal?: AbortSignal;
};

export type RunResult = {
  readonly outcome: "exited" | "timed-out" | "killed" | "failed-to-start";
  readonly exitCode: number | null;
  /** stdout and stderr in the order they came, control sequences removed, cut in the middle when too long. */
  readonly output: string;
  readonly durationMs: number;
  /** By path as asked for; written by repository code, so every byte is a claim and no fact. Absent ones are missing. */
  readonly reports?: ReadonlyMap<string, Buffer>;
};

/** Said once at start-up: either a sandbox, or the plain reason why there is none. */
export type SandboxCheck =
  | {
      readonly state: "available";
      readonly sandbox: Sandbox;
      /** Why drivers that would have come first were not taken. */
      readonly passedOver?: readonly string[];
    }
  | { readonly state: "none"; readonly why: string };
