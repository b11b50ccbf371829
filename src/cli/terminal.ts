/** Titles, names and texts of strangers must not move the cursor, colour the terminal or forge lines. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** One line of plain text. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(CONTROL, "");
}

/** Of a title in a line or a table; programs get all of it. */
const TITLE_CHARS_SHOWN = 80;

export function shortTitle(title: string): string {
  const all = [...plain(title)];
  return all.length > TITLE_CHARS_SHOWN ? `${all.slice(0, TITLE_CHARS_SHOWN - 1).join("")}…` : all.join("");
}

export function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Columns as wide as their widest cell; columns of numbers stand to the right. */
export function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => /^[$]?[\d.,]+$/.test(row[column] ?? "")),
  );
  return all.map((row) =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
