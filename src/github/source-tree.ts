import { createHash } from "node:crypto";
import { type Blobs, type Snapshot, type Tree, TREE_BYTES_MAX, type TreeFile } from "../trees/tree.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { readTarball } from "./tarball.ts";
import { treeListing } from "./tree-listing.ts";
import { findCommit, must } from "./wire.ts";

/**
 * Reads a repository by git object names: nothing on the host runs git, and no content is believed before its SHA was
 * checked. What is known by name is never fetched again.
 */
export type SnapshotReader = {
  snapshot(ref: string): Promise<Snapshot | "gone">;
  /** Notes a commit that we wrote ourselves: the tree of `baseTreeSha` with these files changed. */
  remember(baseTreeSha: string, commit: { commitSha: string; treeSha: string }, changed: Changed): void;
};
type Changed = ReadonlyMap<string, TreeFile | null>;

/** Up to so many files are fetched one by one; beyond that, one archive costs less of the rate limit. */
const SINGLE_BLOBS_MAX = 2;
/** Larger repositories are only loaded as an archive when fetching what is missing would take hundreds of requests. */
const ARCHIVE_BYTES_MAX = 50_000_000;
const SINGLE_BLOBS_OF_LARGE_MAX = 300;
/** GitHub gives no larger file, neither alone nor in an archive. */
const FILE_BYTES_MAX = 100 * 1024 * 1024;
/** In a tree that is too large to be run, larger files are listed but not fetched: no model reads them. */
const READ_BYTES_MAX = 1_000_000;
/** Larger ones are fetched one at a time: as an answer each takes three times its size in memory. */
const LARGE_BYTES_MIN = 4_000_000;
const PARALLEL = 6;
/** Trees kept in memory: base and head of the few tickets at work. */
const SNAPSHOTS_MAX = 12;

export function snapshotReader(client: Client, blobs: Blobs): SnapshotReader {
  const known = new Map<string, Snapshot>();
  const listing = treeListing(client);
  const contents = contentsOf(client, blobs);
  /** What is being read now, by commit and by tree: whoever wants the same waits for the same. */
  const commits = new Map<string, Promise<Snapshot | "gone">>();
  const trees = new Map<string, Promise<Tree>>();
  const keep = (snapshot: Snapshot): Snapshot => {
    known.delete(snapshot.commitSha);
    known.set(snapshot.commitSha, snapshot);
    for (const oldest of known.keys()) if (known.size > SNAPSHOTS_MAX) known.delete(oldest);
    return snapshot;
  };
  const treeOf = async (treeSha: string, commitSha: string): Promise<Tree> => {
    const same = [...known.values()].find((one) => one.treeSha === treeSha);
    if (same) return same.tree;
    const tree = await listing.list(treeSha);
    await contents.load(commitSha, tree);
    return tree;
  };
  const read = async (ref: string): Promise<Snapshot | "gone"> => {
    const look = () => client.rest.rest.repos.getCommit({ ...client.at, ref, per_page: 1 });
    const commit = await findCommit("reading the commit", look, client.readRetryMs);
    if (commit === "gone") return "gone";
    const same = known.get(commit.sha);
    if (same) return keep(same);
    const treeSha = commit.commit.tree.sha;
    const tree = await together(trees, treeSha, () => treeOf(treeSha, commit.sha));
    return keep({ commitSha: commit.sha, treeSha, tree });
  };
  return {
    async snapshot(ref) {
      const before = known.get(ref);
      if (before) return keep(before);
      // A branch may have moved since another reader asked; a commit never does.
      return COMMIT.test(ref) ? together(commits, ref, () => read(ref)) : read(ref);
    },
    remember(baseTreeSha, commit, changed) {
      const base = [...known.values()].find((one) => one.treeSha === baseTreeSha);
      if (!base) return;
      const tree = new Map(base.tree);
      for (const [path, file] of changed)
        if (file) tree.set(path, file);
        else tree.delete(path);
      keep({ ...commit, tree });
    },
  };
}

const COMMIT = /^(?:[\da-f]{40}|[\da-f]{64})$/;

function together<T>(running: Map<string, Promise<T>>, key: string, act: () => Promise<T>): Promise<T> {
  const before = running.get(key);
  if (before) return before;
  const now = act().finally(() => running.delete(key));
  running.set(key, now);
  return now;
}

