import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, readdir, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { artifactStore, blobStore, gitBlobSha } from "./blob-store.ts";

/** What `printf 'hello\n' | git hash-object --stdin` says. */
const HELLO = "ce013625030ba8dba906f756967f9e9ca394464a";
const bytes = Buffer.from("hello\n");
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "coop-blobs-"));
});
afterEach(() => rm(dir, { recursive: true }));

describe("blob store", () => {
  it("keeps bytes under the name that git gives them", async () => {
    const blobs = blobStore(dir);
    expect(await blobs.has(HELLO)).toBe(false);
    expect(await blobs.get(HELLO)).toBeNull();
    expect(await blobs.put(HELLO, bytes)).toBe("stored");
    expect(await blobs.put(HELLO, bytes)).toBe("stored");
    expect(await blobs.has(HELLO)).toBe(true);
    expect(await blobs.get(HELLO)).toEqual(bytes);
    expect(await readdir(join(dir, "blobs", "ce"))).toEqual([HELLO.slice(2)]);
  });

  it("takes the names of sha256 repositories", async () => {
    const sha = gitBlobSha(bytes, "sha256");
    expect(await blobStore(dir).put(sha, bytes)).toBe("stored");
    expect(await blobStore(dir).get(sha)).toEqual(bytes);
  });

  it("keeps nothing that is not what its name promises", async () => {
    const blobs = blobStore(dir);
    expect(await blobs.put(HELLO, Buffer.from("evil\n"))).toBe("mismatch");
    expect(await blobs.has(HELLO)).toBe(false);
  });

  it("treats a damaged file as missing and lets it be written again", async () => {
    const blobs = blobStore(dir);
    await blobs.put(HELLO, bytes);
    await truncate(join(dir, "blobs", "ce", HELLO.slice(2)), 2);
    expect(await blobs.get(HELLO)).toBeNull();
    expect(await blobs.has(HELLO)).toBe(false);
    await blobs.put(HELLO, bytes);
    expect(await blobs.get(HELLO)).toEqual(bytes);
  });

  it.each(["../../etc/passwd", "", HELLO.toUpperCase(), `${HELLO}/`, HELLO.slice(1)])(
    "makes no path of %j",
    async (sha) => {
      await expect(blobStore(dir).get(sha)).rejects.toThrow("Not an object name");
      await expect(blobStore(dir).put(sha, bytes)).rejects.toThrow("Not an object name");
    },
  );
});

describe("artifact store", () => {
  it("names a text by its sha256", async () => {
    const artifacts = artifactStore(dir);
    const sha256 = await artifacts.put("hello\n");
    expect(sha256).toBe("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
    expect(String(await artifacts.get(sha256))).toBe("hello\n");
    expect(await artifacts.get("0".repeat(64))).toBeNull();
  });
});
