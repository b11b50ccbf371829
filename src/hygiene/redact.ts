import { disguisedKeys } from "./secret-disguises.ts";
import { fold, type Form, formsOf, RUN_MIN, SECRET_CHARS_MIN } from "./secret-forms.ts";
import { keysIn } from "./secret-keys.ts";
import { presetIn } from "./secret-preset.ts";
import { REDACTED, shapesIn } from "./secret-shapes.ts";

/**
 * Keeps secrets out of every text that leaves. Two sieves: secrets that this server knows are found in any usual
 * encoding, even split by spaces or with an end cut off; secrets it does not know are found by their shape, and by the rules of a preset
 * that others keep.
 *
 * The first sieve folds the text to its letters and digits (lower case, compatibility forms), so that `s e c-r.e t`,
 * full-width letters and zero-width characters change nothing, and looks for long enough runs of a secret's forms.
 */
export { REDACTED };

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
  const known = cut(text, ranges);
  const keys = keysIn(known).sort((a, b) => a.from - b.from);
  for (const { name } of keys) found.add(name);
  const bare = cut(known, keys);
  const shapes = shapesIn(bare).sort((a, b) => a.from - b.from);
  for (const { name } of shapes) found.add(name);
  const shaped = cut(bare, shapes);
  const disguised = disguisedKeys(shaped).sort((a, b) => a.from - b.from);
  for (const { name } of disguised) found.add(name);
  const undressed = cut(shaped, disguised);
  const others = presetIn(undressed).sort((a, b) => a.from - b.from);
  for (const { name } of others) found.add(name);
  return cut(undressed, others);
}

/** Does `text` hold a secret of this server, in any encoding? For texts that must not be rewritten, such as files. */
export function holdsKnownSecret(text: string, secrets: readonly string[]): boolean {
  return knownRanges(text, indexOf(secrets)).length > 0;
}

type Seed = { readonly form: Form; readonly at: number };
/** Pieces of every form, by length; a run of `runMin` always contains one of them whole. */
type Index = {
  readonly seeds: ReadonlyMap<number, ReadonlyMap<string, Seed[]>>;
  /** 1 for each number that `beginningAt` gives for a piece. */
  readonly begins: Uint8Array;
  readonly exact: readonly string[];
};
type Range = { readonly from: number; readonly to: number };

const indexes = new WeakMap<readonly string[], Index>();

function indexOf(secrets: readonly string[]): Index {
  const known = indexes.get(secrets);
  if (known) return known;
  const seeds = new Map<number, Map<string, Seed[]>>();
  const begins = new Uint8Array(BEGINNINGS);
  for (const secret of secrets) {
    for (const piece of piecesOf(secret)) {
      addPiece(seeds, piece);
      begins[beginningAt(piece.text, 0)] = 1;
    }
  }
  // A password of signs only folds to nothing, so it is looked for as it stands.
  const exact = secrets.filter((one) => one.length >= SECRET_CHARS_MIN && fold(one).letters.length < SECRET_CHARS_MIN);
  const index = { seeds, begins, exact };
  indexes.set(secrets, index);
  return index;
}

type Piece = { readonly text: string; readonly seed: Seed };

/** A long key takes a tenth of a second to take apart, and each new token makes a new list with the same keys in it. */
const pieces = new Map<string, readonly Piece[]>();
/** Tokens of installations change each hour; the lists of the last ones are enough. */
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

/** A number for the three letters with which a piece begins; others may have the same one. */
function beginningAt(letters: string, at: number): number {
  return (letters.charCodeAt(at) * 961 + letters.charCodeAt(at + 1) * 31 + letters.charCodeAt(at + 2)) % BEGINNINGS;
}
const BEGINNINGS = 2 ** 16;

/** Where a piece of a secret may begin: of an ordinary text that is next to nowhere, and only there it is looked up in full. */
function candidatesIn(letters: string, begins: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = 0; at + 2 < letters.length; at += 1) if (begins[beginningAt(letters, at)] === 1) found.push(at);
  return found;
}

function knownRanges(text: string, index: Index): Range[] {
  const ranges: Range[] = [];
  for (const one of index.exact)
    for (let from = text.indexOf(one); from >= 0; from = text.indexOf(one, from + 1))
      ranges.push({ from, to: from + one.length });
  const { letters, at } = fold(text);
  const candidates = candidatesIn(letters, index.begins);
  for (const [length, bucket] of index.seeds) {
    let next = 0;
    for (const start of candidates) {
      if (start < next || start + length > letters.length) continue;
      for (const seed of bucket.get(letters.slice(start, start + length)) ?? []) {
        const run = extend(letters, start, seed, length);
        if (run.to - run.from < seed.form.runMin) continue;
        ranges.push({ from: at[run.from] ?? 0, to: (at[run.to - 1] ?? 0) + 1 });
        next = Math.max(next, run.to - length + 1);
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
