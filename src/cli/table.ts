import { wrapped } from "./progress.ts";
import { plain } from "./terminal.ts";

/** Tables for a terminal: columns where they fit, else the fields of each row with their names, as many on a line as it holds. */
export type Table = {
  /** Empty where the fields bear their names themselves. */
  readonly head: readonly string[];
  /** The lines of each row. */
  readonly rows: readonly (readonly string[])[];
};

/** Between two columns. */
const GAP = "  ";
/** A last column narrower than this would be a column of single words. */
const LAST_CHARS_MIN = 16;
/** A cell of the last column that takes more lines is easier to read below the others. */
const LAST_LINES_MAX = 3;

/** What a line holds: of a terminal its width; a pipe or a file has no end. */
export function lineWidth(stream: Partial<NodeJS.WriteStream> = process.stdout): number {
  return (stream.isTTY && stream.columns) || Infinity;
}

/** As wide as their widest cell; columns of numbers stand to the right. What is longer than a line is broken between words. */
export function columns(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number = lineWidth(),
): string[] {
  const table = tableIn(width, head, rows);
  return [...table.head, ...table.rows.flat()];
}

export function tableIn(
  width: number,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  lastLinesMax = LAST_LINES_MAX,
): Table {
  const cells = rows.map((row) => row.map(plain));
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const [last, before] = [widths.at(-1) ?? 0, widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, 0)];
  const left = width - before;
  if (left < Math.min(last, Math.max(LAST_CHARS_MIN, Math.ceil(last / lastLinesMax))))
    return { head: [], rows: cells.map((row) => stacked(head, row, width)) };
  const isNumber = head.map((_, column) => cells.length > 0 && cells.every((row) => NUMBER.test(row[column] ?? "")));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join(GAP)
      .trimEnd();
  const lines = (row: readonly string[]) => {
    const [first = "", ...more] = last <= left ? [row.at(-1) ?? ""] : wrapped(row.at(-1) ?? "", left);
    return [line([...row.slice(0, -1), first]), ...more.map((one) => " ".repeat(before) + one)];
  };
  return { head: [line(head)], rows: cells.map(lines) };
}

const NUMBER = /^[$]?[\d.,]+$/;

/** `Ticket 2  State Approved`, and what does not fit on that line below it. A field that says nothing is left out. */
function stacked(head: readonly string[], row: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [column, cell] of row.entries()) {
    if (cell === "") continue;
    const field = `${head[column]} ${cell}`.trim();
    const longer = `${lines.at(-1)}${GAP}${field}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else for (const part of wrapped(field, width - GAP.length)) lines.push(lines.length === 0 ? part : `${GAP}${part}`);
  }
  return lines;
}
