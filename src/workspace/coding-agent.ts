import type { Blobs, Tree } from "../trees/tree.ts";
import type { Mount } from "./sandbox.ts";

/**
 * The port to a coding agent: a program that writes a change by itself with a model of its own vendor. It runs in the
 * sandbox on a copy of the files. Its only way out leads to its provider, through this process, which holds its key,
 * counts each call and refuses those that the budget does not allow.
 *
 * Contract, held by `test/contracts/coding-agent.system.ts`:
 * - `work` never throws for anything a program, a provider or a sandbox can do.
 * - However it ends, what the program has written until then comes back, and every call that was answered was told.
 * - What it says and writes was made by a program that read foreign text: every byte is a claim.
 */
export type CodingAgent = {
  /** The name of its pool entry. */
  readonly name: string;
  /** What one round may take; `null`: no limit of its own beside the ticket's budget. */
  readonly limits: { readonly runMs: number; readonly costMicroUsdMax: number | null };
  work(job: AgentJob): Promise<AgentWork>;
};

/** One run of a program, and whom it has to ask. */
export type AgentJob = {
  readonly tree: Tree;
  readonly blobs: Blobs;
  /** Everything that the program is told. */
  readonly prompt: string;
  readonly timeoutMs: number;
  /** What the prepare step has made ready. */
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
  /** Asked before each call of the program to its provider, with what it may take at worst. */
  mayCall(size: CallSize): Promise<CallPermission>;
  /** Told of each call that was answered, also in part, before the program has seen its end. */
  onCall(call: AgentCall): Promise<void>;
  readonly signal?: AbortSignal;
};

/** `release` is called once the call was told, or will never be: until then it is counted at its worst. */
export type CallPermission =
  { readonly outcome: "granted"; readonly release: () => void } | { readonly outcome: "denied" };

/** Tokens that a call may take at worst. */
export type CallSize = { readonly inputTokens: number; readonly outputTokens: number };

/** One call of the program to its provider, as the provider counted it. */
export type AgentCall = {
  /** Below the provider's address: `/messages`. */
  readonly path: string;
  /** Of the request's body. */
  readonly requestSha256: string;
  readonly counts: AgentCounts;
  /** The model that the provider says it answered with. */
  readonly served: string | null;
  readonly latencyMs: number;
};

/** Tokens; what `cachedInputTokens` and `cacheWriteTokens` hold is not in `inputTokens`. */
export type AgentCounts = {
  readonly inputTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly estimated?: true;
};

/** How a run ended, and what came of it. */
export type AgentWork = {
  readonly end: AgentEnd;
  /** What it wrote and removed, against the tree it was given. */
  readonly edits: readonly AgentEdit[];
  /** What it wrote that is not taken, each a sentence. */
  readonly left: readonly string[];
  readonly turns: number;
  readonly toolCalls: Readonly<Record<string, number>>;
  /** Everything it printed, the middle left out when it is long. */
  readonly transcript: string;
};

/** A whole file as it stands now, or `null` where it is gone. */
export type AgentEdit = { readonly path: string; readonly content: Buffer | null };

/** Told apart because what helps differs. */
export type AgentEnd =
  /** It says it is done; `message` is the last that it said. */
  | { readonly as: "finished"; readonly message: string }
  /** It ended itself without being done. */
  | { readonly as: "failed"; readonly sentence: string }
  | { readonly as: "out-of-time"; readonly sentence: string }
  /** `mayCall` said no. */
  | { readonly as: "denied" }
  | { readonly as: "stopped" }
  /** Its provider gave it no answer. `status` is null where nothing answered at all. */
  | { readonly as: "provider"; readonly status: number | null; readonly sentence: string }
  /** Nothing was run: no program, no sandbox. A person has to change something. */
  | { readonly as: "not-run"; readonly sentence: string };
