/**
 * Characters without a glyph: zero-width letters, bidirectional overrides, tag characters that spell whole sentences
 * unseen, letters that every font draws as it likes, places where no letter will be for years, and their spellings as HTML entities.
 */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}\u{16fe4}\u{34000}-\u{effff}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;
const isInvisible = new RegExp(INVISIBLE.source, "u");

/** Emoji are built with a joiner and a variation selector; these two are kept exactly where an emoji needs them. */
const JOINER = "\u200d";
const NON_JOINER = "\u200c";
const EMOJI_STYLE = "\ufe0f";
const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const STYLED_BASE = /[\p{Extended_Pictographic}#*0-9\p{Emoji_Modifier}]$/u;

/** Scripts whose words are spelled with joiners: without them other letters would be shown. */
const JOINING = "\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}\\p{Script=Myanmar}\\p{Script=Khmer}\\p{Script=Mongolian}"; // prettier-ignore
const JOINED_BEFORE = new RegExp(`[${JOINING}]\\p{M}?$`, "u");
const JOINED_AFTER = new RegExp(`^[${JOINING}]`, "u");

/** Longest emoji part before a joiner, in UTF-16 units: base, modifier, selector. */
const LOOK_BEHIND = 6;

const ENTITY = /&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|([A-Za-z]{2,32}));/g;
const INVISIBLE_NAMES = new Set(
  "shy zwj zwnj lrm rlm NoBreak ZeroWidthSpace NegativeVeryThinSpace NegativeThinSpace NegativeMediumSpace NegativeThickSpace ApplyFunction af InvisibleTimes it InvisibleComma ic".split(
    " ",
  ),
);

type Stripped = { readonly text: string; readonly count: number };

/** For text that is rendered: entities of such characters go as well. */
export function stripInvisible(text: string): Stripped {
  let count = 0;
  const withoutEntities = text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    const hidden = point === null ? INVISIBLE_NAMES.has(name ?? "") : isUnseen(point);
    if (!hidden) return entity;
    count += 1;
    return "";
  });
  const legible = withoutEntities.replace(MARKS, (_all, kept: string) => {
    count += 1;
    return kept;
  });
  const rest = replaceInvisible(legible, () => "");
  return { text: rest.text, count: count + rest.count };
}

/** No script has so many marks on one letter; under more, a reader sees a blot where a model still reads the letter. */
const MARKS = /([\p{Mn}\p{Me}]{6})[\p{Mn}\p{Me}]+/gu;

/** For text that is shown as it stands: an entity in it is five letters that everybody sees. */
export function stripUnseen(text: string): Stripped {
  return replaceInvisible(text, () => "");
}

/** For code, where every character counts: each that nobody can see is named at its place. */
export function nameInvisible(text: string): Stripped & { readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const named = replaceInvisible(text, (char) => {
    const name = nameOf(char);
    names.add(name);
    return `‹${name}›`;
  });
  return { ...named, names };
}

/** `U+200B` */
function nameOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

const NAMED = /‹U\+([0-9A-F]{4,6})›/g;

/**
 * Turns names back into the characters that they stand for, where `original` holds them: an edit of a line is copied from
 * what was shown, and must fit what is there.
 */
export function unnamed(text: string, original: string): string {
  return text.replace(NAMED, (name, hex: string) => {
    const point = Number.parseInt(hex, 16);
    const char = point <= 0x10ffff ? String.fromCodePoint(point) : "";
    return char !== "" && isInvisible.test(char) && original.includes(char) ? char : name;
  });
}

/** Without such characters and without their names, for comparing what two readers copied. */
export function withoutUnseen(text: string): string {
  return text.replace(NAMED, "").replace(INVISIBLE, "");
}

/** The sign that takes a consonant's vowel away: a joiner behind it says how the consonant is drawn, also at a word's end. */
const VIRAMA_END = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca]$/;

function replaceInvisible(text: string, by: (char: string) => string): Stripped {
  let count = 0;
  const kept = text.replace(INVISIBLE, (char, offset: number) => {
    if (isNeeded(text, offset, char)) return char;
    count += 1;
    return by(char);
  });
  return { text: kept, count };
}

function isUnseen(point: number): boolean {
  return point <= 0x10ffff && isInvisible.test(String.fromCodePoint(point));
}

function isNeeded(text: string, offset: number, char: string): boolean {
  const before = text.slice(Math.max(0, offset - LOOK_BEHIND), offset);
  const after = text.slice(offset + char.length, offset + char.length + 2);
  if (char === JOINER && EMOJI_END.test(before)) return EMOJI_START.test(after);
  if ((char === JOINER || char === NON_JOINER) && VIRAMA_END.test(before)) return true;
  if (char === JOINER || char === NON_JOINER) return JOINED_BEFORE.test(before) && JOINED_AFTER.test(after);
  if (char !== EMOJI_STYLE || !STYLED_BASE.test(before)) return false;
  // After a digit the selector is only part of a keycap; anywhere else it would be smuggled.
  return !/[#*0-9]$/.test(before) || text[offset + 1] === "\u20e3";
}
