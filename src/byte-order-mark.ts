/** Editors and shells of Windows begin a file with it. It is no character of the file's first word. */
export const BYTE_ORDER_MARK = "\uFEFF";

/** @example unmarked("\uFEFF[]") // → "[]" */
export function unmarked(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
}
