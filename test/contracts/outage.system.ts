import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { HEARTBEAT_SECONDS } from "../../src/queue/boss-queues.ts";
import { eachDatabase } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { DONE, gate, queuesOfTests } from "./queue-fixture.ts";

const TICKETS = Array.from({ length: 4 }, (_, at) => `acme/shop-${at}#1`);
const AWAY_MS = (HEARTBEAT_SECONDS + 3) * 1_000;
/** Whoever looks for dead workers has looked several times by then, and each of those that live has been heard. */
const LOOKED_MS = 8_000;

/** A database whose every statement fails for a while, as over a network that is cut. */
function withCuts(database: Database) {
  let away = false;
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    if (away) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    return ask();
  };
  const cut: Database = {
    ...database,
    query: (sql, params) => asked(() => database.query(sql, params)),
    exec: (sql) => asked(() => database.exec(sql)),
    transaction: (work, limits) => asked(() => database.transaction(work, limits)),
  };
  return { cut, set: (is: "away" | "back") => void (away = is === "away") };
}

eachDatabase((name, open, other) => {
  const openOn = queuesOfTests([]);

  (name === "postgres" ? it : it.skip)(
    "a database that was away for longer than a worker may be silent takes no job from those that live",
    async () => {
      const [one, two] = [withCuts(await open()), withCuts(await other.beside())];
      const [working, looking] = [await openOn(one.cut), await openOn(two.cut, { superviseSeconds: 1 })];
      const done = gate();
      const runs: string[] = [];
      const ended: string[] = [];
      const work = async (ticket: string, { abort }: { abort: AbortSignal }) => {
        abort.addEventListener("abort", () => ended.push(ticket));
        runs.push(ticket);
        await done.passed;
        return DONE;
      };
      await working.work("work", TICKETS.length, work);
      for (const ticket of TICKETS) await working.nudge(ticket, { lane: "work", reason: "takes long" });
      await eventually(() => runs.length === TICKETS.length);
      await looking.work("work", TICKETS.length, work);
      for (const { set } of [one, two]) set("away");
      await sleep(AWAY_MS);
      for (const { set } of [one, two]) set("back");
      await sleep(LOOKED_MS);
      expect(ended).toEqual([]);
      done.open();
      await working.idle();
      expect([...runs].sort()).toEqual(TICKETS);
    },
    90_000,
  );
});
