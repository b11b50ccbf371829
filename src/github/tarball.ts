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
  unpackedBytesMax = UNPACKED_BYTES_MAX,
): AsyncGenerator<Buffer> {
  const stream = await openArchive(client, commitSha);
  if (!stream) return;
  const bytes = new ByteReader(stream, unpackedBytesMax);
  try {
    for (;;) {
      const header = await bytes.take(BLOCK);
      if (!header) return;
      const size = Number.parseInt(header.toString("latin1", 124, 136), 8);
      // The blocks at the end are empty and name no size.
      if (!Number.isSafeInteger(size)) return;
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
  #left: number;

  constructor(stream: Readable, bytesMax: number) {
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    this.#left = bytesMax;
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
    let left = count;
    for (;;) {
      const passed = Math.min(left, this.#held.length);
      this.#held = this.#held.subarray(passed);
      left -= passed;
      if (left === 0) return true;
      const chunk = await this.#next();
      if (!chunk) return false;
      this.#held = chunk;
    }
  }

  async #next(): Promise<Buffer | null> {
    // What breaks off ends there.
    const next = await this.#chunks.next().catch(() => null);
    if (!next || next.done) return null;
    this.#left -= next.value.length;
    return this.#left < 0 ? null : next.value;
  }
}
