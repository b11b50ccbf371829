/** Random choices that a seed repeats. */
export type Chance = {
  /** From 0 to just below 1. */
  next(): number;
  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number;
  pick<T>(all: readonly T[]): T;
  one(probability: number): boolean;
};

/** Mulberry32: small, well spread, the same everywhere. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    pick: (all) => {
      const found = all[between(0, all.length - 1)];
      if (found === undefined) throw new Error("Nothing to pick from");
      return found;
    },
    one: (probability) => next() < probability,
  };
}
