import type { FileRead, Outcome } from "../trees/overlay.ts";
import type { Tree } from "../trees/tree.ts";

/** The port to the files that tools work on: a snapshot, and for the Implementer its edits over it. */
export type Overlay = {
  /** All paths as they stand now, sorted. */
  paths(): string[];
  read(path: string): Promise<FileRead>;
  write(path: string, text: string): Outcome | Promise<Outcome>;
  /** Replaces `old`, which must occur exactly once. */
  replace(path: string, old: string, text: string): Promise<Outcome>;
  remove(path: string): Outcome | Promise<Outcome>;
  /** Paths that differ from the snapshot, as keys. */
  changes(): ReadonlyMap<string, unknown>;
  tree(): Promise<Tree>;
};
