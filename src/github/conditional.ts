/**
 * Remembers answers by their ETag: asking again for what has not changed costs nothing from the primary rate limit.
 * Bounded by bytes, because one page of long comments can have megabytes.
 */
export type Remembered = { readonly etag: string; readonly data: unknown; readonly link: string | undefined };

/** Enough for the threads of a few dozen tickets; the process has 150 MB for all its parts. */
const BYTES_MAX = 8_000_000;
const ENTRY_BYTES_MAX = 512_000;

export class ConditionalCache {
  readonly #entries = new Map<string, Remembered & { bytes: number }>();
  #bytes = 0;

  get(key: string): Remembered | undefined {
    const found = this.#entries.get(key);
    if (!found) return undefined;
    // Taken out and put back, so that the first entry is always the one unused for longest.
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found;
  }

  put(key: string, answer: Remembered): void {
    this.#drop(key);
    const bytes = JSON.stringify(answer.data).length * 2;
    if (bytes > ENTRY_BYTES_MAX) return;
    this.#entries.set(key, { ...answer, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= BYTES_MAX) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
    this.#entries.delete(key);
  }
}
