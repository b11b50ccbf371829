import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { materialise, type Materialised } from "./materialise.ts";
import type { Blobs, Tree } from "../trees/tree.ts";

/**
 * Trees that were written once and are shared by all runs on them: several commands run on one tree, and the tree of
 * the base is run again for every ticket. No run can write there. They end with the process, so none is ever found
 * half-written or changed by somebody since.
 */
export type TreeCache = { take(tree: Tree, blobs: Blobs): Promise<Taken> };

export type Taken =
  | { readonly outcome: "done"; readonly directory: string; release(): void }
  | { readonly outcome: "refused"; readonly why: string };

/** What a ticket's proof alternates between (base, head, head with one file changed), for some tickets at a time. */
const TREES_KEPT_MAX = 16;
const BYTES_KEPT_MAX = 2 * 1024 * 1024 * 1024;

type Entry = { readonly made: Promise<Materialised>; readonly bytes: number; users: number };

/** Folders of trees to remove when this process ends. */
const written = new Set<string>();
process.once("exit", () => {
  for (const folder of written) rmSync(folder, { recursive: true, force: true });
});

export function treeCache(options: Parameters<typeof materialise>[2]): TreeCache {
  const entries = new Map<string, Entry>();
  const keys = new WeakMap<Tree, string>();
  const keyOf = (tree: Tree) => {
    const key = keys.get(tree) ?? hashOf(tree);
    keys.set(tree, key);
    return key;
  };
  const drop = (key: string, entry: Entry): Promise<void> => {
    if (entries.get(key) === entry) entries.delete(key);
    return entry.made.then(remove).catch(() => undefined);
  };
  /** The one that was used longest ago goes first; one that a run is using stays. */
  const shrink = async (): Promise<void> => {
    let bytes = [...entries.values()].reduce((sum, entry) => sum + entry.bytes, 0);
    for (const [key, entry] of entries) {
      if (entries.size <= TREES_KEPT_MAX && bytes <= BYTES_KEPT_MAX) return;
      if (entry.users > 0) continue;
      bytes -= entry.bytes;
      await drop(key, entry);
    }
  };
  const enter = (tree: Tree, blobs: Blobs): Entry => ({
    made: materialise(tree, blobs, { ...options, name: "coop-tree" }),
    bytes: bytesOf(tree),
    users: 0,
  });
  return {
    async take(tree, blobs) {
      const key = keyOf(tree);
      const found = entries.get(key);
      const entry = found && (await isWhole(found)) ? found : enter(tree, blobs);
      entries.delete(key);
      entries.set(key, entry);
      entry.users += 1;
      const made = await entry.made.catch(async (error: unknown) => {
        await drop(key, entry);
        throw error;
      });
      if (made.outcome === "refused") {
        await drop(key, entry);
        return made;
      }
      written.add(made.folder);
      await shrink();
      const release = () => {
        entry.users -= 1;
        void shrink();
      };
      return { outcome: "done", directory: made.directory, release };
    },
  };
}

async function remove(made: Materialised): Promise<void> {
  if (made.outcome !== "done") return;
  await made.remove();
  written.delete(made.folder);
}

/** Programs that tidy folders of temporary files may have taken it away. */
async function isWhole(entry: Entry): Promise<boolean> {
  const made = await entry.made.catch(() => null);
  if (made?.outcome !== "done") return false;
  return (await stat(made.directory).catch(() => null)) !== null;
}

function hashOf(tree: Tree): string {
  const hash = createHash("sha256");
  const entries = [...tree].map(([path, { mode, sha }]) => `${mode} ${sha} ${path}\0`);
  for (const line of entries.sort()) hash.update(line);
  return hash.digest("hex");
}

function bytesOf(tree: Tree): number {
  let bytes = 0;
  for (const { sizeBytes } of tree.values()) bytes += sizeBytes;
  return bytes;
}
