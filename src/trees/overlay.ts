import { checkPath, foldPath } from "./paths.ts";
import type { Blobs, Changes, Snapshot, Tree, TreeFile } from "./tree.ts";
import { blobSha } from "./blob-sha.ts";
import { countOf, decodeText, replaceOnce } from "./text.ts";

/**
 * The workspace that a model edits: changes held in memory over a snapshot. No directory stands behind it, so there is
 * nothing that a link, a hook or a program started by repository code could reach (docs/decisions/0005).
 */
export type Overlay = {
  /** All paths as they stand now, sorted. */
  paths(): string[];
  /** @throws when the blob store lacks a content that the snapshot names: "could not tell" is not "empty" */
  read(path: string): Promise<FileRead>;
  write(path: string, text: string): Outcome;
  /** Replaces `old`, which must occur exactly once. A file with CRLF line ends keeps them. */
  replace(path: string, old: string, text: string): Promise<Outcome>;
  remove(path: string): Outcome;
  /** What differs from the snapshot; a file that was changed back is not in it. */
  changes(): Changes;
  /** The whole tree as it stands now. Puts changed contents into the blob store. */
  tree(): Promise<Tree>;
};

export type FileRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly sizeBytes: number }
  | { readonly kind: "missing" };

export type Outcome = { readonly outcome: "done" } | { readonly outcome: "refused"; readonly why: string };

/** More than a person reviews in one file; generated files belong into a build, not into a change. */
export const FILE_BYTES_MAX = 1_000_000;
/** What a ledger entry about one implementation can name. */
export const CHANGED_FILES_MAX = 300;

type Change = { readonly content: Buffer; readonly mode: "100644" | "100755" };

const DONE: Outcome = { outcome: "done" };
const refused = (why: string): Outcome => ({ outcome: "refused", why });

export function openOverlay(base: Snapshot, blobs: Blobs): Overlay {
  const changed = new Map<string, Change | null>();
  const exists = (path: string) => (changed.has(path) ? changed.get(path) !== null : base.tree.has(path));
  const paths = () =>
    [...new Set([...base.tree.keys(), ...changed.keys()])].filter(exists).sort((a, b) => (a < b ? -1 : 1));

  async function content(path: string): Promise<Buffer | null> {
    if (changed.has(path)) return changed.get(path)?.content ?? null;
    const file = base.tree.get(path);
    if (!file || file.mode === "160000") return null;
    const found = await blobs.get(file.sha);
    if (!found) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
    return found;
  }

  async function read(path: string): Promise<FileRead> {
    const found = await content(path);
    if (!found) return { kind: "missing" };
    const text = base.tree.get(path)?.mode === "120000" ? null : decodeText(found);
    return text === null ? { kind: "binary", sizeBytes: found.length } : { kind: "text", text };
  }

  function put(path: string, change: Change | null): Outcome {
    const before = base.tree.get(path);
    if (isUnchanged(before, change)) changed.delete(path);
    else if (changed.size >= CHANGED_FILES_MAX && !changed.has(path))
      return refused(`A change may touch at most ${CHANGED_FILES_MAX} files; split the work.`);
    else changed.set(path, change);
    return DONE;
  }

  function write(path: string, text: string, textBefore = ""): Outcome {
    const check = checkPath(path);
    if (check.outcome === "refused") return refused(check.why);
    const before = base.tree.get(check.path);
    const why = refuseEdit(check.path, before) ?? refuseText(textBefore, text) ?? collision(check.path, paths());
    if (why) return refused(why);
    return put(check.path, { content: Buffer.from(text), mode: before?.mode === "100755" ? "100755" : "100644" });
  }

  async function replace(path: string, old: string, text: string): Promise<Outcome> {
    const check = checkPath(path);
    if (check.outcome === "refused") return refused(check.why);
    const now = await read(check.path);
    if (now.kind === "missing") return refused(`There is no file ${check.path}; list the files or write a new one.`);
    if (now.kind === "binary") return refused(`${check.path} is not a text file and cannot be edited.`);
    const result = replaceOnce(now.text, old, text);
    return result.outcome === "refused" ? refused(result.why) : write(check.path, result.text, now.text);
  }

  function remove(path: string): Outcome {
    const check = checkPath(path);
    if (check.outcome === "refused") return refused(check.why);
    if (!exists(check.path)) return refused(`There is no file ${check.path} to remove.`);
    const why = refuseEdit(check.path, base.tree.get(check.path));
    return why ? refused(why) : put(check.path, null);
  }

  return {
    paths,
    read,
    write: (path, text) => write(path, text),
    replace,
    remove,
    changes: () => new Map(changed),
    tree: () => treeOf(base, changed, blobs),
  };
}

async function treeOf(base: Snapshot, changed: Changes, blobs: Blobs): Promise<Tree> {
  const tree = new Map<string, TreeFile>(base.tree);
  for (const [path, change] of changed) {
    if (change === null) tree.delete(path);
    else tree.set(path, { mode: change.mode, sha: await blobs.put(change.content), sizeBytes: change.content.length });
  }
  return tree;
}

function isUnchanged(before: TreeFile | undefined, change: Change | null): boolean {
  if (!before || !change) return !before && !change;
  return (
    before.mode === change.mode && before.sha === blobSha(change.content, before.sha.length === 64 ? "sha256" : "sha1")
  );
}

function refuseEdit(path: string, before: TreeFile | undefined): string | null {
  if (before?.mode === "120000") return `${path} is a symbolic link; links cannot be edited.`;
  if (before?.mode === "160000") return `${path} is a submodule; submodules cannot be edited.`;
  return null;
}

const BIDI_REFUSAL =
  "The text contains bidirectional control characters, which make code look different from what it does; write them as escapes.";

function refuseText(before: string, text: string): string | null {
  if (Buffer.byteLength(text) > FILE_BYTES_MAX) return `A file may have at most ${FILE_BYTES_MAX} bytes.`;
  if (text.includes("\u0000")) return "The text contains a NUL character; only text files can be written.";
  // "Trojan Source": they reorder code on the screen, so that a reviewer reads something else than the machine runs.
  return countOf(text, /\p{Bidi_Control}/gu) > countOf(before, /\p{Bidi_Control}/gu) ? BIDI_REFUSAL : null;
}

/** Two files that are one on a case-insensitive disk, or a file where a folder stands. */
function collision(path: string, paths: readonly string[]): string | null {
  const folded = foldPath(path);
  const folders = path
    .split("/")
    .slice(0, -1)
    .map((_, index, names) => names.slice(0, index + 1).join("/"));
  const misspelled = new Map<string, string>();
  for (const other of paths) {
    if (other === path) return null;
    const theirs = foldPath(other);
    if (theirs === folded) return `${path} differs from the existing ${other} only in its spelling.`;
    if (folded.startsWith(`${theirs}/`)) return `${other} is a file, so nothing can be put below it.`;
    if (theirs.startsWith(`${folded}/`)) return `${path} is a folder (it contains ${other}).`;
    for (const folder of folders)
      if (!other.startsWith(`${folder}/`) && theirs.startsWith(`${foldPath(folder)}/`)) misspelled.set(folder, other);
  }
  for (const [folder, other] of misspelled)
    if (!paths.some((one) => one.startsWith(`${folder}/`)))
      return `The folder ${folder} differs from the one of ${other} only in its spelling.`;
  return null;
}
