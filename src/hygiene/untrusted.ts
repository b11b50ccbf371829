import type { Nodes, Parents, Root, TableRow } from "mdast";
import { parseMarkdown } from "./markdown.ts";
import { cleanHtml, type HtmlState } from "./untrusted-html.ts";
import { stripInvisible } from "./untrusted-unicode.ts";

/**
 * What strangers write, reduced to what a reader of the rendered page sees. Instructions to a model hide in comments,
 * titles, alternative texts, unused definitions and characters without a glyph; a person who approves a ticket never
 * saw those, so no model does either. What was removed is listed, so that it can be published.
 */
export type Cleaned = {
  readonly text: string;
  /** One line for each thing removed, with its beginning quoted. */
  readonly removed: readonly string[];
};

/** Removing one thing can reveal another (`<<b></b>!--`). Real texts settle at the second pass. */
const PASSES_MAX = 12;
/** A comment can hold thousands of hidden things; a person needs to see a few of them. */
const REMOVED_LISTED_MAX = 40;

/** Cleans GitHub-flavoured Markdown. `clean(clean(x).text)` changes nothing more, and `<!--` never survives. */
export function clean(markdown: string): Cleaned {
  const removed: string[] = [];
  let text = markdown;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const next = cleanOnce(text, removed);
    if (next === "too-tangled") break;
    if (next === text) return { text, removed: removed.slice(0, REMOVED_LISTED_MAX) };
    text = next;
  }
  removed.push("All markup: it was too tangled to tell what a reader sees.");
  return { text: plainOnly(text), removed: removed.slice(-REMOVED_LISTED_MAX) };
}

function cleanOnce(markdown: string, removed: string[]): string | "too-tangled" {
  const visible = stripInvisible(markdown);
  if (visible.count > 0) removed.push(`${visible.count} characters that nobody can see.`);
  const edits = new Edits(visible.text, removed);
  const root = parseMarkdown(visible.text);
  if (root === "too-tangled") return root;
  new Cleaner(edits, root).visit(root);
  // What is left of `<!--` is visible as such (code, or never closed in a line); it is split all the same, so that
  // nothing downstream that treats text as HTML can be opened by it.
  const text = edits.apply();
  if (text.includes("<!--")) removed.push("The sign that opens an HTML comment, where it was shown as text.");
  return text.replace(/<!--/g, "<! --");
}

