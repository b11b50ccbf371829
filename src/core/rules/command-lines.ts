/** Where in a comment its commands stand. */

/** Commands answered in one comment; nobody needs more, and each of them writes an entry. */
export const COMMANDS_IN_COMMENT_MAX = 5;

/**
 * Up to three blanks, then `/coop` in any case, then a blank, a no-break space or the line's end. Four blanks or a tab would
 * be indented code; a zero-width letter, a letter of another alphabet or a bracket before it is something else altogether.
 */
export const COMMAND_LINE = /^ {0,3}\/coop(?![^ \t\u00a0])/i;

/** Zero-width characters, and marks of writing direction as keyboards of Arabic and Hebrew put them around a Latin word. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** A line as people see it. What differs from it is never followed, only answered with what to write. */
export function asSeen(line: string): string {
  return line.replace(INVISIBLE, "");
}

/**
 * Cuts a comment into its commands. Only lines at its very top count: the first line with words on it, and command lines
 * that follow with nothing but empty lines between. Whatever stands below the last of them belongs to it. So nothing in a
 * quote, a fence, a list or an HTML comment is ever a command: each of these begins with another line. One more than is
 * followed is cut out too, so that whoever wrote it is told.
 *
 * @example
 * commandsIn("/coop retry\n/coop status").length // → 2
 * commandsIn("> /coop retry") // → []
 */
export function commandsIn(body: string): string[] {
  const lines = body.replace(/\r\n?/g, "\n").split("\n");
  const found: string[][] = [];
  for (const [index, line] of lines.entries()) {
    if (COMMAND_LINE.test(line)) {
      if (found.length > COMMANDS_IN_COMMENT_MAX) break;
      found.push([line]);
      continue;
    }
    if (line.trim() === "") continue;
    found.at(-1)?.push(...lines.slice(index));
    break;
  }
  return found.map((one) => one.join("\n"));
}
