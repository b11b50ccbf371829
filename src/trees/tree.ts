/**
 * A repository at one commit as plain data: paths and the names of their contents. Reading and writing files goes
 * through these values; no directory that repository code could touch is ever trusted.
 */
export type FileMode = "100644" | "100755" | "120000" | "160000";

export type TreeFile = { readonly mode: FileMode; readonly sha: string; readonly sizeBytes: number };

/** Paths are relative, `/`-separated, as git spells them. */
export type Tree = ReadonlyMap<string, TreeFile>;

/** Of all files together: what can be run, half of the room that a run gets in memory. A larger tree is only read. */
export const TREE_BYTES_MAX = 512 * 1024 * 1024;

/** Where file contents are found by git blob SHA. */
export type Blobs = {
  /** @returns null when the content is not there; "could not tell" is not "empty" */
  get(sha: string): Promise<Buffer | null>;
  /** Whether it is there, without reading it; absent where only reading tells. */
  has?(sha: string): Promise<boolean>;
  put(content: Buffer): Promise<string>;
};

/** One commit as read from GitHub. */
export type Snapshot = { readonly commitSha: string; readonly treeSha: string; readonly tree: Tree };

/** What a change does to a tree: new content, or `null` for a deletion. Modes of changed files are kept. */
export type Changes = ReadonlyMap<string, { readonly content: Buffer; readonly mode: "100644" | "100755" } | null>;
