import type { Blobs, Tree } from "./tree.ts";

/** The texts of some files in these trees, without the trees that do not have them. */
export async function textsOnBothSides(
  paths: readonly string[],
  trees: readonly Tree[],
  blobs: Pick<Blobs, "get">,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const texts = new Map<string, string[]>();
  for (const path of new Set(paths))
    for (const tree of trees) {
      const file = tree.get(path);
      if (!file) continue;
      texts.set(path, [...(texts.get(path) ?? []), (await blobs.get(file.sha))?.toString("utf8") ?? ""]);
    }
  return texts;
}
