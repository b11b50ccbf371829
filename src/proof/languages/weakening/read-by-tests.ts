import type { FileDiff } from "../../../trees/diff.ts";
import type { Blobs, Tree } from "../../../trees/tree.ts";
import { isInput } from "../../../workspace/prepare/inputs.ts";
import { decidingFile } from "../tests/deciding-files.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";
import { CODE_BYTES_MAX, mentioned } from "./mentioned.ts";

/** Documents and versions follow the code that their tests compare them with. */
const FOLLOWS_CODE = /(^|\/)(README|CHANGELOG|CHANGES|HISTORY|NEWS|LICENSE|VERSION)[^/]*$|(^|\/)docs?\//i;

/**
 * Changed files that hold what old tests expect, wherever they lie: a test of the base names the file or its folder, and
 * no product code does. An expectation that follows a defect makes the old test say the opposite.
 */
export async function readByTests(
  files: readonly FileDiff[],
  sides: { readonly base: { readonly tree: Tree }; readonly head: { readonly tree: Tree } },
  blobs: Blobs,
): Promise<Set<string>> {
  const changed = files.filter((file) => file.action !== "create" && isData(file.path)).map(({ path }) => path);
  if (changed.length === 0) return new Set();
  const tests = [...sides.base.tree].filter(([path]) => isTestCode(path));
  const named = await mentioned(tests, changed, blobs, namesOf);
  if (named.size === 0) return named;
  const product = [...sides.base.tree, ...sides.head.tree].filter(([path]) => isCode(path) && !isTestFile(path));
  if (product.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0) > CODE_BYTES_MAX) return new Set();
  const used = await mentioned(product, [...named], blobs, namesOf);
  return new Set([...named].filter((path) => !used.has(path)));
}

function isData(path: string): boolean {
  return (
    !isCode(path) && !isTestFile(path) && !isInput(path) && !FOLLOWS_CODE.test(path) && decidingFile(path) === null
  );
}

/** Its own name as a whole word, or the folder in quotes or before a slash: `cases/`, `"cases"`. */
function namesOf(path: string): RegExp {
  const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const [name = "", folder] = path.split("/").reverse();
  const itself = `(?<![\\w-])${escaped(name)}(?![\\w-])`;
  return new RegExp(folder === undefined ? itself : `${itself}|(?<![\\w-])${escaped(folder)}(?=["'\`/])`);
}
