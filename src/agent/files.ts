import type { Tree } from "../trees/tree.ts";

/** The port to the files that tools work on: a snapshot, and for the Implementer its edits over it. */
export type Overlay = {
  /** All paths as they stand now, sorted. */
  paths(): string[];
  read(path: string): Promise<FileRead>;
  write(path: string, text: string): EditOutcome | Promise<EditOutcome>;
  /** Replaces `old`, which must occur exactly once. */
  replace(path: string, old: string, text: string): Promise<EditOutcome>;
  remove(path: string): EditOutcome | Promise<EditOutcome>;
  /** Paths that differ from the snapshot, as keys. */
  changes(): ReadonlyMap<string, unknown>;
  tree(): Promise<Tree>;
};

export type FileRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly sizeBytes: number }
  /** Text or not: more than is read here. */
  | { readonly kind: "large"; readonly sizeBytes: number }
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "missing" };

export type EditOutcome = { readonly outcome: "done" } | { readonly outcome: "refused"; readonly why: string };
