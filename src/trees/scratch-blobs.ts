import { blobSha } from "./blob-sha.ts";
import type { Blobs } from "./tree.ts";

/** `extra`: contents that stand nowhere else. Whoever hands a run to another thread hands these on with it. */
export type ScratchBlobs = Blobs & { readonly extra: ReadonlyMap<string, Buffer> };

/**
 * A store over another one for contents that only a run needs, such as mutated files: they are never written down. Over such a
 * store it is that store, so that one place holds all that a run needs besides.
 */
export function scratchBlobs(blobs: Blobs): ScratchBlobs {
  if ("extra" in blobs) return blobs as ScratchBlobs;
  const extra = new Map<string, Buffer>();
  return {
    extra,
    get: async (sha) => extra.get(sha) ?? (await blobs.get(sha)),
    put: (content) => {
      const sha = blobSha(content);
      extra.set(sha, content);
      return Promise.resolve(sha);
    },
  };
}
