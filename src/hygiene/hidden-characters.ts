import { isNeeded as isNeededIn, neededInCode } from "./needed-characters.ts";

/**
 * Characters without a glyph: zero-width letters, bidirectional overrides, tag characters that spell whole sentences
 * unseen, letters that every font draws as it likes, places where no letter will be for years, and their spellings as HTML entities.
 */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Noncharacter_Code_Point}\u2800\u{1d159}\u{13441}\u{13442}\u{16fe4}\u{34000}-\u{effff}\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;
const isInvisible = new RegExp(INVISIBLE.source, "u");

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
  const byName = (char: string) => {
    const name = nameOf(char);
    names.add(name);
    return `‹${name}›`;
  };
  const named = replaceInvisible(text, byName, neededInCode(text));
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

type Needed = (offset: number, char: string) => boolean;

function replaceInvisible(text: string, by: (char: string) => string, needed?: Needed): Stripped {
  const isNeeded = needed ?? ((offset, char) => isNeededIn(text, offset, char));
  let count = 0;
  const kept = text.replace(INVISIBLE, (char, offset: number) => {
    if (isNeeded(offset, char)) return char;
    count += 1;
    return by(char);
  });
  return { text: kept, count };
}

function isUnseen(point: number): boolean {
  return point <= 0x10ffff && isInvisible.test(String.fromCodePoint(point));
}
