import { scratchBlobs } from "../../trees/scratch-blobs.ts";
import type { Blobs, Tree } from "../../trees/tree.ts";
import { fitting } from "./inside-node.ts";

/** More than that many packages and the text of their tests tells enough. */
const PACKAGES_MAX = 40;
const MANIFEST = /(^|\/)package\.json$/;
const OF_TESTS = /^(?:(?:pre|post)?tests?\b|unit|jest|vitest|mocha|check$|ci$)/;
const ELSEWHERE = /(?:^|\/)(?:node_modules|vendor|fixtures?|__fixtures__|examples?|templates?)\//;

/** The texts of all scripts that run tests, in each package of the repository: what `pnpm -r test`, turbo or a chain may start. */
export async function scriptsBehind(tree: Tree, blobs: Blobs): Promise<string[]> {
  const manifests = [...tree].filter(([path]) => MANIFEST.test(path) && !ELSEWHERE.test(path)).slice(0, PACKAGES_MAX);
  const texts = await Promise.all(manifests.map(async ([, { sha }]) => (await blobs.get(sha))?.toString("utf8") ?? ""));
  return [...new Set(texts.flatMap(scriptsIn))];
}

function scriptsIn(text: string): string[] {
  try {
    const { scripts } = (JSON.parse(text) ?? {}) as { readonly scripts?: Readonly<Record<string, unknown>> };
    return Object.entries(scripts ?? {}).flatMap(([name, script]) =>
      OF_TESTS.test(name) && typeof script === "string" ? [script] : [],
    );
  } catch {
    return [];
  }
}

/** The tree and contents of a run: scripts that a change brings fit the options that the base's are asked with. */
export async function withFitting(
  tree: Tree,
  base: Tree,
  blobs: Blobs,
  options: string,
): Promise<{ tree: Tree; blobs: Blobs }> {
  const scratch = scratchBlobs(blobs);
  const files = new Map(tree);
  const changed = [...tree].filter(([path, { sha }]) => MANIFEST.test(path) && base.get(path)?.sha !== sha);
  for (const [path, file] of changed.slice(0, PACKAGES_MAX)) {
    const text = (await blobs.get(file.sha))?.toString("utf8") ?? "";
    // As they stand in the file; all else of it stays.
    const words = new Map(scriptsIn(text).map((one) => [JSON.stringify(one), JSON.stringify(fitting(one, options))]));
    const content = Buffer.from([...words].reduce((all, [was, is]) => all.replaceAll(was, () => is), text));
    if (content.toString("utf8") === text) continue;
    files.set(path, { ...file, sha: await scratch.put(content), sizeBytes: content.length });
  }
  return { tree: files, blobs: scratch };
}
