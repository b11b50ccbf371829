import { nearestPassage } from "./nearest-passage.ts";

/**
 * Edits of a text that a model has only seen line by line. It cannot see which line ends, byte order mark or final
 * newline a file has, so these are the file's own business: they stay as they are, whatever the model sends.
 */
export type Replaced =
  { readonly outcome: "done"; readonly text: string } | { readonly outcome: "refused"; readonly why: string };

const BOM = "\uFEFF";

/** Replaces the one passage that is `old`, line ends apart. What `old` and `replacement` share keeps its very bytes. */
export function replaceOnce(text: string, old: string, replacement: string): Replaced {
  if (old === "") return { outcome: "refused", why: "The text to replace is empty; quote what should go." };
  const plain = folded(text);
  const [plainOld, plainNew] = asInFile(plain, folded(old, text), folded(replacement, text));
  if (plainOld === plainNew) return { outcome: "refused", why: "Old and new text are the same; nothing would change." };
  const times = occurrences(plain, plainOld);
  if (times > 1) return tooOften(times);
  if (times === 0) return { outcome: "refused", why: missing(plain, plainOld) };
  const at = plain.indexOf(plainOld);
  const [head, tail] = sharedEnds(plainOld, plainNew);
  const from = rawOffset(text, at + head);
  const to = rawOffset(text, at + plainOld.length - tail);
  const inserted = plainNew.slice(head, plainNew.length - tail);
  return { outcome: "done", text: text.slice(0, from) + withEnds(inserted, lineEndOf(text)) + text.slice(to) };
}

const NUMBERED = /^\s{0,8}\d{1,7}\t/;

/** A passage copied with the line numbers of our own view means the lines without them. */
function asInFile(plain: string, old: string, replacement: string): [old: string, replacement: string] {
  const all = (text: string) => text.split("\n").every((line) => line === "" || NUMBERED.test(line));
  const without = (text: string) =>
    text
      .split("\n")
      .map((line) => line.replace(NUMBERED, ""))
      .join("\n");
  // A model cannot see that the last line has no end.
  if (!plain.includes(old) && old.length > 1 && old.endsWith("\n") && plain.endsWith(old.slice(0, -1)))
    return [old.slice(0, -1), replacement.replace(/\n$/, "")];
  if (plain.includes(old) || !all(old)) return [old, replacement];
  return [without(old), all(replacement) ? without(replacement) : replacement];
}

/** A whole new text in the manner of the one that it replaces: its line ends, byte order mark and final newline. */
export function inMannerOf(before: string, text: string): string {
  if (before === "" || text === "") return text;
  const body = folded(text.startsWith(BOM) ? text.slice(1) : text, before);
  const ended = /\n$/.test(folded(before)) ? body.replace(/\n?$/, "\n") : body.replace(/\n$/, "");
  return (before.startsWith(BOM) ? BOM : "") + withEnds(ended, lineEndOf(before));
}

/** The end that most lines of a text have. */
function lineEndOf(text: string): "\n" | "\r\n" | "\r" {
  if (isReturned(text)) return "\r";
  const all = text.split("\n").length - 1;
  const crlf = text.split("\r\n").length - 1;
  return crlf * 2 > all ? "\r\n" : "\n";
}

/** @param file the text whose manner of ending lines counts */
function folded(text: string, file = text): string {
  const plain = text.replaceAll("\r\n", "\n");
  return isReturned(file) ? plain.replaceAll("\r", "\n") : plain;
}

/** Lines that end with returns alone, as on old Macs. One return is a stray one: with it for an end, `# note` would begin the rest of the file. */
function isReturned(text: string): boolean {
  return /\r[^\r]+\r/.test(text) && !text.includes("\n");
}

function withEnds(text: string, end: "\n" | "\r\n" | "\r"): string {
  return end === "\n" ? text : text.replaceAll("\n", end);
}

/** Where a place of the folded text stands in the text itself. */
function rawOffset(text: string, foldedAt: number): number {
  let raw = foldedAt;
  for (let at = text.indexOf("\r\n"); at >= 0 && at < raw; at = text.indexOf("\r\n", at + 2)) raw++;
  return raw;
}

/** How many characters two texts share at their beginning, and at their end beyond that. */
function sharedEnds(a: string, b: string): [head: number, tail: number] {
  const most = Math.min(a.length, b.length);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  return [head, tail];
}

/** Overlapping ones count too: either could be meant. */
function occurrences(text: string, part: string): number {
  let times = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) times++;
  return times;
}

function tooOften(times: number): Replaced {
  return {
    outcome: "refused",
    why: `The text to replace occurs ${times} times; quote more of the lines around it so that it occurs once.`,
  };
}

function missing(text: string, old: string): string {
  const said = "The text to replace does not occur in the file";
  const near = nearestPassage(text, old);
  if (!near) return `${said}, nor anything like it; read the file again and copy the passage exactly.`;
  const lines =
    near.firstLine === near.lastLine ? `Line ${near.firstLine} comes` : `Lines ${near.firstLine}–${near.lastLine} come`;
  return `${said}. ${lines} nearest${near.difference}:\n${near.text}\nCopy the passage exactly as it stands there.`;
}
