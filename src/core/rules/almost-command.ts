import { parseCommand } from "./command.ts";
import { asSeen, commandsIn } from "./command-lines.ts";

/**
 * Finds what a person probably meant as a command and did not write as one: in bold, in code, with a mention or a polite word
 * before it, with a zero-width or foreign letter or blank in it, or below other words. It only ever leads to a sentence that says what to write.
 */

/** A line longer than this is a text. */
const LINE_CHARACTERS_MAX = 300;
/** Commands stand near the top of what people write. */
const LINES_MAX = 200;

const WRAPPED = /^([*_~`]{1,3})([^*_~`]{1,300})\1$/;
const MENTIONED = /^@[a-z0-9[\]-]{1,60}[,:]? {1,3}/i;
/** As people speak to other bots. */
const SPOKEN_TO = /^@coop(?:erations)?(?:\[bot\])?[,:]? {1,3}(?=[a-z])/i;
const LIST_ITEM = /^(?:[-*+]|\d{1,3}[.)]) {1,3}(?:\[[ x]\] {1,3})?(?=\/)/i;
const HEADING = /^#{1,6} {1,3}(?=[/@])/;
/** Said to somebody, before what is asked of them. */
const POLITE =
  /^(?:please|pls|ok(?:ay)?|yes|yep|lgtm|looks? (?:good|great|fine)|great|nice|thanks|thank you|sure|go ahead|now)[,.!:]? {1,3}(?=[/@])/i;
const TAGGED = /^<([a-z]{1,10})>([^<>]{1,300})<\/\1>$/i;
const SLASHES = /^[\uff0f\u2044\u2215\\]/;
/** Blanks that keyboards of Chinese and Japanese, or typesetting, put between words. */
const OTHER_BLANKS = /[\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const FENCE = /^ {0,3}(?:```|~~~)/;

/**
 * @returns the command as it should have been written, or null
 *
 * @example
 * almostCommand("_/coop approve_") // → "/coop approve"
 * almostCommand("Thanks!\n/coop approve") // → "/coop approve"
 * almostCommand("`/coop approve` merges it.") // → null
 */
export function almostCommand(body: string): string | null {
  if (commandsIn(body).length > 0) return null;
  let inFence = false;
  for (const line of body.replace(/\r\n?/g, "\n").split("\n").slice(0, LINES_MAX)) {
    if (FENCE.test(line)) inFence = !inFence;
    // Quoted or indented words are not this person's, or no words.
    if (inFence || line.length > LINE_CHARACTERS_MAX || /^(?: {4}|\t| {0,3}>)/.test(line)) continue;
    // A list of several explains commands to somebody.
    const meant = plain(body.trim() === line.trim() ? line.trim().replace(LIST_ITEM, "") : line);
    if (parseCommand(meant).outcome === "command") return meant;
  }
  return null;
}

function plain(line: string): string {
  const visible = asSeen(line).replace(OTHER_BLANKS, " ").trim();
  const unwrapped = WRAPPED.exec(visible)?.[2] ?? TAGGED.exec(visible)?.[2] ?? visible;
  const words = unwrapped
    .replace(HEADING, "")
    .replace(POLITE, "")
    .replace(SPOKEN_TO, "/coop ")
    .replace(MENTIONED, "")
    .replace(SLASHES, "/")
    .trim();
  return /^coop[ :,]/i.test(words)
    ? words.replace(/^coop[ :,]+/i, "/coop ")
    : words.replace(/^\/(?: coop\b|coop[:,-]) ?/i, "/coop ");
}
