import { existsSync, readFileSync } from "node:fs";

/** Tests by words of their names or rows, and the file in which they stand. */
export type Held = readonly [file: string, ...words: string[]];

/** @returns what of it is not there any more: a file, or words */
export function lost([file, ...words]: Held): string[] {
  if (!existsSync(file)) return [file];
  const text = readFileSync(file, "utf8");
  return words.filter((one) => !text.includes(one)).map((one) => `${file}: ${one}`);
}
