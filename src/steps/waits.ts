// Held by test/scenarios/feature.test.ts
import type { StepWorld } from "./step-world.ts";

/** Waits of this process that are remembered; a forgotten one is measured by the wall clock once more. */
const KEPT_MAX = 10_000;

/**
 * How long ago an entry says that something began. The entry's own time is believed once, when this process first asks: from then on the
 * steady clock counts, so that a wall clock that is set makes no wait an hour longer or ends one at once.
 */
export class Waits {
  readonly #steadyMs: () => number;
  readonly #known = new Map<string, { readonly waitedMs: number; readonly at: number }>();

  constructor(steadyMs: () => number = () => performance.now()) {
    this.#steadyMs = steadyMs;
  }

  /** @param what whose wait it is and for what; @param since when it began, ISO 8601; @param now by the wall clock */
  msSince(what: string, since: string, now: Date): number {
    const key = `${what} ${since}`;
    const steady = this.#steadyMs();
    const known = this.#known.get(key) ?? { waitedMs: Math.max(0, now.getTime() - Date.parse(since)), at: steady };
    this.#known.delete(key);
    this.#known.set(key, known);
    for (const oldest of this.#known.keys()) if (this.#known.size > KEPT_MAX) this.#known.delete(oldest);
    return known.waitedMs + steady - known.at;
  }
}

/** The same where nobody may remember it: at a desk, whose process lasts as long as its ticket. */
export function waitedSince({ waits, now }: Pick<StepWorld, "waits" | "now">, what: string, since: string): number {
  const at = now();
  return waits?.msSince(what, since, at) ?? at.getTime() - Date.parse(since);
}
