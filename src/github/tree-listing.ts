import type { FileMode, Tree, TreeFile } from "../trees/tree.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { must } from "./wire.ts";

/** Lists the files of a tree. What lies below a tree of the same name is the same for ever, so it is asked for once. */
export type TreeListing = { list(treeSha: string): Promise<Tree> };

/** Requests for one tree that GitHub cannot list at once. Beyond this a repository is too large to work on. */
const TREE_REQUESTS_MAX = 200;
/** Of folders kept for each repository: all of one with 100,000 files. Smaller repositories are listed in one answer and keep none. */
const KEPT_BYTES_MAX = 24 * 1024 * 1024;
/** An entry beside its name: a SHA, a mode, a size and the object. */
const ENTRY_BYTES = 200;

type Entries = ReadonlyMap<string, TreeFile>;
type RawEntry = { path?: string; mode?: string; type?: string; sha?: string | null; size?: number };

export function treeListing(client: Client): TreeListing {
  const kept = keptFolders();
  return {
    async list(treeSha) {
      const files = new Map<string, TreeFile>();
      await listInto({ client, kept, budget: { requests: TREE_REQUESTS_MAX } }, files, treeSha, "");
      return files;
    },
  };
}

type Listing = { readonly client: Client; readonly kept: KeptFolders; readonly budget: { requests: number } };

async function listInto(listing: Listing, files: Map<string, TreeFile>, sha: string, under: string): Promise<void> {
  const before = listing.kept.get(sha);
  if (before) return addAll(files, before, under);
  const whole = await requestTree(listing, sha, { recursive: "1" });
  if (!whole.truncated && isDeep(whole.tree)) {
    const entries = filesOf(whole.tree);
    if (under !== "") listing.kept.keep(sha, entries);
    return addAll(files, entries, under);
  }
  // Too many entries for one answer, or one that a proxy made of a shorter question: this directory alone, then each below it, whole again where that fits.
  const level = await requestTree(listing, sha, {});
  addAll(files, filesOf(level.tree), under);
  for (const entry of level.tree)
    if (entry.type === "tree" && entry.sha && entry.path)
      await listInto(listing, files, entry.sha, `${under}${entry.path}/`);
}

/** Git keeps no empty folder: one without anything below it was not looked into, whatever the answer says of itself. */
function isDeep(entries: readonly RawEntry[]): boolean {
  const filled = new Set(entries.map(({ path = "" }) => path.slice(0, Math.max(0, path.lastIndexOf("/")))));
  return entries.every(({ type, path = "" }) => type !== "tree" || filled.has(path));
}

async function requestTree({ client, budget }: Listing, sha: string, how: { recursive?: string }) {
  budget.requests -= 1;
  if (budget.requests < 0)
    throw new ForgeAway("This repository has too many files to be read.", null, "not-done", "refused");
  const listed = await must("listing the files", client.rest.rest.git.getTree({ ...client.at, tree_sha: sha, ...how }));
  return { tree: listed.tree as RawEntry[], truncated: listed.truncated };
}

const MODES: readonly string[] = ["100644", "100755", "120000", "160000"];

function filesOf(entries: readonly RawEntry[]): Entries {
  const files = new Map<string, TreeFile>();
  for (const { path, mode = "", type, sha, size } of entries) {
    if (!path || !sha || type === "tree") continue;
    // Git once allowed 100664; it means the same as 100644.
    files.set(path, { mode: (MODES.includes(mode) ? mode : "100644") as FileMode, sha, sizeBytes: size ?? 0 });
  }
  return files;
}

function addAll(files: Map<string, TreeFile>, entries: Entries, under: string): void {
  for (const [path, file] of entries) files.set(under + path, file);
}

type KeptFolders = { get(sha: string): Entries | undefined; keep(sha: string, entries: Entries): void };

/** The one that was used longest ago goes first. */
function keptFolders(): KeptFolders {
  const known = new Map<string, { readonly entries: Entries; readonly bytes: number }>();
  let total = 0;
  const drop = (sha: string) => {
    total -= known.get(sha)?.bytes ?? 0;
    known.delete(sha);
  };
  return {
    get(sha) {
      const found = known.get(sha);
      if (!found) return undefined;
      known.delete(sha);
      known.set(sha, found);
      return found.entries;
    },
    keep(sha, entries) {
      drop(sha);
      const bytes = [...entries.keys()].reduce((sum, path) => sum + 2 * path.length + ENTRY_BYTES, 0);
      known.set(sha, { entries, bytes });
      total += bytes;
      for (const oldest of known.keys()) if (total > KEPT_BYTES_MAX) drop(oldest);
    },
  };
}
