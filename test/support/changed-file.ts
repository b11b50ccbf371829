import type { FileDiff } from "../../src/trees/diff.ts";

/** A text file of a change, as rules that read whole files see it: nothing counts its lines. */
export function changedFile(path: string, before: string, after: string): FileDiff {
  const modes = { modeBefore: "100644" as const, modeAfter: "100644" as const };
  const action = before === "" ? "create" : after === "" ? "delete" : "change";
  return { path, action, ...modes, kind: "text", before, after, added: 0, removed: 0, addedLines: [], hunks: [] };
}
