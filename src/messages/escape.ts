/**
 * Texts of models and people on their way into our own Markdown. What they write is data: it may not ping anybody, close
 * an issue, link away, open an HTML comment (our ledger markers are such comments), or leave the place it was put into.
 * Code spans and fences of such texts survive, because reviews are unreadable without them; nothing else does.
 *
 * Every function takes any string and returns Markdown that is safe in the place its name says.
 */

/** Stands inside what GitHub would otherwise turn into a mention, a reference or a link. Invisible when rendered. */
const BREAK = "&#8203;";

/** C0 and C1 controls, bidi controls, zero-width and tag characters: what a reader cannot see but a machine can. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/gu; // prettier-ignore

/** One line of Markdown text: no newline, no structure, code spans kept. Safe anywhere but in a table. */
export function inline(text: string): string {
  return atLineStart(spans(oneLine(text), code));
}

/** Like `inline`, for a cell of a table: whatever the text holds, the row keeps its number of cells. */
export function cell(text: string): string {
  return atLineStart(spans(oneLine(text), codeInCell)) || "–";
}

/** A code span that cannot be left, for paths, names, commands. Empty for an empty text. */
export function code(text: string): string {
  const content = closedComments(oneLine(text));
  if (!content) return "";
  const ticks = "`".repeat(longestRun(content) + 1);
  const pad = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${ticks}${pad}${content}${pad}${ticks}`;
}

/** A code span for a table cell: a pipe inside would end the cell, and GitHub and others differ on `\\|`. */
export function codeInCell(text: string): string {
  const content = oneLine(text);
  if (!content) return "";
  return content.includes("|") ? `<code>${literal(content)}</code>` : code(content);
}

/** A fenced block that cannot be left. `language` is our own word, never the text's. */
export function fence(text: string, language = ""): string {
  const content = closedComments(seen(text)).replace(/\s+$/, "");
  const ticks = "`".repeat(Math.max(3, longestRun(content) + 1));
  return `${ticks}${language}\n${content}\n${ticks}`;
}

/**
 * Lines that a click puts in place of those that an inline comment spans. They have to arrive as they are, so whatever the gate
 * would change or a reader could not see is not offered at all.
 */
export function suggestion(lines: string | null | undefined): string {
  if (lines === undefined || lines === null || lines !== lines.toWellFormed() || lines.includes("<!--")) return "";
  if (lines.includes("\r") || lines.replace(UNSEEN, "") !== lines) return "";
  const ticks = "`".repeat(Math.max(3, longestRun(lines) + 1));
  return [`${ticks}suggestion`, ...(lines === "" ? [] : [lines]), ticks].join("\n");
}

/** Several lines: paragraphs, bullets and fenced code survive; headings become bold; all else is plain text. */
export function block(text: string): string {
  const out: string[] = [];
  const lines = seen(text).split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const opened = /^\s{0,3}(`{3,}|~{3,})/.exec(lines[at] ?? "")?.[1];
    if (!opened) {
      out.push(blockLine(lines[at] ?? ""));
      continue;
    }
    const length = lines.slice(at + 1).findIndex((line) => line.trim().startsWith(opened));
    const end = length < 0 ? lines.length : at + 1 + length;
    out.push("", fence(lines.slice(at + 1, end).join("\n")), "");
    at = end;
  }
  return out
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Several lines as a quotation: what somebody said, in their words. */
export function quote(text: string): string {
  return block(text)
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
}

/** Puts Markdown of several lines under a list item. */
export function indent(markdown: string, spaces = 2): string {
  return markdown.replace(/\n(?=[^\n])/g, `\n${" ".repeat(spaces)}`);
}

/** One line for places that do not render Markdown: titles, commit messages, annotations. Pings and closes nothing. */
export function plain(text: string, charactersMax = 1000): string {
  const line = closedComments(oneLine(text))
    .replace(/@(?=\w)/g, "@ ")
    .replace(/#(?=\d)/g, "# ")
    .replace(/GH-(?=\d)/gi, "GH ")
    .replace(/\/(issues|pull)\/(?=\d)/gi, "/$1/ ");
  return cut(line, charactersMax);
}

/** At most so many characters, with an ellipsis as the last one when something is missing. */
export function cut(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  return `${text.slice(0, charactersMax - 1).toWellFormed().replace(/\ufffd$/, "").trimEnd()}…`; // prettier-ignore
}

function blockLine(line: string): string {
  const heading = /^\s{0,3}#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading?.trim()) return `**${spans(oneLine(heading), code)}**`;
  const bullet = /^\s*[-*+]\s+(.*)$/.exec(line)?.[1];
  // An empty bullet below a line of text would underline it: that makes a heading.
  if (bullet?.trim()) return `- ${inline(bullet)}`;
  return inline(line);
}

function seen(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, "\n").replace(UNSEEN, "").replace(/\t/g, "  ");
}

function oneLine(text: string): string {
  return seen(text).replace(/\s+/g, " ").trim();
}

/** Also inside code, where a comment is inert: a reader that scans for markers must never meet one that we did not write. */
function closedComments(text: string): string {
  return text.replaceAll("<!--", "< !--");
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

function spans(text: string, asCode: (content: string) => string): string {
  return text
    .split(/(?<!`)(`[^`]*[^`\s][^`]*`)(?!`)/)
    .map((part, index) => (index % 2 === 1 ? asCode(part.slice(1, -1)) : literal(part)))
    .join("");
}

/** In one pass, so that what one rule puts in is never touched by another. */
const SPECIAL = /&(?=[#A-Za-z])|<|[\\`*[\]~$]|\||_|@(?=[\w-])|#(?=\d)|GH-(?=\d)|:\/\/|www(?=\.)/gi;

function literal(text: string): string {
  return text.replace(SPECIAL, (found, at: number) => {
    switch (found) {
      case "&":
        return "&amp;";
      case "<":
        return "&lt;";
      case "|":
        return "&#124;";
      case "_":
        return /\w/.test(text[at - 1] ?? "") && /\w/.test(text[at + 1] ?? "") ? "_" : "\\_";
      case "://":
        return `:${BREAK}//`;
      case "@":
      case "#":
        return `${found}${BREAK}`;
      default:
        return found.length > 1 ? `${found}${BREAK}` : `\\${found}`;
    }
  });
}

/** What begins a heading, list, quotation or rule when it comes first on a line. */
function atLineStart(markdown: string): string {
  return markdown.replace(/^[-+=>#:]/, "\\$&").replace(/^(\d{1,9})([.)])/, "$1\\$2");
}
