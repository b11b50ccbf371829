import { blobSha } from "../trees/blob-sha.ts";
import type { Blobs, Tree } from "../trees/tree.ts";
import type { LocalGit } from "../workspace/local-git.ts";

/** Where contents are kept that git does not know yet. */
export type KeptBlobs = {
  get(sha: string): Promise<Buffer | null>;
  put(sha: string, bytes: Uint8Array): Promise<unknown>;
};

/**
 * File contents out of git's own store. Git is started once for all that are wanted at the same moment, and what was read
 * is remembered: a process for each file would take minutes on a large repository.
 */
export type Contents = Blobs & {
  /** Reads what fits of a tree ahead. @returns the path of a file whose content the clone lacks, or null */
  readAhead(tree: Tree): Promise<string | null>;
};

/** As much as a desk's machine can spare; the contents of most repositories fit several times. */
const REMEMBERED_BYTES_MAX = 192 * 1024 * 1024;
/** Larger files are read when somebody asks for them. */
const AHEAD_BYTES_MAX = 4 * 1024 * 1024;

export function contentsOf(git: LocalGit, kept: KeptBlobs, algorithm: "sha1" | "sha256"): Contents {
  const memory = new Remembered();
  let wanted = new Map<string, (found: Buffer | null) => void>();
  const readWanted = async () => {
    const now = wanted;
    wanted = new Map();
    const found = await git.contents(now.keys()).catch(() => new Map<string, Buffer>());
    for (const [sha, tell] of now) tell(found.get(sha) ?? null);
  };
  const fromGit = (sha: string) =>
    new Promise<Buffer | null>((resolve) => {
      if (wanted.size === 0) setImmediate(() => void readWanted());
      const before = wanted.get(sha);
      wanted.set(sha, (found) => {
        before?.(found);
        resolve(found);
      });
    });
  return {
    get: async (sha) => {
      const known = memory.get(sha) ?? (await kept.get(sha)) ?? (await fromGit(sha));
      if (known) memory.put(sha, known);
      return known;
    },
    put: async (content) => {
      const sha = blobSha(content, algorithm);
      memory.put(sha, content);
      await kept.put(sha, content);
      return sha;
    },
    readAhead: async (tree) => {
      const files = [...tree].filter(([, file]) => file.mode !== "160000");
      const room = memory.room();
      let bytes = 0;
      const ahead = files.filter(([, { sha, sizeBytes }]) => {
        if (memory.get(sha) || sizeBytes > AHEAD_BYTES_MAX || bytes + sizeBytes > room) return false;
        bytes += sizeBytes;
        return true;
      });
      const found = await git.contents(ahead.map(([, file]) => file.sha));
      for (const [sha, content] of found) memory.put(sha, content);
      for (const [path, { sha }] of ahead) if (!found.has(sha) && (await kept.get(sha)) === null) return path;
      return null;
    },
  };
}

/** What came first goes first. */
class Remembered {
  readonly #contents = new Map<string, Buffer>();
  #bytes = 0;

  room(): number {
    return REMEMBERED_BYTES_MAX - this.#bytes;
  }

  get(sha: string): Buffer | null {
    return this.#contents.get(sha) ?? null;
  }

  put(sha: string, content: Buffer): void {
    if (this.#contents.has(sha) || content.length > REMEMBERED_BYTES_MAX) return;
    this.#contents.set(sha, content);
    this.#bytes += content.length;
    for (const [oldest, bytes] of this.#contents) {
      if (this.#bytes <= REMEMBERED_BYTES_MAX) return;
      this.#contents.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}
