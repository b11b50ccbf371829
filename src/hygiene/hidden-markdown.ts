import type {
  Code,
  FootnoteDefinition,
  Heading,
  Link,
  LinkReference,
  Nodes,
  Paragraph,
  Parents,
  Root,
  TableCell,
  TableRow,
} from "mdast";
import { isFenceLanguage } from "./fence-languages.ts";
import { textOf } from "./markdown.ts";
import type { Edits } from "./removals.ts";
import { figureOf, FORMULA, hidingFormulasIn } from "./hidden-figures.ts";
import { unseenOfAddress } from "./hidden-addresses.ts";
import { ASIDE_MAX, asideIn } from "./hidden-depths.ts";
import { FOLD_CHARS } from "./hidden-folds.ts";
import { behindBlock, cleanHtml, type HtmlState, isHidden, SHOWN } from "./hidden-html.ts";

/** Walks over a page's Markdown as a reader's eye does, and takes out what the eye does not meet. */
export class Reader {
  readonly #edits: Edits;
  /** Footnotes by the number under which a page shows them, in the order of their first mention. */
  readonly #footnotes = new Map<string, number>();
  readonly #defined = new Set<string>();
  readonly #closed: ReadonlySet<string>;
  #html: HtmlState = SHOWN;
  #hiddenFrom = 0;
  /** The paragraph, heading or cell that the eye is in. */
  #block: "paragraph" | "heading" | "tableCell" | null = null;
  /** Quotations and lists around it. */
  #aside = 0;

