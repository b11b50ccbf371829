/** A text read in another way; `place` says where in the text a piece of it comes from. */
export type Reading = {
  readonly plain: string;
  /** Whether it was unreadable as it stood, so that a whole document can be in it. */
  readonly isDecoded: boolean;
  /** Says of what looks like a key there whether it is one: other words may read like a key by chance. */
  readonly isMeant?: (from: number, to: number) => boolean;
  readonly place: (from: number, to: number) => { readonly from: number; readonly to: number };
};

/** By numbers and not by letters: each text that leaves is read so several times, and a call for each letter is what would take long. */
export function rot13(text: string): string {
  const moved = unitsOf(text, (unit) => {
    const base = unit < 97 ? 65 : 97;
    return unit >= base && unit < base + 26 ? ((unit - base + 13) % 26) + base : unit;
  });
  return Buffer.from(moved.buffer).toString("utf16le");
}

export function backwards(text: string): string {
  const units = unitsOf(text, (unit) => unit).reverse();
  return Buffer.from(units.buffer).toString("utf16le");
}

function unitsOf(text: string, change: (unit: number) => number): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at += 1) units[at] = change(text.charCodeAt(at));
  return units;
}

/** Shorter ones hold no key; longer ones are files. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,20000}={0,2}/g;
const BASE32 = /(?<![A-Za-z0-9])[A-Z2-7]{40,4000}={0,6}(?![A-Za-z0-9])/g;
const HEX = /(?<![0-9a-f])(?:[0-9a-f]{2}){24,4000}(?![0-9a-f])/gi;
/** As mail and certificates break it. */
const BASE64_LINES = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{32,100}(?:\r?\n[> \t+-]{0,8}[A-Za-z0-9+/]{4,100}){1,400}={0,2}/g;
const LEVELS_MAX = 3;

/** What encodings hold, one a line; the place of anything in it is the whole of what was encoded. */
export function decoded(text: string): Reading {
  const lines: string[] = [];
  const ends: number[] = [];
  const spans: { from: number; to: number }[] = [];
  let length = 0;
  const add = (plain: string, span: { from: number; to: number }) => {
    // Wide characters have a zero beside each letter.
    const line = plain.replace(/\0/g, "");
    const isText = /^[\t\r\n -~]*$/.test(line);
    for (const one of isText ? [line, backwards(line), rot13(line)] : [line]) {
      lines.push(one);
      length += one.length + 1;
      ends.push(length);
      spans.push(span);
    }
  };
  const unpack = (piece: string, span: { from: number; to: number }, level: number) => {
    const found = [
      ...[...piece.matchAll(BASE64)]
        .filter((one) => !/^[0-9a-f]*$/.test(one[0]))
        .map((one) => Buffer.from(one[0], "base64").toString("latin1")),
      // Backwards, its signs of equality stand first.
      ...[...piece.matchAll(BASE64)].map((one) => Buffer.from(backwards(one[0]), "base64").toString("latin1")),
      ...[...piece.matchAll(BASE32)].map((one) => base32(one[0])),
      ...[...piece.matchAll(HEX)].map((one) => Buffer.from(one[0], "hex").toString("latin1")),
    ];
    for (const plain of found) {
      add(plain, span);
      // What is not text was a picture or a checksum.
      if (level < LEVELS_MAX && /^[\t\r\n -~\0]*$/.test(plain)) unpack(plain.replace(/\0/g, ""), span, level + 1);
    }
  };
  for (const pattern of [BASE64, BASE32, HEX])
    for (const { index, 0: piece } of text.matchAll(pattern))
      unpack(piece, { from: index, to: index + piece.length }, 1);
  for (const { index, 0: piece } of text.matchAll(BASE64_LINES))
    unpack(piece.replace(/\r?\n[> \t+-]{0,8}/g, ""), { from: index, to: index + piece.length }, 1);
  for (const dump of dumps(text)) add(Buffer.from(dump.hex, "hex").toString("latin1"), dump);
  for (const row of numberRows(text)) for (const plain of row.plain) add(plain, row);
  const place = (from: number) => spans[ends.findIndex((end) => from < end)] ?? { from: 0, to: 0 };
  return { plain: lines.join("\n"), isDecoded: true, place };
}

function base32(text: string): string {
  let [bits, value, out] = [0, 0, ""];
  for (const char of text.replace(/=/g, "")) {
    value = ((value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(char)) & 0xffff;
    bits += 5;
    if (bits >= 8) out += String.fromCharCode((value >> (bits -= 8)) & 0xff);
  }
  return out;
}

/** Lines of `xxd` and `hexdump -C`: a place, pairs, and the letters once more. */
const DUMP_LINE =
  /(?<![0-9A-Za-z])[0-9a-fA-F]{4,8}:?[ \t]{1,3}((?:[0-9a-fA-F]{2}[ \t]{0,2}){4,16})(?![0-9a-fA-F])[^\n]{0,80}/g;

function dumps(text: string): { from: number; to: number; hex: string }[] {
  const found: { from: number; to: number; hex: string }[] = [];
  for (const { index, 0: line, 1: pairs = "" } of text.matchAll(DUMP_LINE)) {
    const last = found.at(-1);
    const hex = pairs.replace(/\s/g, "");
    if (last && text.slice(last.to, index).trim() === "") {
      last.hex += hex;
      last.to = index + line.length;
    } else found.push({ from: index, to: index + line.length, hex });
  }
  return found;
}

/** Numbers of letters, one after the other, with little between them: `103, 104`, `0x67 0x68`, `chr(103).chr(104)`, `\147\150`. */
const NUMBER = /(?<![0-9A-Za-z])(?:0?x|u|chr\()?([01]{7,8}|0{0,2}[0-9a-f]{2,3})(?![0-9A-Za-z])/gi;
const BETWEEN = /^(?:[\s,;:.\\%&#(){}[\]'"+|-]|0?x|u|chr){0,8}$/i;
const NUMBERS_MIN = 20;

function numberRows(text: string): { from: number; to: number; plain: string[] }[] {
  const rows: { from: number; to: number; numbers: string[] }[] = [];
  for (const { index, 0: all, 1: number = "" } of text.matchAll(NUMBER)) {
    const row = rows.at(-1);
    if (row && BETWEEN.test(text.slice(row.to, Math.min(index, row.to + 9))) && index - row.to <= 8) {
      row.numbers.push(number);
      row.to = index + all.length;
    } else rows.push({ from: index, to: index + all.length, numbers: [number] });
  }
  return rows
    .filter(({ numbers }) => numbers.length >= NUMBERS_MIN)
    .map(({ from, to, numbers }) => ({ from, to, plain: [16, 10, 8, 2].map((radix) => lettersOf(numbers, radix)) }));
}

function lettersOf(numbers: readonly string[], radix: number): string {
  return numbers.map((one) => String.fromCharCode(Number.parseInt(one, radix) & 0xff)).join("");
}
