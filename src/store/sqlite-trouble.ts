/**
 * What SQLite's primary result codes mean for whoever owns the file, and what helps. Advice to move a file away is given for a
 * damaged one only: where the disk is full or a folder is closed, it would cost tickets that are whole.
 */
const TROUBLES: Readonly<Record<number, readonly [why: string, helps: string]>> = {
  3: ["you may not write there", "Make the file and its folder writable, then run this again."],
  5: ["another program holds it", "End that program, or wait for it, then run this again."],
  8: ["it can only be read", "Make the file and its folder writable, then run this again."],
  10: ["the disk fails or is full", "Make room on the disk, then run this again."],
  11: ["its content is damaged", "Put a copy of it back, or move it away: the tickets then start again from 1."],
  13: ["the disk is full", "Make room on the disk, then run this again."],
  14: ["it cannot be opened", "Make the file and its folder readable and writable, then run this again."],
  26: ["it is not a database", "Put a copy of it back, or move it away: the tickets then start again from 1."],
};

export type SqliteTrouble = { readonly why: string; readonly helps: string };

/** @returns null for anything that is no trouble of SQLite's with its file */
export function sqliteTrouble(error: unknown): SqliteTrouble | null {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  const known = typeof errcode === "number" ? TROUBLES[errcode & 0xff] : undefined;
  return known ? { why: known[0], helps: known[1] } : null;
}
