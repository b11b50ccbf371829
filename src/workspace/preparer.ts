import type { Blobs, Tree } from "../trees/tree.ts";
import type { Mount } from "./sandbox.ts";

/**
 * The port to whoever brings in what a repository needs before anything of it runs: packages, compiled parts, caches.
 * The packages are those that the tree's own manifests and lockfiles ask for. The result is shared by all runs and never
 * written by one.
 */
export type Preparer = {
  /** Never throws for what a repository, a registry or a disk does: that is `failed`, with a sentence. */
  prepare(request: PrepareRequest): Promise<Preparation>;
};

/** What every run on a tree is given. */
export type Prepared = {
  readonly mounts: readonly Mount[];
  readonly environment: Readonly<Record<string, string>>;
};

export type PrepareRequest = {
  readonly tree: Tree;
  readonly blobs: Blobs;
  /** The policy's own commands; they take the place of what the manifests say. */
  readonly setup?: readonly SetupCommand[];
  /** Short sentences on what happens now ("installing 412 packages"), for people who wait. */
  readonly onProgress?: (sentence: string) => void;
  readonly signal?: AbortSignal;
};

export type SetupCommand = { readonly name: string; readonly run: string; readonly timeoutSeconds: number };

export type Preparation =
  | {
      readonly outcome: "ready";
      readonly prepared: Prepared;
      /** What was brought in, in words; empty when the repository needs nothing. */
      readonly what: readonly string[];
      /** What a reader of the proof should know, such as a test tool that the repository does not declare. */
      readonly notes: readonly string[];
      readonly from: "made" | "found" | "nothing";
      readonly durationMs: number;
    }
  | {
      readonly outcome: "failed";
      /** What the host alone gives (its tool chains), and the packages of other parts, so that tests which need no more can run. */
      readonly prepared: Prepared;
      /** What was still brought in. */
      readonly what?: readonly string[];
      /** What went wrong and what to do, for a person. */
      readonly sentence: string;
      /** The last lines that the tool said. */
      readonly details: readonly string[];
    };

export const NOTHING_PREPARED: Prepared = { mounts: [], environment: {} };
