import { setImmediate as turn } from "node:timers/promises";
import type { Pace } from "../../src/core/rules/pace.ts";
import type { PaceStore } from "../../src/store/pace-store.ts";

/** A clock that jumps from one wake-up to the next as soon as everybody sleeps, so that hours pass in a moment. */
export class VirtualTime {
  #nowMs: number;
  #sleepers: { readonly atMs: number; wake(): void }[] = [];

  constructor(startMs = 1_000_000) {
    this.#nowMs = startMs;
  }

  readonly now = (): number => this.#nowMs;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      const one = { atMs: this.#nowMs + Math.max(0, ms), wake };
      const at = this.#sleepers.findLastIndex(({ atMs }) => atMs <= one.atMs) + 1;
      this.#sleepers.splice(at, 0, one);
    });

  /** Until `done` settles. @throws when nobody sleeps and it has not: it would wait for ever */
  async passUntil<T>(done: Promise<T>): Promise<T> {
    let over = false;
    const settled = done.finally(() => (over = true));
    settled.catch(() => undefined);
    for (let idle = 0; !over;) {
      await turn();
      if (over) break;
      const next = this.#sleepers.shift();
      if (!next && ++idle > 100) throw new Error("Everybody waits, and nobody for the clock");
      if (!next) continue;
      idle = 0;
      this.#nowMs = next.atMs;
      next.wake();
    }
    return settled;
  }
}

/** Paces that nobody else shares, by the given clock. */
export function pacesInProcess(now: () => number): PaceStore {
  const known = new Map<string, Pace>();
  return {
    change: async (name, work) => {
      const { pace, told } = work(known.get(name) ?? null, now());
      known.set(name, pace);
      return told;
    },
  };
}
