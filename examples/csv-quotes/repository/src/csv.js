/**
 * Parses CSV text.
 * @param {string} text
 * @returns {string[][]} rows of fields; empty lines are left out
 */
export function parseCsv(text) {
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => line.split(",").map((field) => field.trim()));
}
