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
