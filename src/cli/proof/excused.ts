import type { TestChange } from "../../core/ticket/plan.ts";
import type { Snapshot, Tree } from "../../trees/tree.ts";
import type { Sides } from "./source.ts";

/** Titles that are put together when tests are made: no text of the file says which there are. */
const MADE_BY_CODE = /\$\{|\.each\b|%[sdij]\b|parametrize|subTest|\.Run\(|@example\b/;

/**
 * A plan that lets a test change which neither side has excuses nothing, and its author is mistaken.
 * @returns the sentence for the person at the terminal, or null
 */
export async function excusedInVain(
  changes: readonly TestChange[],
  { base, head, blobs }: Pick<Sides, "blobs"> & Readonly<Record<"base" | "head", Pick<Snapshot, "tree">>>,
): Promise<string | null> {
  const textOf = async (tree: Tree, path: string) => {
    const file = tree.get(path);
    return file ? ((await blobs.get(file.sha))?.toString("utf8") ?? "") : null;
  };
  for (const { file, test } of changes) {
    const texts = [await textOf(base.tree, file), await textOf(head.tree, file)].filter((one) => one !== null);
    if (texts.length === 0) return `The plan lets tests of ${JSON.stringify(file)} change, but there is no such file.`;
    const has = (text: string) =>
      test === null || MADE_BY_CODE.test(text) || text.includes(lastPart(test)) || isJoined(test, text);
    if (!texts.some(has))
      return `The plan lets the test ${JSON.stringify(test)} of ${file} change, but there is no such test: name it as its runner does.`;
  }
  return null;
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
