import { foldHasWords } from "./hidden-folds.ts";
import { type Nested, tooDeep, withClosed, withOpened } from "./hidden-depths.ts";
import { decoded, hidesByAttributes } from "./hidden-styles.ts";

/**
 * Raw HTML inside Markdown: its tags are not seen by a reader, the text between them is, unless an element hides it. A
 * comment, a quoted attribute or a hiding element that is not closed swallows what follows until a later piece of raw
 * HTML closes it, so the state is carried from piece to piece. This is no HTML parser: where in doubt it removes.
 */
export type HtmlState = {
  /** What would end the comment or attribute that is open. */
  readonly open: { readonly end: string; readonly then: "text" | "tag" } | null;
  /** The element that hides what is inside it, and how many of its name are open. */
  readonly hidden: { readonly name: string; readonly depth: number; readonly until: Until } | null;
  /** How many elements are open that make letters smaller or push text aside. */
  readonly nested: Nested;
};

/** How far an element hides that nobody closes: the page, the paragraph in which it stands, or no more than its own piece. */
export type Until = "page" | "block" | "piece";

export const SHOWN: HtmlState = { open: null, hidden: null, nested: {} };

export function isHidden({ open, hidden }: HtmlState): boolean {
  return open !== null || hidden !== null;
}

/** Elements whose content is never rendered on GitHub, or not as text that a reader sees (`bdo` shows it mirrored). */
const UNSEEN: ReadonlySet<string> = new Set("script style template title noscript iframe object applet head svg math rp textarea select option optgroup datalist audio video canvas noembed noframes frameset xmp plaintext colgroup map dialog meter progress bdo".split(" ")); // prettier-ignore
/** Their content is text whatever it looks like: no element of the same name can stand inside. */
const RAW: ReadonlySet<string> = new Set(["script", "style", "title", "iframe", "textarea", "noembed", "noframes", "xmp", "plaintext"]); // prettier-ignore
const VOID: ReadonlySet<string> = new Set("area base br col embed hr img input link meta param source track wbr".split(" ")); // prettier-ignore
/** Nobody writes these alone on a line by mistake, as people do with `<title>` or `<object>`. */
const MEANT_ALONE: ReadonlySet<string> = new Set("video audio svg canvas math template noscript map".split(" "));
/** A page has them as elements wherever they stand, and shows nothing of what is inside. */
const PLAYED: ReadonlySet<string> = new Set(["video", "audio"]);
/** A browser opens these again in the next paragraph until somebody closes them. */
const CARRIED_ON: ReadonlySet<string> = new Set("a b big code em font i s small strike strong tt u".split(" "));
/** Readers see that their words are taken back. */
const STRUCK: ReadonlySet<string> = new Set(["s", "del", "strike"]);
/** They begin a new line on the page: words on both sides are apart, and many of them push text out of sight. */
const NEW_LINE: ReadonlySet<string> = new Set("br hr li tr h1 h2 h3 h4 h5 h6 pre summary dt dd".split(" "));

export type CleanedHtml = {
  readonly text: string;
  readonly state: HtmlState;
  /** Whether anything of this piece could be seen. */
  readonly shown: boolean;
};

export type Place = {
  /** Whether an element of this name is closed somewhere; what is not closed hides less. */
  readonly closes: (name: string) => boolean;
  /** In a paragraph, where what is opened ends with it. */
  readonly isInline: boolean;
  /** What a new line on the page becomes. */
  readonly newLine: string;
  /** What stands behind this piece, as far as a fold's words may go on in it. */
  readonly after: string;
};

