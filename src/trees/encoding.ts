/**
 * Text files in other encodings than UTF-8: told by their bytes, read, and written back in their own. What Node's own
 * decoders read, tables made with these same decoders write, so that the two can never disagree; and a file counts as
 * text in an encoding only if writing it back gives every byte again.
 */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "windows-1252";

export type Decoded = { readonly text: string; readonly encoding: Encoding };

/** How much of a file is looked at for NUL bytes, as git does. */
const SNIFFED_BYTES = 8000;
/** Control characters that text has: tab, line ends, form feed, and the escape and end of file of old systems. */
const CONTROLS = /[\u0000-\u0008\u000e-\u0019\u001c-\u001f\u007f-\u009f\ufffd]/;

/** @returns null for content that is no text in any of the encodings. A byte order mark is kept. */
export function decode(content: Buffer): Decoded | null {
  if (content.length % 2 === 0 && content[0] === 0xff && content[1] === 0xfe) return whole(content, "utf-16le");
  if (content.length % 2 === 0 && content[0] === 0xfe && content[1] === 0xff) return whole(content, "utf-16be");
  if (content.subarray(0, SNIFFED_BYTES).includes(0)) return null;
  const utf8 = strictly(content, "utf-8");
  if (utf8 !== null) return { text: utf8, encoding: "utf-8" };
  return japanese(content) ?? whole(content, "windows-1252");
}

/** @returns null when the encoding has no bytes for a character of the text */
export function encode(text: string, encoding: Encoding): Buffer | null {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) return null;
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Buffer.from(bytes);
}

/** The first character that the encoding lacks, for a sentence about it. */
export function missingIn(text: string, encoding: Encoding): string | null {
  return [...text].find((character) => encode(character, encoding) === null) ?? null;
}

function strictly(content: Buffer, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

function whole(content: Buffer, encoding: Encoding): Decoded | null {
  const text = strictly(content, encoding);
  if (text === null || CONTROLS.test(text)) return null;
  return encode(text, encoding)?.equals(content) ? { text, encoding } : null;
}

/**
 * Any bytes could be Latin letters; Japanese shows by its kana, which no sentence lacks and which chance does not make.
 * Half-width kana are single bytes in Shift-JIS, and letters with accents in Latin-1, so they tell nothing.
 */
const KANA = /[\u3041-\u3096\u30a1-\u30fa]/g;
const KANA_SHARE_MIN = 0.2;

function japanese(content: Buffer): Decoded | null {
  const readings = (["shift_jis", "euc-jp"] as const).map((encoding) => whole(content, encoding));
  const scored = readings.flatMap((one) => (one ? [{ one, share: kanaShare(one.text) }] : []));
  const best = scored.sort((a, b) => b.share - a.share)[0];
  return best && best.share >= KANA_SHARE_MIN ? best.one : null;
}

function kanaShare(text: string): number {
  const foreign = text.match(/[^\u0000-\u007f]/g)?.length ?? 0;
  return foreign === 0 ? 0 : (text.match(KANA)?.length ?? 0) / foreign;
}

const tables = new Map<Encoding, ReadonlyMap<string, number>>();

/** Bytes of every character of an encoding with one or two bytes each. */
function tableOf(encoding: Encoding): ReadonlyMap<string, number> {
  const known = tables.get(encoding);
  if (known) return known;
  const made = new Map<string, number>();
  const decoder = new TextDecoder(encoding);
  const add = (bytes: number[], code: number) => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== "\ufffd" && !made.has(text)) made.set(text, code);
  };
  for (let one = 0; one <= 0xff; one++) add([one], one);
  if (encoding !== "windows-1252")
    for (let lead = 0x81; lead <= 0xfc; lead++)
      for (let trail = 0x40; trail <= 0xfe; trail++) add([lead, trail], lead * 256 + trail);
  tables.set(encoding, made);
  return made;
}
