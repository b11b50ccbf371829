/**
 * Characters without a glyph: zero-width letters, bidirectional overrides, tag characters that spell whole sentences
 * unseen, and their spellings as HTML entities.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;
const isInvisible = new RegExp(INVISIBLE.source, "u");

/** Emoji are built with a joiner and a variation selector; these two are kept exactly where an emoji needs them. */
const JOINER = "\u200d";
const EMOJI_STYLE = "\ufe0f";
const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})\ufe0f?$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const STYLED_BASE = /[\p{Extended_Pictographic}#*0-9\p{Emoji_Modifier}]$/u;

/** Longest emoji part before a joiner, in UTF-16 units: base, modifier, selector. */
const LOOK_BEHIND = 6;

const ENTITY = /&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|([A-Za-z]{2,32}));/g;
const INVISIBLE_NAMES = new Set(
  "shy zwj zwnj lrm rlm NoBreak ZeroWidthSpace NegativeVeryThinSpace NegativeThinSpace NegativeMediumSpace NegativeThickSpace ApplyFunction af InvisibleTimes it InvisibleComma ic".split(
    " ",
  ),
);

export function stripInvisible(text: string): { text: string; count: number } {
  let count = 0;
  const withoutEntities = text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
    const point = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    const hidden = point === null ? INVISIBLE_NAMES.has(name ?? "") : isUnseen(point);
    if (!hidden) return entity;
    count += 1;
    return "";
  });
  const kept = withoutEntities.replace(INVISIBLE, (char, offset: number) => {
    if (belongsToEmoji(withoutEntities, offset, char)) return char;
    count += 1;
    return "";
  });
  return { text: kept, count };
}

function isUnseen(point: number): boolean {
  return point <= 0x10ffff && isInvisible.test(String.fromCodePoint(point));
}

function belongsToEmoji(text: string, offset: number, char: string): boolean {
  const before = text.slice(Math.max(0, offset - LOOK_BEHIND), offset);
  if (char === JOINER) return EMOJI_END.test(before) && EMOJI_START.test(text.slice(offset + 1, offset + 3));
  if (char !== EMOJI_STYLE || !STYLED_BASE.test(before)) return false;
  // After a digit the selector is only part of a keycap; anywhere else it would be smuggled.
  return !/[#*0-9]$/.test(before) || text[offset + 1] === "\u20e3";
}
