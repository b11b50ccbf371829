import { BUILT, builtPlaceOf, type Place, placeOf } from "../languages/mutants/built-places.ts";
import type { Tried } from "./try-mutants.ts";

/**
 * What a build makes of a file may be committed, and be what tests load. A function whose built copy tests notice is noticed
 * itself, where the copy has all of it.
 * @param built for each function of the sources those that may be made of it
 */
export function withoutBuilt(tried: readonly Tried[], built: ReadonlyMap<Place, ReadonlySet<Place>>): readonly Tried[] {
  const noticed = new Set(
    tried
      .filter(({ mutant, fate }) => mutant.kind === "emptied" && fate === "noticed" && BUILT.test(mutant.path))
      .map(({ mutant: { path, line, from } }) => builtPlaceOf(path, line, from.replace(/\(\)$/, ""))),
  );
  if (noticed.size === 0) return tried;
  return tried.map((one) => {
    const { path, within } = one.mutant;
    if (one.fate !== "survived" || within === null) return one;
    const isCopied = [...(built.get(placeOf(path, within)) ?? [])].some((place) => noticed.has(place));
    return isCopied ? { ...one, fate: "not-needed" } : one;
  });
}
