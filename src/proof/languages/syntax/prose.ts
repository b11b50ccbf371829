import type { Parsed } from "./parser.ts";
import { type SyntaxNode, within } from "./syntax.ts";

/** Which parts of a source text are comments and which are texts, so that neither is taken for code. */
export type Prose = {
  /** Per line, what stands in its comments; lines without comments are absent. */
  readonly comments: ReadonlyMap<number, string>;
  /** Whether something at this offset is code: neither comment nor text. */
  isCode(offset: number): boolean;
  /** Offset at which a line begins. */
  startOf(line: number): number;
};

const COMMENT = /comment$/;
const TEXT = /^(string|template_string|interpreted_string_literal|raw_string_literal|rune_literal|char_literal|regex)$/;

/** @returns null for what no grammar reads here */
export function proseOf(parsed: Parsed, text: string): Prose | null {
  if (parsed.outcome === "cannot") return null;
  const starts = lineStarts(text);
  const comments = new Map<number, string>();
  const spans: { start: number; end: number }[] = [];
  for (const node of within(parsed.root, (one) => !COMMENT.test(one.type))) {
    if (COMMENT.test(node.type)) {
      spans.push(node);
      node.text.split("\n").forEach((line, at) => {
        const before = comments.get(node.line + at);
        comments.set(node.line + at, before === undefined ? line : `${before} ${line}`);
      });
    } else if (TEXT.test(node.type)) spans.push(...withoutCode(node));
  }
  const ordered = spans.sort((a, b) => a.start - b.start);
  const isCode = (offset: number) => {
    const at = lastBefore(ordered, offset);
    return at === null || offset >= at.end;
  };
  return { comments, isCode, startOf: (line) => starts[line - 1] ?? text.length };
}

/** What stands between `${` and `}` is code again. */
function withoutCode(node: SyntaxNode): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let from = node.start;
  for (const hole of node.children.filter((one) => /substitution$|^interpolation$/.test(one.type))) {
    found.push({ start: from, end: hole.start });
    from = hole.end;
  }
  return [...found, { start: from, end: node.end }];
}

function lastBefore<T extends { start: number }>(ordered: readonly T[], offset: number): T | null {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle] as T).start <= offset) low = middle + 1;
    else high = middle;
  }
  return ordered[low - 1] ?? null;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}
