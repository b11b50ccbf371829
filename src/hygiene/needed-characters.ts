/**
 * Where a character without a glyph is needed: emoji are built with some, words of many scripts are spelled with some, and files begin or
 * are divided with two. Each is kept exactly there, and only as often as it does something.
 */
const JOINER = "\u200d";
const NON_JOINER = "\u200c";
const BYTE_ORDER_MARK = "\ufeff";
const PAGE_BREAK = "\f";

const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
/** Of an emoji or of black and white. */
const STYLE = /[\ufe0e\ufe0f]/;
const STYLED_BASE = /[\p{Extended_Pictographic}#*0-9\p{Emoji_Modifier}]$/u;
/** The three flags that are spelled with letters of tags: those of England, Scotland and Wales. */
const FLAG = /🏴\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073})\u{e007f}/gu; // prettier-ignore
const TAG = /[\u{e0020}-\u{e007f}]/u;
/** Of one in UTF-16 units. */
const FLAG_UNITS = 14;

/** Scripts whose words are spelled with joiners: without them other letters would be shown. */
const JOINING = "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Myanmar}\\p{Script=Khmer}\\p{Script=Mongolian}"; // prettier-ignore
/** What has no glyph itself needs nothing beside it, whatever its script: else two of them would excuse each other. */
const SHOWN = "(?![\\p{Cf}\\p{Default_Ignorable_Code_Point}])";
const JOINED_BEFORE = new RegExp(`${SHOWN}[${JOINING}](?:${SHOWN}\\p{M})?$`, "u");
const JOINED_AFTER = new RegExp(`^${SHOWN}[${JOINING}]`, "u");
/** The sign that takes a consonant's vowel away: a joiner behind it says how the consonant is drawn, also at a word's end. */
const VIRAMA_END = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]$/;

/** Written without blanks: a sign of no width says where a word may be broken. */
const UNBROKEN = "\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\p{Script=Tibetan}";
const UNBROKEN_BEFORE = new RegExp(`${SHOWN}[${UNBROKEN}]$`, "u");
const UNBROKEN_AFTER = new RegExp(`^${SHOWN}[${UNBROKEN}]`, "u");

/** Where a word that is written from the right meets a sign of neither direction, a mark says to which side that belongs. */
const DIRECTION_MARK = /[\u200e\u200f\u061c]/;
const FROM_THE_RIGHT = "\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Thaana}";
const RIGHT_BEFORE = new RegExp(`${SHOWN}[${FROM_THE_RIGHT}](?:${SHOWN}\\p{M})?$`, "u");
const RIGHT_AFTER = new RegExp(`^${SHOWN}[${FROM_THE_RIGHT}]`, "u");
const NO_LETTER_BEFORE = /(?:^|[^\p{L}\p{M}\p{Cf}])$/u;
const NO_LETTER_AFTER = /^(?:$|[^\p{L}\p{M}\p{Cf}])/u;

/** A letter of Mongolian in another of its forms. */
const MONGOLIAN_FORM = /[\u180b-\u180f]/;
const MONGOLIAN_END = new RegExp(`${SHOWN}\\p{Script=Mongolian}$`, "u");

/** Longest emoji part before a joiner, in UTF-16 units: base, modifier, selector. */
const LOOK_BEHIND = 6;
const LOOK_AHEAD = 2;

export function isNeeded(text: string, offset: number, char: string): boolean {
  const end = offset + char.length;
  const before = text.slice(Math.max(0, offset - LOOK_BEHIND), offset);
  const after = text.slice(end, end + LOOK_AHEAD);
  if (char === JOINER && EMOJI_END.test(before)) return EMOJI_START.test(after);
  if (char === JOINER || char === NON_JOINER)
    return VIRAMA_END.test(before) || (JOINED_BEFORE.test(before) && JOINED_AFTER.test(after));
  if (char === "\u200b") return UNBROKEN_BEFORE.test(before) && UNBROKEN_AFTER.test(after);
  if (DIRECTION_MARK.test(char)) return isBetweenDirections(before, after);
  if (MONGOLIAN_FORM.test(char)) return MONGOLIAN_END.test(before);
  if (TAG.test(char)) return isOfFlag(text, offset);
  if (!STYLE.test(char) || !STYLED_BASE.test(before)) return false;
  // After a digit the selector is only part of a keycap; anywhere else it would be smuggled.
  return !/[#*0-9]$/.test(before) || text[offset + 1] === "\u20e3";
}

function isBetweenDirections(before: string, after: string): boolean {
  return (
    (RIGHT_BEFORE.test(before) && NO_LETTER_AFTER.test(after)) ||
    (NO_LETTER_BEFORE.test(before) && RIGHT_AFTER.test(after))
  );
}

function isOfFlag(text: string, offset: number): boolean {
  const from = Math.max(0, offset - FLAG_UNITS);
  const flags = text.slice(from, offset + FLAG_UNITS).matchAll(FLAG);
  return [...flags].some(({ index, 0: flag }) => offset > from + index && offset < from + index + flag.length);
}

/** The first line of a file in a diff: as it stays, or as it was and as it becomes. */
const FIRST_LINES =
  /^@@ -1(?:,\d{1,7})? \+1(?:,\d{1,7})? @@[^\n]*\n(?: \ufeff|-\ufeff[^\n]*\n(?:[-\\][^\n]*\n)*\+\ufeff)/gm;

/**
 * In a file also what begins it and what divides it into pages, at the beginning of a line; a diff has a sign before those. A byte order
 * mark on any other line makes a rule of a list another rule, and a change that puts one before a file or takes it away is told.
 */
export function neededInCode(text: string): (offset: number, char: string) => boolean {
  const marks = new Set([0]);
  for (const { index, 0: lines } of text.includes(BYTE_ORDER_MARK) ? text.matchAll(FIRST_LINES) : []) {
    marks.add(index + lines.indexOf("\n") + 2);
    marks.add(index + lines.length - 1);
  }
  return (offset, char) => {
    if (char === BYTE_ORDER_MARK) return marks.has(offset);
    if (char !== PAGE_BREAK) return isNeeded(text, offset, char);
    const isInDiff = /[ +-]/.test(text.charAt(offset - 1)) && (offset === 1 || text[offset - 2] === "\n");
    return offset === 0 || text[offset - 1] === "\n" || isInDiff;
  };
}