/** Contents looked at again are only looked for. */
const CONTENTS_KNOWN_MAX = 200_000;
const LOOKS_AT_ONCE = 16;

type Contents = {
  /** Fetches the contents that the blob store lacks. */
  load(commitSha: string, tree: Tree): Promise<void>;
};

function contentsOf(client: Client, blobs: Blobs): Contents {
  /** Whole when they were last read: only whether they are still there is asked again, and not what they hash to. */
  const whole = new Set<string>();
  const isThere = async (sha: string): Promise<boolean> => {
    if (blobs.has && whole.has(sha)) return blobs.has(sha);
    const is = (await blobs.get(sha)) !== null;
    if (whole.size >= CONTENTS_KNOWN_MAX) whole.clear();
    if (is) whole.add(sha);
    return is;
  };
  return {
    async load(commitSha, tree) {
      const totalBytes = [...tree.values()].reduce((sum, file) => sum + file.sizeBytes, 0);
      const missing = await missingFrom(isThere, tree, totalBytes <= TREE_BYTES_MAX ? FILE_BYTES_MAX : READ_BYTES_MAX);
      const isSmall = totalBytes <= ARCHIVE_BYTES_MAX;
      if (missing.size > (isSmall ? SINGLE_BLOBS_MAX : SINGLE_BLOBS_OF_LARGE_MAX))
        await loadArchive(client, blobs, commitSha, missing);
      const small = [...missing.keys()].filter((sha) => (missing.get(sha) ?? 0) < LARGE_BYTES_MIN);
      await eachOf(small, PARALLEL, (sha) => loadBlob(client, blobs, sha));
      for (const [sha, bytes] of missing) if (bytes >= LARGE_BYTES_MIN) await loadBlob(client, blobs, sha);
    },
  };
}

async function eachOf<T>(all: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const queue = [...all].reverse();
  const worker = async () => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** By SHA, with their sizes. */
async function missingFrom(
  isThere: (sha: string) => Promise<boolean>,
  tree: Tree,
  fileBytesMax: number,
): Promise<Map<string, number>> {
  const wanted = new Map<string, number>();
  for (const { mode, sha, sizeBytes } of tree.values())
    if (mode !== "160000" && sizeBytes <= fileBytesMax && !wanted.has(sha)) wanted.set(sha, sizeBytes);
  const look = async (sha: string) => void ((await isThere(sha)) && wanted.delete(sha));
  const isLarge = (sha: string) => (wanted.get(sha) ?? 0) >= LARGE_BYTES_MIN;
  const all = [...wanted.keys()];
  const large = all.filter(isLarge);
  await eachOf(
    all.filter((sha) => !isLarge(sha)),
    LOOKS_AT_ONCE,
    look,
  );
  await eachOf(large, 1, look);
  return wanted;
}

/** Takes from the archive whatever has a wanted SHA; the names in it are not used, so they cannot mislead. */
async function loadArchive(
  client: Client,
  blobs: Blobs,
  commitSha: string,
  missing: Map<string, number>,
): Promise<void> {
  const sample = missing.keys().next().value ?? "";
  const sizes = new Set(missing.values());
  // Poorer servers list no sizes; then every file may be one that is wanted.
  const unsized = [...missing].some(([sha, bytes]) => bytes === 0 && sha !== blobSha(NOTHING, sha.length));
  const isWanted = (bytes: number) => sizes.has(bytes) || (unsized && bytes <= FILE_BYTES_MAX);
  for await (const content of readTarball(client, commitSha, isWanted)) {
    const sha = blobSha(content, sample.length);
    if (!missing.delete(sha)) continue;
    await blobs.put(content);
    if (missing.size === 0) return;
  }
}

const NOTHING = Buffer.alloc(0);

async function loadBlob(client: Client, blobs: Blobs, sha: string): Promise<void> {
  const blob = await must("reading a file", client.rest.rest.git.getBlob({ ...client.at, file_sha: sha }));
  const content = Buffer.from(blob.content, blob.encoding === "base64" ? "base64" : "utf8");
  if (blobSha(content, sha.length) !== sha)
    throw new ForgeAway("A file from GitHub did not match its SHA.", null, "not-done");
  await blobs.put(content);
}

/** Git's name for a content; repositories with 64 digits use SHA-256. */
function blobSha(content: Buffer, digits: number): string {
  const hash = createHash(digits === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}
