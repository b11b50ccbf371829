import type { Blobs, Tree } from "./tree.ts";

/** The tree with another text in one file, which keeps its mode. */
export async function withText(
  { blobs }: { readonly blobs: Blobs },
  tree: Tree,
  path: string,
  text: string,
): Promise<Tree> {
  const content = Buffer.from(text);
  const mode = tree.get(path)?.mode ?? "100644";
  return new Map(tree).set(path, { mode, sha: await blobs.put(content), sizeBytes: content.length });
}
