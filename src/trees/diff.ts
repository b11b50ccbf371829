import { setImmediate as turn } from "node:timers/promises";
import { structuredPatch } from "diff";
import type { Blobs, FileMode, Snapshot, TreeFile } from "./tree.ts";
import { decodeText } from "./text.ts";

/** One file that differs between two trees. A renamed file is a deletion and a creation, so that neither is missed. */
export type FileDiff = {
  readonly path: string;
  readonly action: "create" | "change" | "delete";
  readonly modeBefore: FileMode | null;
  readonly modeAfter: FileMode | null;
  /** `binary` also for links, submodules and files too large to compare: they have no lines. */
  readonly kind: "text" | "binary";
  /** Why a file that may well be text could not be read: nothing is known about what is in it. */
  readonly unread?: string;
  readonly before: string;
  readonly after: string;
  /** Counts of lines. */
  readonly added: number;
  readonly removed: number;
  /** With their numbers in the head's file. */
  readonly addedLines: readonly NumberedLine[];
  readonly hunks: readonly Hunk[];
};

export type NumberedLine = { readonly line: number; readonly text: string };

type Hunk = {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
};

/** As git and GitHub show it; GitHub takes inline comments on exactly these lines. */
const CONTEXT_LINES = 3;
/** Larger files are data, not something that anybody reviews line by line. */
const COMPARED_BYTES_MAX = 2_000_000;
/** Within that size only data has more, and splitting and numbering them would hold up everybody else. */
const COMPARED_LINES_MAX = 100_000;
/** Beyond so many changed lines a file counts as written anew; comparing further takes the square of their number. */
const EDITS_MAX = 700;
/** Texts so long take their time at each step. */
const LONG_CHARS = 100_000;
/** After so long others are let in: webhooks are answered while thousands of files are compared. */
const SLICE_MS = 20;

/** @throws when the blob store lacks a content: a proof must not rest on a file nobody could read */
export async function changedFiles(base: Snapshot, head: Snapshot, blobs: Blobs): Promise<FileDiff[]> {
  const paths = [...new Set([...base.tree.keys(), ...head.tree.keys()])].sort((a, b) => (a < b ? -1 : 1));
  const files: FileDiff[] = [];
  let began = performance.now();
  for (const path of paths) {
    if (performance.now() - began > SLICE_MS) {
      await turn();
      began = performance.now();
    }
    const before = base.tree.get(path);
    const after = head.tree.get(path);
    if (before?.sha === after?.sha && before?.mode === after?.mode) continue;
    files.push(await compare(path, before, after, blobs));
  }
  return files;
}

async function compare(
  path: string,
  before: TreeFile | undefined,
  after: TreeFile | undefined,
  blobs: Blobs,
): Promise<FileDiff> {
  const action = !before ? "create" : !after ? "delete" : "change";
  const modes = { modeBefore: before?.mode ?? null, modeAfter: after?.mode ?? null };
  const [old, now] = [await textOf(path, before, blobs), await textOf(path, after, blobs)];
  const isLong = [old, now].some((text) => text !== null && hasMoreLines(text, COMPARED_LINES_MAX));
  if (old === null || now === null || isLong) {
    const unread = isLong
      ? { unread: `it has more than ${COMPARED_LINES_MAX / 1_000},000 lines` }
      : unreadable(before, after);
    const nothing = { before: "", after: "", added: 0, removed: 0, addedLines: [], hunks: [] };
    return { path, action, ...modes, kind: "binary", ...unread, ...nothing };
  }
  if (old.length + now.length > LONG_CHARS) await turn();
  const hunks = hunksOf(old, now);
  if (old.length + now.length > LONG_CHARS) await turn();
  const addedLines = hunks.flatMap(addedOf);
  const removed = hunks.flatMap((hunk) => hunk.lines).filter((line) => line.startsWith("-")).length;
  return {
    path,
    action,
    ...modes,
    kind: "text",
    before: old,
    after: now,
    added: addedLines.length,
    removed,
    addedLines,
    hunks,
  };
}

/** Pictures and their kin, which hold no code, are not meant; nobody reads them line by line. */
function unreadable(...files: readonly (TreeFile | undefined)[]): { unread?: string } {
  const large = files.some((file) => file && file.mode !== "160000" && file.sizeBytes > COMPARED_BYTES_MAX);
  return large ? { unread: `it has more than ${COMPARED_BYTES_MAX / 1_000_000} MB` } : {};
}

/** @returns null for what has no lines; empty text for a file that is not there */
async function textOf(path: string, file: TreeFile | undefined, blobs: Blobs): Promise<string | null> {
  if (!file) return "";
  if (file.mode === "120000" || file.mode === "160000" || file.sizeBytes > COMPARED_BYTES_MAX) return null;
  const content = await blobs.get(file.sha);
  if (!content) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
  return decodeText(content);
}

function hasMoreLines(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0 && lines <= most; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines > most;
}

function hunksOf(before: string, after: string): Hunk[] {
  const patch = structuredPatch("a", "b", before, after, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: EDITS_MAX,
  });
  return patch?.hunks ?? [rewritten(linesOf(before), linesOf(after))];
}

function rewritten(before: readonly string[], after: readonly string[]): Hunk {
  const lines = [...before.map((line) => `-${line}`), ...after.map((line) => `+${line}`)];
  return { oldStart: 1, oldLines: before.length, newStart: 1, newLines: after.length, lines };
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Lines of the head in a hunk, with their numbers. */
function headLines(hunk: Hunk): { line: number; text: string; added: boolean }[] {
  let line = hunk.newStart;
  return hunk.lines
    .filter((one) => one.startsWith("+") || one.startsWith(" "))
    .map((one) => ({ line: line++, text: one.slice(1).replace(/\r$/, ""), added: one.startsWith("+") }));
}

function addedOf(hunk: Hunk): NumberedLine[] {
  return headLines(hunk)
    .filter((one) => one.added)
    .map(({ line, text }) => ({ line, text }));
}

/** Lines of the head's file on which GitHub takes an inline comment: added ones and the context around. */
export function linesInDiff(file: FileDiff): Set<number> {
  return new Set(file.hunks.flatMap((hunk) => headLines(hunk).map((one) => one.line)));
}

/** As `git diff` writes it. */
export function unifiedDiff(file: FileDiff): string {
  const lines = [`diff --git a/${file.path} b/${file.path}`];
  if (file.action === "create") lines.push(`new file mode ${file.modeAfter}`);
  else if (file.action === "delete") lines.push(`deleted file mode ${file.modeBefore}`);
  else if (file.modeBefore !== file.modeAfter) lines.push(`old mode ${file.modeBefore}`, `new mode ${file.modeAfter}`);
  if (file.unread !== undefined) lines.push(`Not shown, because nobody could read it: ${file.unread}.`);
  else if (file.kind === "binary") lines.push("Binary files differ");
  else if (file.hunks.length > 0) {
    lines.push(file.action === "create" ? "--- /dev/null" : `--- a/${file.path}`);
    lines.push(file.action === "delete" ? "+++ /dev/null" : `+++ b/${file.path}`);
    for (const hunk of file.hunks)
      lines.push(
        `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
        ...hunk.lines.map((line) => line.replace(/\r$/, "")),
      );
  }
  return `${lines.join("\n")}\n`;
}