export function cleanHtml(html: string, before: HtmlState, place: Place): CleanedHtml {
  let state = before;
  let at = 0;
  if (state.open) {
    const past = behind(html, state.open);
    if (past === null) return { text: "", state, shown: false };
    at = past;
    state = { ...state, open: null };
  }
  let text = "";
  let shown = !isHidden(state);
  const markup = /<[a-z/!?]/gi;
  while (at < html.length) {
    markup.lastIndex = at;
    const next = markup.exec(html)?.index ?? html.length;
    if (!isHidden(state)) text += html.slice(at, next).replace(UNENDED, "&$1;");
    if (next === html.length) break;
    const end = endOf(html, next);
    if (typeof end !== "number") return { text, state: { ...state, open: end }, shown };
    // A tag that does not end in this piece ends with the next one that the page makes, and has its attributes.
    const tag = html.endsWith(">") || end < html.length ? html.slice(next, end) : `${html.slice(next)}>`;
    state = behindTag(tag, state, place);
    if (!isHidden(state) || /^<col/i.test(tag)) text += shownOf(tag, place);
    // A fold without words to click on shows an arrow and nothing else.
    if (FOLD.test(tag) && (isHidden(state) ? hidesByAttributes(tag) : !foldHasWords(html, end, place.after)))
      state = { ...state, hidden: { name: "details", depth: 1, until: "page" } };
    shown ||= !isHidden(state);
    at = end;
  }
  return { text, state: released(state, place), shown };
}

const FOLD = /^<summary[\s/>]/i;

