import type { EntryData } from "../ledger/entries.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { INSTRUCTION_CHARACTERS_MAX } from "./command.ts";
import type { Said } from "./obeyed.ts";
import type { InlineComment } from "./trigger.ts";

/** What people say in a review without a verdict, until somebody asks for it to be worked in. */
type Comments = EntryData<"remarked">["comments"];

/** As many and as long as the ledger's schema lets them be. */
const COMMENTS_MAX = 50;
const COMMENT_CHARACTERS_MAX = 2000;
const PATH_CHARACTERS_MAX = 400;

export function commentsOf(inline: readonly InlineComment[]): Comments {
  return inline.slice(0, COMMENTS_MAX).map(({ id, path, line, text }) => ({
    ...{ id, line },
    path: path.slice(0, PATH_CHARACTERS_MAX),
    text: text.slice(0, COMMENT_CHARACTERS_MAX),
  }));
}

/** Everybody says it under a change that they like; there is nothing in it to ask about. */
const PRAISE =
  /^(?:(?:lgtm|looks? (?:good|great|fine|nice)(?: to me)?|thanks?(?: you)?|thx|nice(?: work| one| job)?|great(?: work| job)?|good (?:work|job)|well done|perfect|awesome|\+1|:\+1:|:tada:|:rocket:|ship it|\p{Extended_Pictographic}|\ufe0f|[\u{1f3fb}-\u{1f3ff}])[\s!.,]*){1,6}$/iu;
/** Longer texts are no praise alone. */
const PRAISE_CHARACTERS_MAX = 80;

/**
 * @example
 * saysSomething("LGTM, thanks!") // → false
 * saysSomething("Looks good, but callers pass null.") // → true
 */
export function saysSomething(text: string): boolean {
  const words = text.trim();
  return words !== "" && (words.length > PRAISE_CHARACTERS_MAX || !PRAISE.test(words));
}

/** A rework takes up what was said in reviews before it, once each: what is there already is not put there again. */
export function withRemarks(ticket: Ticket, said: Said, text: string): { text: string; comments: Comments } {
  const inline = commentsOf(said.inline);
  const known = new Set(inline.map(({ id }) => id));
  const comments = [...inline, ...ticket.remarks.flatMap((one) => one.comments).filter(({ id }) => !known.has(id))];
  const texts = ticket.remarks.map((one) => one.text.trim()).filter((one) => one !== "" && !text.includes(one));
  const whole = [text, ...texts].filter(Boolean).join("\n\n").slice(0, INSTRUCTION_CHARACTERS_MAX);
  return { text: whole || (comments.length > 0 ? SEE_INLINE : ""), comments: comments.slice(0, COMMENTS_MAX) };
}

export const SEE_INLINE = "See the inline comments.";
