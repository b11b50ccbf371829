import { createHash } from "node:crypto";
import type { Tree } from "./tree.ts";

const keys = new WeakMap<Tree, string>();

/** The same for two trees of the same files, modes and contents. */
export function treeKey(tree: Tree): string {
  const found = keys.get(tree);
  if (found !== undefined) return found;
  const hash = createHash("sha256");
  for (const path of [...tree.keys()].sort()) {
    const file = tree.get(path);
    hash.update(`${path}\0${file?.mode} ${file?.sha}\n`);
  }
  const key = hash.digest("hex");
  keys.set(tree, key);
  return key;
}