  constructor(edits: Edits, root: Root) {
    this.#edits = edits;
    this.#closed = new Set(
      [...edits.text.matchAll(/<\/([a-z][a-z0-9-]*)/gi)].map(([, name = ""]) => name.toLowerCase()),
    );
    this.#number(root);
  }

  /** In the order of their first mention on the page; a note that only notes mention that nobody reaches is not there. */
  #number(root: Root): void {
    const notes = new Map<string, FootnoteDefinition>();
    const walk = (node: Nodes): void => {
      if (node.type === "footnoteDefinition") {
        if (!notes.has(node.identifier)) notes.set(node.identifier, node);
        return;
      }
      if (node.type === "footnoteReference" && !this.#footnotes.has(node.identifier))
        this.#footnotes.set(node.identifier, this.#footnotes.size + 1);
      if ("children" in node) for (const child of node.children) walk(child);
    };
    walk(root);
    // The map grows while notes mention others.
    for (const identifier of this.#footnotes.keys())
      for (const child of notes.get(identifier)?.children ?? []) walk(child);
  }

  visit(root: Root): void {
    this.#node(root);
    // A comment that is never closed hides the rest of the page.
    if (isHidden(this.#html)) this.#remove("Text behind unclosed markup", this.#hiddenFrom, this.#edits.text.length);
  }

  #remove(what: string, from: number, to: number): void {
    this.#edits.replace(what, from, to, "");
  }

  #node(node: Nodes): void {
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? 0;
    if (node.type === "html") return this.#markup(from, to);
    if (node.type === "paragraph" || node.type === "heading" || node.type === "tableCell")
      return this.#inBlock(node, from, to);
    // What is hidden goes as one piece; only markup inside may end that.
    if (isHidden(this.#html)) return "children" in node ? this.#children(node) : undefined;
    switch (node.type) {
      case "definition":
        return this.#remove("Link definition", from, to);
      case "image":
      case "imageReference":
        return this.#edits.replace("Image with its text", from, to, "(image)");
      case "link":
      case "linkReference":
        return this.#link(node, from, to);
      case "footnoteReference":
        return this.#label(node.identifier, node.label ?? "", from, from + 2 + (node.label ?? "").length);
      case "footnoteDefinition":
        return this.#footnote(node, from, to);
      case "code":
        return this.#code(node, from, to);
      case "table":
        for (const row of node.children) this.#row(row, node.children[0]?.children.length ?? 0);
        return;
      case "blockquote":
      case "list":
        return this.#pushedAside(node, from, to);
      default:
        if ("children" in node) this.#children(node);
    }
  }

  #children(node: Parents): void {
    for (const child of node.children) this.#node(child);
  }

  #inBlock(node: Paragraph | Heading | TableCell, from: number, to: number): void {
    const before = this.#html;
    this.#block = node.type;
    if (!isHidden(before)) this.#formulas(node, from, to);
    this.#children(node);
    this.#block = null;
    const after = behindBlock(before, this.#html);
    if (isHidden(this.#html) && !isHidden(after)) this.#remove("Text inside markup", this.#hiddenFrom, to);
    this.#html = after;
  }

  /** Each quotation and list moves its text to the side, until it stands beside the page. */
  #pushedAside(node: Parents, from: number, to: number): void {
    this.#aside += 1;
    if (this.#aside + asideIn(this.#html.nested) > ASIDE_MAX) this.#remove("Text pushed out of the page", from, to);
    else this.#children(node);
    this.#aside -= 1;
  }

  /** Raw HTML can hide what follows it, also Markdown, until it is closed in another piece of raw HTML. */
  #markup(from: number, to: number): void {
    const wasHidden = isHidden(this.#html);
    const { text, state, shown } = cleanHtml(this.#edits.text.slice(from, to), this.#html, {
      closes: (name) => this.#closed.has(name),
      isInline: this.#block !== null,
      after: this.#edits.text.slice(to, to + FOLD_CHARS),
      newLine: this.#block === "tableCell" || this.#block === "heading" ? " " : "\n",
    });
    this.#html = state;
    if (!wasHidden) this.#edits.replace("HTML", from, to, text);
    else if (shown) this.#edits.replace("Text inside markup", this.#hiddenFrom, to, text);
    if (isHidden(state) && (!wasHidden || shown)) this.#hiddenFrom = to;
  }

  /** An address is seen where it stands as text itself; behind other words it is not. */
  #link(node: Link | LinkReference, from: number, to: number): void {
    if (!this.#edits.text.startsWith("[", from)) return this.#bare(from, to);
    const first = node.children[0]?.position?.start.offset;
    const last = node.children.at(-1)?.position?.end.offset;
    const isBlank = !/\S/.test(textOf(node)) && !node.children.some((one) => one.type === "image");
    if (first === undefined || last === undefined || isBlank) return this.#remove("Link without text", from, to);
    this.#edits.replace(
      "Link address",
      from,
      first,
      "",
      node.type === "link" ? node.url : this.#edits.text.slice(last, to),
    );
    this.#edits.also(last, to, "");
    this.#children(node);
  }

  #bare(from: number, to: number): void {
    const unseen = unseenOfAddress(this.#edits.text.slice(from, to));
    if (unseen === null) return;
    this.#edits.replace("End of an address that is shown short", from + unseen.from, from + unseen.to, "");
  }

  /** A page shows a number where the source has a label. */
  #label(identifier: string, label: string, from: number, to: number): void {
    const number = String(this.#footnotes.get(identifier) ?? "");
    if (number === "" || label === number) return;
    this.#edits.replace("Footnote label", from, to, `[^${number}`, label);
  }

  #footnote(node: Extract<Nodes, { type: "footnoteDefinition" }>, from: number, to: number): void {
    if (!this.#footnotes.has(node.identifier)) return this.#remove("Footnote that nothing refers to", from, to);
    if (this.#defined.has(node.identifier)) return this.#remove("Second footnote of one label", from, to);
    this.#defined.add(node.identifier);
    this.#label(node.identifier, node.label ?? "", from, from + 2 + (node.label ?? "").length);
    this.#children(node);
  }

  /** The words behind a code fence's language are never shown; neither is a language that is none. */
  #code(node: Code, from: number, to: number): void {
    const figure = figureOf(node);
    if (figure) return this.#edits.replace(figure.what, from, to, figure.shown);
    const line = /^(?:`{3,}|~{3,})[^\n\r]*/.exec(this.#edits.text.slice(from, to))?.[0];
    if (!line) return;
    const fence = /^(?:`+|~+)/.exec(line)?.[0] ?? "";
    const lang = node.lang ?? "";
    if (!node.meta && (lang === "" || isFenceLanguage(lang))) return;
    this.#edits.replace("Words behind a code fence", from, from + line.length, fence + (isFenceLanguage(lang) ? lang : "")); // prettier-ignore
  }

  /** Cells beyond the header's columns are not rendered. */
  #row(row: TableRow, columns: number): void {
    for (const cell of row.children.slice(0, columns)) this.#node(cell);
    const extra = row.children.slice(columns);
    const from = extra[0]?.position?.start.offset;
    const to = extra.at(-1)?.position?.end.offset;
    if (from !== undefined && to !== undefined) this.#edits.replace("Table cells beyond the header", from, to, "|");
  }

  #formulas(node: Parents, from: number, to: number): void {
    const text = this.#edits.text.slice(from, to);
    if (!text.includes("$")) return;
    const code = node.children.filter((one) => one.type === "inlineCode");
    const isCode = (offset: number) =>
      code.some(
        ({ position: at }) => from + offset >= (at?.start.offset ?? 0) && from + offset < (at?.end.offset ?? 0),
      );
    for (const span of hidingFormulasIn(text, isCode))
      this.#edits.replace("Formula that can hide words", from + span.from, from + span.to, FORMULA);
  }
}
