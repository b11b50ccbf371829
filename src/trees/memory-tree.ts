import type { Blobs, Tree, TreeFile } from "./tree.ts";
import { blobSha } from "./blob-sha.ts";

/** Plain files as a tree, with their contents at hand. What is written to it later is only named, not kept. */
export function memoryTree(files: Iterable<readonly [string, Buffer]>): { readonly tree: Tree; readonly blobs: Blobs } {
  const contents = new Map<string, Buffer>();
  const tree = new Map<string, TreeFile>();
  for (const [path, content] of files) {
    const sha = blobSha(content);
    contents.set(sha, content);
    tree.set(path, { mode: "100644", sha, sizeBytes: content.length });
  }
  const blobs: Blobs = {
    get: (sha) => Promise.resolve(contents.get(sha) ?? null),
    put: (content) => Promise.resolve(blobSha(content)),
  };
  return { tree, blobs };
}
