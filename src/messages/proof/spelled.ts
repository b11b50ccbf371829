import { firstOf } from "../../core/rules/and-more.ts";

/** How lists and numbers are spelled in sentences of the proof. */

/** How many names a sentence can carry before nobody reads it. */
const NAMES_IN_SENTENCE = 6;
/** Each of them is half a sentence. All of them stand in the details below. */
const FOUND_IN_SENTENCE = 4;

/** `a.js, b.js and 3 more` */
export function names(all: readonly string[]): string {
  const { shown, more } = firstOf(all, NAMES_IN_SENTENCE);
  return `${shown.map(quoted).join(", ")}${more}`;
}

/** `a.js:3 is a stub; b.js:4 is a stub and 3 more` */
export function several(all: readonly string[], between = "; "): string {
  const { shown, more } = firstOf(all, FOUND_IN_SENTENCE);
  return `${shown.join(between)}${more}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function pass(tests: number): string {
  return tests === 1 ? "passes" : "pass";
}

/** `The 1 test`, `All 4 tests` */
export function all(count: number, noun: string): string {
  return `${count === 1 ? "The" : "All"} ${plural(count, noun)}`;
}

/** `59.9 s` */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** As code. A backtick within would end it. */
export function quoted(text: string): string {
  return `\`${text.replaceAll("`", "'")}\``;
}
