import type { PoolModel } from "./casting.ts";
import { castAt } from "./rotate.ts";

/** What a pool cannot do, however the rotation turns; each ticket's own ledger says it of its own seats. */
export type PoolLack = {
  readonly what: "adversary-of-authors-vendor" | "reviewer-is-adversary";
  readonly on: "every ticket" | "some tickets";
};

/** Every model has begun several times by then, and each author has met each that may doubt. */
const TURNS_EACH = 4;

export function poolLacks(pool: readonly PoolModel[]): PoolLack[] {
  const casts = Array.from({ length: pool.length * TURNS_EACH }, (_, at) => castAt(at, pool)).filter((cast) => cast !== null); // prettier-ignore
  const lack = (what: PoolLack["what"], times: number): PoolLack[] =>
    times === 0 ? [] : [{ what, on: times === casts.length ? "every ticket" : "some tickets" }];
  return [
    ...lack(
      "adversary-of-authors-vendor",
      casts.filter(({ adversary, implementer }) => adversary.vendor === implementer.vendor).length,
    ),
    ...lack(
      "reviewer-is-adversary",
      casts.filter(({ reviewer, adversary }) => reviewer.name === adversary.name).length,
    ),
  ];
}
