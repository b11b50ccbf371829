import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/**
 * The one way Markdown is parsed. Nested quotes overflow the stack and unmatched emphasis takes quadratic time, so a
 * text of a shape that no person writes is not parsed at all: a comment must not be able to stop the server.
 */
export type Parsed = Root | "too-tangled";

/** Delimiters in one paragraph, and containers around one line: several times what the densest real texts have. */
const DELIMITERS_MAX = 600;
const CONTAINERS_MAX = 60;
/** Lines that underline a heading, where each is tried against all lines before it. */
const UNDERLINES_MAX = 200;

/** Lines, those of code, and signs of any kind in a whole text: what parses slowly only by its number. */
export const LINES_MAX = 1_500;
const CODE_LINES_MAX = 4_000;
const SIGNS_MAX = 5_000;

/** Lists that begin on one line, one in another. */
const LISTS = /^(?:[ \t>]{0,80}(?:[-*+]|\d{1,9}[.)])(?=[ \t])){1,80}/;
/** Of the columns before an item, so many make it as slow as one more: people go four or five lists deep. */
const DEEP_COLUMNS = 16;

function listsOf(line: string): number {
  const begun = LISTS.exec(line)?.[0].replaceAll("\t", "    ");
  if (begun === undefined) return 0;
  return (begun.match(/[-*+.)]/g)?.length ?? 0) + Math.floor(begun.search(/[^ >]/) / DEEP_COLUMNS);
}

/** How many ordinary lines take the parser as long, about: a list's item takes it two to four times as much, and each list in another that again. */
export function weightOf(line: string): number {
  return 1 + listsOf(line);
}

/** Positions in the result are offsets into `markdown`. */
export function parseMarkdown(markdown: string): Parsed {
  if (isTangled(markdown)) return "too-tangled";
  // The transforms look for addresses once more, in decoded text; what they add has no position and is no link there.
  const extensions = gfmFromMarkdown().map((one) => ({ ...one, transforms: [] }));
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: extensions });
}

export function textOf(node: Nodes): string {
  if ("value" in node) return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

/** Whether parsing it could take so long that nobody else is answered meanwhile. */
export function isTangled(markdown: string): boolean {
  // Raw HTML of these kinds runs over blank lines, so that a fence inside it is none; then no line is let off.
  const fencesCount = !/<(?:!|\?|script|pre|style|textarea)/i.test(markdown);
  let delimiters = 0;
  let fence = "";
  let inHtml = false;
  let underlines = 0;
  let [lines, codeLines, signs] = [0, 0, 0];
  for (const line of markdown.split(/\r\n?|\n/)) {
    const isBlank = line.trim() === "";
    if (isBlank) inHtml = false;
    if (/^ {0,3}</.test(line)) inHtml = true;
    const mark = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1] ?? "";
    if (fence) {
      if (++codeLines > CODE_LINES_MAX) return true;
      if (mark.startsWith(fence) && line.trim() === mark) fence = "";
      continue;
    }
    if (mark && fencesCount && !inHtml) fence = mark;
    // People write long lists, so that an item is a line like any other; nobody writes many lists on one line.
    lines += Math.max(1, listsOf(line));
    signs += line.match(/[\\&@:*_~[\]<`!|#]/g)?.length ?? 0;
    if (lines > LINES_MAX || signs > SIGNS_MAX) return true;
    if (/^[\s>]{0,80}=+\s*$/.test(line) && ++underlines > UNDERLINES_MAX) return true;
    // A list item and a table row are blocks of their own.
    if (isBlank || /^\s*[-*+|] ?[^\s*-]/.test(line)) delimiters = 0;
    delimiters += line.match(/[*_~[\]<`!]+/g)?.length ?? 0;
    if (delimiters > DELIMITERS_MAX || isNested(line)) return true;
  }
  return false;
}

function isNested(line: string): boolean {
  if (/\[{30}|(?:!\[){15}|(?:\[[^\]]{0,3}\]\(){30}|<{200}/.test(line)) return true;
  // The pattern tries each pair of places in a row of `>`, so only a line that can be a rule is given to it.
  const isRule = line.length < 500 && /^[\s>]*([-*_.=>])\1*\s*$/.test(line);
  const lead = /^[\s>*+\d.)-]*/.exec(line)?.[0] ?? "";
  return !isRule && (lead.match(/[>*+.)-]/g)?.length ?? 0) > CONTAINERS_MAX;
}
