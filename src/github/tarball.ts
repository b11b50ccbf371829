import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { Client } from "./client.ts";

/**
 * Contents in GitHub's archive of a commit, one at a time: nothing is written to disk, and neither names nor kinds are
 * looked at, because who reads them asks for their SHAs. What has a size that nobody wants is passed over. Ends early, without an error, when
 * there is no archive or it is damaged: the caller fetches the rest one by one.
 */
export async function* readTarball(
  client: Client,
  commitSha: string,
  isSizeWanted: (bytes: number) => boolean,
): AsyncGenerator<Buffer> {
  const stream = await openArchive(client, commitSha);
  if (!stream) return;
  const bytes = new ByteReader(stream);
  try {
    for (;;) {
      const header = await bytes.take(BLOCK);
      const size = header && Number.parseInt(header.toString("latin1", 124, 136), 8);
      if (!header || header.every((byte) => byte === 0) || size === null || !Number.isSafeInteger(size)) return;
      const padded = Math.ceil(size / BLOCK) * BLOCK;
      const isWanted = isSizeWanted(size);
      const content = isWanted ? await bytes.take(padded) : null;
      if (isWanted && !content) return;
      if (content) yield content.subarray(0, size);
      else if (!(await bytes.skip(padded))) return;
    }
  } finally {
    stream.destroy();
  }
}

const BLOCK = 512;
/** Unpacked; a small archive could otherwise unfold to any size. */
const UNPACKED_BYTES_MAX = 2_000_000_000;

async function openArchive({ rest, at }: Client, commitSha: string): Promise<Readable | null> {
  try {
    const { data } = await rest.request("GET /repos/{owner}/{repo}/tarball/{ref}", {
      ...at,
      ref: commitSha,
      request: { parseSuccessResponseBody: false },
    });
    if (!(data instanceof ReadableStream)) return null;
    const packed = Readable.fromWeb(data as Parameters<typeof Readable.fromWeb>[0]);
    const unpacked = createGunzip();
    packed.on("error", (error) => unpacked.destroy(error));
    unpacked.on("close", () => packed.destroy());
    return packed.pipe(unpacked);
  } catch {
    // Poorer servers have no archives; a server that is away will say so again at the first single file.
    return null;
  }
}

class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer = Buffer.alloc(0);
  #left = UNPACKED_BYTES_MAX;

  constructor(stream: Readable) {
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** @returns exactly so many bytes, or null when the stream ends or breaks before. */
  async take(count: number): Promise<Buffer | null> {
    const parts = [this.#held];
    let have = this.#held.length;
    while (have < count) {
      const chunk = await this.#next();
      if (!chunk) return null;
      parts.push(chunk);
      have += chunk.length;
    }
    const all = parts.length === 1 ? this.#held : Buffer.concat(parts);
    this.#held = all.subarray(count);
    return all.subarray(0, count);
  }

  async skip(count: number): Promise<boolean> {
    let left = count - this.#held.length;
    if (left <= 0) {
      this.#held = this.#held.subarray(count);
      return true;
    }
    for (;;) {
      const chunk = await this.#next();
      if (!chunk) return false;
      this.#held = chunk.subarray(Math.min(left, chunk.length));
      left -= chunk.length;
      if (left <= 0) return true;
    }
  }

  async #next(): Promise<Buffer | null> {
    const { value, done } = await this.#chunks.next().catch(() => ({ value: null, done: true as const }));
    const chunk = done ? null : (value as Buffer);
    this.#left -= chunk?.length ?? 0;
    return this.#left < 0 ? null : chunk;
  }
}
