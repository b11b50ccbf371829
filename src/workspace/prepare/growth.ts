import { lstatSync } from "node:fs";
import { readdir, statfs } from "node:fs/promises";
import { join } from "node:path";

/**
 * Watches a layer while it is made, and ends its making when it grows without an end: a package of one megabyte may hold
 * what fills the disk, or a million links. The disk is asked, which costs nothing; the layer itself is counted when the disk
 * lost so much, and now and then.
 */
type Growth = {
  readonly signal: AbortSignal;
  /** Why it was ended. */
  readonly verdict: () => string | null;
  stop(): void;
};

/** Of one layer, unpacked. */
export type GrowthLimits = { readonly layerBytesMax?: number; readonly layerFilesMax?: number };
type Limits = Required<GrowthLimits>;

/** The largest sets of packages for training models take less. */
const LAYER_BYTES_MAX = 12 * 1024 ** 3;
/** Twice what the largest workspaces have. */
const LAYER_FILES_MAX = 1_000_000;

/** Packages that are unpacked fill a disk at some hundred megabytes a second. */
const LOOK_MS = 200;
/** Looks. What others take away from the same disk hides what grows. */
const COUNTED_EVERY = 50;
/** Beside layers lies the database: what was decided must still find room there. */
const FREE_BYTES_KEPT = 64 * 1024 * 1024;
const MB = 1024 * 1024;

export async function watchGrowth(folder: string, given: GrowthLimits): Promise<Growth> {
  const limits = { layerBytesMax: LAYER_BYTES_MAX, layerFilesMax: LAYER_FILES_MAX, ...given };
  const ended = new AbortController();
  const most = { bytes: 0, files: 0 };
  let verdict: string | null = null;
  let looking = false;
  let looks = 0;
  const look = async () => {
    const disk = await statfs(folder);
    const free = { bytes: disk.bavail * disk.bsize, files: disk.ffree };
    most.bytes = Math.max(most.bytes, free.bytes);
    most.files = Math.max(most.files, free.files);
    if (free.bytes < FREE_BYTES_KEPT) verdict ??= fullSentence(free.bytes);
    else if (
      most.bytes - free.bytes > limits.layerBytesMax ||
      most.files - free.files > limits.layerFilesMax ||
      ++looks % COUNTED_EVERY === 0
    )
      verdict ??= tooMuch(await sizeOf(folder, limits), limits);
    if (verdict !== null) ended.abort();
  };
  await look();
  const timer = setInterval(() => {
    if (looking || verdict !== null) return;
    looking = true;
    void look()
      .catch(() => undefined)
      .finally(() => (looking = false));
  }, LOOK_MS);
  timer.unref();
  return { signal: ended.signal, verdict: () => verdict, stop: () => clearInterval(timer) };
}

type Size = { readonly bytes: number; readonly files: number };

function tooMuch({ bytes, files }: Size, { layerBytesMax, layerFilesMax }: Limits): string | null {
  const what = "what came in grew to";
  if (bytes > layerBytesMax)
    return `${what} more than this server keeps for one repository (${Math.round(layerBytesMax / MB)} MB unpacked). Ask for less, or for a package that is smaller.`;
  if (files > layerFilesMax)
    return `${what} more files and links than this server keeps for one repository (${layerFilesMax}). Ask for less, or for a package that is smaller.`;
  return null;
}

function fullSentence(freeBytes: number): string {
  return `the disk of the data directory became full (${Math.round(freeBytes / MB)} MB are free). Free some room, or lower sandbox.layersMb in the server file.`;
}

/** Files come and go while they are counted. Links are counted and never followed. */
async function sizeOf(folder: string, limits: Limits): Promise<Size> {
  let [bytes, files] = [0, 0];
  for (const open = [folder]; open.length > 0 && bytes <= limits.layerBytesMax && files <= limits.layerFilesMax;) {
    const at = open.pop() ?? "";
    const entries = await readdir(at, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      files++;
      if (entry.isDirectory()) open.push(join(at, entry.name));
      else if (entry.isFile()) bytes += bytesOnDisk(join(at, entry.name));
    }
  }
  return { bytes, files };
}

/** `stat` counts blocks of this size, whatever the size of the disk's own. */
const BLOCK_BYTES = 512;

function bytesOnDisk(file: string): number {
  const found = lstatSync(file, { throwIfNoEntry: false });
  return found ? (found.blocks * BLOCK_BYTES) / Math.max(1, found.nlink) : 0;
}
