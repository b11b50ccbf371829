import type { TestCase } from "../runners/test-case.ts";

/** A test that somebody promised by its name. `exactly`: not described in words, but named as its runner names it. */
export type NamedTest = { readonly file: string; readonly title: string; readonly exactly: boolean };

/** `a_test.go TestAdds`, `tests/test_a.py AddTest.test_adds`; an ordinary word (`passes`) is a description. */
const IDENTIFIER = /^\s+([A-Za-z_]\w*(?:(?:\.|::|\/)[\w-]+)*)\W*$/;
const NAMELIKE = /[\d_.:/]|\p{Ll}\p{Lu}/u;
const QUOTED = /^\W{0,4}?(["'`])(.+?)\1/;
const JOINED = /^\s*(?:::|#| > )(.+)$/;
const AFTER_COLON = /^:\s*(.+)$/;

/**
 * The test that a reference names in a file: `test/a.test.js::adds`, `test/a.test.js "adds"`, `a_test.go TestAdds`,
 * `test/a.test.js: adds`.
 * @returns null when it names the file alone, or says something else about it
 */
export function namedIn(reference: string, file: string): NamedTest | null {
  const rest = reference.slice(reference.indexOf(file) + file.length).replace(/^[`"'](?=\W)/, "");
  const word = IDENTIFIER.exec(rest)?.[1];
  const exact = JOINED.exec(rest)?.[1] ?? QUOTED.exec(rest)?.[2] ?? (word && NAMELIKE.test(word) ? word : undefined);
  const title = (exact ?? word ?? AFTER_COLON.exec(rest)?.[1] ?? "").replace(
    /^[\s"'`]+|(?<![\s"'`.,;])[\s"'`.,;]+$/g,
    "",
  );
  // `a.js:12-20` is a place.
  if (!/[^\d\s:–-]/.test(title)) return null;
  return { file, title, exactly: exact !== undefined };
}

/** Of the words of a description so many stand in the name of the test that it means. */
const SHARE_OF_WORDS = 0.6;

/** Whether one of these is the test. */
export function isAmong({ file, title, exactly }: NamedTest, cases: readonly TestCase[]): boolean {
  const inFile = cases.filter((one) => one.file === file);
  const names = (inFile.length > 0 ? inFile : cases)
    .flatMap(({ name }) => [name, withSpaces(name)])
    .map((name) => ` ${plain(name)} `);
  const parts = title.split(/::| > |\/|\.(?=\w+$)/).map(plain);
  const has = (name: string, part: string) => name.includes(` ${part} `);
  if (names.some((name) => has(name, plain(title)) || parts.every((part) => has(name, part)))) return true;
  if (exactly) return false;
  const words = plain(title)
    .split(" ")
    .filter((word) => word.length > 2);
  return names.some((name) => words.filter((word) => has(name, word)).length >= words.length * SHARE_OF_WORDS);
}

/** Go prints `TestHour/nearly_two` for the row "nearly two". */
function withSpaces(name: string): string {
  return name.replace(/\/.*$/s, (row) => row.replaceAll("_", " "));
}

/** Runners differ in what they make of spaces and signs, not of letters. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, " ")
    .trim();
}
