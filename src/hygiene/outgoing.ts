import type { Nodes } from "mdast";
import { guardText, holdsKnownSecret } from "./redact.ts";
import { mentionless, withoutMentions } from "./outgoing-mentions.ts";
import { LINES_MAX, parseMarkdown, textOf, weightOf } from "./markdown.ts";

/** Of an address that is shown as text in place of a link. */
const ADDRESS_CHARS_SHOWN = 500;

/**
 * The last gate before a text leaves. Models wrote parts of it, and strangers wrote what the models read, so it may
 * carry secrets, call people who have nothing to do with it, load pictures that report who looked, or hide text of its
 * own (a forged ledger marker). Ledger markers at the end pass unchanged; everything a reader sees is guarded.
 */
export type GuardOptions = {
  /** Values this server holds. Pass the same array each time: it is indexed once. */
  readonly secrets: readonly string[];
  /** May this login be notified? Others are shown without being called. */
  readonly mayMention: (login: string) => boolean;
  /** Hosts whose links stay links: GitHub's own, and the dashboard's. With port, as in `localhost:3000`. */
  readonly linkHosts: readonly string[];
};

/** Lets a text call these besides; names ignore case. */
export function calling<O extends Pick<GuardOptions, "mayMention">>(options: O, logins: readonly string[]): O {
  const called = new Set(logins.map((one) => one.toLowerCase()));
  const mayMention = (login: string) => called.has(login.toLowerCase()) || options.mayMention(login);
  return { ...options, mayMention };
}

export type Guarded = { readonly text: string; readonly found: readonly string[] };

/** GitHub refuses 65,536 characters; so many never reach its 262,144 bytes. The margin is for what the server adds by itself. */
const BODY_CHARS_MAX = 60_000;
/** Of more, the gate could not tell in time what they show; the rest is for the lines that it adds. */
const LINES_SHOWN_MAX = LINES_MAX - 100;
const NOTE = "\n\n*Cut here: the text was longer than a GitHub comment may be.*";

