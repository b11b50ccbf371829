export type Replaced =
  { readonly outcome: "done"; readonly text: string } | { readonly outcome: "refused"; readonly why: string };

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

/** Exact replacement of a text that occurs once. Line ends count only when they are the only difference. */
export function replaceOnce(text: string, old: string, replacement: string): Replaced {
  if (old === "") return { outcome: "refused", why: "The text to replace is empty; quote what should go." };
  if (old === replacement) return { outcome: "refused", why: "Old and new text are the same; nothing would change." };
  const times = occurrences(text, old);
  if (times === 1) return { outcome: "done", text: splice(text, old, replacement) };
  if (times > 1) return tooOften(times);
  if (!isCrlf(text)) return { outcome: "refused", why: MISSING };
  const [plain, plainOld, plainNew] = [text, old, replacement].map((one) => one.replaceAll("\r\n", "\n"));
  const plainTimes = occurrences(plain ?? "", plainOld ?? "");
  if (plainTimes > 1) return tooOften(plainTimes);
  if (plainTimes === 0) return { outcome: "refused", why: MISSING };
  const result = splice(plain ?? "", plainOld ?? "", plainNew ?? "");
  return { outcome: "done", text: result.replaceAll("\n", "\r\n") };
}

const MISSING =
  "The text to replace does not occur in the file; read the file again and copy the passage exactly, white space included.";

function tooOften(times: number): Replaced {
  return {
    outcome: "refused",
    why: `The text to replace occurs ${times} times; quote more of the lines around it so that it occurs once.`,
  };
}

/** Overlapping ones count too: either could be meant. */
function occurrences(text: string, part: string): number {
  let times = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) times++;
  return times;
}

function splice(text: string, old: string, replacement: string): string {
  const at = text.indexOf(old);
  return text.slice(0, at) + replacement + text.slice(at + old.length);
}

function isCrlf(text: string): boolean {
  return text.includes("\r\n") && !/(^|[^\r])\n/.test(text);
}

export function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
