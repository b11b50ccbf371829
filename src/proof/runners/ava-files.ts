import type { Blobs, Tree } from "../../trees/tree.ts";
import { isTestCode } from "../languages/tests/test-files.ts";
import type { Tally, TestCase } from "./test-case.ts";

/**
 * AVA puts the title of a test's file before its name, less the folders that all files share, but only where it runs more
 * than one file. A second test file would give each old test another name, so each gets its file, as other runners tell it.
 */
const SEPARATOR = " › ";
/** Folders and files that AVA takes for no tests of their own. */
const NO_TESTS = /(?:^|\/)(?:node_modules|__fixtures__|__helpers__|fixtures|helpers|_(?!_tests__\/)[^/]*)(?:\/|$)/;
const SOURCE = /\.[cm]?[jt]sx?$/;
const IMPORTS_AVA = /["']ava["']/;
/** Of files that are looked into for the one that has run. Where there are more, AVA runs several. */
const LOOKED_AT_MAX = 50;

/** @param only the files that the run was told to run, where it was */
export async function withFiles(
  tally: Tally | null,
  tree: Tree,
  blobs: Blobs,
  only: readonly string[] = [],
): Promise<Tally | null> {
  if (tally === null || tally.cases.length === 0) return tally;
  const files = [...tree.keys()].filter((path) => SOURCE.test(path) && isTestCode(path) && !NO_TESTS.test(path));
  const titles = titlesOf(files);
  const found = tally.cases.map((one) => placed(one, titles));
  if (found.some(({ file }) => file !== null)) return { ...tally, cases: found };
  const lone = only.length === 1 ? only[0] : await loneOf(files, tree, blobs);
  return lone ? { ...tally, cases: tally.cases.map((one) => ({ ...one, file: one.file ?? lone })) } : tally;
}

/** Each end of a file's title; null where two files share it. */
function titlesOf(files: readonly string[]): Map<string, string | null> {
  const titles = new Map<string, string | null>();
  for (const file of files) {
    const parts = file.split("/").filter((part) => part !== "__tests__");
    const name = (parts.pop() ?? "").replace(".spec.", ".").replace(".test.", ".").replace("test-", "");
    const title = [...parts, name.replace(SOURCE, "")];
    for (let from = 0; from < title.length; from++) {
      const end = title.slice(from).join(SEPARATOR);
      titles.set(end, titles.has(end) ? null : file);
    }
  }
  return titles;
}

function placed(one: TestCase, titles: ReadonlyMap<string, string | null>): TestCase {
  if (one.file !== null) return one;
  const parts = one.name.split(SEPARATOR);
  for (let count = parts.length - 1; count > 0; count--) {
    const file = titles.get(parts.slice(0, count).join(SEPARATOR));
    if (file) return { ...one, file, name: parts.slice(count).join(SEPARATOR) };
  }
  return one;
}

async function loneOf(files: readonly string[], tree: Tree, blobs: Blobs): Promise<string | null> {
  if (files.length < 2) return files[0] ?? null;
  if (files.length > LOOKED_AT_MAX) return null;
  const texts = await Promise.all(files.map(async (path) => blobs.get(tree.get(path)?.sha ?? "")));
  const using = files.filter((_, at) => IMPORTS_AVA.test(texts[at]?.toString("utf8") ?? ""));
  return using.length === 1 ? (using[0] ?? null) : null;
}
