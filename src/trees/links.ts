import { posix } from "node:path";
import type { Blobs, Tree, TreeFile } from "./tree.ts";

/** Git itself follows no more of them; a circle ends here. */
const HOPS_MAX = 5;
/** No path that leads anywhere is longer. */
const TARGET_BYTES_MAX = 1_000;

/** The file at a path, by way of links inside the repository. @returns null when it leads out of it or nowhere */
export async function fileAt(tree: Tree, blobs: Blobs, path: string): Promise<TreeFile | null> {
  let at = path;
  for (let hop = 0; hop <= HOPS_MAX; hop++) {
    const file = tree.get(at);
    if (file?.mode !== "120000") return file && file.mode !== "160000" ? file : null;
    const target = file.sizeBytes > TARGET_BYTES_MAX ? null : await blobs.get(file.sha);
    if (!target || target.length === 0) return null;
    at = posix.join(posix.dirname(at), target.toString("utf8"));
    if (target[0] === SLASH || at.startsWith("../")) return null;
  }
  return null;
}

const SLASH = 0x2f;
