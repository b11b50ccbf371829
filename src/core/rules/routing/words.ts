import { WORD_TABLE } from "./word-weights.ts";

/**
 * The words of a title, each in the one form that its forms share: "renames", "renamed" and "renaming" are one word. What a
 * word speaks for is learnt like what a signal speaks for, and its name in a sum is `word:rename`.
 */
export type WordName = `word:${string}`;
export type Four = readonly [number, number, number, number];

const WORD = /[a-z][a-z'’]+/g;
/** A title says what it is about early on. */
const WORDS_MAX = 30;
const ENDINGS = ["'s", "ings", "ing", "ed", "ies", "es", "s", "e"];
/** A shorter rest is no word. */
const STEM_CHARS_MIN = 3;

/** @example stemOf("renaming") // → "renam" */
export function stemOf(word: string): string {
  const plain = word.replaceAll("’", "'");
  const ending = ENDINGS.find((one) => plain.endsWith(one) && plain.length - one.length >= STEM_CHARS_MIN);
  return ending === undefined ? plain : plain.slice(0, -ending.length);
}

export function wordsOf(title: string): string[] {
  return title.toLowerCase().match(WORD)?.slice(0, WORDS_MAX) ?? [];
}

/** The words of a title that a table knows, each once. */
export function knownWordsOf(title: string, known: ReadonlyMap<string, WordName>): WordName[] {
  return [...new Set(wordsOf(title).flatMap((word) => known.get(stemOf(word)) ?? []))];
}

/** The table holds hundredths: `add 91 -55 12 -48`, several words a line. */
const HUNDREDTHS = 100;

export const WORD_WEIGHTS: Readonly<Record<WordName, Four>> = Object.fromEntries(
  WORD_TABLE.split(/[|\n]/).flatMap((entry) => {
    const [word = "", ...parts] = entry.trim().split(" ");
    return word === "" ? [] : [[`word:${word}`, parts.map((part) => Number(part) / HUNDREDTHS) as unknown as Four]];
  }),
);

const KNOWN = wordNames(Object.keys(WORD_WEIGHTS).map((name) => name.slice("word:".length)));

export function wordNames(words: readonly string[]): Map<string, WordName> {
  return new Map(words.map((word) => [stemOf(word), `word:${word}`]));
}

/** @example wordSignalsOf("Renaming fails") // → ["word:rename", "word:fails"] */
export function wordSignalsOf(title: string): WordName[] {
  return knownWordsOf(title, KNOWN);
}
