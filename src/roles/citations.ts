import type { Remark } from "../core/ticket/finding.ts";
import type { AnswerFacts } from "./task.ts";

/**
 * A remark may only count when the place it cites exists at the head: models invent lines, and a comment in the code
 * can talk one into citing something else. White space is folded, since models copy it carelessly; nothing else is.
 */

/** A blocker about something that is missing has no line; it says so in these words. */
const NO_LINE = /\bno line:/i;
/** A quote may run over the end of its line; longer ones are found by looking through the file. */
const QUOTED_LINES_MAX = 8;

/** @returns the indexes of remarks whose place does not exist; code lowers those that would block */
export function misquoted(remarks: readonly Remark[], facts: AnswerFacts): Set<number> {
  const wrong = new Set<number>();
  remarks.forEach((remark, index) => {
    if (placeProblem(remark, facts) !== null) wrong.add(index);
  });
  return wrong;
}

/**
 * A remark whose quote stands in the file, but on another line, gets that line: models count badly, and the quoted text
 * says which place is meant. Told once already, a model that still miscounts must not lose a real blocker over it.
 */
export function located(remark: Remark, facts: AnswerFacts): Remark {
  const text = remark.path === null ? undefined : facts.texts.get(remark.path);
  const quote = fold(remark.quote ?? "");
  if (text === undefined || remark.line === null || quote === "") return remark;
  const lines = linesOf(text);
  if (standsAt(lines, remark.line, quote)) return remark;
  const found = lines.flatMap((_text, index) => (standsAt(lines, index + 1, quote) ? [index + 1] : []));
  const nearest = found.sort((a, b) => Math.abs(a - (remark.line ?? 0)) - Math.abs(b - (remark.line ?? 0)))[0];
  return nearest === undefined ? remark : { ...remark, line: nearest };
}

/** A remark without the place that it got wrong; the file stays where there is one. */
export function unplaced(remark: Remark, facts: AnswerFacts): Remark {
  const path = remark.path !== null && facts.paths.has(remark.path) ? remark.path : null;
  return { ...remark, path, line: null, quote: null };
}

/** Sentences for the model about remarks that cite nothing, or what does not exist. */
export function citationDoubts(remarks: readonly Remark[], facts: AnswerFacts): string[] {
  return remarks.flatMap((remark, index) => {
    const problem = placeProblem(remark, facts) ?? missingPlace(remark);
    return problem === null ? [] : [`findings[${index}] (${JSON.stringify(remark.title)}): ${problem}`];
  });
}

function missingPlace(remark: Remark): string | null {
  if (remark.severity !== "blocker" || NO_LINE.test(remark.problem)) return null;
  if (remark.path !== null && remark.line !== null && remark.quote?.trim()) return null;
  return 'a blocker needs path, line and quote; when there is no line to cite, begin `problem` with "No line:" and say why.';
}

/** @returns null when everything the remark cites stands at the head */
export function placeProblem(remark: Pick<Remark, "path" | "line" | "quote">, facts: AnswerFacts): string | null {
  const { path, line } = remark;
  const quote = fold(remark.quote ?? "");
  if (path === null) return line === null ? null : "it names a line but no path.";
  if (!facts.paths.has(path)) return `there is no file ${JSON.stringify(path)} at this commit.`;
  const text = facts.texts.get(path);
  if (text === undefined) return line === null && quote === "" ? null : `${path} is not a text file.`;
  const lines = linesOf(text);
  if (line !== null && line > lines.length) return `${path} has ${lines.length} lines, not ${line}.`;
  if (quote === "") return null;
  if (line === null) return fold(text).includes(quote) ? null : `the quote does not stand in ${path}.`;
  return standsAt(lines, line, quote) ? null : elsewhere(lines, path, line, quote);
}

function standsAt(lines: readonly string[], line: number, quote: string): boolean {
  const first = fold(lines[line - 1] ?? "");
  const from = fold(lines.slice(line - 1, line - 1 + QUOTED_LINES_MAX).join(" ")).indexOf(quote);
  return from >= 0 && (from < first.length || first === quote);
}

function elsewhere(lines: readonly string[], path: string, line: number, quote: string): string {
  const found = lines.findIndex((_text, index) => standsAt(lines, index + 1, quote));
  const there = `line ${line} of ${path} is ${JSON.stringify((lines[line - 1] ?? "").trim().slice(0, 200))}`;
  return found < 0
    ? `${there}; the quote stands nowhere in the file.`
    : `${there}; the quote stands on line ${found + 1}.`;
}

export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** The end mark that our own shortening leaves is not part of the quote. */
function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/…$/, "");
}
