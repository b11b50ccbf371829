import { structuredPatch, type StructuredPatchHunk } from "diff";
import type { Files, GitStore } from "./objects.ts";

/** What changed between two trees, as the `files` of a pull request, a commit or a comparison show it. */
export type Side = "LEFT" | "RIGHT";
export type FileChange = {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: "added" | "removed" | "modified" | "renamed";
  /** Blob after the change, or before it for a removed file. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Empty for binary, unchanged (renamed) and very large files: GitHub leaves out their `patch`. */
  readonly hunks: readonly StructuredPatchHunk[];
};

/** GitHub shows no patch for very large files; 1 MB also keeps the line diff fast here. */
const PATCH_BYTES_MAX = 1_000_000;
const CONTEXT_LINES = 3;

/** Changes from one tree to another, by path. Only renames without any edit are recognised as such. */
export function changedFiles(store: GitStore, before: Files, after: Files): FileChange[] {
  const gone = new Map([...before].filter(([path]) => !after.has(path)).map(([path, entry]) => [entry.sha, path]));
  const changes: FileChange[] = [];
  for (const [path, entry] of after) {
    const old = before.get(path);
    if (old?.sha === entry.sha && old.mode === entry.mode) continue;
    const previousPath = old ? null : (gone.get(entry.sha) ?? null);
    if (previousPath) gone.delete(entry.sha);
    const status = old ? "modified" : previousPath ? "renamed" : "added";
    const from = old?.sha ?? (previousPath ? entry.sha : null);
    changes.push({ path, previousPath, status, sha: entry.sha, ...lines(store, from, entry.sha) });
  }
  const renamed = new Set(changes.map((change) => change.previousPath));
  for (const [path, entry] of before) {
    if (after.has(path) || renamed.has(path)) continue;
    changes.push({ path, previousPath: null, status: "removed", sha: entry.sha, ...lines(store, entry.sha, null) });
  }
  return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The hunk of a change that shows a line, so that a review comment may stand there. */
export function hunkAt(change: FileChange, side: Side, line: number): StructuredPatchHunk | null {
  const start = side === "RIGHT" ? "newStart" : "oldStart";
  const length = side === "RIGHT" ? "newLines" : "oldLines";
  return change.hunks.find((hunk) => line >= hunk[start] && line < hunk[start] + hunk[length]) ?? null;
}

export function patchText(hunks: readonly StructuredPatchHunk[]): string | undefined {
  if (hunks.length === 0) return undefined;
  return hunks.map((hunk) => `${hunkHeader(hunk)}\n${hunk.lines.join("\n")}`).join("\n");
}

export function hunkHeader(hunk: StructuredPatchHunk): string {
  // As git writes it: an empty range names the line before it, and a length of one is left out.
  const range = (start: number, length: number) =>
    length === 1 ? `${start}` : `${length === 0 ? start - 1 : start},${length}`;
  return `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`;
}

/** Where a line of one version stands in another, or null when it was changed or removed. */
export function followLine(before: string, after: string, line: number): number | null {
  let shift = 0;
  for (const hunk of structuredPatch("a", "b", before, after, "", "", { context: 0 }).hunks) {
    if (line < hunk.oldStart) break;
    if (line < hunk.oldStart + hunk.oldLines) return null;
    shift += hunk.newLines - hunk.oldLines;
  }
  return line + shift;
}

function lines(store: GitStore, from: string | null, to: string | null) {
  const [before, after] = [text(store, from), text(store, to)];
  if (before === null || after === null) return { additions: 0, deletions: 0, hunks: [] };
  const { hunks } = structuredPatch("a", "b", before, after, "", "", { context: CONTEXT_LINES });
  const count = (sign: string) => hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith(sign)).length;
  return { additions: count("+"), deletions: count("-"), hunks };
}

/** Null for what has no text: binary, very large, submodules. */
function text(store: GitStore, sha: string | null): string | null {
  if (sha === null) return "";
  if (store.typeOf(sha) !== "blob" || store.size(sha) > PATCH_BYTES_MAX) return null;
  const data = store.blob(sha);
  return data.includes(0) ? null : data.toString("utf8");
}
