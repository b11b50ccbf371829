import { createHash, randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, statfs, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type Listing, listLayer } from "./layer-listing.ts";
import { withLock } from "./lock.ts";

/** Enough of a hash that nobody makes two layers share a folder. */
const KEY_DIGITS = 32;

/**
 * Layers on the disk, each in a folder named by its key. A layer is made in a draft beside them and published by one
 * rename, its description last, so a kill leaves a draft and never half a layer. Before it is used, names, sizes and times
 * of all its files are compared with that description: a layer that was cut or changed is thrown away and made anew.
 */
export type LayerStore = {
  /** @returns null when there is none that can be believed */
  find(key: string): Promise<Layer | null>;
  /** Makes it once, whoever asks at the same time, here or in another process. */
  findOrMake(key: string, make: (draft: string) => Promise<Made>, signal?: AbortSignal): Promise<Layer | Unmade>;
};

export type Layer = Description & {
  readonly outcome: "layer";
  readonly folder: string;
  readonly from: "made" | "found";
};
export type Unmade = { readonly outcome: "unmade"; readonly sentence: string; readonly details: readonly string[] };
export type Made =
  | {
      readonly outcome: "made";
      readonly folders: readonly string[];
      readonly files: readonly string[];
      readonly notes: readonly string[];
    }
  | Unmade;

const descriptionSchema = z.object({
  key: z.string(),
  bytes: z.number(),
  files: z.number(),
  digest: z.string(),
  /** Folders and files of `layer/work` that are seen at the same place of the repository. */
  shownFolders: z.array(z.string()),
  shownFiles: z.array(z.string()),
  notes: z.array(z.string()),
});
type Description = z.infer<typeof descriptionSchema>;

export type LayerStoreOptions = {
  readonly folder: string;
  /** Of all layers together. */
  readonly bytesMax: number;
  readonly now: () => Date;
  /** Of the disk that the folder lies on; asked of the system as a rule. */
  readonly freeBytes?: () => Promise<number>;
};

/** A layer that was used a moment ago may still be mounted somewhere. */
const IN_USE_MS = 60 * 60_000;
/** A draft that nobody has touched for so long was left by a process that died. */
const DRAFT_MS = 2 * 60 * 60_000;
/** Less than the smallest tool chain needs; with less, even the sentence about it could not be written. */
const FREE_BYTES_MIN = 256 * 1024 * 1024;

export function layerStore(options: LayerStoreOptions): LayerStore {
  const making = new Map<string, Begun>();
  return {
    find: (key) => find(options, key),
    findOrMake: async (key, make, signal) => {
      for (;;) {
        const begin = () => findOrMake(options, key, make).finally(() => making.delete(key));
        const begun = making.get(key) ?? { signal, made: begin() };
        making.set(key, begun);
        const layer = await begun.made;
        // Whoever made it was told to stop. Whoever only waited for it was not.
        const ended = layer.outcome === "unmade" && begun.signal !== signal && begun.signal?.aborted;
        if (!ended || signal?.aborted) return layer;
      }
    },
  };
}

/** One making for all who wait for it, and what ends it. */
type Begun = { readonly signal: AbortSignal | undefined; readonly made: Promise<Layer | Unmade> };

async function find(options: LayerStoreOptions, key: string): Promise<Layer | null> {
  const folder = join(options.folder, key);
  const text = await readFile(join(folder, "layer.json"), "utf8").catch(() => null);
  if (text === null) return null;
  const description = parsed(text);
  const listing = description?.key === key ? await listLayer(join(folder, "layer")).catch(() => null) : null;
  if (!description || listing?.digest !== description.digest) {
    await discard(options, folder);
    return null;
  }
  const now = options.now();
  await utimes(join(folder, "layer.json"), now, now).catch(() => undefined);
  return { ...description, outcome: "layer", folder: join(folder, "layer"), from: "found" };
}

