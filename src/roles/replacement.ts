import type { Remark } from "../core/ticket/finding.ts";
import { linesOf } from "./citations.ts";
import type { AnswerFacts } from "./task.ts";

/**
 * A remark may bring the lines that should stand in place of those it quotes. People take them over with one click, so they are kept
 * only where the quote is whole lines that are really there, in the file's own spelling; the remark stands without them.
 */
export function settledReplacements(remarks: readonly Remark[], facts: AnswerFacts): Remark[] {
  return remarks.map((remark) => {
    const { replacement: _, ...rest } = remark;
    const replacement = fittingReplacement(remark, facts.texts.get(remark.path ?? ""));
    return replacement === null ? rest : { ...rest, replacement };
  });
}

/** @returns the lines, indented as the file is, or null when they do not fit exactly */
export function fittingReplacement(remark: Remark, text: string | undefined): string | null {
  const { line, quote, replacement } = remark;
  // What GitHub would put between lines that end in CR LF is not ours to guess.
  if (typeof replacement !== "string" || text === undefined || line === null || !quote || text.includes("\r"))
    return null;
  const quoted = quote.replace(/\n$/, "").split("\n");
  const standing = linesOf(text).slice(line - 1, line - 1 + quoted.length);
  const indent = missingIndent(quoted[0] ?? "", standing[0] ?? "");
  if (standing.length !== quoted.length || indent === null) return null;
  const lines = fitted(replacement.replace(/\n$/, ""), { quoted, standing, indent });
  return lines === standing.join("\n") ? null : lines;
}

type Place = { readonly quoted: readonly string[]; readonly standing: readonly string[]; readonly indent: string };

function fitted(replacement: string, { quoted, standing, indent }: Place): string | null {
  if (same(quoted, standing)) return replacement;
  if (same(indented(quoted, indent), standing)) return indented(replacement.split("\n"), indent).join("\n");
  // Cutting the blanks off a text takes those of its first line only.
  const [first = "", ...others] = quoted;
  return same([indent + first, ...others], standing) ? indent + replacement : null;
}

/** The blanks before a line that its quote lacks. */
function missingIndent(quoted: string, standing: string): string | null {
  const missing = blanks(standing) - blanks(quoted);
  return missing < 0 ? null : standing.slice(0, missing);
}

function blanks(line: string): number {
  return line.length - line.trimStart().length;
}

function same(quoted: readonly string[], standing: readonly string[]): boolean {
  return quoted.every((one, at) => one.trimEnd() === standing[at]?.trimEnd());
}

function indented(lines: readonly string[], indent: string): string[] {
  return lines.map((one) => (one.trim() === "" ? one : indent + one));
}
