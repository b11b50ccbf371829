import type { FileDiff } from "../../../trees/diff.ts";
import { functionsOf, type NamedFunction } from "../syntax/functions.ts";
import { holdsAll, keptWords, saysSomething } from "./kept-words.ts";
import type { Parsed } from "../syntax/parser.ts";

/** Where builds put what they make. */
export const BUILT = /^(?:packages\/[^/]+\/)?(?:dist|build|out)\//;

/** `src/a.ts:12`: a function by the line on which it begins. */
export type Place = string;

export const placeOf = (path: string, line: number): Place => `${path}:${line}`;

/** In a minified file many stand on one line. */
export const builtPlaceOf = (path: string, line: number, name: string): Place => `${placeOf(path, line)} ${name}`;

/**
 * For each function of the changed sources, the functions of changed built files that may be made of it: they have its name, and
 * all that a build leaves of it. Compiled to an older language, bundled and minified ones are recognised; one that lacks a call, a text or a
 * comparison is not. Which sign a comparison has is not looked at (docs/OPEN_QUESTIONS.md).
 */
export function builtPlaces(
  files: readonly { readonly file: Pick<FileDiff, "path">; readonly parsed: Parsed }[],
): ReadonlyMap<Place, ReadonlySet<Place>> {
  const all = files.flatMap(({ file: { path }, parsed }) =>
    parsed.outcome === "cannot"
      ? []
      : functionsOf(parsed.root, parsed.language).map(({ name, node }) => ({ path, name, node })),
  );
  const sources = all.filter(({ path }) => !BUILT.test(path));
  const wanted = new Set(sources.map(wordFor));
  const built = all
    .filter((one) => BUILT.test(one.path) && wanted.has(wordFor(one)))
    .map((one) => ({
      word: wordFor(one),
      place: builtPlaceOf(one.path, one.node.line, one.name),
      words: keptWords(one.node),
    }));
  const byWord = Map.groupBy(built, ({ word }) => word);
  const copiesOf = (source: (typeof all)[number]): Set<Place> => {
    const namesakes = byWord.get(wordFor(source)) ?? [];
    const words = namesakes.length > 0 ? keptWords(source.node) : null;
    if (words === null || !saysSomething(words)) return new Set();
    return new Set(namesakes.filter((one) => holdsAll(one.words, words)).map(({ place }) => place));
  };
  const found = sources.map((one) => [placeOf(one.path, one.node.line), copiesOf(one)] as const);
  return new Map(found.filter(([, copies]) => copies.size > 0));
}

/** In an older language `add` of a class is `o.add = function …`, or `{ key: "add", value: function … }`. */
function wordFor({ name, node }: Pick<NamedFunction, "name" | "node">): string {
  const key = name === "value" ? node.parent?.parent?.parts.find((one) => one.child("key")?.text === "key") : undefined;
  return key?.child("value")?.text.replace(/["']/g, "") ?? name.slice(name.lastIndexOf(".") + 1);
}
