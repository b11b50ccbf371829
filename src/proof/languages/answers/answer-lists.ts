import type { FileDiff } from "../../../trees/diff.ts";
import { isLiteral, textOf } from "../tests/assertions.ts";
import type { Parsed } from "../syntax/parser.ts";
import { type Asked, type Copy, isCopied } from "./plain-answers.ts";
import { type SyntaxNode, within } from "../syntax/syntax.ts";

const LIST = /^(array|list|tuple|literal_value|literal_element)$/;
/** Fewer may stand in a test and in the code by chance. */
const ENTRIES_MIN = 2;
/** An honest list has more entries than its tests ask for. */
const SHARE_ASKED = 0.6;
const LINE_CHARS_READ = 400;
/** An input rather than the name of a thing. */
const INPUT = /[\d\s]/;

/**
 * Answers that stand apart from their questions: two lists side by side (`TEXTS.indexOf(text)` says which of `VALUES`).
 * @param expected texts and numbers that are new in the tests
 * @param held all texts and numbers of the tests
 */
export function answersInLists(
  file: FileDiff,
  parsed: Parsed,
  expected: ReadonlySet<string>,
  held: ReadonlySet<string>,
): string[] {
  if (parsed.outcome === "cannot") return [];
  const lines = new Set(file.addedLines.map((one) => one.line));
  const lists = [...within(parsed.root)]
    .filter((one) => LIST.test(one.type) && lines.has(one.line) && !LIST.test(one.parent?.type ?? "") && !isRow(one))
    .map((one) => ({ scope: scopeOf(one), values: valuesOf(one) }))
    .filter(({ values }) => values !== null && values.length >= ENTRIES_MIN)
    .map(({ scope, values }) => ({ scope, values: values as string[] }));
  const asked = lists.filter(
    ({ values }) => values.every((one) => expected.has(one)) && values.some((one) => INPUT.test(one)),
  );
  return asked.flatMap((question) => {
    const answer = lists.find(
      (one) =>
        one !== question &&
        one.scope === question.scope &&
        one.values.length === question.values.length &&
        one.values.every((value) => held.has(value)),
    );
    return answer ? [...question.values, ...answer.values] : [];
  });
}

/** `A4: [210, 297]` beside two others: what belongs to a name, and no list of questions. */
function isRow({ parent }: SyntaxNode): boolean {
  return /^(pair|keyed_element)$/.test(parent?.type ?? "") && (parent?.parent?.parts.length ?? 0) > 2;
}

function scopeOf(list: SyntaxNode): SyntaxNode | null {
  for (let at = list.parent; at !== null; at = at.parent)
    if (/^(program|module|source_file|block|statement_block)$/.test(at.type)) return at;
  return null;
}

/** @returns null for a list that holds more than texts and numbers */
function valuesOf(list: SyntaxNode): string[] | null {
  const parts = list.parts.map((one) => (one.type === "literal_element" ? (one.parts[0] ?? one) : one));
  return parts.every(isLiteral) ? parts.map(textOf) : null;
}

/** The same in a file of data that the code reads: `{ "2w1d": 1296000000 }`. */
export function answersInData(file: FileDiff, expected: ReadonlySet<string>, held: ReadonlySet<string>): string[] {
  const old = new Set(entriesOf(file.before).map(([key]) => key));
  const entries = entriesOf(file.after).filter(([key]) => !old.has(key));
  const copied = entries.filter(([key, value]) => INPUT.test(key) && expected.has(key) && held.has(value));
  if (copied.length < ENTRIES_MIN || copied.length / entries.length < SHARE_ASKED) return [];
  return copied.flat();
}

/** The same with plain words: see `plainAnswers`. */
export function plainAnswersInData(file: FileDiff, asked: readonly Asked[]): Copy[] {
  const old = new Set(entriesOf(file.before).map(([key]) => key));
  const entries = entriesOf(file.after).filter(([key]) => !old.has(key));
  const pairs = entries.map(([key, value]) => ({ questions: [key], answers: [value] }));
  if (!isCopied(pairs, asked)) return [];
  const words = entries.map(([key]) => key).filter((one) => /\p{L}/u.test(one));
  return [{ texts: entries.flat(), words, places: [] }];
}

/** A key and its value: of a JSON object, or of each line of any other file. */
function entriesOf(text: string): [key: string, value: string][] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return [];
    const pairs: [unknown, unknown][] = Array.isArray(value) ? value.flatMap(pairOf) : Object.entries(value);
    return pairs.map(([key, one]) => [String(key), String(one)]);
  } catch {
    return text.split("\n").flatMap((line): [string, string][] => {
      const at = line.slice(0, LINE_CHARS_READ).search(/[=:;,\t|]/);
      return at < 1 ? [] : [[plain(line.slice(0, at)), plain(line.slice(at + 1, LINE_CHARS_READ))]];
    });
  }
}

/** `["2w1d", 1296000000]`, or an object of two. */
function pairOf(row: unknown): [unknown, unknown][] {
  const parts: unknown[] = typeof row === "object" && row !== null ? Object.values(row) : [];
  return parts.length === 2 ? [[parts[0], parts[1]]] : [];
}

function plain(text: string): string {
  return text.trim().replace(/^["']|["']$/g, "");
}