function parsed(text: string): Description | null {
  try {
    return descriptionSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

async function findOrMake(
  options: LayerStoreOptions,
  key: string,
  make: (draft: string) => Promise<Made>,
): Promise<Layer | Unmade> {
  const found = await find(options, key);
  if (found) return found;
  await mkdir(options.folder, { recursive: true, mode: 0o755 });
  return withLock(join(options.folder, `${key}.lock`), async () => {
    const meanwhile = await find(options, key);
    if (meanwhile) return meanwhile;
    await makeRoom(options, await freeBytesOf(options));
    const free = await freeBytesOf(options);
    if (free < FREE_BYTES_MIN)
      return unmade(
        `The disk of the data directory is full (${Math.round(free / 2 ** 20)} MB are free): free some room, until ${FREE_BYTES_MIN / 2 ** 20} MB at least are free, or lower sandbox.layersMb in the server file. Then try again.`,
      );
    return await makeInDraft(options, key, make);
  });
}

async function freeBytesOf({ folder, freeBytes }: LayerStoreOptions): Promise<number> {
  return freeBytes ? await freeBytes() : await statfs(folder).then((disk) => disk.bavail * disk.bsize);
}

async function makeInDraft(
  options: LayerStoreOptions,
  key: string,
  make: (draft: string) => Promise<Made>,
): Promise<Layer | Unmade> {
  // Whoever holds the lock is alone: what lies there for the same key was left by a process that died.
  for (const name of await readdir(options.folder))
    if (name.startsWith(`draft-${key}-`)) await rm(join(options.folder, name), { recursive: true, force: true });
  const draft = join(options.folder, `draft-${key}-${randomBytes(6).toString("hex")}`);
  try {
    await mkdir(join(draft, "layer"), { recursive: true, mode: 0o755 });
    const made = await make(join(draft, "layer"));
    if (made.outcome === "unmade") return made;
    return await publish(options, key, draft, made);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    return unmade(
      "The disk of the data directory is full: free some room, or lower sandbox.layersMb in the server file.",
    );
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function publish(
  options: LayerStoreOptions,
  key: string,
  draft: string,
  made: Extract<Made, { outcome: "made" }>,
): Promise<Layer> {
  const { bytes, files, digest }: Listing = await listLayer(join(draft, "layer"));
  const description: Description = {
    key,
    bytes,
    files,
    digest,
    shownFolders: [...made.folders],
    shownFiles: [...made.files],
    notes: [...made.notes],
  };
  await writeFile(join(draft, "layer.json"), JSON.stringify(description), { flush: true });
  const place = join(options.folder, key);
  await rm(place, { recursive: true, force: true });
  await rename(draft, place);
  return { ...description, outcome: "layer", folder: join(place, "layer"), from: "made" };
}

/** Takes away what was left behind, and of the layers those that were not used for the longest time. */
async function makeRoom(options: LayerStoreOptions, free: number): Promise<void> {
  const now = options.now().getTime();
  const layers: { folder: string; bytes: number; usedMs: number }[] = [];
  for (const name of await readdir(options.folder)) {
    const folder = join(options.folder, name);
    if (name.startsWith("draft-") || name.startsWith("gone-")) {
      const found = await stat(folder).catch(() => null);
      if (found && now - found.mtimeMs > DRAFT_MS) await rm(folder, { recursive: true, force: true });
      continue;
    }
    const description = parsed(await readFile(join(folder, "layer.json"), "utf8").catch(() => ""));
    const used = await stat(join(folder, "layer.json")).catch(() => null);
    if (description && used) layers.push({ folder, bytes: description.bytes, usedMs: used.mtimeMs });
  }
  let sum = layers.reduce((total, one) => total + one.bytes, 0);
  // A disk that others fill, or that is smaller than the limit, must not end every ticket while old layers lie on it.
  const bytesMax = Math.min(options.bytesMax, sum + free - FREE_BYTES_MIN);
  for (const one of layers.sort((a, b) => a.usedMs - b.usedMs)) {
    if (sum <= bytesMax) return;
    if (now - one.usedMs < IN_USE_MS) continue;
    await discard(options, one.folder);
    sum -= one.bytes;
  }
}

/** First out of sight, so that nobody finds half of it. */
async function discard(options: LayerStoreOptions, folder: string): Promise<void> {
  const gone = join(options.folder, `gone-${randomBytes(6).toString("hex")}`);
  await rename(folder, gone).catch(() => undefined);
  await rm(gone, { recursive: true, force: true });
}

export function unmade(sentence: string, details: readonly string[] = []): Unmade {
  return { outcome: "unmade", sentence, details };
}

export function hashOf(parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}\n`);
  return hash.digest("hex").slice(0, KEY_DIGITS);
}
