import { BEGUN } from "./secret-beginnings.ts";

/**
 * Keys of others in a dress that shows them to no pattern: with letters that nobody sees, in wide letters, one letter at a time,
 * put together from pieces, broken over lines, or in base64. Only keys whose beginning nothing else has are looked for.
 */
export type Disguised = { readonly name: string; readonly from: number; readonly to: number };

const ALONE = "(?<![A-Za-z0-9_-])";
const KEYS = BEGUN.filter(([, begins]) => /^[A-Za-z0-9(?:|)[\]]{2,40}[_-]/.test(begins)).map(
  ([name, begins, goesOn]) => ({
    name,
    pattern: new RegExp(`${ALONE}${begins}${goesOn}`, "g"),
  }),
);

export function disguisedKeys(text: string): Disguised[] {
  return [...inPieces(text), ...inBase64(text), ...inCodes(text), ...backwards(text)];
}

/** Where one piece of a literal ends and the next begins, or a line breaks inside of a word. */
const SEAM =
  /\$\{["'`]|["'`]\}|["'`][ \t]{0,8}[+.&,]?[ \t\\]{0,8}\r?\n?[+-]?[ \t]{0,40}[+.&]?[ \t]{0,8}["'`]|\\?\r?\n[+>-]?[ \t]{0,40}/g;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;
/** Twenty letters with the same sign between each two. */
const SPACED = /(?<!\S)(?:[A-Za-z0-9_-][ .,·|]){19,400}[A-Za-z0-9_-](?![A-Za-z0-9])/g;

function inPieces(text: string): Disguised[] {
  const dropped = new Set<number>();
  const drop = (from: number, to: number) => {
    for (let at = from; at < to; at += 1) dropped.add(at);
  };
  for (const match of text.matchAll(UNSEEN)) drop(match.index, match.index + match[0].length);
  for (const match of text.matchAll(SEAM)) drop(match.index, match.index + match[0].length);
  for (const match of text.matchAll(SPACED))
    for (let at = match.index + 1; at < match.index + match[0].length; at += 2) dropped.add(at);
  let plain = "";
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (dropped.has(at)) continue;
    const unit = text.charAt(at);
    const isWide = unit >= "\uff01" && unit <= "\uff5e";
    plain += isWide ? String.fromCharCode(unit.charCodeAt(0) - 0xfee0) : unit;
    places.push(at);
  }
  return found(plain, (from, to) => ({ from: places[from] ?? 0, to: (places[to - 1] ?? 0) + 1 }));
}

/** Shorter ones hold no key; longer ones are files. */
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{32,20000}={0,2}/g;
const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/;

function inBase64(text: string): Disguised[] {
  return [...text.matchAll(BASE64)].flatMap((match) => {
    const decoded = Buffer.from(match[0], "base64").toString("latin1");
    const name = PRIVATE_KEY.test(decoded) ? "a private key" : found(decoded, (from, to) => ({ from, to }))[0]?.name;
    return name === undefined ? [] : [{ name, from: match.index, to: match.index + match[0].length }];
  });
}

/** Twenty letters as their codes: `%67`, `\\x67`, `\\u0067`, `&#x67;`, `&#103;`, or two hexadecimal digits each. */
const CODES = /(?:%[0-9a-f]{2}){20,4000}|(?:\\{1,8}x[0-9a-f]{2}){20,4000}|(?:\\{1,8}u00[0-9a-f]{2}){20,4000}|(?:&#(?:x[0-9a-f]{2}|\d{2,3});){20,4000}|(?<![0-9a-f])(?:[2-7][0-9a-f]){24,4000}(?![0-9a-f])/gi; // prettier-ignore

function inCodes(text: string): Disguised[] {
  return [...text.matchAll(CODES)].flatMap((match) => {
    const name = found(spelled(match[0]), (from, to) => ({ from, to }))[0]?.name;
    return name === undefined ? [] : [{ name, from: match.index, to: match.index + match[0].length }];
  });
}

function spelled(codes: string): string {
  if (/^&#\d/.test(codes))
    return [...codes.matchAll(/\d{2,3}/g)].map(([code]) => String.fromCharCode(Number(code))).join("");
  const bare = codes.replace(/\\{1,8}(?:u00|x)|&#x|[%;]/gi, "");
  return Buffer.from(bare, "hex").toString("latin1");
}

function backwards(text: string): Disguised[] {
  const turned = text.split("").reverse().join("");
  return found(turned, (from, to) => ({ from: text.length - to, to: text.length - from }));
}

function found(plain: string, place: (from: number, to: number) => { from: number; to: number }): Disguised[] {
  return KEYS.flatMap(({ name, pattern }) =>
    [...plain.matchAll(pattern)].map((match) => ({ name, ...place(match.index, match.index + match[0].length) })),
  );
}