/** Our markers: HTML comments of base64url (with separators) behind the visible text. */
const MARKER = /^<!-- coop:[A-Za-z0-9_:.=#/ -]+ -->$/;

/**
 * Guards a composed body: what stands before the markers is guarded and cut to size.
 * @throws when a marker holds a secret of this server. Entries are redacted before they are written, so it is a bug,
 * and publishing it could not be undone.
 */
export function guardBody(body: string, options: GuardOptions): Guarded {
  const markers = body.slice(visibleLength(body));
  if (holdsKnownSecret(markers, options.secrets))
    throw new Error("A ledger entry about to be published holds a secret.");
  const room = BODY_CHARS_MAX - markers.length;
  if (room < NOTE.length + 100) throw new Error(`Ledger markers of ${markers.length} characters do not fit a comment.`);
  // Cut first, so that parsing stays bounded, and again after, because guarding adds characters.
  const visible = fit(body.slice(0, body.length - markers.length), room);
  const guarded = guardVisible(visible, options);
  return { text: fit(guarded.text, room) + markers, found: guarded.found };
}

/** Walks back over the markers; a pattern over the whole body would take quadratic time on blanks. */
function visibleLength(body: string): number {
  let end = body.length;
  for (;;) {
    const rest = body.slice(0, end).trimEnd();
    const start = rest.lastIndexOf("<!--");
    if (start < 0 || !MARKER.test(rest.slice(start))) return end;
    end = body.slice(0, start).trimEnd().length;
  }
}

/** Guards Markdown that has no marker. */
export function guardVisible(markdown: string, options: GuardOptions): Guarded {
  const redacted = guardText(markdown, options.secrets);
  const found = new Set(redacted.found);
  let text = redacted.text;
  let guarded = text;
  // Defusing one construct can reveal another; a text that does not settle is shown as it stands, as code.
  for (let pass = 0; pass < 6; pass += 1) {
    const next = defuse(text, options, found);
    if (next === "too-tangled") break;
    // A comment that is broken up may end what hid a mention, so what comes out of that is looked at again.
    const open = next === text ? noComment(text) : next;
    if (open !== text) {
      text = open;
      continue;
    }
    if (text === guarded) return { text, found: [...found] };
    const again = guardText(text, options.secrets);
    for (const one of again.found) found.add(one);
    if (again.text === text) return { text, found: [...found] };
    text = guarded = again.text;
  }
  return { text: fenced(text), found: [...found, "markup that does not settle"] };
}

/** Guards one line that GitHub shows as it stands: titles, commit messages, names of checks. */
export function guardPlain(line: string, options: GuardOptions): Guarded {
  const redacted = guardText(line, options.secrets);
  const text = withoutMentions(redacted.text, options.mayMention, "\u200b");
  return { text, found: redacted.found };
}

type Edit = { readonly from: number; readonly to: number; readonly by: string };

function defuse(markdown: string, options: GuardOptions, found: Set<string>): string | "too-tangled" {
  const root = parseMarkdown(markdown);
  if (root === "too-tangled") return root;
  const edits: Edit[] = [];
  const put = (from: number, to: number, by: string, what: string) => {
    if (markdown.slice(from, to) === by) return;
    edits.push({ from, to, by });
    found.add(what);
  };
  const visit = (node: Nodes): void => {
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? 0;
    const source = markdown.slice(from, to);
    switch (node.type) {
      case "code":
      case "inlineCode":
        return;
      case "html":
        return put(from, to, mentionless(safeHtml(source), options.mayMention), "HTML or a mention");
      case "image":
      case "link":
        // What is no more than its own address calls nobody, and must stay as it is.
        if (isOurs(node.url, options) && node.type === "link" && !source.startsWith("[")) return;
        if (isOurs(node.url, options) || node.url === `mailto:${textOf(node)}`) break;
        return put(
          from,
          to,
          shownLink(node.type === "image" ? (node.alt ?? "") : textOf(node), node.url),
          "a remote link",
        );
      case "definition":
        if (isOurs(node.url, options)) return;
        return put(from, to, shownLink(node.identifier, node.url), "a remote link");
      case "text":
        return put(from, to, mentionless(source, options.mayMention), "a mention");
      default:
    }
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return applyEdits(markdown, edits);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let out = "";
  let position = 0;
  for (const { from, to, by } of [...edits].sort((a, b) => a.from - b.from)) {
    if (from < position) continue;
    out += text.slice(position, from) + by;
    position = to;
  }
  return out + text.slice(position);
}

/** Stands for the page on which an address without a host is. */
const HERE = "https://here.invalid/";

function isOurs(url: string, options: GuardOptions): boolean {
  try {
    // As a browser reads it: `/\\host`, or with a tab in it, is another host as well.
    const { protocol, host, username } = new URL(url, HERE);
    const isHere = host === new URL(HERE).host && !url.includes(host);
    // Not every reader of addresses drops a control character as this one does.
    if (/[\u0000-\u0020\u007f-\u009f]/.test(url)) return false;
    return /^https?:$/.test(protocol) && username === "" && (isHere || options.linkHosts.includes(host));
  } catch {
    return false;
  }
}

/** A foreign address stays readable, but nothing loads it and no click follows it. */
function shownLink(label: string, url: string): string {
  const address = code(url.slice(0, ADDRESS_CHARS_SHOWN));
  const text = label.replace(/[\\`*_[\]<>!@|]/g, " ").trim();
  return text === "" || text === url || url.endsWith(text) ? address : `${text} (${address})`;
}

function code(text: string): string {
  const line = text.replace(/[\r\n|]+/g, " ");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Tags that only arrange text may stay, without attributes; every other `<` is shown as a sign. */
const PLAIN_TAG =
  /^<\/?(?:details|summary|sub|sup|br|b|i|em|strong|kbd|code|p|ul|ol|li|table|thead|tbody|tr|td|th|hr)\s*\/?>|^<details open>/i;

function safeHtml(source: string): string {
  const shown = source.replace(/</g, (sign, at: number) => (PLAIN_TAG.test(source.slice(at, at + 20)) ? sign : "&lt;"));
  // What was a tag is now text, in which a bare address would become a link.
  return shown === source ? source : shown.replace(/:\/\//g, "&#58;//").replace(/\bwww\./gi, "www&#46;");
}

/** Also in code, where it is harmless on the page: whoever looks for markers must find only ours. */
function noComment(text: string): string {
  return text.replace(/<!--/g, "<! --");
}

function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${noComment(text)}\n${fence}`;
}

function fit(text: string, charsMax: number): string {
  let [lines, room] = [text.split("\n", LINES_SHOWN_MAX + 1), LINES_SHOWN_MAX];
  const last = lines.findIndex((line) => (room -= weightOf(line)) < 0);
  if (text.length <= charsMax && last < 0) return text;
  if (last >= 0) lines = lines.slice(0, last);
  const chars = charsMax - NOTE.length - 100;
  const piece = lines.join("\n").slice(0, chars);
  const whole = piece.slice(0, Math.max(piece.lastIndexOf("\n"), chars - 2000));
  return whole.replace(/[\ud800-\udbff]$/, "") + closers(whole) + NOTE;
}

/** Closes a code block and folded sections that the cut left open, so that the note is seen. */
function closers(text: string): string {
  let fence = "";
  for (const line of text.split("\n")) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (!mark) continue;
    if (!fence) fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = "";
  }
  const open = (text.match(/<details[ >]/g)?.length ?? 0) - (text.match(/<\/details>/g)?.length ?? 0);
  return (fence ? `\n${fence}` : "") + "\n\n</details>".repeat(Math.min(10, Math.max(0, open)));
}
