/** How much of a file is looked at for NUL bytes, as git does. */
const SNIFFED_BYTES = 8000;

/** @returns null for content that is not text: a NUL byte near its start, or not UTF-8. A byte order mark is kept. */
export function decodeText(content: Buffer): string | null {
  if (content.subarray(0, SNIFFED_BYTES).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

export function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
