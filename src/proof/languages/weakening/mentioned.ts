import type { Blobs } from "../../../trees/tree.ts";

/** A repository with more code than this is not searched to the end: its data then belong to the product. */
export const CODE_BYTES_MAX = 20_000_000;

/** Which of the paths are named somewhere in the code, by the pattern of each. */
export async function mentioned(
  code: Iterable<readonly [string, { readonly sha: string }]>,
  paths: readonly string[],
  blobs: Blobs,
  namesOf: (path: string) => RegExp,
): Promise<Set<string>> {
  const open = new Map(paths.map((path) => [path, namesOf(path)]));
  const found = new Set<string>();
  const shas = new Set([...code].map(([, { sha }]) => sha));
  for (const sha of shas) {
    if (open.size === 0) break;
    const text = (await blobs.get(sha))?.toString("utf8") ?? "";
    for (const [path, pattern] of open)
      if (pattern.test(text)) {
        found.add(path);
        open.delete(path);
      }
  }
  return found;
}
