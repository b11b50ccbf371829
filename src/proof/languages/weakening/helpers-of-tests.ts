import type { FileDiff } from "../../../trees/diff.ts";
import type { Blobs, Tree } from "../../../trees/tree.ts";
import { decidingFile } from "../tests/deciding-files.ts";
import { isCode, isTestCode, isTestFile } from "../tests/test-files.ts";
import { CODE_BYTES_MAX, mentioned } from "./mentioned.ts";

type Sides = { readonly base: { readonly tree: Tree }; readonly head: { readonly tree: Tree } };

/**
 * Changed code that only tests load, though it has no name of a test file: it asks a library of tests for something, a test
 * of the base names it, no product code does, and it names none of the product's changed files, whose ways it would follow.
 */
export async function helpersOfTests(files: readonly FileDiff[], sides: Sides, blobs: Blobs): Promise<Set<string>> {
  const changed = files.filter((file) => file.kind === "text" && isCode(file.path) && !isTestFile(file.path));
  const helpers = changed.filter((one) => one.action !== "create" && isHelper(one)).map(({ path }) => path);
  if (helpers.length === 0) return new Set();
  const [base, head] = [[...sides.base.tree], [...sides.head.tree]];
  const named = await mentioned(base.filter(([path]) => isTestCode(path)), [...helpers], blobs, namesOfModule); // prettier-ignore
  const product = [...base, ...head].filter(([path]) => isCode(path) && !isTestFile(path) && !helpers.includes(path));
  if (product.reduce((sum, [, { sizeBytes }]) => sum + sizeBytes, 0) > CODE_BYTES_MAX) return new Set();
  const used = await mentioned(product, [...named], blobs, namesOfModule);
  const others = changed.filter(({ path }) => !helpers.includes(path)).map(({ path }) => namesOfModule(path));
  const follows = ({ path, before }: FileDiff) => named.has(path) && others.some((one) => one.test(before));
  const following = new Set(changed.filter(follows).map(({ path }) => path));
  return new Set([...named].filter((path) => !used.has(path) && !following.has(path)));
}

/** How files of each language ask a library of tests for something. `node:assert` is the product's as well. */
const ASKS: readonly (readonly [file: RegExp, asks: RegExp])[] = [
  [/\.go$/, /^\s*(?:import\s+)?"testing"\s*$/m],
  [/\.py$/, /^(?:import|from)[ \t]+(?:unittest|pytest)\b/m],
  [/\.[cm]?[jt]sx?$/, /["'](?:node:test|vitest|@jest\/globals|chai|expect)["']/],
];

function isHelper({ path, before }: FileDiff): boolean {
  return decidingFile(path) === null && ASKS.some(([file, asks]) => file.test(path) && asks.test(before));
}

/** As other files name it: a package of Go by its folder, a module by its own name at the end of a path or of dots. */
function namesOfModule(path: string): RegExp {
  const [name = "", folder = ""] = path.split("/").reverse();
  const own = name.replace(/\.\w+$/, "");
  const said = (/\.go$/.test(path) || /^(index|__init__)$/.test(own) ? folder : own).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); // prettier-ignore
  if (said === "") return /(?!)/;
  if (/\.go$/.test(path)) return new RegExp(`[/"]${said}"`);
  if (/\.py$/.test(path)) return new RegExp(`\\b(?:from|import)[ \\t][^\\n#]{0,200}\\b${said}\\b`);
  return new RegExp(`["'\`/]${said}(?:\\.[cm]?[jt]sx?)?["'\`]`);
}
