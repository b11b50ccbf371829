import { rot13 } from "./secret-decodings.ts";

/** Shorter values cannot be told from ordinary words, so they are not looked for. */
export const SECRET_CHARS_MIN = 8;
/** So many folded characters in a row are a leak even when the rest is cut off: chance agrees once in 36^16. */
export const RUN_MIN = 16;
/** Binary digits carry one bit each, so a run must be longer to mean anything. */
const BINARY_RUN_MIN = 64;

export type Form = { readonly needle: string; readonly runMin: number };

/** Every spelling of a secret that a reader could turn back, folded. */
export function formsOf(secret: string): Form[] {
  const core = secret.replace(/-----[A-Z ]+-----/g, "").trim();
  const isOrdinaryWord = /^[a-z]{1,15}$/i.test(core);
  if (core.length < SECRET_CHARS_MIN || isOrdinaryWord) return [];
  const reversed = [...core].reverse().join("");
  const plain = [core, reversed, rot13(core), encodeURIComponent(core), JSON.stringify(core)];
  const encoded = [core, reversed].flatMap((text) => [...base64Forms(text), ...codes(text)]);
  const twice = base64Forms(Buffer.from(core).toString("base64"));
  const wide = [Buffer.from(core, "utf16le"), Buffer.from(core, "utf16le").swap16()].flatMap((text) => [
    ...base64Forms(text),
    text.toString("hex"),
  ]);
  const forms = [
    ...plain,
    ...encoded,
    ...twice,
    ...wide,
    ...(core.length <= RARER_CHARS_MAX ? rarerForms(core) : []),
  ].map((text) => formOf(text, RUN_MIN));
  const bits = [bytes(core, 2, 8), bytes(core, 2, 7)].map((text) => formOf(text, BINARY_RUN_MIN));
  return [...forms, ...bits].filter((form) => form.needle.length >= SECRET_CHARS_MIN);
}

/** Each form of a private key takes half a megabyte, so only tokens and passwords are looked for in these as well. */
const RARER_CHARS_MAX = 256;

function rarerForms(core: string): string[] {
  const backwards = [...base64Forms(core), bytes(core, 16, 2)].map((text) => [...text].reverse().join(""));
  const inHex = base64Forms(core).map((text) => Buffer.from(text).toString("hex"));
  const thrice = base64Forms(Buffer.from(Buffer.from(core).toString("base64")).toString("base64"));
  const twiceHex = bytes(bytes(core, 16, 2), 16, 2);
  const wide = Buffer.from(core, "utf16le");
  const wideCodes = [wide, Buffer.from(wide).swap16()].map((text) => bytes(text, 10, 1));
  return [...backwards, ...base64Forms(bytes(core, 16, 2)), ...inHex, ...thrice, twiceHex, ...wideCodes];
}

function formOf(text: string, runMin: number): Form {
  const needle = fold(text).letters;
  if (needle.length < RUN_MIN) return { needle, runMin: needle.length };
  return { needle, runMin: Math.min(runMin, Math.max(RUN_MIN - 4, needle.length - 7)) };
}

/** The three base64 spellings, by where the secret starts within a group of three bytes; both alphabets fold alike. */
function base64Forms(text: string | Buffer): string[] {
  const content = typeof text === "string" ? Buffer.from(text) : text;
  return [0, 1, 2].map((lead) => {
    const encoded = Buffer.concat([Buffer.alloc(lead), content])
      .toString("base64")
      .replace(/=+$/, "");
    const tail = (lead + content.length) % 3 === 0 ? 0 : 1;
    return encoded.slice(lead === 0 ? 0 : lead + 1, encoded.length - tail);
  });
}

/** Character codes as hex (also `%41`), `\x41`, `&#x41;`, `\u0041`, `0x41`, decimal, octal, and base32. */
function codes(text: string): string[] {
  const hex = [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, "0"));
  const spelled = ["", "x", "0x", "00", "0x00", "u00", "u"].map((lead) => hex.map((pair) => lead + pair).join(""));
  return [...spelled, bytes(text, 10, 1), bytes(text, 10, 3), bytes(text, 8, 3), bytes(text, 8, 1), base32(text)];
}

function bytes(text: string | Buffer, radix: number, digits: number): string {
  return [...(typeof text === "string" ? Buffer.from(text) : text)]
    .map((byte) => byte.toString(radix).padStart(digits, "0"))
    .join("");
}

function base32(text: string): string {
  const bits = bytes(text, 2, 8);
  const groups = bits.match(/.{5}/g) ?? [];
  return groups.map((group) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(group, 2)]).join("");
}

/** Letters and digits of a text in lower case, and where each stood. */
export function fold(text: string): { letters: string; at: number[] } {
  const at: number[] = [];
  let letters = "";
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 128) {
      const lower = unit >= 65 && unit <= 90 ? unit + 32 : unit;
      if (!isPlain(lower)) continue;
      letters += String.fromCharCode(lower);
      at.push(i);
      continue;
    }
    const char = unit < 0xd800 || unit > 0xdbff ? text.charAt(i) : text.slice(i, i + 2);
    for (const letter of char.normalize("NFKC").toLowerCase()) {
      if (!isPlain(letter.charCodeAt(0))) continue;
      letters += letter;
      at.push(i);
    }
  }
  return { letters, at };
}

/** Whether it is the code of one of `a`–`z` and `0`–`9`. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}
