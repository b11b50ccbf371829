import { BEGUN } from "./secret-beginnings.ts";
import { isExampleKey, isMadeUp, isRandom, isRandomOrHex } from "./secret-values.ts";

/**
 * Keys that tell what they are by how they begin, wherever they stand. A key is seldom alone on its line: it comes behind a `\n` that
 * somebody printed, a `%20`, a terminal's colour, the `_` of slanted letters, the name of a variable. So no sign in front of it is
 * asked for; where letters touch it, it must look like a key in itself.
 */
export type FoundKey = { readonly name: string; readonly from: number; readonly to: number };

type Key = {
  readonly name: string;
  readonly pattern: RegExp;
  readonly beginning: RegExp;
  /** Stands in each of them: most texts have none of these, which is found out sooner than by patterns. */
  readonly literal: string;
  /** Nothing else is written like its beginning, so that it counts also in the middle of a word. */
  readonly isTelling: boolean;
  /** Its beginning is, or ends like, a word that stands before hashes: `cache-key-0f3c…`. */
  readonly isWord: boolean;
};

const WORDS = /^(?:key-|sk-|fc-|pul-|sk_|cal_|\(\?:live|\(\?:sdk|access-|API-|pk_|re_|fw_|hf_|st\\)/;

const KEYS: readonly Key[] = BEGUN.map(([name, begins, goesOn]) => ({
  name,
  pattern: new RegExp(`(?:${begins})(${goesOn})`, "g"),
  beginning: new RegExp(begins, "g"),
  literal: literalIn(begins),
  isTelling: /[_~:-]|\\\./.test(begins.replace(/\(\?<![^)]*\)|\[[^\]]*\]/g, "")) && lettersOf(begins) >= 4,
  isWord: WORDS.test(begins),
}));

/** The longest piece of it that is no pattern. */
function literalIn(begins: string): string {
  const pieces = begins
    .replace(/\(\?<![^)]*\)/g, "\n")
    .replace(/\[[^\]]*\]|\\d/g, "\n")
    .replace(/\(\?:[^()]*\)/g, "\n")
    .replace(/(?:\\.|[^\\])(?:\{\d+(?:,\d*)?\}|[?*+])/g, "\n")
    .replace(/\\(.)/g, "$1")
    .split("\n");
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");
}

/** At least so many characters does a beginning have. */
function lettersOf(begins: string): number {
  const simple = begins
    .replace(/\(\?<![^)]*\)/, "")
    .replace(/\[[^\]]*\](?:\{\d+(?:,\d+)?\})?/g, "x")
    .replace(/\(\?:([^|)]*)[^)]*\)\??/g, "$1");
  return simple.replace(/\\/g, "").length;
}

export function keysIn(text: string): FoundKey[] {
  return found(text, KEYS);
}

/** Those that stand for themselves in a text of which it is not known where its words end. */
export function tellingKeysIn(text: string): FoundKey[] {
  return found(text, TELLING);
}

const TELLING = KEYS.filter((key) => key.isTelling);
/** Too short to be told from what it stands in: four letters that any file in base64 has, and sixteen more. */
const isShort = ({ name }: Key) => name === "an AWS key";

function found(text: string, keys: readonly Key[]): FoundKey[] {
  return keys.flatMap((key) => {
    if (!text.includes(key.literal)) return [];
    return [...text.matchAll(key.pattern)]
      .filter((match) => isKey(key, borderAt(text, match.index), match[1] ?? ""))
      .map((match) => ({ name: key.name, from: match.index, to: match.index + match[0].length }));
  });
}

const LONG = TELLING.filter((key) => !key.isWord && !isShort(key));

/** What stands between pieces, and how much of a key they are together. Bounded: a row of beginnings would be read to its end from each of them. */
const PIECE = /(?:[^A-Za-z0-9]{1,8}(?:\d{1,2}[.):][ \t]{0,4})?)?([A-Za-z0-9]{6,200})/y;
const PIECES_CHARS_MIN = 24;
const ONE_PIECE_CHARS_MIN = 30;
const PIECES_MAX = 12;

/** A key whose beginning is followed by pieces that nobody would take for words: in cells, in links, in items of a list. */
export function keysInPieces(text: string): FoundKey[] {
  return LONG.filter(({ literal }) => text.includes(literal)).flatMap(({ name, beginning }) =>
    [...text.matchAll(beginning)].flatMap(({ index, 0: begins }) => {
      let [to, chars, count] = [index + begins.length, 0, 0];
      for (; count < PIECES_MAX; count += 1) {
        PIECE.lastIndex = to;
        const [all, piece = ""] = PIECE.exec(text) ?? [];
        if (all === undefined || !isRandom(piece)) break;
        to += all.length;
        chars += piece.length;
      }
      return chars >= (count > 1 ? PIECES_CHARS_MIN : ONE_PIECE_CHARS_MIN) ? [{ name, from: index, to }] : [];
    }),
  );
}

/** Of a drawn key's twenty signs at least one is a digit or a capital: `wandb_v1_artifact_registry_migration_plan` is a name. */
const PLAIN_WORDS = /^[a-z_-]{20,}$/;

function isKey({ isTelling, isWord }: Key, border: Border, body: string): boolean {
  if (PLAIN_WORDS.test(body) || isMadeUp(body) || isExampleKey(body)) return false;
  if (border === "free") return true;
  if (border === "word" && (!isTelling || isWord)) return false;
  return isWord
    ? isRandom(body)
    : isRandomOrHex(body) || (!/[a-z]/.test(body) && /\d/.test(body) && /[A-Z]/.test(body));
}

/** What stands before a place: nothing of the same word, a sign that joins words, or a letter of the word. */
export type Border = "free" | "joined" | "word";

/** What a program writes for a sign, and a terminal for a colour, ends with a letter that belongs to no word. */
const ESCAPE = /(?:\\(?:[abefnrtv0]|x[0-9a-f]{2}|u[0-9a-f]{4}|[0-7]{3})|%[0-9a-f]{2}|\u001b\[[0-9;?]{0,20}[a-z])$/i;
const ESCAPE_CHARS_MAX = 24;

export function borderAt(text: string, at: number): Border {
  const before = text.charAt(at - 1);
  if (!/[A-Za-z0-9_-]/.test(before) || ESCAPE.test(text.slice(Math.max(0, at - ESCAPE_CHARS_MAX), at))) return "free";
  return /[_-]/.test(before) ? "joined" : "word";
}
