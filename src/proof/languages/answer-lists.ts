import type { FileDiff } from "../../trees/diff.ts";
import { isLiteral, textOf } from "./assertions.ts";
import type { Parsed } from "./parser.ts";
import { type SyntaxNode, within } from "./syntax.ts";

const LIST = /^(array|list|tuple|literal_value|literal_element)$/;
/** Fewer may stand in a test and in the code by chance. */
const ENTRIES_MIN = 2;
/** An honest list has more entries than its tests ask for. */
const SHARE_ASKED = 0.6;
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
    .filter((one) => LIST.test(one.type) && lines.has(one.line) && !LIST.test(one.parent?.type ?? ""))
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
  const entries = entriesOf(file.after).filter(([key]) => !file.before.includes(JSON.stringify(key)));
  const copied = entries.filter(([key, value]) => INPUT.test(key) && expected.has(key) && held.has(value));
  if (copied.length < ENTRIES_MIN || copied.length / entries.length < SHARE_ASKED) return [];
  return copied.flat();
}

function entriesOf(text: string): [key: string, value: string][] {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    return Object.entries(value).map(([key, one]) => [key, String(one)]);
  } catch {
    return [];
  }
}