/** Without these signs nothing in Markdown hides text, and nothing is left that could be tangled. */
function plainOnly(text: string): string {
  return stripInvisible(text)
    .text.replace(/[<>[\]`&|*_~!]/g, " ")
    .replace(/^[\s+\d.)-]{60,}/gm, "");
}

/** Replacements by offset. Later ones inside a range that is already gone are dropped. */
class Edits {
  readonly text: string;
  readonly #removed: string[];
  readonly #edits: { from: number; to: number; by: string }[] = [];

  constructor(text: string, removed: string[]) {
    this.text = text;
    this.#removed = removed;
  }

  replace(what: string, from: number, to: number, by: string, shown = this.text.slice(from, to)): void {
    if (this.text.slice(from, to) === by) return;
    this.#edits.push({ from, to, by });
    this.#removed.push(`${what}: ${JSON.stringify(shown.trim().slice(0, 160))}`);
  }

  apply(): string {
    let out = "";
    let position = 0;
    for (const edit of this.#edits.sort((a, b) => a.from - b.from || b.to - a.to)) {
      if (edit.from < position) continue;
      out += this.text.slice(position, edit.from) + edit.by;
      position = edit.to;
    }
    return out + this.text.slice(position);
  }
}

class Cleaner {
  readonly #edits: Edits;
  readonly #urls = new Map<string, string>();
  readonly #footnotes = new Set<string>();
  #html: HtmlState = { state: "text" };
  #hiddenFrom = 0;

  constructor(edits: Edits, root: Root) {
    this.#edits = edits;
    this.#collect(root);
  }

  #collect(node: Nodes): void {
    if (node.type === "definition" && !this.#urls.has(node.identifier)) this.#urls.set(node.identifier, node.url);
    if (node.type === "footnoteReference") this.#footnotes.add(node.identifier);
    if ("children" in node) for (const child of node.children) this.#collect(child);
  }

  visit(root: Root): void {
    this.#node(root);
    // A comment that is never closed hides the rest of the page.
    if (this.#html.state !== "text")
      this.#remove("Text behind unclosed markup", this.#hiddenFrom, this.#edits.text.length);
  }

  #remove(what: string, from: number, to: number): void {
    this.#edits.replace(what, from, to, "");
  }

  #node(node: Nodes): void {
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? 0;
    switch (node.type) {
      case "html":
        return this.#markup(from, to);
      case "definition":
        return this.#remove("Link definition", from, to);
      case "image":
      case "imageReference":
        return this.#edits.replace("Image with its text", from, to, "(image)");
      case "link":
        return this.#link(node, from, to, node.url, node.title ? "Link title" : null);
      case "linkReference":
        return this.#link(node, from, to, this.#urls.get(node.identifier) ?? "", "Link reference");
      case "footnoteDefinition":
        if (!this.#footnotes.has(node.identifier)) return this.#remove("Footnote that nothing refers to", from, to);
        return this.#children(node);
      case "code":
        return this.#codeInfo(from, node.lang ?? "", node.meta ?? "");
      case "table":
        for (const row of node.children) this.#row(row, node.children[0]?.children.length ?? 0);
        return;
      default:
        if ("children" in node) this.#children(node);
    }
  }

  #children(node: Parents): void {
    for (const child of node.children) this.#node(child);
  }

  /** Raw HTML can hide what follows it, also Markdown, until it is closed in another piece of raw HTML. */
  #markup(from: number, to: number): void {
    const before = this.#html.state;
    const result = cleanHtml(this.#edits.text.slice(from, to), this.#html);
    this.#html = result.state;
    if (before === "text") this.#edits.replace("HTML", from, to, result.text);
    else if (result.closedAt !== null) this.#edits.replace("Text inside markup", this.#hiddenFrom, to, result.text);
    if (result.state.state !== "text" && (before === "text" || result.closedAt !== null)) this.#hiddenFrom = to;
  }

  #link(node: Parents, from: number, to: number, url: string, hidden: string | null): void {
    const first = node.children[0]?.position?.start.offset;
    const last = node.children.at(-1)?.position?.end.offset;
    if (first === undefined || last === undefined) return this.#remove("Link without text", from, to);
    if (hidden) {
      const target = url.replace(/[\s<>\\]/g, (char) => encodeURIComponent(char));
      const shown = this.#edits.text.slice(last, to);
      this.#edits.replace(hidden, from, first, "[", "");
      this.#edits.replace(hidden, last, to, `](<${target}>)`, shown);
    }
    this.#children(node);
  }

  /** The words behind a code fence's language are never shown; neither is a language that is a sentence. */
  #codeInfo(from: number, lang: string, meta: string): void {
    const line = /^(?:`{3,}|~{3,})[^\n\r]*/.exec(this.#edits.text.slice(from))?.[0];
    if (!line) return;
    const fence = /^(?:`+|~+)/.exec(line)?.[0] ?? "";
    const isName = /^[A-Za-z0-9+#._-]{1,24}$/.test(lang);
    if (!meta && (isName || !lang)) return;
    this.#edits.replace("Words behind a code fence", from, from + line.length, fence + (isName ? lang : ""));
  }

  /** Cells beyond the header's columns are not rendered. */
  #row(row: TableRow, columns: number): void {
    for (const cell of row.children.slice(0, columns)) this.#children(cell);
    const extra = row.children.slice(columns);
    const from = extra[0]?.position?.start.offset;
    const to = extra.at(-1)?.position?.end.offset;
    if (from !== undefined && to !== undefined) this.#edits.replace("Table cells beyond the header", from, to, "|");
  }
}
