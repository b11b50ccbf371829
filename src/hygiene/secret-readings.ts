import { backwards, decoded, type Reading, rot13 } from "./secret-decodings.ts";
import { isName } from "./secret-values.ts";

/** Readings of a text in which a key that was dressed up stands plain: as a page shows it, backwards, with its letters moved, decoded. */
export function readingsOf(text: string): Reading[] {
  const page = asRead(text, ODD);
  const turned = backwards(page.plain);
  const back = (from: number, to: number) => page.place(turned.length - to, turned.length - from);
  const moved = rot13(page.plain);
  return [
    ...(page.plain === text ? [] : [page]),
    { plain: turned, isDecoded: false, place: back },
    { plain: moved, isDecoded: false, place: page.place, isMeant: (from, to) => !isOfWords(page.plain, from, to) },
    decoded(text),
    tagged(text),
  ];
}

/** `test_stub_lambda_block_6`: with its letters moved, `tub_` begins a key. */
function isOfWords(plain: string, from: number, to: number): boolean {
  return /[A-Za-z]/.test(plain.charAt(from - 1)) || isName(plain.slice(from, to));
}

/** As a page shows it, line by line; null where that is what stands there. */
export function lineReading(text: string): Reading | null {
  const page = asRead(text, ODD_IN_LINE);
  return page.plain === text ? null : page;
}

/** Letters that are on no page, and spell out what any program reads. */
function tagged(text: string): Reading {
  const found = [...text.matchAll(/\udb40[\udc20-\udc7e]/g)];
  const plain = found.map(({ 0: char }) => String.fromCharCode((char.codePointAt(0) ?? 0) & 0x7f)).join("");
  const place = (from: number, to: number) => ({ from: found[from]?.index ?? 0, to: (found[to - 1]?.index ?? 0) + 2 });
  return { plain, isDecoded: false, place };
}

