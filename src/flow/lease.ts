// Held by test/scenarios/two-workers.system.ts
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { TicketKey } from "../core/ledger/ids.ts";
import type { World } from "./world.ts";

/**
 * The right to write one ticket: append, publish, draw, answer. Two lanes work on a ticket, and only one of them writes at a
 * time. A lease is held for moments and given back while a step runs; who dies or freezes with it loses it.
 */
export type Lease = {
  /** To be awaited right before anything is written. @throws LeaseLost when somebody else may have taken over */
  check(): Promise<void>;
  take(signal: AbortSignal): Promise<void>;
  giveBack(): Promise<void>;
};

/** Longer than a busy machine is ever silent, short enough for whoever waits for a dead worker's ticket. */
export const LEASE_MS = 20_000;
const RENEWED_EVERY_MS = 5_000;
/** Between two tries to take it; most are held for the time of a few requests. */
const TRY_AGAIN_MS = 40;
const TRY_AGAIN_MS_MAX = 500;

/** Another worker may be writing this ticket: nothing more is written here, and the ticket is looked at again. */
export class LeaseLost extends Error {
  constructor(key: TicketKey) {
    super(`The lease on ${key} was lost: this worker was silent for too long`);
    this.name = "LeaseLost";
  }
}

type Leasing = Pick<World, "leases" | "log" | "steady">;
type Held = { readonly holder: string; confirmedAt: number; readonly timer: NodeJS.Timeout };

export function leaseOn(world: Leasing, key: TicketKey): Lease {
  let held: Held | null = null;
  let taking: Promise<Held> | null = null;
  const giveBack = async () => {
    if (!held) return;
    const { holder, timer } = held;
    clearInterval(timer);
    held = null;
    await world.leases.giveBack(key, holder);
  };
  return {
    giveBack,
    check: async () => {
      // A process that was frozen wakes up here before its timers run: what counts is when the database last said yes.
      if (held && steady(world) - held.confirmedAt < LEASE_MS) return;
      await giveBack();
      throw new LeaseLost(key);
    },
    take: async (signal) => {
      if (held) return;
      // Two effects that begin together are one holder: as two, the second would wait for the first as for a stranger.
      taking ??= wait(world, key, signal).finally(() => (taking = null));
      held = await taking;
    },
  };
}

const steady = (world: Leasing) => world.steady?.() ?? performance.now();

async function wait(world: Leasing, key: TicketKey, signal: AbortSignal): Promise<Held> {
  const holder = randomUUID();
  let waitMs = TRY_AGAIN_MS;
  for (;;) {
    const asked = steady(world);
    if ((await world.leases.take(key, holder, LEASE_MS)) === "yours") return renewing(world, key, holder, asked);
    const woken = new AbortController();
    const time = sleep(waitMs, undefined, { signal: AbortSignal.any([signal, woken.signal]) });
    await Promise.race([time, world.leases.freed(key, woken.signal)]).finally(() => woken.abort());
    waitMs = Math.min(TRY_AGAIN_MS_MAX, waitMs * 1.5);
  }
}

function renewing(world: Leasing, key: TicketKey, holder: string, confirmedAt: number): Held {
  const renew = async () => {
    const asked = steady(world);
    if ((await world.leases.renew(key, holder, LEASE_MS)) === "yours") held.confirmedAt = asked;
    else held.confirmedAt = -Infinity;
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => world.log.warn({ ticket: key, error: String(error) }, "lease not renewed"));
  }, RENEWED_EVERY_MS);
  const held: Held = { holder, confirmedAt, timer: timer.unref() };
  return held;
}
