import { hidesByAttributes } from "./hidden-styles.ts";

/**
 * Raw HTML inside Markdown: its tags are not seen by a reader, the text between them is, unless an element hides it. A
 * comment, a quoted attribute or a hiding element that is not closed swallows what follows until a later piece of raw
 * HTML closes it, so the state is carried from piece to piece. This is no HTML parser: where in doubt it removes.
 */
export type HtmlState = {
  /** What would end the comment or attribute that is open. */
  readonly open: { readonly end: string; readonly then: "text" | "tag" } | null;
  /** The element that hides what is inside it, how many of its name are open, and whether nobody writes it by mistake. */
  readonly hidden: { readonly name: string; readonly depth: number; readonly meant: boolean } | null;
  /** How many elements that make letters smaller are open. */
  readonly small: number;
};

export const SHOWN: HtmlState = { open: null, hidden: null, small: 0 };

export function isHidden({ open, hidden }: HtmlState): boolean {
  return open !== null || hidden !== null;
}

/** Elements whose content is never rendered on GitHub, or not as text that a reader sees (`bdo` shows it mirrored). */
const UNSEEN: ReadonlySet<string> = new Set("script style template title noscript iframe object applet head svg math rp textarea select option optgroup datalist audio video canvas noembed noframes frameset xmp plaintext colgroup map dialog meter progress bdo".split(" ")); // prettier-ignore
/** Their content is text whatever it looks like: no element of the same name can stand inside. */
const RAW: ReadonlySet<string> = new Set(["script", "style", "title", "iframe", "textarea", "noembed", "noframes", "xmp", "plaintext"]); // prettier-ignore
const VOID: ReadonlySet<string> = new Set("area base br col embed hr img input link meta param source track wbr".split(" ")); // prettier-ignore
const SHRINKING: ReadonlySet<string> = new Set(["sub", "sup", "small", "rt"]);
/** Each of them takes a quarter of the letters' height; what is deeper nobody reads. */
const SMALL_MAX = 3;

export type CleanedHtml = {
  readonly text: string;
  readonly state: HtmlState;
  /** Whether anything of this piece could be seen. */
  readonly shown: boolean;
};

/** @param closes whether an element of this name is closed somewhere; what is not closed hides this piece only */
export function cleanHtml(html: string, before: HtmlState, closes: (name: string) => boolean): CleanedHtml {
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
    if (!isHidden(state)) text += html.slice(at, next);
    if (next === html.length) break;
    const end = endOf(html, next);
    if (typeof end !== "number") return { text, state: { ...state, open: end }, shown };
    // A tag that does not end in this piece ends with the next one that the page makes, and has its attributes.
    state = behindTag(
      html.endsWith(">") || end < html.length ? html.slice(next, end) : `${html.slice(next)}>`,
      state,
      closes,
    );
    shown ||= !isHidden(state);
    at = end;
  }
  return { text, state: released(state, closes), shown };
}

/**
 * The name of an element that people forgot to quote hides nothing behind its own piece. An attribute that hides is no such
 * mistake: what is not closed then hides the rest of the page.
 */
function released(state: HtmlState, closes: (name: string) => boolean): HtmlState {
  const { name, meant } = state.hidden ?? { name: "", meant: true };
  return meant || closes(name) ? state : { ...state, hidden: null };
}

function behind(html: string, { end, then }: NonNullable<HtmlState["open"]>): number | null {
  const found = html.indexOf(end);
  if (found < 0) return null;
  if (then === "text") return found + end.length;
  const rest = html.indexOf(">", found + end.length);
  return rest < 0 ? html.length : rest + 1;
}

const TAG = /^<(\/?)([a-z][a-z0-9-]*)/i;

function behindTag(tag: string, state: HtmlState, closes: (name: string) => boolean): HtmlState {
  const [, slash, said = ""] = TAG.exec(tag) ?? [];
  const name = said.toLowerCase();
  if (name === "" || VOID.has(name)) return state;
  if (slash === "/") return behindClosing(name, state);
  const { hidden } = state;
  if (hidden) {
    const isDeeper = name === hidden.name && !RAW.has(name);
    return isDeeper ? { ...state, hidden: { ...hidden, depth: hidden.depth + 1 } } : state;
  }
  const small = state.small + (SHRINKING.has(name) && closes(name) ? 1 : 0);
  const byAttributes = hidesByAttributes(tag);
  const hides = UNSEEN.has(name) || byAttributes || small > SMALL_MAX;
  const meant = byAttributes || name === "script" || name === "style";
  return { ...state, small, hidden: hides ? { name, depth: 1, meant } : null };
}

function behindClosing(name: string, state: HtmlState): HtmlState {
  const { hidden } = state;
  if (hidden && name !== hidden.name) return state;
  const depth = (hidden?.depth ?? 1) - 1;
  if (hidden && depth > 0) return { ...state, hidden: { ...hidden, depth } };
  const small = Math.max(0, state.small - (SHRINKING.has(name) ? 1 : 0));
  return { ...state, small, hidden: null };
}

/** Offset behind the comment, declaration or tag that opens at `open`, or what is still open at the end. */
function endOf(source: string, open: number): number | NonNullable<HtmlState["open"]> {
  if (source.startsWith("<!--", open)) return closing(source, open + 4, "-->", open + 2);
  if (source.startsWith("<![CDATA[", open)) return closing(source, open, "]]>", open);
  if (source.startsWith("<?", open)) return closing(source, open, "?>", open);
  let [quote, before] = ["", ""];
  for (let at = open + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (quote) quote = char === quote ? "" : quote;
    else if (char === ">") return at + 1;
    // Blanks may stand around the sign.
    else if ((char === '"' || char === "'") && before === "=") quote = char;
    if (char.trim() !== "") before = char;
  }
  return quote ? { end: quote, then: "tag" } : source.length;
}

/** `<!-->` and `<!--->` are whole comments, so the search begins inside the opening dashes. */
function closing(source: string, from: number, end: string, earliest: number): number | NonNullable<HtmlState["open"]> {
  const at = source.indexOf(end, Math.min(from, earliest));
  return at < 0 ? { end, then: "text" } : at + end.length;
}