/** In HTML these need no end. */
const UNENDED = /&(nbsp|shy|#\d{1,8}(?!\d)|#x[0-9a-f]{1,6}(?![0-9a-f]))(?!;)/gi;

/** What the page shows where a tag stands: a new line, a gap of its height, the stroke of what does not count any more. */
function shownOf(tag: string, { newLine }: Place): string {
  const name = nameOf(tag);
  if (STRUCK.has(name)) return "~";
  if (tag.startsWith("</")) return "";
  const sized = decoded(tag);
  return TALL.test(sized) || (CELLS.has(name) && WIDE.test(sized))
    ? newLine.repeat(GAP_LINES)
    : NEW_LINE.has(name)
      ? newLine
      : "";
}

/** A thousand points of the screen or more, below which nobody expects that the text goes on. */
const TALL =
  /[\s"'/](?:height|size|border|cellpadding|cellspacing|vspace|hspace|rowspan|colspan)\s{0,20}=\s{0,20}["']?\s{0,20}\d{4}/i;
/** A cell so wide pushes the next one out of the page; a picture is made to fit. */
const WIDE = /[\s"'/]width\s{0,20}=\s{0,20}["']?\s{0,20}(?:[2-9]\d{3}|\d{5})/i;
const CELLS: ReadonlySet<string> = new Set("table col colgroup td th".split(" "));
/** More than a screen, however it is drawn: what comes behind it counts as out of sight. */
const GAP_LINES = 120;

/** The name of an element that people forgot to quote hides nothing behind its own piece. */
function released(state: HtmlState, { closes }: Place): HtmlState {
  const { name, until } = state.hidden ?? { name: "", until: "page" };
  return until !== "piece" || closes(name) ? state : { ...state, hidden: null };
}

/** At the end of a paragraph, which began in state `before`: what was opened in it is closed, but for what a browser carries on. */
export function behindBlock(before: HtmlState, state: HtmlState): HtmlState {
  const carried = Object.entries(state.nested).filter(([name]) => CARRIED_ON.has(name));
  const nested = { ...before.nested, ...Object.fromEntries(carried) };
  return { ...state, nested, hidden: state.hidden?.until === "block" ? before.hidden : state.hidden };
}

function behind(html: string, { end, then }: NonNullable<HtmlState["open"]>): number | null {
  const found = html.indexOf(end);
  if (found < 0) return null;
  if (then === "text") return found + end.length;
  const rest = html.indexOf(">", found + end.length);
  return rest < 0 ? html.length : rest + 1;
}

/** No element has such a name. */
const NEVER_CLOSED = { name: "!", depth: 1, until: "page" } as const;
const TAG = /^<(\/?)([a-z][a-z0-9-]*)/i;

function nameOf(tag: string): string {
  return (TAG.exec(tag)?.[2] ?? "").toLowerCase();
}

function behindTag(tag: string, state: HtmlState, place: Place): HtmlState {
  const name = nameOf(tag);
  if (opensUnseen(tag)) return { ...state, hidden: NEVER_CLOSED };
  if (name === "" || VOID.has(name)) return state;
  // A browser takes `</div\u200b>` for the end of another element.
  if (tag.startsWith("</")) return BLANK_OR_END.test(tag.charAt(name.length + 2)) ? behindClosing(name, state) : state;
  const { hidden } = state;
  if (hidden) {
    const isDeeper = name === hidden.name && !RAW.has(name);
    return isDeeper ? { ...state, hidden: { ...hidden, depth: hidden.depth + 1 } } : state;
  }
  const nested = withOpened(state.nested, name);
  const until = hidesUntil(tag, name, nested, place);
  return { ...state, nested, hidden: until && { name, depth: 1, until } };
}

/** @returns null for an element that hides nothing */
function hidesUntil(tag: string, name: string, nested: Nested, { isInline }: Place): Until | null {
  // An attribute that hides is no mistake: what is not closed then hides the rest of the page.
  if (hidesByAttributes(tag)) return "page";
  if (tooDeep(nested)) return isInline && !CARRIED_ON.has(name) ? "block" : "page";
  if (!UNSEEN.has(name)) return null;
  if (name === "script" || name === "style" || (!isInline && MEANT_ALONE.has(name))) return "page";
  return PLAYED.has(name) ? "block" : "piece";
}

function behindClosing(name: string, state: HtmlState): HtmlState {
  const { hidden } = state;
  if (hidden && name !== hidden.name) return state;
  const depth = (hidden?.depth ?? 1) - 1;
  if (hidden && depth > 0) return { ...state, hidden: { ...hidden, depth } };
  return { ...state, nested: withClosed(state.nested, name), hidden: null };
}

/** Offset behind the comment, declaration or tag that opens at `open`, or what is still open at the end. */
function endOf(source: string, open: number): number | NonNullable<HtmlState["open"]> {
  if (source.startsWith("<!--", open)) return closing(source, open + 4, "-->", open + 2);
  if (source.startsWith("<![CDATA[", open)) return closing(source, open, "]]>", open);
  if (source.startsWith("<?", open)) return closing(source, open, "?>", open);
  // A browser skips a declaration, and the end of what has no name, whatever stands in it.
  return /^<(?:!|\/[^a-z])/i.test(source.slice(open, open + 3))
    ? closing(source, open, ">", open)
    : endOfTag(source, open);
}

/** To a browser these end before they do in Markdown, and what opens in between hides what follows. */
function opensUnseen(piece: string): boolean {
  const early = piece.startsWith("<!--") ? piece.indexOf("--!>") : /^<(?:\?|!\[)/.test(piece) ? piece.indexOf(">") : -1;
  if (early < 0) return false;
  const opens = /<[a-z]/gi;
  opens.lastIndex = early;
  for (let found = opens.exec(piece); found !== null; found = opens.exec(piece)) {
    const end = endOfTag(piece, found.index);
    if (typeof end !== "number") return true;
    const tag = piece.slice(found.index, end);
    if (UNSEEN.has(nameOf(tag)) || hidesByAttributes(tag)) return true;
    opens.lastIndex = end;
  }
  return false;
}

const BLANK_OR_END = /[\t\n\f\r />]/;

/** As a browser reads a tag: a quotation mark opens a value only behind an attribute's name and `=`, and is a letter elsewhere. */
function endOfTag(source: string, open: number): number | NonNullable<HtmlState["open"]> {
  const skip = (from: number, signs: RegExp) => {
    let at = from;
    while (at < source.length && signs.test(source.charAt(at))) at += 1;
    return at;
  };
  let at = skip(open + 1, /[^\t\n\f\r />]/);
  while (at < source.length) {
    at = skip(at, /[\t\n\f\r /]/);
    if (source.charAt(at) === ">") return at + 1;
    at = skip(at + 1, /[^\t\n\f\r />=]/);
    const sign = skip(at, /[\t\n\f\r ]/);
    if (source.charAt(sign) !== "=") continue;
    at = skip(sign + 1, /[\t\n\f\r ]/);
    const quote = source.charAt(at);
    if (quote !== '"' && quote !== "'") at = skip(at, /[^\t\n\f\r >]/);
    else {
      const last = source.indexOf(quote, at + 1);
      if (last < 0) return { end: quote, then: "tag" };
      at = last + 1;
    }
  }
  return source.length;
}

/** `<!-->` and `<!--->` are whole comments, so the search begins inside the opening dashes. */
function closing(source: string, from: number, end: string, earliest: number): number | NonNullable<HtmlState["open"]> {
  const at = source.indexOf(end, Math.min(from, earliest));
  return at < 0 ? { end, then: "text" } : at + end.length;
}
