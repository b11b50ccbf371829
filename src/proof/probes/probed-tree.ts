import type { Blobs, Tree, TreeFile } from "../../trees/tree.ts";
import { functionsOf } from "../languages/syntax/functions.ts";
import { familyOf, type Language, languageOf } from "../languages/syntax/grammar.ts";
import type { SyntaxReader } from "../languages/syntax/parser.ts";
import type { SyntaxNode } from "../languages/syntax/syntax.ts";
import { decidingFile } from "../languages/tests/deciding-files.ts";
import { isCode, isTestFile } from "../languages/tests/test-files.ts";
import { probedGo } from "./go/probed-go.ts";
import { probedJavascript } from "./javascript/probed-javascript.ts";
import type { Probed } from "./probed.ts";
import { probedPython } from "./python/probed-python.ts";

/** A tree in which the functions that tests speak of can be asked to answer otherwise. */
export type ProbedTree = {
  readonly tree: Tree;
  /** What every run on it is told. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names of functions in the product that the changed tests speak of. */
  readonly functions: ReadonlySet<string>;
};

/** Larger files are generated. */
const FILE_BYTES_MAX = 100_000;
/** Files that are looked through for functions that the tests speak of. */
const SEARCHED_MAX = 2_000;
/** More files than the changed tests of one pull request speak of. */
const PROBED_MAX = 60;
/** Of the paths that a run is told: one variable of its environment may hold 128 KiB. */
const PATHS_BYTES_MAX = 50_000;

type Where = { readonly blobs: Blobs; readonly syntax: SyntaxReader };

/**
 * @param names that stand in changed tests: only files that define one of them are instrumented
 * @returns null where there is nothing to probe
 */
export async function probedTree(tree: Tree, names: ReadonlySet<string>, where: Where): Promise<ProbedTree | null> {
  const product = [...tree].filter(([path, file]) => isProduct(path) && isReadable(file));
  const files = new Map(tree);
  const probed: string[] = [];
  const functions = new Set<string>();
  for (const [path, file] of product.slice(0, SEARCHED_MAX)) {
    if (probed.length >= PROBED_MAX) break;
    const found = await probedFile(path, file, names, where);
    for (const one of found?.functions ?? []) functions.add(one);
    if (!found?.probed) continue;
    probed.push(path);
    for (const one of [{ path, text: found.probed.text }, ...found.probed.beside]) {
      const content = Buffer.from(one.text);
      const mode = tree.get(one.path)?.mode ?? "100644";
      files.set(one.path, { mode, sha: await where.blobs.put(content), sizeBytes: content.length });
    }
  }
  if (probed.length === 0) return null;
  const others = product.map(([path]) => path).filter((path) => !probed.includes(path));
  const tests = [...tree.keys()].filter((path) => isCode(path) && !isProduct(path));
  return {
    tree: files,
    functions,
    environment: {
      COOP_PROBE_TESTS: JSON.stringify(withinBytes(tests)),
      COOP_PROBE_CODE: JSON.stringify(withinBytes([...probed, ...others])),
    },
  };
}

function isProduct(path: string): boolean {
  return isCode(path) && !isTestFile(path) && decidingFile(path) === null;
}

function isReadable({ mode, sizeBytes }: TreeFile): boolean {
  return mode !== "120000" && mode !== "160000" && sizeBytes <= FILE_BYTES_MAX;
}

async function probedFile(path: string, { sha }: TreeFile, names: ReadonlySet<string>, where: Where) {
  if (familyOf(languageOf(path)) === "other") return null;
  const text = (await where.blobs.get(sha))?.toString("utf8") ?? "";
  const words = new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
  if (![...words].some((word) => names.has(word))) return null;
  const parsed = await where.syntax.parse(path, text);
  if (parsed.outcome === "cannot") return null;
  const { root, language } = parsed;
  const functions = functionsOf(root, language).flatMap(({ name }) => (names.has(name) ? [name] : []));
  return functions.length === 0 ? null : { functions, probed: probed(path, text, root, language) };
}

function probed(path: string, text: string, root: SyntaxNode, language: Language): Probed | null {
  switch (familyOf(language)) {
    case "js":
      return probedJavascript(path, text, root, language);
    case "python":
      return probedPython(path, text, root, language);
    case "go":
      return probedGo(path, text, root, language);
    case "other":
      return null;
  }
}

function withinBytes(paths: readonly string[]): string[] {
  let left = PATHS_BYTES_MAX;
  return paths.filter((path) => (left -= Buffer.byteLength(path) + 3) >= 0);
}
