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
      test === null || MADE_BY_CODE.test(text) || text.includes(lastPart(test)) || isJoined(test, text);
    return texts.some(has) ? [] : [{ file, test, lacks: "test" }];
  });
}

/** More groups in groups nobody reads. */
const GROUPS_MAX = 4;

/** jest puts nothing but a space between groups and the test: each of the parts stands in the file. */
function isJoined(test: string, text: string, parts = GROUPS_MAX): boolean {
  if (text.includes(test)) return true;
  if (parts === 0) return false;
  const words = test.split(" ");
  return words.some((_, at) => {
    const [group, rest] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    return at > 0 && text.includes(group) && isJoined(rest, text, parts - 1);
  });
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
