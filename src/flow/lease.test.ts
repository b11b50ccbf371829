import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { leasesInProcess, type LeaseStore } from "../store/lease-store.ts";
import { LeaseLost, leaseOn } from "./lease.ts";

const KEY = "acme/shop#12";
const log = { info: () => {}, warn: () => {}, error: () => {} };
const NEVER = new AbortController().signal;

/** A store in memory, whose holder a test can take away. */
function memory(): LeaseStore & { holder: string | null } {
  const store: LeaseStore & { holder: string | null } = {
    holder: null,
    take: async (_ticket, holder) => {
      store.holder ??= holder;
      return store.holder === holder ? "yours" : "anothers";
    },
    renew: async (_ticket, holder) => (store.holder === holder ? "yours" : "lost"),
    giveBack: async (_ticket, holder) => {
      if (store.holder === holder) store.holder = null;
    },
    freed: () => new Promise(() => {}),
  };
  return store;
}

describe("a worker's lease", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it("is good as long as it is renewed, and is taken anew after a step", async () => {
    const lease = leaseOn({ leases: memory(), log }, KEY);
    await lease.take(NEVER);
    await jest.advanceTimersByTimeAsync(10 * 60_000);
    await lease.check();
    await lease.giveBack();
    await expect(lease.check()).rejects.toThrow(LeaseLost);
    await lease.take(NEVER);
    await lease.check();
    await lease.giveBack();
  });

  it("is lost when another has taken over, and stays lost", async () => {
    const leases = memory();
    const lease = leaseOn({ leases, log }, KEY);
    await lease.take(NEVER);
    leases.holder = "another";
    await jest.advanceTimersByTimeAsync(6_000);
    await expect(lease.check()).rejects.toThrow(LeaseLost);
    await expect(lease.check()).rejects.toThrow(LeaseLost);
    expect(leases.holder).toBe("another");
  });

  it("is not believed by a process that was frozen: its clock has gone on, its timers have not", async () => {
    const lease = leaseOn({ leases: memory(), log }, KEY);
    await lease.take(NEVER);
    const frozenUntil = performance.now() + 60_000;
    const clock = jest.spyOn(performance, "now").mockReturnValue(frozenUntil);
    await expect(lease.check()).rejects.toThrow(LeaseLost);
    clock.mockRestore();
  });

  it("is taken once by two effects that begin together", async () => {
    const leases = memory();
    const lease = leaseOn({ leases, log }, KEY);
    await Promise.all([lease.take(NEVER), lease.take(NEVER)]);
    await lease.check();
    await lease.giveBack();
    expect(leases.holder).toBeNull();
    await lease.take(NEVER);
    await lease.check();
    await lease.giveBack();
  });

  it("is waited for, and no longer when the process is to end", async () => {
    const leases = memory();
    leases.holder = "another";
    const leaving = new AbortController();
    const waiting = leaseOn({ leases, log }, KEY).take(leaving.signal);
    const ended = expect(waiting).rejects.toThrow("aborted");
    await jest.advanceTimersByTimeAsync(3_000);
    leaving.abort();
    await ended;
  });

  it("goes to whoever waits in this process the moment it is given back, not at the next look", async () => {
    const leases = leasesInProcess();
    const [first, second] = [leaseOn({ leases, log }, KEY), leaseOn({ leases, log }, KEY)];
    await first.take(NEVER);
    const waiting = second.take(NEVER);
    await jest.advanceTimersByTimeAsync(0);
    await first.giveBack();
    // No timer runs any more.
    await waiting;
    await second.check();
    await second.giveBack();
  });
});
