/**
 * Whether a tag's attributes hide what stands inside. GitHub drops styles, other pages do not, and there are more ways to hide a
 * text by style than anybody can list: so only styles are let pass of which it is known that a reader sees the text.
 */
export function hidesByAttributes(tag: string): boolean {
  if (
    /[\s"'/](?:hidden|popover)(?=[\s=/>])/i.test(tag) ||
    attribute(tag, "class").some((one) => HIDING_CLASS.test(one)) ||
    attribute(tag, "lang").some((one) => DRAWN_LANGUAGE.test(one))
  )
    return true;
  return attribute(tag, "color").some((one) => !isInk(one)) || attribute(tag, "style").some((one) => !isPlain(one));
}

/** GitHub draws such an element, as it does a block of code in that language. */
const DRAWN_LANGUAGE = /^\s{0,9}(?:mermaid|math|geojson|topojson|stl)\s{0,9}$/i;

/** Of GitHub's own style sheet and the most common others. */
const HIDING_CLASS = /(?<![\w-])(?:d-none|hidden|hide|sr-only|show-on-focus|invisible|v-hidden|visually-?hidden(?:-focusable)?|opacity-0|text-transparent|text-white|off-?screen|is-hidden|screen-?reader(?:-only|-text)?)(?![\w-])/i; // prettier-ignore

/** The values that may be it, as a browser reads them: with or without quotation marks, entities decoded; also in another's value. */
function attribute(tag: string, name: string): string[] {
  const pattern = new RegExp(`[\\s"'/]${name}\\s{0,20}=\\s{0,20}(?:(?="([^"]*))|(?='([^']*))|([^\\s>]*))`, "gi");
  return [...tag.matchAll(pattern)].map(([, one, two, three]) => decoded(one ?? two ?? three ?? ""));
}

const NAMED: Readonly<Record<string, string>> = { colon: ":", semi: ";", quot: '"', apos: "'", num: "#", lpar: "(", rpar: ")", Tab: " ", NewLine: " ", nbsp: " " }; // prettier-ignore

export function decoded(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,10}));?/g, (whole, decimal, hex, name) => {
    const point = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
    if (name) return NAMED[String(name)] ?? whole;
    return point <= 0x10ffff ? String.fromCodePoint(point) : "";
  });
}

/**
 * Fonts that draw something else where a letter is. By whole names: 'Segoe UI Symbol', which ends the font lists of most pages, has
 * letters. In any place of a list, since nobody knows whether the reader has those before it.
 */
const UNREADABLE_FONT = "symbol(?: ?(?:mt|ps|neu))?|(?:bookshelf|standard) ?symbols?(?: [\\w ]{1,9})?|(?:web|wing|(?:itc ?)?zapf ?)?ding(?:bat)?s(?: ?[\\w ]{1,9})?|marlett|mt extra|flow (?:block|circular|rounded)|[\\w -]{0,60}(?:barcode|redacted|blank(?![a-z]))[\\w -]{0,60}"; // prettier-ignore

