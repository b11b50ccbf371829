import type { FoundItem } from "../../core/ticket/proof-facts.ts";
import type { Tree } from "../../trees/tree.ts";
import type { PrepareRequest } from "../../workspace/preparer.ts";
import type { RunRequest, SandboxDriver } from "../../workspace/sandbox.ts";
import type { ProofInput } from "../evidence.ts";
import type { CommandRun } from "../runners/command-run.ts";

/** What the thread that reads and the one that holds the ports say to each other. Everything is data. */

/** A sandbox of which only its name is known here, or why there is none. */
export type SandboxNamed =
  | { readonly state: "none"; readonly why: string }
  | { readonly state: "available"; readonly driver: SandboxDriver; readonly version: string };

/** Contents that only the reading thread has. */
type Extra = ReadonlyMap<string, Uint8Array>;
export type RunAsked = Omit<RunRequest, "blobs" | "onOutput" | "signal"> & { readonly extra: Extra };
export type PrepareAsked = Pick<PrepareRequest, "setup"> & { readonly tree: Tree; readonly extra: Extra };

/** What is asked of the ports. */
export type Asked =
  | { readonly port: "get"; readonly sha: string }
  | { readonly port: "run"; readonly request: RunAsked }
  | { readonly port: "prepare"; readonly request: PrepareAsked }
  | { readonly port: "recall"; readonly key: string }
  | { readonly port: "keep"; readonly key: string; readonly run: CommandRun };

export type FromReader =
  | { readonly kind: "beat" }
  | { readonly kind: "progress"; readonly sentence: string }
  | { readonly kind: "asked"; readonly call: number; readonly asked: Asked }
  | { readonly kind: "collected"; readonly items: FoundItem[] }
  /** `call`: what was asked and failed, where that is why. */
  | { readonly kind: "failed"; readonly message: string; readonly call: number | null; readonly limit: Limit | null };

/** What foreign code can bring a thread to. Every other error is our own. */
export type Limit = "stack" | "size" | "memory";

/** Which of them an error tells of. A `RangeError` of another kind is a mistake of ours, such as a negative count. */
export function limitOf(error: unknown): Limit | null {
  if (!(error instanceof Error)) return null;
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_OUT_OF_MEMORY") return "memory";
  if (error.name !== "RangeError") return null;
  if (error.message.startsWith("WebAssembly.")) return "memory";
  if (error.message === "Maximum call stack size exceeded") return "stack";
  return /^(?:Invalid (?:string|array) length|Array buffer allocation failed)$|^(?:Map|Set) maximum size exceeded$/.test(
    error.message,
  )
    ? "size"
    : null;
}

export type ToReader =
  | { readonly kind: "collect"; readonly input: ProofInput; readonly sandbox: SandboxNamed; readonly prepares: boolean }
  | { readonly kind: "output"; readonly call: number; readonly chunk: Uint8Array }
  | { readonly kind: "answer"; readonly call: number; readonly value: unknown }
  | { readonly kind: "broken"; readonly call: number; readonly message: string };
