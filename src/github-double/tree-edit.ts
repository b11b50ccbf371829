import type { FileEntry, Files, GitStore, Mode } from "./objects.ts";

/** Edits of a tree as `POST /git/trees` takes them, with the refusals that GitHub gives. */
export type TreeEdit = { readonly path: string; readonly mode: Mode; readonly sha: string | null };

/** The edited files, or GitHub's sentence for why not. */
export function editTree(store: GitStore, base: Files, edits: readonly TreeEdit[]): Files | { refused: string } {
  const files = new Map<string, FileEntry>(base);
  for (const edit of edits) {
    if (!isValidPath(edit.path)) return { refused: "tree.path contains a malformed path component" };
    if (edit.sha === null) {
      // GitHub refuses to delete what is not there; a program that computes its deletions from a stale tree meets it.
      if (!remove(files, edit.path)) return { refused: "GitRPC::BadObjectState" };
      continue;
    }
    const expected = edit.mode === "040000" ? "tree" : edit.mode === "160000" ? "commit" : "blob";
    if (expected !== "commit" && store.typeOf(edit.sha) !== expected) {
      return { refused: `tree.sha ${edit.sha} is not a valid ${expected}` };
    }
    place(store, files, edit.path, edit.mode, edit.sha);
  }
  return files;
}

function isValidPath(path: string): boolean {
  return (
    path !== "" &&
    path.split("/").every((part) => part !== "" && !/^(\.|\.\.|\.git)$/i.test(part)) &&
    !path.includes("\0")
  );
}

function remove(files: Map<string, FileEntry>, path: string): boolean {
  let removed = files.delete(path);
  for (const below of [...files.keys()].filter((key) => key.startsWith(`${path}/`))) removed = files.delete(below);
  return removed;
}

function place(store: GitStore, files: Map<string, FileEntry>, path: string, mode: Mode, sha: string): void {
  remove(files, path);
  const parts = path.split("/");
  // A file that stands where a folder is needed gives way to it.
  for (let depth = 1; depth < parts.length; depth++) files.delete(parts.slice(0, depth).join("/"));
  if (mode !== "040000") files.set(path, { mode, sha });
  else for (const [below, entry] of store.files(sha)) files.set(`${path}/${below}`, entry);
}
