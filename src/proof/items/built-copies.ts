import type { Tried } from "./try-mutants.ts";

const BUILT = /^(?:packages\/[^/]+\/)?(?:dist|build|out)\//;

/**
 * What a build makes of a file may be committed, and be what tests load. A function whose built copy tests notice is noticed
 * itself: where both have the name, and each small change of the one could be made to the other.
 */
export function withoutBuilt(tried: readonly Tried[]): readonly Tried[] {
  const built = tried.filter(({ mutant }) => BUILT.test(mutant.path));
  const noticed = built.filter(({ mutant, fate }) => mutant.kind === "emptied" && fate === "noticed");
  if (noticed.length === 0) return tried;
  return tried.map((one) => {
    if (one.fate !== "survived" || BUILT.test(one.mutant.path)) return one;
    const name = tried.find((other) => other.mutant.kind === "emptied" && isBeside(other, one))?.mutant.from;
    const own = changesBeside(one, tried);
    // A name alone is anybody's.
    if (own.size === 0) return one;
    const isCopied = noticed.some((copy) => {
      const its = changesBeside(copy, built);
      return copy.mutant.from === name && own.size === its.size && [...own].every((change) => its.has(change));
    });
    return isCopied ? { ...one, fate: "not-needed" } : one;
  });
}

function isBeside({ mutant: a }: Tried, { mutant: b }: Tried): boolean {
  return a.path === b.path && a.within === b.within && a.within !== null;
}

function changesBeside(one: Tried, tried: readonly Tried[]): Set<string> {
  const small = tried.filter(
    (other) => isBeside(other, one) && /^(telling|subtle|dropped|added)$/.test(other.mutant.kind),
  );
  return new Set(small.map(({ mutant: { from, to } }) => `${from} → ${to}`));
}
