/**
 * Raw HTML inside Markdown: its tags are not seen by a reader, the text between them is. A comment or a quoted
 * attribute that is not closed swallows the page until a later piece of raw HTML closes it, so the state is carried
 * from piece to piece. This is no HTML parser: where in doubt it removes.
 */
export type HtmlState =
  { readonly state: "text" } | { readonly state: "inside"; readonly end: string; readonly then: "text" | "tag" };

/** Elements whose content is never rendered on GitHub. */
const UNSEEN = /<(script|style|template|title|noscript|iframe|object|head|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/gi;

export type CleanedHtml = {
  readonly text: string;
  readonly state: HtmlState;
  /** Where markup that was open before this piece ended, or null when it is open still (or none was). */
  readonly closedAt: number | null;
};

export function cleanHtml(html: string, before: HtmlState): CleanedHtml {
  if (before.state === "text") return { ...cleanText(html), closedAt: null };
  const end = html.indexOf(before.end);
  if (end < 0) return { text: "", state: before, closedAt: null };
  let closedAt = end + before.end.length;
  if (before.then === "tag") {
    const rest = html.indexOf(">", closedAt);
    closedAt = rest < 0 ? html.length : rest + 1;
  }
  return { ...cleanText(html.slice(closedAt)), closedAt };
}

function cleanText(html: string): { text: string; state: HtmlState } {
  let text = "";
  let position = 0;
  const source = html.replace(UNSEEN, "");
  for (;;) {
    const open = nextMarkup(source, position);
    if (open < 0) return { text: text + source.slice(position), state: { state: "text" } };
    text += source.slice(position, open);
    const end = endOf(source, open);
    if (typeof end !== "number") return { text, state: end };
    position = end;
  }
}

function nextMarkup(source: string, from: number): number {
  const at = source.slice(from).search(/<[a-z/!?]/i);
  return at < 0 ? -1 : from + at;
}

/** Offset behind the comment, declaration or tag that opens at `open`, or what is still open at the end. */
function endOf(source: string, open: number): number | HtmlState {
  if (source.startsWith("<!--", open)) return closing(source, open + 4, "-->", open + 2);
  if (source.startsWith("<![CDATA[", open)) return closing(source, open, "]]>", open);
  if (source.startsWith("<?", open)) return closing(source, open, "?>", open);
  let quote = "";
  for (let at = open + 1; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (quote) quote = char === quote ? "" : quote;
    else if (char === ">") return at + 1;
    else if ((char === '"' || char === "'") && source[at - 1] === "=") quote = char;
  }
  return quote ? { state: "inside", end: quote, then: "tag" } : source.length;
}

/** `<!-->` and `<!--->` are whole comments, so the search begins inside the opening dashes. */
function closing(source: string, from: number, end: string, earliest: number): number | HtmlState {
  const at = source.indexOf(end, Math.min(from, earliest));
  return at < 0 ? { state: "inside", end, then: "text" } : at + end.length;
}
