import { createHash, randomBytes } from "node:crypto";
import { access, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Bytes under the hash of their content, on disk. A name is a promise about the content, so it is checked twice: on
 * the way in, because another machine said what they hash to, and on the way out, because writes are not synced and
 * a power cut may leave a damaged file. A damaged file is removed and counts as missing: it is fetched again.
 */
export type BlobStore = {
  has(sha: string): Promise<boolean>;
  get(sha: string): Promise<Buffer | null>;
  /** @param sha git object name of a blob. `mismatch`: the bytes are not what they were said to be; nothing is kept */
  put(sha: string, bytes: Uint8Array): Promise<"stored" | "mismatch">;
};

export type ArtifactStore = {
  get(sha256: string): Promise<Buffer | null>;
  /** @returns the sha256 that names it from now on, in hex */
  put(content: string | Uint8Array): Promise<string>;
};

const GIT_SHA = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const SHA256 = /^[0-9a-f]{64}$/;

/** Git blobs under their git object names (sha1, or sha256 in repositories that use it). */
export function blobStore(dataDir: string): BlobStore {
  const fileOf = (sha: string) => fanOut(join(dataDir, "blobs"), sha, GIT_SHA);
  return {
    has: async (sha) =>
      access(fileOf(sha)).then(
        () => true,
        () => false,
      ),
    get: async (sha) => readChecked(fileOf(sha), (bytes) => gitBlobSha(bytes, algorithmOf(sha)) === sha),
    put: async (sha, bytes) => {
      const file = fileOf(sha);
      if (gitBlobSha(bytes, algorithmOf(sha)) !== sha) return "mismatch";
      await writeWhole(file, bytes);
      return "stored";
    },
  };
}

/** Large texts (test output, transcripts) that ledger entries refer to by sha256. */
export function artifactStore(dataDir: string): ArtifactStore {
  const fileOf = (sha256: string) => fanOut(join(dataDir, "artifacts"), sha256, SHA256);
  return {
    get: async (sha256) => readChecked(fileOf(sha256), (bytes) => sha256Of(bytes) === sha256),
    put: async (content) => {
      const bytes = typeof content === "string" ? Buffer.from(content) : content;
      const sha256 = sha256Of(bytes);
      await writeWhole(fileOf(sha256), bytes);
      return sha256;
    },
  };
}

/** The name that git gives to these bytes. */
export function gitBlobSha(bytes: Uint8Array, algorithm: "sha1" | "sha256" = "sha1"): string {
  return createHash(algorithm).update(`blob ${bytes.byteLength}\0`).update(bytes).digest("hex");
}

function algorithmOf(sha: string): "sha1" | "sha256" {
  return sha.length === 40 ? "sha1" : "sha256";
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Attack: a "sha" such as `../../key` would name any file; only hex of the right length becomes a path. */
function fanOut(root: string, sha: string, shape: RegExp): string {
  if (!shape.test(sha)) throw new Error(`Not an object name: ${JSON.stringify(sha)}`);
  return join(root, sha.slice(0, 2), sha.slice(2));
}

async function readChecked(file: string, fits: (bytes: Buffer) => boolean): Promise<Buffer | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (fits(bytes)) return bytes;
  await rm(file, { force: true });
  return null;
}

/** Readers see all of it or nothing: written beside the place and renamed. The same content twice is no conflict. */
async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(draft, bytes, { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
