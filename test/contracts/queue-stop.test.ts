import { beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Queue, QueueSettings } from "../../src/queue/queue.ts";
import type { Database } from "../../src/store/database.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { eachStore, opened } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { deadWorker } from "./dead-worker.ts";
import { attemptsWaiting, DONE, gate, queuesOfTests, TICKET, waitingJobs } from "./queue-fixture.ts";

/** Which tickets a queue runs until nothing is left. */
async function runsOf(queue: Queue): Promise<string[]> {
  const runs: string[] = [];
  await queue.work("work", 1, async (ticket) => {
    runs.push(ticket);
    return DONE;
  });
  await queue.idle();
  return runs;
}

eachStore((name, open, other) => {
  let database: Database;
  const errors: Error[] = [];
  const openOn = queuesOfTests(errors);
  const queue = (settings: QueueSettings = {}, on = database) => openOn(on, settings);

  beforeEach(async () => {
    database = await open();
  });

  it("stops gracefully: runs what runs to its end and takes nothing more", async () => {
    const it = await queue();
    const [began, hold] = [gate(), gate()];
    const ended: string[] = [];
    await it.work("work", 1, async (ticket, { abort: signal }) => {
      began.open();
      await hold.passed;
      ended.push(`${ticket} ${signal.aborted}`);
      return DONE;
    });
    await it.nudge(TICKET, { lane: "work", reason: "test" });
    await began.passed;
    await it.nudge(TICKET, { lane: "work", reason: "more" });
    const stopped = it.stop();
    hold.open();
    await stopped;
    expect(ended).toEqual([`${TICKET} false`]);
    expect(await waitingJobs(database)).toEqual([{ ticket: TICKET }]);
  });

  it("gives a job back that does not end in time, for another process to take", async () => {
    const one = await queue();
    const began = gate();
    let aborted = false;
    await one.work("work", 1, (_, { abort: signal }) => {
      signal.addEventListener("abort", () => (aborted = true));
      began.open();
      return new Promise(() => {});
    });
    await one.nudge(TICKET, { lane: "work", reason: "test" });
    await began.passed;
    await one.stop({ graceMs: 10, unwindMs: 10 });
    expect(aborted).toBe(true);
    expect(await runsOf(await queue({}, await other.beside()))).toEqual([TICKET]);
  });

  it("does not count a handler that gave up because of the stop as a failure", async () => {
    const one = await queue();
    const began = gate();
    await one.work("work", 1, (_, { abort: signal }) => {
      began.open();
      return new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    });
    await one.nudge(TICKET, { lane: "work", reason: "test" });
    await began.passed;
    await one.stop({ graceMs: 1, unwindMs: 2_000 });
    expect(errors).toEqual([]);
    expect(await attemptsWaiting(database)).toEqual([1]);
  });

  describe("a worker that was killed in the middle", () => {
    if (name === "postgres") {
      it("is found by its silence, and its job goes to another, however busy that one is", async () => {
        await deadWorker("postgres", other.url() as string);
        const it = await queue({ superviseSeconds: 1 });
        const busy = gate();
        const [began, taken] = [gate(), gate()];
        await it.nudge("acme/shop#99", { lane: "work", reason: "fills the only slot" });
        const runs: string[] = [];
        await it.work("work", 1, async (ticket) => {
          runs.push(ticket);
          if (ticket === TICKET) taken.open();
          else {
            began.open();
            await busy.passed;
          }
          return DONE;
        });
        await began.passed;
        expect(await it.depth()).toMatchObject({ active: 2 });
        await database.query(
          "UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' WHERE state = 'active' AND singleton_key = $1",
          [TICKET],
        );
        await taken.passed;
        expect(runs).toEqual(["acme/shop#99", TICKET]);
        busy.open();
        await it.idle();
      });

      it("is found also when whoever found it dies while putting its job back", async () => {
        await deadWorker("postgres", other.url() as string);
        // This process looks for dead workers and works on nothing itself.
        const it = await queue({ superviseSeconds: 1 });
        const silent = "heartbeat_on = now() - interval '1 minute'";
        await database.query(`UPDATE pgboss.job SET ${silent} WHERE state = 'active' AND singleton_key = $1`, [TICKET]);
        // As pg-boss's fetch takes it, by a process that is killed right after.
        const take = `UPDATE pgboss.job SET state = 'active', started_on = now(), ${silent}
          WHERE name = 'ticket_lost' AND state < 'active' RETURNING id`;
        await eventually(async () => (await database.query(take)).length > 0);
        const taken = gate();
        await it.work("work", 1, async (ticket) => {
          if (ticket === TICKET) taken.open();
          return DONE;
        });
        await taken.passed;
        await it.idle();
      });
    } else if (name === "sqlite") {
      it("leaves its file and its job to the next process", async () => {
        const home = await mkdtemp(join(tmpdir(), "coop-sqlite-queue-"));
        const path = join(home, "coop.sqlite");
        await deadWorker("sqlite", path);
        const reopened = opened(await openSqlite({ at: "file", path }));
        const next = await queue({}, reopened);
        expect(await runsOf(next)).toEqual([TICKET]);
        await next.stop();
        await reopened.close();
        await rm(home, { recursive: true });
      });
    } else {
      it("leaves its data directory and its job to the next process", async () => {
        const home = await mkdtemp(join(tmpdir(), "coop-pglite-"));
        await deadWorker("pglite", home);
        const reopened = opened(await openPglite({ at: "directory", path: home }));
        const next = await queue({}, reopened);
        expect(await runsOf(next)).toEqual([TICKET]);
        expect(await openPglite({ at: "directory", path: home })).toEqual({
          outcome: "refused",
          sentence: expect.stringMatching(/Another process \(pid \d+\) is using the database in .*DATABASE_URL/),
        });
        await next.stop();
        await reopened.close();
        await rm(home, { recursive: true });
      });

      it("throws instead of waiting for itself when it is used inside its own transaction", async () => {
        await expect(database.transaction(() => database.query("SELECT 1"))).rejects.toThrow("own transaction");
        expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      });
    }
  });
});
