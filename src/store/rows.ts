/**
 * Statements over many rows. Their number is rounded up to a power of two by giving the last row again, which every such
 * statement takes for the same row: so there are few different texts, and a database prepares each of them once.
 */
export function padded<T>(rows: readonly T[]): readonly T[] {
  const last = rows.at(-1);
  if (last === undefined) return rows;
  const size = 2 ** Math.ceil(Math.log2(rows.length));
  return [...rows, ...Array.from({ length: size - rows.length }, () => last)];
}

/** A statement for each number of rows, written once: its text is long, and every round of webhooks needs it. */
export function perRows(textOf: (rows: number) => string): (rows: number) => string {
  const written = new Map<number, string>();
  return (rows) => {
    const text = written.get(rows) ?? textOf(rows);
    written.set(rows, text);
    return text;
  };
}

/** `($1, $2, 'kept'), ($3, $4, 'kept')` */
export function placesOf(rows: number, columns: readonly string[], more = ""): string {
  const row = (index: number) =>
    columns.map((column, at) => column.replace("?", `$${index * columns.length + at + 1}`)).join(", ");
  return Array.from({ length: rows }, (_, index) => `(${row(index)}${more})`).join(", ");
}
