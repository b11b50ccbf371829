import type { Nodes } from "mdast";
import { unseenOfAddress } from "./hidden-addresses.ts";
import { parseMarkdown } from "./markdown.ts";
import { Edits, type Removal } from "./removals.ts";
import { nameInvisible, stripInvisible } from "./hidden-characters.ts";
import { nameGaps } from "./hidden-gaps.ts";
import { Reader } from "./hidden-markdown.ts";

/**
 * What strangers write, reduced to what a reader of the rendered page sees. Instructions to a model hide in comments,
 * titles, addresses, alternative texts, unused definitions and characters without a glyph; a person who approves a ticket
 * never saw those, so no model does either. What was removed is listed, so that it can be published. Code stays as it is,
 * but for characters that nobody can see: those are named.
 *
 * A rule stands in the sibling that is named for what hides the text: `hidden-characters`, `hidden-html`, `hidden-styles`,
 * `hidden-addresses`, `hidden-folds`, `hidden-diagrams`, `hidden-gaps` (words far to the right or below), or else in
 * `hidden-markdown`.
 */
export type Cleaned = {
  readonly text: string;
  /** One line for each kind of thing removed, with the beginnings of the first few quoted. */
  readonly removed: readonly string[];
};

/** Removing one thing can reveal another (`<<b></b>!--`). Real texts settle at the second pass. */
const PASSES_MAX = 12;

/** Cleans GitHub-flavoured Markdown. `clean(clean(x).text)` changes nothing more. */
export function clean(markdown: string): Cleaned {
  const removed: Removal[] = [];
  let text = markdown;
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    const next = cleanOnce(text, removed);
    if (next === "too-tangled") break;
    if (next !== text) {
      text = next;
      continue;
    }
    // Nothing is left that could hide words, so whatever naming does to the lines uncovers none.
    const gaps = nameGaps(text);
    if (gaps.count === 0) return { text, removed: listed(removed) };
    removed.push({ what: `${gaps.count} gaps that push text out of sight: named there.`, shown: null });
    text = gaps.text;
  }
  const tangled = { what: "All markup: it was too tangled to tell what a reader sees.", shown: null };
  // The tangle itself may be hidden: from where something could hide words, none of them counts.
  const from = text.search(COULD_HIDE);
  const rest = from < 0 ? [] : [{ what: "All that follows on markup in a tangle", shown: text.slice(from) }];
  const plain = plainOnly(from < 0 ? text : text.slice(0, from));
  return { text: nameGaps(plain).text, removed: listed([tangled, ...rest, ...removed]) };
}

/**
 * Tags and comments, addresses and titles, pictures' texts, labels, definitions, formulas, blocks that are drawn, cells, and
 * quotations and lists that push their text aside.
 */
const COULD_HIDE =
  /<[!?/a-z]|\][([:]|!\[|\[\^|\$[^$]{0,2000}\\|^[ \t>*+-]{0,80}(?:`{3}|~{3})[`~ \t]{0,80}(?:mermaid|math|geojson|topojson|stl)|^[ \t>]{0,80}\|?[ \t]{0,20}:?-{1,80}:?[ \t]{0,20}\||^(?:[ \t]{0,9}(?:[>*+-]|\d{1,9}[.)])){20}/im;

function cleanOnce(markdown: string, removed: Removal[]): string | "too-tangled" {
  const root = parseMarkdown(markdown);
  if (root === "too-tangled") return root;
  const edits = new Edits(markdown, removed);
  new Reader(edits, root).visit(root);
  const text = edits.apply();
  if (text !== markdown) return text;
  const code = codeIn(root);
  // Only now: on the page these characters stand. Without them `--\u200b>` would end a comment, and "``\u200b`" begin code.
  const visible = withoutInvisible(markdown, code, removed);
  return visible === markdown ? splitComments(markdown, code, removed) : visible;
}

type Range = { readonly from: number; readonly to: number };

function codeIn(node: Nodes): Range[] {
  if (node.type === "code" || node.type === "inlineCode")
    return [{ from: node.position?.start.offset ?? 0, to: node.position?.end.offset ?? 0 }];
  return "children" in node ? node.children.flatMap(codeIn) : [];
}

/** Does `prose` to what stands between the pieces of code, and `inCode` to those. */
function outsideAndIn(
  text: string,
  code: readonly Range[],
  prose: (piece: string) => string,
  inCode: (piece: string) => string,
): string {
  let out = "";
  let position = 0;
  for (const { from, to } of code) {
    out += prose(text.slice(position, from)) + inCode(text.slice(from, to));
    position = to;
  }
  return out + prose(text.slice(position));
}

function withoutInvisible(markdown: string, code: readonly Range[], removed: Removal[]): string {
  let [gone, named] = [0, 0];
  const text = outsideAndIn(
    markdown,
    code,
    (piece) => {
      const stripped = stripInvisible(piece);
      gone += stripped.count;
      return stripped.text;
    },
    (piece) => {
      const shown = nameInvisible(piece);
      named += shown.count;
      return shown.text;
    },
  );
  if (gone > 0) removed.push({ what: `${gone} characters that nobody can see.`, shown: null });
  if (named > 0) removed.push({ what: `${named} characters in code that nobody can see: named there.`, shown: null });
  return text;
}

/**
 * What is left of `<!--` outside of code is visible as such (escaped, or never closed in a line); it is split all the
 * same, so that nothing downstream that treats text as HTML can be opened by it.
 */
function splitComments(text: string, code: readonly Range[], removed: Removal[]): string {
  const split = outsideAndIn(
    text,
    code,
    (piece) => piece.replace(/<!--/g, "<! --"),
    (piece) => piece,
  );
  if (split !== text)
    removed.push({ what: "The sign that opens an HTML comment, where it was shown as text.", shown: null });
  return split;
}

/** Without these signs nothing in Markdown hides text, and nothing is left that could be tangled. */
function plainOnly(text: string): string {
  return stripInvisible(text)
    .text.replace(/^([ \t>*+-]{0,80})(?:`{3}|~{3})[^\n\r]*/gm, "$1")
    .replace(/(?:https?:\/\/|www\.)[^\s<>]{1,2000}/gi, (address) => {
      const { from, to } = unseenOfAddress(address) ?? { from: address.length, to: address.length };
      return address.slice(0, from) + address.slice(to);
    })
    .replace(/[<>[\]`&|*_~!$]/g, " ")
    .replace(/^[\s+\d.)-]{60,}/gm, "");
}

/** A comment can hold thousands of hidden things; a person needs to see that, and a few of them. */
const KINDS_LISTED_MAX = 10;
const QUOTED_MAX = 3;
const QUOTE_CHARS_MAX = 80;

function listed(removed: readonly Removal[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { what, shown } of removed) {
    const quotes = kinds.get(what) ?? [];
    kinds.set(what, quotes);
    if (shown !== null) quotes.push(shown);
  }
  return [...kinds].slice(0, KINDS_LISTED_MAX).map(([what, quotes]) => {
    if (quotes.length === 0) return what;
    const quoted = quotes.slice(0, QUOTED_MAX).map((one) => JSON.stringify(one.trim().slice(0, QUOTE_CHARS_MAX)));
    const more = quotes.length > QUOTED_MAX ? ` and ${quotes.length - QUOTED_MAX} more` : "";
    return `${what}: ${quoted.join(", ")}${more}`;
  });
}
