import { decode, encode, type Encoding, missingIn } from "./encoding.ts";
import { blobSha } from "./blob-sha.ts";
import { inMannerOf, replaceOnce } from "./edit.ts";
import { type Attributes, isInLfs } from "./lfs.ts";
import { newPathProblem } from "./new-path.ts";
import { countOf, decodeText } from "./text.ts";
import type { Blobs, Changes, Snapshot, Tree, TreeFile } from "./tree.ts";

/**
 * The workspace that a model edits: changes held in memory over a snapshot. No directory stands behind it, so there is
 * nothing that a link, a hook or a program started by repository code could reach (docs/decisions/0005).
 */
export type Overlay = {
  /** All paths as they stand now, sorted. */
  paths(): string[];
  /** @throws when the blob store lacks a content that the snapshot names: "could not tell" is not "empty" */
  read(path: string): Promise<FileRead>;
  /** A file that is there keeps its line ends, byte order mark, final newline and mode. */
  write(path: string, text: string): Promise<Outcome>;
  /** Replaces `old`, which must occur exactly once, line ends apart. */
  replace(path: string, old: string, text: string): Promise<Outcome>;
  remove(path: string): Outcome;
  /** What differs from the snapshot; a file that was changed back is not in it. */
  changes(): Changes;
  /** Puts back what `changes` of an overlay over the same snapshot gave. */
  restore(changes: Changes): void;
  /** The whole tree as it stands now. Puts changed contents into the blob store. */
  tree(): Promise<Tree>;
};

export type FileRead =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly sizeBytes: number }
  /** Text or not: more than is read here. */
  | { readonly kind: "large"; readonly sizeBytes: number }
  | { readonly kind: "link"; readonly target: string }
  | { readonly kind: "missing" };

export type Outcome = { readonly outcome: "done" } | { readonly outcome: "refused"; readonly why: string };

/** More than a person reviews in one file; generated files belong into a build, not into a change. */
export const FILE_BYTES_MAX = 1_000_000;
/** Data, or what a tool wrote; it is run with everything else, and no model reads it. */
const READ_BYTES_MAX = 2_000_000;
/** What a ledger entry about one implementation can name. */
export const CHANGED_FILES_MAX = 300;

type Change = { readonly content: Buffer; readonly mode: "100644" | "100755" };

const DONE: Outcome = { outcome: "done" };
const refused = (why: string): Outcome => ({ outcome: "refused", why });

type Changed = Map<string, Change | null>;

/** What is there now: the snapshot's files with the changes over them. */
function view(base: Snapshot, changed: Changed, blobs: Blobs) {
  const exists = (path: string) => (changed.has(path) ? changed.get(path) !== null : base.tree.has(path));

  async function content(path: string): Promise<Buffer | null> {
    if (changed.has(path)) return changed.get(path)?.content ?? null;
    const file = base.tree.get(path);
    if (!file || file.mode === "160000") return null;
    const found = await blobs.get(file.sha);
    if (!found) throw new Error(`The content of ${path} (${file.sha}) is not in the blob store`);
    return found;
  }

  async function read(path: string): Promise<FileRead> {
    const file = changed.has(path) ? undefined : base.tree.get(path);
    if (file && file.mode !== "160000" && file.sizeBytes > READ_BYTES_MAX)
      return { kind: "large", sizeBytes: file.sizeBytes };
    const found = await content(path);
    if (!found) return { kind: "missing" };
    const isLink = !changed.has(path) && base.tree.get(path)?.mode === "120000";
    if (isLink) return { kind: "link", target: found.toString("utf8") };
    const text = decodeText(found);
    return text === null ? { kind: "binary", sizeBytes: found.length } : { kind: "text", text };
  }

  /** New files are UTF-8; one that is there keeps the encoding it has. */
  async function encodingOf(path: string): Promise<Encoding> {
    const found = await content(path);
    return (found && decode(found)?.encoding) ?? "utf-8";
  }

  return { exists, read, encodingOf };
}

