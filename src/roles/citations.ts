import { withoutUnseen } from "../hygiene/hidden-characters.ts";
import type { Remark } from "../core/ticket/finding.ts";
import { meantByEnd, meantPath } from "../trees/meant-path.ts";
import type { AnswerFacts } from "./task.ts";
import { QUOTE_CHARS_MAX } from "../core/ledger/limits.ts";

/**
 * A remark may only count when the place it cites exists at the head: models invent lines, and a comment in the code
 * can talk one into citing something else. What our own views add to a line (numbers, a diff's marks), and the spelling
 * that models copy carelessly (white space, quotation marks, entities), are folded on both sides; nothing else is.
 */

/** A blocker about something that is missing has no line; it says so in these words. */
const NO_LINE = /\bno line:/i;
/** A quote may run over the end of its line; longer ones are found by looking through the file. */
const QUOTED_LINES_MAX = 8;

/**
 * @returns the indexes of remarks that point at nothing; code lowers those that would block. A remark on a file that is
 * there keeps its weight without its line: a careless quote must not turn a real blocker into a concern.
 */
export function misquoted(remarks: readonly Remark[], facts: AnswerFacts): Set<number> {
  const wrong = new Set<number>();
  remarks.forEach((remark, index) => {
    const path = fileOf(remark, facts);
    const onFile = path !== null && (facts.paths.has(path) || isGone(path, facts));
    // Something that is missing has no place, whatever name it should have had.
    if (!onFile && !NO_LINE.test(remark.problem) && placeProblem(remark, facts) !== null) wrong.add(index);
  });
  return wrong;
}

/**
 * The file that is meant, in the repository's own spelling; as it was said when there is none. Reviewers speak of what was
 * changed, also of files that the change deletes.
 */
export function fileOf(
  { path }: Pick<Remark, "path">,
  { paths, briefing }: Pick<AnswerFacts, "paths" | "briefing">,
): string | null {
  if (path === null) return null;
  const changed = new Set(briefing.changed);
  return (
    meantPath(path, paths) ??
    meantPath(path, changed) ??
    meantByEnd(path, changed) ??
    meantByEnd(path, paths, changed) ??
    path
  );
}

/** The change deletes it, so that there is no line of it to cite. */
function isGone(path: string, { paths, briefing }: AnswerFacts): boolean {
  return !paths.has(path) && briefing.changed.includes(path);
}

/**
 * A remark whose quote stands in the file, but on another line, gets that line: models count badly, and the quoted text
 * says which place is meant. Told once already, a model that still miscounts must not lose a real blocker over it.
 */
function located(remark: Remark, facts: AnswerFacts): Remark {
  const path = fileOf(remark, facts);
  // A line of no file says nothing; the remark itself may well be right.
  const named = { ...remark, path, line: path === null ? null : remark.line };
  const text = path === null ? undefined : facts.texts.get(path);
  const quote = quoted(remark.quote);
  if (text === undefined || quote === "") return named;
  const lines = linesOf(text);
  const said = remark.line ?? lineIn(remark.path ?? "") ?? 0;
  if (standsAt(lines, said, quote)) return { ...named, line: said };
  const found = lines.flatMap((_text, index) => (standsAt(lines, index + 1, quote) ? [index + 1] : []));
  const nearest = found.sort((a, b) => Math.abs(a - said) - Math.abs(b - said))[0];
  return nearest === undefined ? named : { ...named, line: nearest };
}

/** The `:12` of a path that was cited with its line. */
function lineIn(path: string): number | null {
  const line = /:(\d{1,7})(?:[-:]\d+)?$/.exec(path)?.[1];
  return line === undefined ? null : Number(line);
}

/** A remark without the place that it got wrong; the file stays where there is one. */
function unplaced(remark: Remark, facts: AnswerFacts): Remark {
  const path = fileOf(remark, facts);
  const isKnown = path !== null && (facts.paths.has(path) || isGone(path, facts));
  return { ...remark, path: isKnown ? path : null, line: null, quote: null };
}

/** Every remark with a place that exists or none at all, and which of them point at nothing. */
export function settledPlaces(
  remarks: readonly Remark[],
  facts: AnswerFacts,
): { placed: Remark[]; wrong: Set<number> } {
  const found = remarks.map((remark) => located(remark, facts));
  const isPlaced = (remark: Remark) => placeProblem(remark, facts) === null && !isGone(remark.path ?? "", facts);
  const placed = found.map((remark) => (isPlaced(remark) ? remark : unplaced(remark, facts)));
  return { placed, wrong: misquoted(found, facts) };
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
  const { line } = remark;
  const path = fileOf(remark, facts);
  const quote = quoted(remark.quote);
  if (path === null) return line === null ? null : "it names a line but no path.";
  if (isGone(path, facts)) return null;
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
  const there = `line ${line} of ${path} is ${JSON.stringify((lines[line - 1] ?? "").trim().slice(0, QUOTE_CHARS_MAX))}`;
  return found < 0
    ? `${there}; the quote stands nowhere in the file.`
    : `${there}; the quote stands on line ${found + 1}.`;
}

export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** A line number as `read_file` and the tools of others show it, or the mark of a diff's line. */
const OUR_NUMBER = /^\s{0,8}\d{1,7}(?:\t|→|: ?| \| ?)/;
const DIFF_MARK = /^[+\- ](?=\S|\s)/;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", nbsp: " " };

/** What a model quoted, without what our views and its own Markdown put around it. */
function quoted(quote: string | null): string {
  const lines = (quote ?? "").split(/\r?\n/).filter((line) => !/^\s*(`{3,}.*|@@.*@@.*)$/.test(line));
  const plain = lines.map((line) => line.replace(OUR_NUMBER, "").replace(DIFF_MARK, "")).join("\n");
  return fold(
    plain
      .trim()
      .replace(/^`+|`+$/g, "")
      .replace(/^(\.{3}|…)|(\.{3}|…)$/g, ""),
  );
}

/** The spellings of one character that models take for each other, and the end mark that our own shortening leaves. */
function fold(text: string): string {
  return withoutUnseen(text.normalize("NFC"))
    .replace(/&(lt|gt|amp|quot|apos|nbsp);|&#(39|34|60|62|38);/g, (whole, name: string, code: string) =>
      name ? (ENTITIES[name] ?? whole) : String.fromCharCode(Number(code)),
    )
    .replace(/[‘’‚′]/g, "'")
    .replace(/[“”„″]/g, '"')
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(/…/g, "...")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\.\.\.$/, "");
}
