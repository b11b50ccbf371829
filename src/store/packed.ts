/**
 * Rows for one statement of PostgreSQL, a text for each column, which it takes apart at a character: for a server that costs a fraction of
 * reading JSON, whose every record it lays out in a table of its own, and a payload that is JSON is not quoted once more.
 */
export type Packed = readonly [...columns: string[], separator: string, nothing: string];

const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => String.fromCharCode(first + at));
/**
 * No text that people, forges or JSON write has characters of control in it. Should one, others are taken, and behind them those that
 * Unicode gives to nobody.
 */
const SEPARATORS = [...from(0x01, 0x1f).reverse(), ...from(0xe000, 0xf8ff)];

/** @param rows as many values each as there are columns */
export function packed(columns: number, rows: readonly (readonly (string | null)[])[]): Packed {
  const isFree = (one: string) => !rows.some((row) => row.some((value) => value?.includes(one)));
  const separator = SEPARATORS.find(isFree);
  const nothing = SEPARATORS.find((one) => one !== separator && isFree(one));
  // With an error of its kind: whoever makes such a text takes nobody with it.
  if (separator === undefined || nothing === undefined)
    throw new RangeError("A text holds every character that could take it apart");
  const column = (at: number) => rows.map((row) => `${separator}${row[at] ?? nothing}`).join("");
  return [...Array.from({ length: columns }, (_, at) => column(at)), separator, nothing];
}

/** In SQL. @param first the number of the first column's parameter; those behind the last column are what `packed` gives behind them */
export function unpacked(first: number, columns: number): string {
  const [separator, nothing] = [first + columns, first + columns + 1];
  const lists = Array.from(
    { length: columns },
    // Each value stands behind a separator: a text of one empty value would be one of none.
    (_, at) => `(string_to_array($${first + at}, $${separator}, $${nothing}))[2:]`,
  );
  return `unnest(${lists.join(", ")})`;
}