/** Where one piece of a literal ends and the next begins, or a line breaks inside of a word. */
const SEAM =
  /\$\{["'`]|["'`]\}|["'`][ \t]{0,8}(?:\/\*[^*\n]{0,80}\*\/)?[ \t]{0,8}[+.&,]?[ \t\\]{0,8}(?:(?:#|\/\/)[^\n]{0,80})?\r?\n?[+-]?[ \t]{0,40}(?:(?:#|\/\/)[^\n]{0,80}\n[ \t]{0,40})?[+.&]?[ \t]{0,8}["'`]|[\\=]?\r?\n[+>-]?[ \t]{0,40}/;
/** Tags, comments, and the signs of bold and struck letters: a page shows the letters on both sides as one word. */
const MARKUP = /<!--[^>]{0,200}-->|<\/?[A-Za-z][^<>\n]{0,100}>|\*{1,3}|~~|\u001b\[[0-9;?]{0,20}[A-Za-z]/;
const CODE = /&(?:#(?<dec>\d{1,8})|#[xX](?<hex>[0-9a-fA-F]{1,6})|(?<name>[A-Za-z]{2,16}));|%(?:25){0,8}(?<percent>[0-9a-fA-F]{2})|\\{1,8}(?:u00|u\{0{0,4}|x)(?<escaped>[0-9a-fA-F]{2})\}?|%u00(?<wide>[0-9a-fA-F]{2})|\\(?<sign>[!-/:-@[-`{-~])/; // prettier-ignore
const OTHER = /[\ud800-\udbff][\udc00-\udfff]|[^\u0000-\u007f]/;
/** Twenty letters with the same signs between each two. */
const ROW = /(?<![A-Za-z0-9_])(?<row>(?:[A-Za-z0-9_-](?: {1,3}|[.,·|\n/\u2000-\u200a\u202f]|-(?=[A-Za-z0-9_]))){19,400}[A-Za-z0-9_-])(?![A-Za-z0-9])/; // prettier-ignore
const ROW_LETTER = /[A-Za-z0-9_]|-(?=[^A-Za-z0-9_])|(?<=[ .,·|\n/\u2000-\u200a\u202f])-/g;
const ODD = new RegExp([ROW, SEAM, MARKUP, /`+/, CODE, OTHER].map(({ source }) => source).join("|"), "g");
const ODD_IN_LINE = new RegExp([MARKUP, CODE, OTHER].map(({ source }) => source).join("|"), "g");

const NAMED: Readonly<Record<string, string>> = { nbsp: " ", ensp: " ", emsp: " ", lowbar: "_", underbar: "_", hyphen: "-", dash: "-", period: ".", colon: ":", sol: "/", plus: "+", equals: "=", dollar: "$", shy: "", zwj: "", zwnj: "", nobreak: "", zerowidthspace: "", lrm: "", rlm: "" }; // prettier-ignore

function asRead(text: string, odd: RegExp): Reading {
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
  for (const { index, 0: all, groups } of text.matchAll(odd)) {
    if (index < at) continue;
    copyTo(index);
    if (groups?.row === undefined) skipTo(index + all.length, readAs(all, groups ?? {}));
    else copyLetters(index, all);
    at = index + all.length;
  }
  // Most texts have nothing odd in them.
  if (at === 0) return { plain: text, isDecoded: false, place: (from, to) => ({ from, to }) };
  copyTo(text.length);
  return { plain, isDecoded: false, place: (from, to) => ({ from: places[from] ?? 0, to: endOf(places, to, text.length) }) }; // prettier-ignore
}

/** Up to where the next piece begins: the code of a sign is longer than the sign. */
function endOf(places: readonly number[], to: number, length: number): number {
  const last = places[to - 1] ?? 0;
  return Math.max(last + 1, Math.min(places[to] ?? length, last + 12));
}

function readAs(all: string, groups: Readonly<Record<string, string | undefined>>): string {
  const { dec, hex, name, percent, escaped, wide, sign } = groups;
  const point = dec ? Number(dec) : Number.parseInt(hex ?? percent ?? escaped ?? wide ?? "", 16);
  if (sign !== undefined) return sign;
  if (name !== undefined) return Object.hasOwn(NAMED, name.toLowerCase()) ? (NAMED[name.toLowerCase()] ?? "") : all;
  if (!Number.isNaN(point)) return point <= 0x10ffff ? plainLetter(String.fromCodePoint(point)) : "";
  return all.length <= 2 && /[^\u0000-\u007f]/.test(all) ? plainLetter(all) : "";
}

/** Letters of other scripts that look like ours, in the order of ours. */
const LOOKALIKE = "асԁеɡһіјӏոорԛѕԝхуАВСЕНІЈКМОРЅТХΑΒΕΖΗΙΚΜΝΟΡΤΥΧοα‐‑–−＿‿⁀ᴀʙᴄᴅᴇғɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ";
const OURS_LIKE = "acdeghijlnopqswxyABCEHIJKMOPSTXABEZHIKMNOPTYXoa----___abcdefghijklmnoprtuvwyz";

/** Texts are written in a few letters of one script, each of them often. */
const plainLetters = new Map<string, string>();
/** All letters of a few scripts; foreign text cannot fill the memory with the rest of Unicode. */
const LETTERS_KEPT_MAX = 4_096;

function plainLetter(char: string): string {
  const known = plainLetters.get(char);
  if (known !== undefined) return known;
  if (plainLetters.size >= LETTERS_KEPT_MAX) plainLetters.clear();
  const plain = plainOf(char);
  plainLetters.set(char, plain);
  return plain;
}

/** A wide, bold or foreign letter as the plain one; nothing for what nobody sees. */
function plainOf(char: string): string {
  if (/[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Mn}]/u.test(char)) return "";
  const like = LOOKALIKE.indexOf(char);
  return like >= 0 ? OURS_LIKE.charAt(like) : char.normalize("NFKC");
}
