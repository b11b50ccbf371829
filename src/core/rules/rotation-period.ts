import { ROLES } from "../ledger/ids.ts";
import type { Cast } from "./casting.ts";

/**
 * How many of the last casts come round and round, a multiple of the pool's size: the second half of the line then repeats what stood
 * so many places before. Counts differ by more and more between models that a rule keeps apart, so what comes round is the
 * casts and not the counts.
 *
 * @returns 0 when the line has not come round; with `isLast` the stretch that is most even instead
 */
export function periodOf(casts: readonly Cast[], size: number, isLast: boolean): number {
  const half = Math.floor(casts.length / 2);
  for (let period = size; period <= half; period += size)
    if (casts.findLastIndex((cast, at) => cast !== casts[at - period]) < half) return period;
  return isLast ? mostEven(casts, size) : 0;
}

/** The stretch at the end in which everybody has most nearly the share of the whole line: repeated, it favours nobody by more. */
function mostEven(casts: readonly Cast[], size: number): number {
  const seats = (cast: Cast) => ROLES.map((role) => `${role} ${cast[role].name}`);
  const whole = new Map<string, number>();
  for (const seat of casts.flatMap(seats)) whole.set(seat, (whole.get(seat) ?? 0) + 1);
  const turns = new Map<string, number>();
  let best = { period: size, off: Infinity };
  for (let period = 1; period <= Math.max(size, casts.length / 2); period++) {
    const cast = casts[casts.length - period];
    for (const seat of cast ? seats(cast) : []) turns.set(seat, (turns.get(seat) ?? 0) + 1);
    if (period % size !== 0) continue;
    const share = period / casts.length;
    const off = Math.max(...[...whole].map(([seat, all]) => Math.abs((turns.get(seat) ?? 0) - all * share)));
    if (off / period < best.off) best = { period, off: off / period };
  }
  return best.period;
}
