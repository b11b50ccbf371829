import { disguisedKeys } from "./secret-disguises.ts";
import { SECRET_SHAPES } from "./secret-shapes.ts";

/**
 * Keeps secrets out of every text that leaves. Two sieves: secrets that this server knows are found in any usual
 * encoding, even split by spaces or with an end cut off; secrets it does not know are found by their shape.
 *
 * The first sieve folds the text to its letters and digits (lower case, compatibility forms), so that `s e c-r.e t`,
 * full-width letters and zero-width characters change nothing, and looks for long enough runs of a secret's forms.
 */
export const REDACTED = "[redacted]";

/** Shorter values cannot be told from ordinary words, so they are not looked for. */
const SECRET_CHARS_MIN = 8;
/** So many folded characters in a row are a leak even when the rest is cut off: chance agrees once in 36^16. */
const RUN_MIN = 16;
/** Binary digits carry one bit each, so a run must be longer to mean anything. */
const BINARY_RUN_MIN = 64;

export type Redaction = {
  readonly text: string;
  /** What was found, by kind, each once; never the secret itself. */
  readonly found: readonly string[];
};

/** What is taken out can show what stood beside it, so a text in which something was found is looked at again. */
const PASSES_MAX = 6;

/** Replaces secrets in `text`. `secrets` are values this server holds; pass the same array each time, it is indexed. */
export function guardText(text: string, secrets: readonly string[]): Redaction {
  const found = new Set<string>();
  let guarded = text;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const before = guarded;
    guarded = guardOnce(before, secrets, found);
    if (guarded === before) break;
  }
  return { text: guarded, found: [...found] };
}

function guardOnce(text: string, secrets: readonly string[], found: Set<string>): string {
  const ranges = knownRanges(text, indexOf(secrets));
  if (ranges.length > 0) found.add("a secret of this server");
  let guarded = cut(text, ranges);
  for (const { name, pattern, looksReal } of SECRET_SHAPES) {
    guarded = guarded.replace(pattern, (...groups: string[]) => {
      const [match = "", before = "", value = match] = groups.filter((group) => typeof group === "string");
      // What was taken out before, or only says so, neither hides nor excuses what stands beside it.
      const rest = value.replaceAll(REDACTED, "");
      if (rest === "" || (looksReal && !looksReal(rest))) return match;
      found.add(name);
      return looksReal ? `${before}${REDACTED}` : REDACTED;
    });
  }
  const disguised = disguisedKeys(guarded).sort((a, b) => a.from - b.from);
  for (const { name } of disguised) found.add(name);
  return cut(guarded, disguised);
}

/** Does `text` hold a secret of this server, in any encoding? For texts that must not be rewritten, such as files. */
export function holdsKnownSecret(text: string, secrets: readonly string[]): boolean {
  return knownRanges(text, indexOf(secrets)).length > 0;
}

type Form = { readonly needle: string; readonly runMin: number };
type Seed = { readonly form: Form; readonly at: number };
/** Pieces of every form, by length; a run of `runMin` always contains one of them whole. */
type Index = { readonly seeds: ReadonlyMap<number, ReadonlyMap<string, Seed[]>>; readonly exact: readonly string[] };
type Range = { readonly from: number; readonly to: number };

const indexes = new WeakMap<readonly string[], Index>();

function indexOf(secrets: readonly string[]): Index {
  const known = indexes.get(secrets);
  if (known) return known;
  const seeds = new Map<number, Map<string, Seed[]>>();
  for (const secret of secrets) for (const piece of piecesOf(secret)) addPiece(seeds, piece);
  // A password of signs only folds to nothing, so it is looked for as it stands.
  const exact = secrets.filter((one) => one.length >= SECRET_CHARS_MIN && fold(one).letters.length < SECRET_CHARS_MIN);
  const index = { seeds, exact };
  indexes.set(secrets, index);
  return index;
}

type Piece = { readonly text: string; readonly seed: Seed };

/** A long key takes a tenth of a second to take apart, and each new token makes a new list with the same keys in it. */
const pieces = new Map<string, readonly Piece[]>();
const PIECES_KEPT_MAX = 32;

function piecesOf(secret: string): readonly Piece[] {
  const known = pieces.get(secret) ?? formsOf(secret).flatMap(takeApart);
  pieces.delete(secret);
  pieces.set(secret, known);
  for (const oldest of pieces.keys()) if (pieces.size > PIECES_KEPT_MAX) pieces.delete(oldest);
  return known;
}

function takeApart(form: Form): Piece[] {
  const length = form.runMin < RUN_MIN - 4 ? form.runMin : Math.floor(form.runMin * 0.75);
  const stride = form.runMin - length + 1;
  const taken: Piece[] = [];
  for (let at = 0; at + length <= form.needle.length; at += stride)
    taken.push({ text: form.needle.slice(at, at + length), seed: { form, at } });
  return taken;
}

