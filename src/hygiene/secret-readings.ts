/**
 * Other readings of a text, in which a key that was dressed up stands plain: without what a page does not show, with its codes and
 * encodings read, backwards, with its letters moved. Each says where in the text a piece of it comes from.
 */
export type Reading = {
  readonly plain: string;
  /** Whether it was unreadable as it stood, so that a whole document can be in it. */
  readonly isDecoded: boolean;
  readonly place: (from: number, to: number) => { readonly from: number; readonly to: number };
};

export function readingsOf(text: string): Reading[] {
  const page = asRead(text);
  const turned = page.plain.split("").reverse().join("");
  const back = (from: number, to: number) => page.place(turned.length - to, turned.length - from);
  const moved = page.plain.replace(/[a-z]/gi, rot13);
  return [
    ...(page.plain === text ? [] : [page]),
    { plain: turned, isDecoded: false, place: back },
    { plain: moved, isDecoded: false, place: page.place },
    decoded(text),
  ];
}

function rot13(letter: string): string {
  const base = letter <= "Z" ? 65 : 97;
  return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
}

/** Where one piece of a literal ends and the next begins, or a line breaks inside of a word. */
const SEAM =
  /\$\{["'`]|["'`]\}|["'`][ \t]{0,8}(?:\/\*[^*\n]{0,80}\*\/)?[ \t]{0,8}[+.&,]?[ \t\\]{0,8}(?:(?:#|\/\/)[^\n]{0,80})?\r?\n?[+-]?[ \t]{0,40}(?:(?:#|\/\/)[^\n]{0,80}\n[ \t]{0,40})?[+.&]?[ \t]{0,8}["'`]|\\?\r?\n[+>-]?[ \t]{0,40}/;
/** Tags, comments, and the signs of bold and struck letters and of code: a page shows the letters on both sides as one word. */
const MARKUP = /<!--[^>]{0,200}-->|<\/?[A-Za-z][^<>\n]{0,100}>|\*{1,3}|~~|`+|\u001b\[[0-9;?]{0,20}[A-Za-z]/;
const CODE = /&(?:#(?<dec>\d{1,8})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>[A-Za-z]{2,16}));|%(?:25){0,8}(?<percent>[0-9a-fA-F]{2})|\\{1,8}(?:u00|u\{0{0,4}|x)(?<escaped>[0-9a-fA-F]{2})\}?|\\(?<sign>[!-/:-@[-`{-~])/; // prettier-ignore
const OTHER = /[\ud800-\udbff][\udc00-\udfff]|[^\u0000-\u007f]/;
/** Twenty letters with the same signs between each two. */
const ROW = /(?<![A-Za-z0-9_])(?<row>(?:[A-Za-z0-9_-](?: {1,3}|[.,·|\n]|-(?=[A-Za-z0-9_]))){19,400}[A-Za-z0-9_-])(?![A-Za-z0-9])/; // prettier-ignore
const ROW_LETTER = /[A-Za-z0-9_]|-(?=[^A-Za-z0-9_])|(?<=[ .,·|\n])-/g;
const ODD = new RegExp([ROW, SEAM, MARKUP, CODE, OTHER].map(({ source }) => source).join("|"), "g");

const NAMED: Readonly<Record<string, string>> = { lowbar: "_", underbar: "_", hyphen: "-", dash: "-", period: ".", colon: ":", sol: "/", plus: "+", equals: "=", dollar: "$", shy: "", zwj: "", zwnj: "", nobreak: "", zerowidthspace: "", lrm: "", rlm: "" }; // prettier-ignore

