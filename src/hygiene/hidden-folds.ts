import { hidesByAttributes } from "./hidden-styles.ts";
import { stripInvisible } from "./hidden-characters.ts";

/** How far a fold's words are looked for. */
export const FOLD_CHARS = 2_000;

const NO_WORDS = /<!--[^]{0,2000}?-->|<(template|script|style|noscript|title|svg|math|textarea|select)(?=[\s/>])[^]{0,2000}?<\/\1\s{0,9}>/gi; // prettier-ignore
const TAG = /<[a-z/!?](?:[^<>"']|"[^"]*"|'[^']*')*>/gi;

/** Whether a reader sees anything to click on between `<summary>`, which ends at `from`, and its end. */
export function foldHasWords(html: string, from: number, after: string): boolean {
  const behind = html.slice(from, from + FOLD_CHARS) + after;
  const end = behind.search(/<\/summary/i);
  const inside = behind.slice(0, end < 0 ? FOLD_CHARS : end);
  if (inside.match(TAG)?.some(hidesByAttributes) === true) return false;
  const words = inside.replace(NO_WORDS, "").replace(TAG, "").replace(/&(?:#?[a-z0-9]{1,20};|nbsp|shy|#\d{1,8}|#x[0-9a-f]{1,6})/gi, ""); // prettier-ignore
  return /\S/.test(stripInvisible(words).text);
}