export function openOverlay(base: Snapshot, blobs: Blobs): Overlay {
  const changed: Changed = new Map();
  const { exists, read, encodingOf } = view(base, changed, blobs);
  let sorted: string[] | null = null;
  const paths = () =>
    (sorted ??= [...new Set([...base.tree.keys(), ...changed.keys()])].filter(exists).sort((a, b) => (a < b ? -1 : 1)));

  function put(path: string, change: Change | null): Outcome {
    sorted = null;
    const before = base.tree.get(path);
    if (isUnchanged(before, change)) changed.delete(path);
    else if (changed.size >= CHANGED_FILES_MAX && !changed.has(path))
      return refused(`A change may touch at most ${CHANGED_FILES_MAX} files; split the work.`);
    else changed.set(path, change);
    return DONE;
  }

  /** Names that are there are themselves, byte by byte; the rules for names are rules for new ones. */
  async function store(path: string, text: string, textBefore: string): Promise<Outcome> {
    const before = base.tree.get(path);
    const named = exists(path) || before ? { outcome: "ok" as const, path } : newPathProblem(path, paths());
    if (named.outcome === "refused") return named;
    const lfs = before ? null : refuseLfs(path, read);
    const why = refuseEdit(path, before) ?? refuseText(textBefore, text) ?? (await lfs);
    if (why) return refused(why);
    const encoding = await encodingOf(path);
    const content = encode(text, encoding);
    if (!content) return refused(lacks(path, text, encoding));
    return put(named.path, { content, mode: modeOf(before, text) });
  }

  async function write(path: string, text: string): Promise<Outcome> {
    const now = await read(path);
    if (now.kind === "large") return refused(tooLarge(path, now.sizeBytes));
    if (now.kind !== "text") return store(path, text, "");
    const why = refusePointer(path, now.text);
    return why ? refused(why) : store(path, inMannerOf(now.text, text), now.text);
  }

  async function replace(path: string, old: string, text: string): Promise<Outcome> {
    const now = await read(path);
    if (now.kind === "missing") return refused(`There is no file ${path}; list the files or write a new one.`);
    const why = refuseEdit(path, base.tree.get(path)) ?? (now.kind === "text" ? refusePointer(path, now.text) : null);
    if (why) return refused(why);
    if (now.kind === "large") return refused(tooLarge(path, now.sizeBytes));
    if (now.kind !== "text") return refused(`${path} is not a text file and cannot be edited.`);
    const result = replaceOnce(now.text, old, text);
    return result.outcome === "refused" ? result : store(path, result.text, now.text);
  }

  function remove(path: string): Outcome {
    if (!exists(path)) return refused(`There is no file ${path} to remove.`);
    const why = refuseEdit(path, base.tree.get(path));
    return why ? refused(why) : put(path, null);
  }

  return {
    paths,
    read,
    write,
    replace,
    remove,
    changes: () => new Map(changed),
    restore: (changes) => {
      sorted = null;
      for (const [path, change] of changes) changed.set(path, change);
    },
    tree: () => treeOf(base, changed, blobs),
  };
}

/** A new script is made to be run. */
function modeOf(before: TreeFile | undefined, text: string): "100755" | "100644" {
  return before?.mode === "100755" || (!before && text.startsWith("#!")) ? "100755" : "100644";
}

function tooLarge(path: string, sizeBytes: number): string {
  return `${path} has ${(sizeBytes / 1e6).toFixed(1)} MB; files of more than ${READ_BYTES_MAX / 1e6} MB are not read or edited here, only run.`;
}

function lacks(path: string, text: string, encoding: Encoding): string {
  return `${path} is written in ${encoding}, which has no ${missingIn(text, encoding)}; use other characters or escapes.`;
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

/** Its content would stand where a pointer belongs. One that is there already was put there by somebody who knew. */
async function refuseLfs(path: string, read: Overlay["read"]): Promise<string | null> {
  const folders = path.split("/").map((_, depth, names) => names.slice(0, depth).join("/"));
  const attributes: Attributes[] = [];
  for (const folder of folders) {
    const file = await read(folder === "" ? ATTRIBUTES : `${folder}/${ATTRIBUTES}`);
    if (file.kind === "text") attributes.push({ folder, text: file.text });
  }
  return isInLfs(path, attributes) ? `${path} belongs into Git LFS by ${ATTRIBUTES}; ${LFS_WAY}` : null;
}

const ATTRIBUTES = ".gitattributes";
const LFS_WAY = "new files of that kind cannot be written here. Use another name or format, or leave it to a person.";
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\//;

function refusePointer(path: string, text: string): string | null {
  if (!LFS_POINTER.test(text)) return null;
  return `${path} is kept in Git LFS: only a pointer to it stands in the repository, and its content cannot be edited here.`;
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
