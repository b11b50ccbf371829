import type { Blobs, Tree } from "../../trees/tree.ts";

/** More than that many packages and the text of their tests tells enough. */
const PACKAGES_MAX = 40;
const OF_TESTS = /^(?:(?:pre|post)?tests?\b|unit|jest|vitest|mocha|check$|ci$)/;
const ELSEWHERE = /(?:^|\/)(?:node_modules|vendor|fixtures?|__fixtures__|examples?|templates?)\//;

/** The texts of all scripts that run tests, in each package of the repository: what `pnpm -r test`, turbo or a chain may start. */
export async function scriptsBehind(tree: Tree, blobs: Blobs): Promise<string[]> {
  const manifests = [...tree]
    .filter(([path]) => /(^|\/)package\.json$/.test(path) && !ELSEWHERE.test(path))
    .slice(0, PACKAGES_MAX);
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