/** What leaves letters where and as large as they are, in a colour that is no paper's. */
const HARMLESS: Readonly<Record<string, RegExp>> = {
  "text-align": /^(?:left|right|center|justify|start|end)$/,
  "vertical-align": /^(?:top|middle|bottom|baseline|sub|super)$/,
  "font-weight": /^(?:bold|bolder|normal|[4-9]00)$/,
  "font-style": /^(?:italic|oblique|normal)$/,
  "font-family": new RegExp(
    `^(?!(?:.{0,400},)?[\\s"']{0,9}(?:${UNREADABLE_FONT})[\\s"']{0,9}(?:,|$))[\\w\\s,"'-]{1,400}$`,
  ),
  "font-size":
    /^(?:(?:[89]|[1-4]\d)(?:\.\d{1,2})?(?:px|pt)|(?:0\.[89]\d?|[1-3](?:\.\d{1,2})?)r?em|(?:[89]\d|[1-3]\d\d)%|x?x?-?large|medium|larger|small)$/,
  "text-decoration": /^(?:underline|line-through|none)$/,
  "white-space": /^(?:pre|pre-wrap|pre-line|normal|nowrap|break-spaces)$/,
  "line-height": /^(?:[1-3](?:\.\d{1,2})?|1\d\d%|normal)$/,
  "list-style-type": /^[\w-]{1,30}$/,
  width: /^(?:\d{3,4}px|[1-9]\d%|100%|auto)$/,
  padding: /^(?:\d{1,2}px\s?){1,4}$/,
  margin: /^(?:\d{1,2}px\s?|auto\s?){1,4}$/,
  border: /^\d{1,2}px solid [\w#]{1,20}$/,
};

function isPlain(style: string): boolean {
  // An escape or a comment inside of a style has no other use than to be read as something else.
  if (/[\\@]|\/\*|url\(|var\(/i.test(style)) return false;
  return style.split(";").every((one) => {
    const [name = "", ...rest] = one.split(":");
    const [property, value] = [name.trim().toLowerCase(), rest.join(":").trim().toLowerCase()];
    if (property === "" && value === "") return true;
    if (property === "color") return isInk(value);
    return Object.hasOwn(HARMLESS, property) && (HARMLESS[property] as RegExp).test(value);
  });
}

/** Colours that show on light and on dark paper. */
const INK = /^(?:red|darkred|crimson|firebrick|green|darkgreen|forestgreen|seagreen|blue|royalblue|steelblue|dodgerblue|teal|orange|darkorange|tomato|coral|brown|chocolate|purple|magenta|fuchsia|violet|gr[ae]y|dimgr[ae]y|inherit|currentcolor)$/; // prettier-ignore

function isInk(colour: string): boolean {
  const value = colour.trim().toLowerCase();
  const light = lightOf(value);
  return INK.test(value) || (light !== null && light > 0.15 && light < 0.8);
}

/** Whether letters of a colour can hardly be told from what is behind them: a fill, or light and dark paper. */
export function isPaleOn(colour: string, fill: string | null): boolean {
  if (fill === null) return !isInk(colour);
  const [letters, behind] = [lightOf(colour.toLowerCase()), lightOf(fill.toLowerCase())];
  return letters === null || behind === null || Math.abs(letters - behind) < CONTRAST_MIN;
}

/** Whether letters in the usual dark grey can be read on a colour: it is neither as dark as they are nor as grey. */
export function isReadableOn(fill: string): boolean {
  const parts = partsOf(fill);
  if (parts === null) return (lightOf(fill) ?? 0) >= INK_LIGHT;
  return (lightOf(fill) ?? 0) >= DARK_MAX && Math.max(...parts) >= GREY_MAX;
}

/** The usual letters have 0.2 of both. */
const DARK_MAX = 0.28;
const GREY_MAX = 0.6;

/** Part of the way from black to white. Orange with white letters, which people like, has 0.3. */
const CONTRAST_MIN = 0.25;
const LIGHT: Readonly<Record<string, number>> = { white: 1, black: 0, yellow: 0.89, gold: 0.8, pink: 0.82, lightpink: 0.82, lightblue: 0.8, skyblue: 0.75, lightskyblue: 0.75, lightcyan: 0.95, cyan: 0.7, aqua: 0.7, lime: 0.59, lightgreen: 0.8, palegreen: 0.84, lightgray: 0.83, lightgrey: 0.83, silver: 0.75, lightyellow: 0.97, lavender: 0.91, beige: 0.95, ivory: 0.99, khaki: 0.88, wheat: 0.88, moccasin: 0.9, peachpuff: 0.88, salmon: 0.65, lightsalmon: 0.7, lightcoral: 0.65, aliceblue: 0.97, honeydew: 0.98, mistyrose: 0.92, plum: 0.72, thistle: 0.79 }; // prettier-ignore

/** @returns 0 (black) to 1 (white); null for a colour whose light is not known here */
function lightOf(value: string): number | null {
  const parts = partsOf(value);
  if (parts === null) return Object.hasOwn(LIGHT, value) ? (LIGHT[value] ?? null) : INK.test(value) ? INK_LIGHT : null;
  const [red = 0, green = 0, blue = 0] = parts;
  return 0.3 * red + 0.59 * green + 0.11 * blue;
}

/** Red, green and blue from 0 to 1, of `#abc`, `#aabbcc`, `rgb(…)` and, on white paper, `rgba(…)`; null for anything else. */
function partsOf(value: string): readonly number[] | null {
  const hex = /^#(?:([0-9a-f])([0-9a-f])([0-9a-f])|([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2}))$/.exec(value);
  if (hex) {
    const pairs = hex[4] ? [hex[4], hex[5], hex[6]] : [hex[1], hex[2], hex[3]].map((one) => `${one}${one}`);
    return pairs.map((one) => Number.parseInt(one ?? "", 16) / 255);
  }
  const rgb = /^rgba?\(\s{0,9}(\d{1,3})\s{0,9},\s{0,9}(\d{1,3})\s{0,9},\s{0,9}(\d{1,3})\s{0,9}(?:,\s{0,9}(\d?\.?\d{1,9})\s{0,9})?\)$/.exec(value); // prettier-ignore
  if (!rgb) return null;
  const cover = Math.min(1, Number(rgb[4] ?? 1));
  return [rgb[1], rgb[2], rgb[3]].map((one) => 1 - cover * (1 - Math.min(255, Number(one)) / 255));
}

/** Of the colours that show on any paper, roughly. */
const INK_LIGHT = 0.45;
