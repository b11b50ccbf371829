import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Tree } from "../../trees/tree.ts";
import { inFolder } from "./recipe.ts";

/** What lies in a folder after packages came in, and is shown to every run at the same place of the repository. */
export type Appeared = { readonly folders: readonly string[]; readonly files: readonly string[] };

/** Each is a mount of its own in every run. */
export const SHOWN_MAX = 100;

/**
 * The outermost folders and the files below `work` that the tree does not have. Links are neither shown nor followed: a
 * package may be full of them, and they may lead anywhere.
 */
export async function appearedIn(work: string, tree: Tree): Promise<Appeared> {
  const known = foldersOf(tree);
  const folders: string[] = [];
  const files: string[] = [];
  for (const open = [""]; open.length > 0;) {
    const at = open.pop() ?? "";
    for (const entry of await readdir(join(work, at), { withFileTypes: true })) {
      const path = inFolder(at, entry.name);
      if (entry.isDirectory()) (known.has(path) && entry.name !== "node_modules" ? open : folders).push(path);
      else if (entry.isFile() && !tree.has(path)) files.push(path);
    }
  }
  return { folders: folders.sort(), files: files.sort() };
}

function foldersOf(tree: Tree): Set<string> {
  const all = new Set<string>();
  for (const path of tree.keys())
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) all.add(path.slice(0, end));
  return all;
}

/** The outermost folders `node_modules` below a folder, by path. */
export async function nodeModulesIn(work: string, at = ""): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(join(work, at), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = inFolder(at, entry.name);
    if (entry.name === "node_modules") found.push(path);
    else found.push(...(await nodeModulesIn(work, path)));
  }
  return found.sort();
}