function addPiece(seeds: Map<number, Map<string, Seed[]>>, { text, seed }: Piece): void {
  const bucket = seeds.get(text.length) ?? new Map<string, Seed[]>();
  seeds.set(text.length, bucket);
  const same = bucket.get(text);
  if (!same) bucket.set(text, [seed]);
  // Repeated pieces (`aaaa…`) would make matching quadratic; a few of each are enough to find a run.
  else if (same.length < 4) same.push(seed);
}

/** Every spelling of a secret that a reader could turn back, folded. */
function formsOf(secret: string): Form[] {
  const core = secret.replace(/-----[A-Z ]+-----/g, "").trim();
  const isOrdinaryWord = /^[a-z]{1,15}$/i.test(core);
  if (core.length < SECRET_CHARS_MIN || isOrdinaryWord) return [];
  const reversed = [...core].reverse().join("");
  const plain = [core, reversed, rot13(core), encodeURIComponent(core), JSON.stringify(core)];
  const encoded = [core, reversed].flatMap((text) => [...base64Forms(text), ...codes(text)]);
  const twice = base64Forms(Buffer.from(core).toString("base64"));
  const forms = [...plain, ...encoded, ...twice, ...(core.length <= RARER_CHARS_MAX ? rarerForms(core) : [])].map(
    (text) => formOf(text, RUN_MIN),
  );
  return [...forms, formOf(bytes(core, 2, 8), BINARY_RUN_MIN)].filter((form) => form.needle.length >= SECRET_CHARS_MIN);
}

/** Each form of a private key takes half a megabyte, so only tokens and passwords are looked for in these as well. */
const RARER_CHARS_MAX = 256;

function rarerForms(core: string): string[] {
  const backwards = [...base64Forms(core), bytes(core, 16, 2)].map((text) => [...text].reverse().join(""));
  return [...backwards, ...base64Forms(bytes(core, 16, 2))];
}

function formOf(text: string, runMin: number): Form {
  const needle = fold(text).letters;
  if (needle.length < RUN_MIN) return { needle, runMin: needle.length };
  return { needle, runMin: Math.min(runMin, Math.max(RUN_MIN - 4, needle.length - 7)) };
}

/** The three base64 spellings, by where the secret starts within a group of three bytes; both alphabets fold alike. */
function base64Forms(text: string): string[] {
  const content = Buffer.from(text);
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
  const spelled = ["", "x", "0x", "u00", "u"].map((lead) => hex.map((pair) => lead + pair).join(""));
  return [...spelled, bytes(text, 10, 1), bytes(text, 8, 3), base32(text)];
}

function bytes(text: string, radix: number, digits: number): string {
  return [...Buffer.from(text)].map((byte) => byte.toString(radix).padStart(digits, "0")).join("");
}

function base32(text: string): string {
  const bits = bytes(text, 2, 8);
  const groups = bits.match(/.{5}/g) ?? [];
  return groups.map((group) => "abcdefghijklmnopqrstuvwxyz234567"[Number.parseInt(group, 2)]).join("");
}

function rot13(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= "Z" ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** Letters and digits of a text in lower case, and where each stood. */
function fold(text: string): { letters: string; at: number[] } {
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

function knownRanges(text: string, index: Index): Range[] {
  const ranges: Range[] = [];
  for (const one of index.exact)
    for (let from = text.indexOf(one); from >= 0; from = text.indexOf(one, from + 1))
      ranges.push({ from, to: from + one.length });
  const { letters, at } = fold(text);
  for (const [length, bucket] of index.seeds) {
    for (let i = 0; i + length <= letters.length; i += 1) {
      for (const seed of bucket.get(letters.slice(i, i + length)) ?? []) {
        const run = extend(letters, i, seed, length);
        if (run.to - run.from < seed.form.runMin) continue;
        ranges.push({ from: at[run.from] ?? 0, to: (at[run.to - 1] ?? 0) + 1 });
        i = run.to - length;
      }
    }
  }
  return ranges.sort((a, b) => a.from - b.from);
}

function extend(letters: string, start: number, seed: Seed, length: number): Range {
  const { needle } = seed.form;
  let from = start;
  let to = start + length;
  for (let n = seed.at - 1; n >= 0 && from > 0 && needle[n] === letters[from - 1]; n -= 1) from -= 1;
  for (let n = seed.at + length; n < needle.length && to < letters.length && needle[n] === letters[to]; n += 1) to += 1;
  return { from, to };
}

function cut(text: string, ranges: readonly Range[]): string {
  let out = "";
  let position = 0;
  for (const { from, to } of ranges) {
    if (to <= position) continue;
    if (from >= position) out += text.slice(position, from) + REDACTED;
    position = to;
  }
  return out + text.slice(position);
}
