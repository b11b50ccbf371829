import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Database } from "../store/database.ts";
import { openSqlite } from "../store/sqlite.ts";
import { deadJobs, revive } from "./dead-jobs.ts";
import { putDead } from "./sqlite-jobs.ts";

/** More than anybody reads: each of them is tried again nevertheless. */
const MANY = 260;

let database: Database;
beforeEach(async () => {
  const opened = await openSqlite({ at: "memory" });
  if (opened.outcome !== "open") throw new Error(opened.sentence);
  ({ database } = opened);
});
afterEach(() => database.close());

describe("jobs that were put aside", () => {
  it("are named all, the latest first, but not the sweep's own, which is of no ticket", async () => {
    const job = { reason: "boom", attempt: 6 };
    await putDead({ ...job, lane: "sweep", ticket: "", dueMs: 5_000 }, database);
    for (let at = 1; at <= MANY; at++)
      await putDead({ ...job, lane: "work", ticket: `acme/shop#${at}`, dueMs: 1_000 + at }, database);
    const dead = await deadJobs(database);
    expect(dead).toHaveLength(MANY);
    expect(dead[0]).toEqual({ ticket: `acme/shop#${MANY}`, lane: "work", why: "boom", at: new Date(1_000 + MANY) });
    await revive(database, dead);
    const [row] = await database.query("SELECT count(*) AS jobs FROM jobs WHERE state = 'waiting'");
    expect(row).toEqual({ jobs: MANY });
  });
});
