import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { moveLeases, leaseStore } from "../../src/store/lease-store.ts";
import type { Database } from "../../src/store/database.ts";
import type { Queue, QueueSettings } from "../../src/queue/queue.ts";
import { eventually } from "../support/eventually.ts";
import { queueByOwnClock, setClock, withOwnClock } from "../support/database-clock.ts";
import { eachDatabase } from "../support/databases.ts";
import { DONE, queuesOfTests, TICKET } from "./queue-fixture.ts";

const HOUR_MS = 3_600_000;
const LEASE_MS = 20_000;
/** Nobody takes this one until a test wants it. */
const OTHER = "acme/shop#13";

eachDatabase((_name, open, other) => {
  let database: Database;
  const errors: Error[] = [];
  const openOn = queuesOfTests(errors);
  const told: number[] = [];
  const settings: QueueSettings = {
    superviseSeconds: 1,
    onClockBack: async (tx, backMs) => {
      told.push(backMs);
      await moveLeases(tx, backMs, LEASE_MS);
    },
  };
  const queue = async () => {
    const opened = await openOn(await other.beside(), settings);
    await queueByOwnClock(database);
    return opened;
  };

  beforeEach(async () => {
    await withOwnClock(await open());
    database = await other.beside();
    told.length = 0;
  });

  afterEach(() => void jest.restoreAllMocks());

  /** pg-boss has looked once at each of its queues. */
  const stamped = () =>
    eventually(async () => {
      const rows = await database.query("SELECT 1 FROM pgboss.queue WHERE monitor_claim_on IS NULL");
      return rows.length === 0;
    });
  const runsOf = async (on: Queue) => {
    const runs: string[] = [];
    await on.work("work", 1, async (ticket) => {
      runs.push(ticket);
      return DONE;
    });
    return runs;
  };

  describe("a database whose clock is set back an hour", () => {
    it("has what waits looked at in its time, by one of two processes, and has sweeps go on", async () => {
      const [one, two] = [await queue(), await queue()];
      const runs = await runsOf(one);
      let sweeps = 0;
      await two.sweepEvery(1_000, async () => void (sweeps += 1));
      await eventually(() => sweeps > 1);
      await stamped();
      await one.nudge(TICKET, { lane: "work", inMs: 60_000, reason: "later" });
      await setClock(database, -HOUR_MS);
      await eventually(() => told.length > 0);
      // A minute by the clock as it is now.
      await setClock(database, -HOUR_MS + 61_000);
      await eventually(() => runs.length > 0);
      expect(await database.query("SELECT 1 FROM pgboss.job WHERE singleton_on > now() AT TIME ZONE 'UTC'")).toEqual(
        [],
      );
      const before = sweeps;
      await eventually(() => sweeps > before);
      expect(runs).toEqual([TICKET]);
      expect(told).toEqual([expect.closeTo(HOUR_MS, -4)]);
      expect(errors).toEqual([]);
    });

    it("has the job and the lease of a worker that died taken over, and those of one that lives left alone", async () => {
      const it = await queue();
      const leases = leaseStore(database);
      await it.nudge(TICKET, { lane: "work", reason: "its worker dies" });
      await database.query(
        `UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() WHERE singleton_key = $1`,
        [TICKET],
      );
      await leases.take(TICKET, "who dies", LEASE_MS);
      await stamped();
      await setClock(database, -HOUR_MS);
      await leases.take(OTHER, "who lives", LEASE_MS);
      await eventually(() => told.length > 0);
      expect(await leases.take(TICKET, "another", LEASE_MS)).toBe("anothers");
      expect(await leases.renew(OTHER, "who lives", LEASE_MS)).toBe("yours");
      await setClock(database, -HOUR_MS + 21_000);
      expect(await leases.take(TICKET, "another", LEASE_MS)).toBe("yours");
      const runs = await runsOf(it);
      await eventually(() => runs.length > 0);
      expect(runs).toEqual([TICKET]);
    });

    it("is noticed by a process that starts afterwards", async () => {
      const one = await queue();
      await stamped();
      await one.nudge(TICKET, { lane: "work", inMs: 60_000, reason: "later" });
      await one.stop({ graceMs: 0, unwindMs: 200 });
      await setClock(database, -HOUR_MS);
      const two = await queue();
      await eventually(() => told.length > 0);
      expect(await two.depth()).toMatchObject({ ready: 0, deferred: 1 });
      await setClock(database, -HOUR_MS + 90_000);
      expect(await runsOf(two).then(async (runs) => [await eventually(() => runs.length > 0), runs][1])).toEqual([
        TICKET,
      ]);
    });
  });

  it("a process whose own clock is set back an hour still finds the jobs of dead workers", async () => {
    const it = await queue();
    await stamped();
    await it.nudge(TICKET, { lane: "work", reason: "its worker died" });
    await database.query(
      `UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute' WHERE singleton_key = $1`,
      [TICKET],
    );
    const real = Date.now;
    jest.spyOn(Date, "now").mockImplementation(() => real() - HOUR_MS);
    const runs = await runsOf(it);
    await eventually(() => runs.length > 0);
    expect(runs).toEqual([TICKET]);
  });
});