function asRead(text: string): Reading {
  let plain = "";
  const places: number[] = [];
  let at = 0;
  const skipTo = (end: number, by: string) => {
    plain += by;
    for (let unit = 0; unit < by.length; unit += 1) places.push(at);
    at = end;
  };
  const copyTo = (end: number) => {
    plain += text.slice(at, end);
    for (; at < end; at += 1) places.push(at);
  };
  const copyLetters = (from: number, row: string) => {
    for (const letter of row.matchAll(ROW_LETTER)) {
      at = from + letter.index;
      skipTo(at, letter[0]);
    }
  };
  for (const { index, 0: all, groups } of text.matchAll(ODD)) {
    if (index < at) continue;
    copyTo(index);
    if (groups?.row === undefined) skipTo(index + all.length, readAs(all, groups ?? {}));
    else copyLetters(index, all);
    at = index + all.length;
  }
  copyTo(text.length);
  return { plain, isDecoded: false, place: (from, to) => ({ from: places[from] ?? 0, to: endOf(places, to, text.length) }) }; // prettier-ignore
}

/** Up to where the next piece begins: the code of a sign is longer than the sign. */
function endOf(places: readonly number[], to: number, length: number): number {
  const last = places[to - 1] ?? 0;
  return Math.max(last + 1, Math.min(places[to] ?? length, last + 12));
}

function readAs(all: string, groups: Readonly<Record<string, string | undefined>>): string {
  const { dec, hex, name, percent, escaped, sign } = groups;
  const point = dec ? Number(dec) : Number.parseInt(hex ?? percent ?? escaped ?? "", 16);
  if (sign !== undefined) return sign;
  if (name !== undefined) return Object.hasOwn(NAMED, name.toLowerCase()) ? (NAMED[name.toLowerCase()] ?? "") : all;
  if (!Number.isNaN(point)) return point <= 0x10ffff ? plainLetter(String.fromCodePoint(point)) : "";
  return all.length <= 2 && /[^\u0000-\u007f]/.test(all) ? plainLetter(all) : "";
}

/** Letters of other scripts that look like ours, in the order of ours. */
const LOOKALIKE = "асԁеɡһіјӏոорԛѕԝхуАВСЕНІЈКМОРЅТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα‐‑–−＿";
const OURS_LIKE = "acdeghijlnopqswxyABCEHIJKMOPSTXABEZHIKMNOPTYXoa----_";

/** A wide, bold or foreign letter as the plain one; nothing for what nobody sees. */
function plainLetter(char: string): string {
  if (/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Mn}]/u.test(char)) return "";
  const like = LOOKALIKE.indexOf(char);
  return like >= 0 ? OURS_LIKE.charAt(like) : char.normalize("NFKC");
}

/** Shorter ones hold no key; longer ones are files. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,20000}={0,2}/g;
const BASE32 = /(?<![A-Za-z0-9])[A-Z2-7]{40,4000}={0,6}(?![A-Za-z0-9])/g;
const HEX = /(?<![0-9a-f])(?:[0-9a-f]{2}){24,4000}(?![0-9a-f])/gi;
const LEVELS_MAX = 3;

/** What encodings hold, one a line; the place of anything in it is the whole of what was encoded. */
function decoded(text: string): Reading {
  const lines: string[] = [];
  const ends: number[] = [];
  const spans: { from: number; to: number }[] = [];
  let length = 0;
  const add = (plain: string, span: { from: number; to: number }) => {
    // Wide characters have a zero beside each letter.
    const line = plain.replace(/\0/g, "");
    lines.push(line);
    length += line.length + 1;
    ends.push(length);
    spans.push(span);
  };
  const unpack = (piece: string, span: { from: number; to: number }, level: number) => {
    const found = [
      ...[...piece.matchAll(BASE64)]
        .filter((one) => !/^[0-9a-f]*$/.test(one[0]))
        .map((one) => Buffer.from(one[0], "base64").toString("latin1")),
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

/** Numbers of letters, one after the other, with little between them: `103, 104`, `0x67 0x68`, `chr(103).chr(104)`, `\147\150`. */
const NUMBER = /(?<![0-9A-Za-z])(?:0?x|u|chr\()?(0{0,2}[0-9a-f]{2,3})(?![0-9A-Za-z])/gi;
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
    .map(({ from, to, numbers }) => ({ from, to, plain: [16, 10, 8].map((radix) => lettersOf(numbers, radix)) }));
}

function lettersOf(numbers: readonly string[], radix: number): string {
  return numbers.map((one) => String.fromCharCode(Number.parseInt(one, radix) & 0xff)).join("");
}
