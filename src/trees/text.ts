import { decode } from "./encoding.ts";

/** @returns null for content that is not text in any encoding that we read. A byte order mark is kept. */
export function decodeText(content: Buffer): string | null {
  return decode(content)?.text ?? null;
}

export function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
