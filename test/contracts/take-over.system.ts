import { expect, it } from "@jest/globals";
import { eachDatabase } from "../support/databases.ts";
import { deadWorker } from "./dead-worker.ts";
import { DONE, gate, queuesOfTests, TICKET } from "./queue-fixture.ts";

/** Promised, with the queue's own intervals and the clock of the machine. */
const TAKEN_WITHIN_MS = 30_000;
const WAITING = 10;

eachDatabase((name, open, other) => {
  const openOn = queuesOfTests([]);

  // What is embedded has one process, whose next start gives its jobs back.
  (name === "postgres" ? it : it.skip)(
    "a killed worker's ticket is taken over in time while every slot is busy and others wait for one",
    async () => {
      const database = await open();
      const it = await openOn(database);
      const [busy, began, taken] = [gate(), gate(), gate()];
      const runs: string[] = [];
      await it.work("work", 1, async (ticket) => {
        runs.push(ticket);
        if (ticket === TICKET) taken.open();
        else began.open();
        if (ticket === "acme/shop#99") await busy.passed;
        return DONE;
      });
      await it.nudge("acme/shop#99", { lane: "work", reason: "fills the only slot" });
      await began.passed;
      await deadWorker("postgres", other.url() as string);
      const at = performance.now();
      for (let number = 100; number < 100 + WAITING; number++)
        await it.nudge(`acme/shop#${number}`, { lane: "work", reason: "waits" });
      await taken.passed;
      const ms = performance.now() - at;
      console.info(`taken over after ${(ms / 1_000).toFixed(1)} s`);
      expect(ms).toBeLessThan(TAKEN_WITHIN_MS);
      expect(runs).toEqual(["acme/shop#99", TICKET]);
      busy.open();
      await it.idle();
      expect(runs).toHaveLength(WAITING + 2);
    },
    90_000,
  );
});
