import { createHash } from "node:crypto";
import { type Blobs, type FileMode, type Snapshot, type Tree, TREE_BYTES_MAX, type TreeFile } from "../trees/tree.ts";
import { ForgeAway } from "../forge/forge.ts";
import type { Client } from "./client.ts";
import { readTarball } from "./tarball.ts";
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
/** Requests for one tree that GitHub cannot list at once. Beyond this a repository is too large to work on. */
const TREE_REQUESTS_MAX = 200;
const PARALLEL = 6;
/** Trees kept in memory: base and head of the few tickets at work. */
const SNAPSHOTS_MAX = 12;

export function snapshotReader(client: Client, blobs: Blobs): SnapshotReader {
  const known = new Map<string, Snapshot>();
  const keep = (snapshot: Snapshot): Snapshot => {
    known.delete(snapshot.commitSha);
    known.set(snapshot.commitSha, snapshot);
    for (const oldest of known.keys()) if (known.size > SNAPSHOTS_MAX) known.delete(oldest);
    return snapshot;
  };
  return {
    async snapshot(ref) {
      const before = known.get(ref);
      if (before) return keep(before);
      const look = () => client.rest.rest.repos.getCommit({ ...client.at, ref, per_page: 1 });
      const commit = await findCommit("reading the commit", look, client.readRetryMs);
      if (commit === "gone") return "gone";
      const same = known.get(commit.sha);
      if (same) return keep(same);
      const treeSha = commit.commit.tree.sha;
      const sameTree = [...known.values()].find((one) => one.treeSha === treeSha);
      const tree = sameTree?.tree ?? (await readTree(client, treeSha));
      if (!sameTree) await load(client, blobs, commit.sha, tree);
      return keep({ commitSha: commit.sha, treeSha, tree });
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

type RawEntry = { path?: string; mode?: string; type?: string; sha?: string | null; size?: number };

async function readTree(client: Client, treeSha: string): Promise<Tree> {
  const files = new Map<string, TreeFile>();
  const budget = { requests: TREE_REQUESTS_MAX };
  await listInto(client, files, treeSha, "", budget);
  return files;
}

async function listInto(
  client: Client,
  files: Map<string, TreeFile>,
  sha: string,
  under: string,
  budget: { requests: number },
): Promise<void> {
  const whole = await requestTree(client, sha, budget, { recursive: "1" });
  if (!whole.truncated) return addFiles(files, whole.tree, under);
  // Too many entries for one answer: this directory alone, then each below it, whole again where that fits.
  const level = await requestTree(client, sha, budget, {});
  addFiles(files, level.tree, under);
  for (const entry of level.tree)
    if (entry.type === "tree" && entry.sha && entry.path)
      await listInto(client, files, entry.sha, `${under}${entry.path}/`, budget);
}

async function requestTree(client: Client, sha: string, budget: { requests: number }, how: { recursive?: string }) {
  budget.requests -= 1;
  if (budget.requests < 0)
    throw new ForgeAway("This repository has too many files to be read.", null, "not-done", "refused");
  const listed = await must("listing the files", client.rest.rest.git.getTree({ ...client.at, tree_sha: sha, ...how }));
  return { tree: listed.tree as RawEntry[], truncated: listed.truncated };
}

const MODES: readonly string[] = ["100644", "100755", "120000", "160000"];

function addFiles(files: Map<string, TreeFile>, entries: readonly RawEntry[], under: string): void {
  for (const { path, mode = "", type, sha, size } of entries) {
    if (!path || !sha || type === "tree") continue;
    // Git once allowed 100664; it means the same as 100644.
    files.set(under + path, { mode: (MODES.includes(mode) ? mode : "100644") as FileMode, sha, sizeBytes: size ?? 0 });
  }
}

/** Fetches the contents that the blob store lacks. */
async function load(client: Client, blobs: Blobs, commitSha: string, tree: Tree): Promise<void> {
  const totalBytes = [...tree.values()].reduce((sum, file) => sum + file.sizeBytes, 0);
  const missing = await missingFrom(blobs, tree, totalBytes <= TREE_BYTES_MAX ? FILE_BYTES_MAX : READ_BYTES_MAX);
  const isSmall = totalBytes <= ARCHIVE_BYTES_MAX;
  if (missing.size > (isSmall ? SINGLE_BLOBS_MAX : SINGLE_BLOBS_OF_LARGE_MAX))
    await loadArchive(client, blobs, commitSha, missing);
  const queue = [...missing.keys()].filter((sha) => (missing.get(sha) ?? 0) < LARGE_BYTES_MIN);
  const worker = async () => {
    for (let sha = queue.pop(); sha !== undefined; sha = queue.pop()) await loadBlob(client, blobs, sha);
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  for (const [sha, bytes] of missing) if (bytes >= LARGE_BYTES_MIN) await loadBlob(client, blobs, sha);
}

/** By SHA, with their sizes. */
async function missingFrom(blobs: Blobs, tree: Tree, fileBytesMax: number): Promise<Map<string, number>> {
  const missing = new Map<string, number>();
  for (const { mode, sha, sizeBytes } of tree.values()) {
    if (mode === "160000" || sizeBytes > fileBytesMax || missing.has(sha)) continue;
    if ((await blobs.get(sha)) === null) missing.set(sha, sizeBytes);
  }
  return missing;
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
