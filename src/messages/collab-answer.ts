import { COMMANDS } from "../core/rules/command.ts";

/**
 * The field of `collab.md` into which a person writes. It names the ledger's length, so that an answer to one state of the
 * ticket is never taken for an answer to a later one.
 */
export type WrittenAnswer = { readonly length: number; readonly words: string };

const BEGIN = /^<!-- coop:answer (\d{1,6}) -->[ \t]*$/;
const END = /^<!-- coop:answer end -->[ \t]*$/;

export function emptyAnswer(length: number): string {
  return `<!-- coop:answer ${length} -->\n\n<!-- coop:answer end -->`;
}

/** @returns null when nothing was written */
export function writtenAnswer(page: string): WrittenAnswer | null {
  const lines = page.replace(/\r\n?/g, "\n").split("\n");
  const begin = lines.findIndex((line) => BEGIN.test(line));
  if (begin < 0) return null;
  const rest = lines.slice(begin + 1);
  const end = rest.findIndex((line) => END.test(line));
  const words = rest
    .slice(0, end < 0 ? rest.length : end)
    .join("\n")
    .trim();
  return words === "" ? null : { length: Number(BEGIN.exec(lines[begin] ?? "")?.[1]), words };
}

/**
 * The command that the words mean.
 * @param asked whether a question is open, whose answer may be any text
 * @returns null for words that are no command where one is needed
 * @example
 * commandIn("approve", false) // → "/coop approve"
 * commandIn("Only for CSV.", true) // → "/coop answer Only for CSV."
 */
export function commandIn(written: string, asked: boolean): string | null {
  // In backticks, as the page itself writes its commands. An answer keeps them.
  const words = written.replace(/^(`|\*\*)([/a-z][^`*\n]*)\1/i, "$2");
  if (/^\/coop(\s|$)/i.test(words)) return words;
  const first = /^[a-z]+/i.exec(words)?.[0].toLowerCase() ?? "";
  const isVerb = COMMANDS.some(({ verb }) => verb === first) && /^[a-z]+([\s:.!]|$)/i.test(words);
  // An answer may begin with a verb: "Stop at 30 characters" is none to an open question unless the word stands alone.
  if (isVerb && (!asked || /^[a-z]+[.!]?$/i.test(words)))
    return `/coop ${first} ${words.slice(first.length).replace(/^[:.!\s]+/, "")}`.trim();
  return asked ? `/coop answer ${written}` : null;
}
