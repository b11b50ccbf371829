/**
 * Rows for one statement of PostgreSQL, a text for each column, which it takes apart at a character: for a server that costs a fraction of
 * reading JSON, whose every record it lays out in a table of its own, and a payload that is JSON is not quoted once more.
 */
export type Packed = readonly [...columns: string[], separator: string, nothing: string];

/** No text that people, forges or JSON write has characters of control in it; should one, others are taken. */
const CONTROLS = Array.from({ length: 31 }, (_, at) => String.fromCharCode(31 - at));

/** @param rows as many values each as there are columns; a lone row whose value is '' gives NULL */
export function packed(columns: number, rows: readonly (readonly (string | null)[])[]): Packed {
  const isFree = (control: string) => !rows.some((row) => row.some((value) => value?.includes(control)));
  const separator = CONTROLS.find(isFree);
  const nothing = CONTROLS.find((control) => control !== separator && isFree(control));
  // With an error of its kind: whoever makes such a text takes nobody with it.
  if (separator === undefined || nothing === undefined) throw new RangeError("A text holds every control character");
  const column = (at: number) => rows.map((row) => row[at] ?? nothing).join(separator);
  return [...Array.from({ length: columns }, (_, at) => column(at)), separator, nothing];
}

/** In SQL. @param first the number of the first column's parameter; those behind the last column are what `packed` gives behind them */
export function unpacked(first: number, columns: number): string {
  const [separator, nothing] = [first + columns, first + columns + 1];
  const lists = Array.from(
    { length: columns },
    (_, at) => `string_to_array($${first + at}, $${separator}, $${nothing})`,
  );
  return `unnest(${lists.join(", ")})`;
}
