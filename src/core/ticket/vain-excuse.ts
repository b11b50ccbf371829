import type { TestChange } from "./plan.ts";

/** A test that is to be excused and that nobody has. `lacks`: already its file, or only the test in it. */
export type VainExcuse = { readonly file: string; readonly test: string | null; readonly lacks: "file" | "test" };

/** Titles that are put together when tests are made: no text of the file says which there are. */
const MADE_BY_CODE = /\$\{|\.each\b|%[sdij]\b|parametrize|subTest|\.Run\(|@example\b/;

/**
 * Whoever lets a test change which none of these texts has excuses nothing, and is mistaken.
 * @param textsOf a file before and after the change, without the sides that do not have it
 */
export function vainExcuses(
  changes: readonly TestChange[],
  textsOf: (file: string) => readonly string[],
): readonly VainExcuse[] {
  return changes.flatMap(({ file, test }): VainExcuse[] => {
    const texts = textsOf(file);
    if (texts.length === 0) return [{ file, test, lacks: "file" }];
    const has = (text: string) =>
      test === null || MADE_BY_CODE.test(text) || text.includes(lastPart(test)) || isJoined(test.split(" "), text);
    return texts.some(has) ? [] : [{ file, test, lacks: "test" }];
  });
}

/** More groups in groups nobody reads. */
const GROUPS_MAX = 4;

/**
 * jest puts nothing but a space between groups and the test: each of the parts stands in the file. The longest beginning that does is
 * taken each time; a shorter one leaves no less to find. A model writes both, so every way to cut the name would be too many.
 */
function isJoined(words: readonly string[], text: string): boolean {
  let left = words;
  for (let parts = 0; parts <= GROUPS_MAX && left.length > 0; parts++) left = left.slice(wordsFound(left, text));
  return left.length === 0;
}

/** How many of the first words stand in the text one after the other. If some do, all fewer do. */
function wordsFound(words: readonly string[], text: string): number {
  let [found, tooMany] = [0, words.length + 1];
  while (tooMany - found > 1) {
    const middle = Math.floor((found + tooMany) / 2);
    if (text.includes(words.slice(0, middle).join(" "))) found = middle;
    else tooMany = middle;
  }
  return found;
}

/** `group > test`, `Class.test`, `file::Class::test`, `TestX/row`: what stands in the file is the last of them. */
function lastPart(test: string): string {
  const last =
    test
      .split(/ > |::/)
      .at(-1)
      ?.trim() ?? test;
  const [ofGo] = /^Test\w*/.exec(last) ?? [];
  return ofGo ?? /^[\w.]+\.(test\w*)/.exec(last)?.[1] ?? last;
}
