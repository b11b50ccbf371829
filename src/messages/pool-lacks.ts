import type { PoolLack } from "../core/rules/pool-lacks.ts";

/** What a pool cannot do, for whoever starts the program. */
export function poolLack({ what, on }: PoolLack): string {
  switch (what) {
    case "adversary-of-authors-vendor":
      return `on ${on} the Adversary is of the author's vendor (a model of another vendor mends that)`;
    case "reviewer-is-adversary":
      return `on ${on} one model is Reviewer and Adversary (one model more mends that)`;
  }
}
