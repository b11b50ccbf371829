import { DANGERS, FOREIGN_DANGERS } from "./route-dangers.ts";

/**
 * How much a mistake would cost. A word of who may do what, of money, of deleting, of moving data, of things at the same
 * time or of secrets weighs double in the title: what a ticket is about is more than what it mentions. A question of its
 * own: how sure the router is of the type says nothing about it.
 */
export type Risk = "low" | "medium" | "high";

const SENSITIVE_PATH = /(^|\/)(auth|security|migrations?|\.github|infra|deploy)(\/|$)/i;
/** Words that mean something harmless in other trades. */
const HARMLESS = /\b(author(s|ed|ing)?|dependency injection|design tokens?|access(es|ed)? (the )?(docs?|page)|css tokens?|tokeni[sz]\w+|token stream|race(?=s? (track|car))|lock ?files?|[\w-]+-lock|code signing docs|json schemas?|user roles? in (the )?docs?|block(s|ed|ing)?|state machine transactions?|git blame|stack overflow|roles? of the|drop ?downs?|aria roles?)\b/gi; // prettier-ignore

const HIGH = 3;
/** One word in the title that names the danger itself is enough. */
const IN_TITLE = 3;
/** Of a word that is quoted as the reason. */
const WORD_CHARS_MAX = 40;
/** A text about one danger repeats its words; a third one says nothing new. */
const IN_TEXT_MAX = 2;

/** @example riskOf("Add TOTP", "", [], false).risk // → "high" */
export function riskOf(
  title: string,
  prose: string,
  namedPaths: readonly string[],
  isLarge: boolean,
): { readonly risk: Risk; readonly why: readonly string[] } {
  const why: string[] = [];
  let points = isLarge ? 1 : 0;
  const [head, text] = [title.replace(HARMLESS, " "), prose.replace(HARMLESS, " ")];
  for (const { name, pattern } of [...DANGERS, ...FOREIGN_DANGERS]) {
    const inTitle = pattern.exec(head)?.[0];
    const inText = wordsOf(text, pattern);
    points += inTitle ? IN_TITLE : Math.min(inText.length, IN_TEXT_MAX);
    const said = inTitle ?? inText[0];
    if (said)
      why.push(`${name} ("${said.toLowerCase().slice(0, WORD_CHARS_MAX)}" in the ${inTitle ? "title" : "text"})`);
  }
  const sensitive = namedPaths.filter((path) => SENSITIVE_PATH.test(path)).slice(0, 3);
  points += 2 * sensitive.length;
  return { risk: points >= HIGH ? "high" : points >= 1 ? "medium" : "low", why: [...why, ...sensitive] };
}

function wordsOf(text: string, pattern: RegExp): string[] {
  const all = text.match(new RegExp(pattern.source, `${pattern.flags}g`)) ?? [];
  return [...new Set(all.map((word) => word.toLowerCase()))];
}
