import { afterEach, beforeEach, expect, it, jest } from "@jest/globals";
import { deadJobs, revive } from "../../src/queue/dead-jobs.ts";
import type { QueueSettings } from "../../src/queue/queue.ts";
import { ATTEMPTS_MAX, type Handler } from "../../src/queue/queue.ts";
import type { Database } from "../../src/store/database.ts";
import { eachStore } from "../support/databases.ts";
import { DONE, gate, queuesOfTests, TICKET, waitingJobs } from "./queue-fixture.ts";

eachStore((name, open, other) => {
  let database: Database;
  const errors: Error[] = [];
  const openOn = queuesOfTests(errors);
  const queue = (settings: QueueSettings = {}, on = database) => openOn(on, settings);

  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => void jest.restoreAllMocks());

  it("hands a nudged ticket to a handler, quickly", async () => {
    const it = await queue();
    const handled: number[] = [];
    await it.work("work", 2, async () => {
      handled.push(performance.now());
      return DONE;
    });
    await it.idle();
    const delays: number[] = [];
    for (let round = 0; round < 10; round++) {
      const start = performance.now();
      await it.nudge(TICKET, { lane: "work", reason: "test" });
      await it.idle();
      delays.push((handled[round] ?? Infinity) - start);
    }
    // The median, and far above the 10 ms that it takes: the machine may be busy. The poll alone would take two seconds each.
    expect(delays.sort((a, b) => a - b)[5]).toBeLessThan(1_500);
  });

  it("has one waiting job for a hundred nudges, and another ticket beside it", async () => {
    const [one, two] = [await queue(), await queue({}, await other.beside())];
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => (index % 2 ? one : two).nudge(TICKET, { lane: "work", reason: "x" })),
    );
    await one.nudge("acme/shop#13", { lane: "work", reason: "x" });
    expect(await waitingJobs(database)).toEqual([{ ticket: TICKET }, { ticket: "acme/shop#13" }]);
    expect(await one.depth()).toEqual({ ready: 2, deferred: 0, active: 0, dead: 0 });
  });

  it("runs one job of a ticket at a time, keeps one more waiting, and lets other tickets pass", async () => {
    const [one, two] = [await queue(), await queue({}, await other.beside())];
    const hold = gate();
    const began = gate();
    const running = new Map<string, number>();
    const runs: string[] = [];
    let most = 0;
    const handler: Handler = async (ticket) => {
      running.set(ticket, (running.get(ticket) ?? 0) + 1);
      most = Math.max(most, running.get(ticket) as number);
      runs.push(ticket);
      if (ticket === TICKET && runs.filter((it) => it === TICKET).length === 1) {
        began.open();
        await hold.passed;
      }
      running.set(ticket, (running.get(ticket) as number) - 1);
      return DONE;
    };
    await one.work("work", 3, handler);
    await two.work("work", 3, handler);
    await one.nudge(TICKET, { lane: "work", reason: "first" });
    await began.passed;
    await Promise.all(Array.from({ length: 20 }, () => two.nudge(TICKET, { lane: "work", reason: "more" })));
    expect(await waitingJobs(database)).toEqual([{ ticket: TICKET }]);
    const passing = Array.from({ length: 5 }, (_, index) => `acme/shop#${index + 100}`);
    await Promise.all(passing.map((ticket) => one.nudge(ticket, { lane: "work", reason: "other" })));
    while (runs.length < 6) await new Promise((resolve) => setImmediate(resolve));
    expect(runs.slice(1).sort()).toEqual(passing);
    hold.open();
    await one.idle();
    expect(runs.filter((it) => it === TICKET)).toHaveLength(2);
    expect(most).toBe(1);
  });

  it("gives owners their turns: who has one ticket does not wait for all of another's", async () => {
    const one = await queue();
    const [begun, hold] = [gate(), gate()];
    const runs: string[] = [];
    await one.work("work", 1, async (ticket) => {
      if (runs.push(ticket) === 1) begun.open();
      await hold.passed;
      return DONE;
    });
    await one.nudge("acme/shop#1", { lane: "work", reason: "first" });
    await begun.passed;
    const burst = Array.from({ length: 8 }, (_, index) => `acme/${index % 2 ? "shop" : "site"}#${index + 2}`);
    const others = ["mona/notes#1", "zoe/blog#1", "mona/notes#2"];
    for (const ticket of [...burst, ...others, "acme/shop#1"]) await one.nudge(ticket, { lane: "work", reason: "due" });
    hold.open();
    await one.idle();
    expect(runs.slice(1, 4)).toEqual(expect.arrayContaining(others.slice(0, 2)));
    expect(runs.indexOf("mona/notes#2")).toBeLessThan(7);
    expect(runs.slice(1).sort()).toEqual([...burst, ...others, "acme/shop#1"].sort());
    expect(runs.filter((it) => burst.includes(it))).toEqual(burst);
  });

  it("does not let a lane wait for the other: not for a running job of the same ticket, nor for busy workers", async () => {
    const one = await queue();
    const [begun, busy] = [gate(), gate()];
    const heard: string[] = [];
    await one.work("work", 1, async () => {
      begun.open();
      await busy.passed;
      return DONE;
    });
    await one.nudge(TICKET, { lane: "work", reason: "a step" });
    await begun.passed;
    const both = gate();
    await one.work("hearing", 1, async (ticket) => {
      if (heard.push(ticket) === 2) both.open();
      return DONE;
    });
    await one.nudge(TICKET, { lane: "hearing", reason: "a comment" });
    await one.nudge("acme/shop#13", { lane: "hearing", reason: "a comment elsewhere" });
    await both.passed;
    expect(new Set(heard)).toEqual(new Set([TICKET, "acme/shop#13"]));
    busy.open();
    await one.idle();
  });

  it("never runs two jobs of a ticket at once, however wildly it is nudged", async () => {
    const [one, two] = [await queue({ retryBaseMs: 1 }), await queue({ retryBaseMs: 1 }, await other.beside())];
    let active = 0;
    let most = 0;
    let runs = 0;
    const handler: Handler = async () => {
      most = Math.max(most, ++active);
      await database.query("SELECT 1");
      active--;
      runs++;
      if (runs % 7 === 0) throw new Error("now and then");
      return runs % 5 === 0 ? { again: { inMs: 1 } } : DONE;
    };
    await one.work("work", 3, handler);
    await two.work("work", 3, handler);
    for (let round = 0; round < 40; round++) {
      await Promise.all([one, two, one, two].map((it) => it.nudge(TICKET, { lane: "work", reason: "wild" })));
    }
    await one.idle(1_000);
    expect(most).toBe(1);
    expect(runs).toBeGreaterThan(5);
  });

  it("drops a nudge with the transaction that it belongs to", async () => {
    const it = await queue();
    const work = database.transaction(async (tx) => {
      await it.nudge(TICKET, { lane: "work", reason: "test" }, tx);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await waitingJobs(database)).toEqual([]);
  });

  it("waits as long as it was told, and an earlier nudge wins over a later one", async () => {
    const it = await queue();
    const runs: number[] = [];
    const start = performance.now();
    await it.work("work", 1, async () => {
      runs.push(performance.now() - start);
      return DONE;
    });
    await it.nudge(TICKET, { lane: "work", inMs: 60_000, reason: "later" });
    expect(await it.depth()).toMatchObject({ ready: 0, deferred: 1 });
    await it.idle();
    expect(runs).toEqual([]);
    await it.nudge(TICKET, { lane: "work", inMs: 150, reason: "sooner" });
    await it.nudge(TICKET, { lane: "work", inMs: 30_000, reason: "much later" });
    await it.idle(1_000);
    expect(runs).toHaveLength(1);
    expect(runs[0]).toBeGreaterThanOrEqual(150);
    expect(runs[0]).toBeLessThan(20_000);
    await it.nudge(TICKET, { lane: "work", inMs: 60_000, reason: "later" });
    await it.nudge(TICKET, { lane: "work", reason: "now" });
    await it.idle();
    expect(runs).toHaveLength(2);
    expect(await it.depth()).toMatchObject({ ready: 0, deferred: 0 });
  });

  // Where the database is a server, all times are that server's.
  (name === "sqlite" ? it : it.skip)("keeps its times when this machine's clock is set back an hour", async () => {
    const it = await queue();
    const handled: string[] = [];
    await it.work("work", 1, async (ticket) => {
      handled.push(ticket);
      return DONE;
    });
    await it.nudge(TICKET, { lane: "work", inMs: 30, reason: "later" });
    const [real, hourMs] = [Date.now, 3_600_000];
    jest.spyOn(Date, "now").mockImplementation(() => real() - hourMs);
    await it.nudge("acme/shop#13", { lane: "work", inMs: 30, reason: "later, after the change" });
    await it.idle(hourMs / 2);
    expect(handled.sort()).toEqual([TICKET, "acme/shop#13"].sort());
  });

  (name === "sqlite" ? it : it.skip)(
    "goes by this machine's clock again after it slept, and after a start an hour too early",
    async () => {
      const one = await queue();
      const hourMs = 3_600_000;
      await one.nudge(TICKET, { lane: "work", inMs: hourMs, reason: "later" });
      expect(await one.depth()).toMatchObject({ ready: 0, deferred: 1 });
      const real = Date.now;
      jest.spyOn(Date, "now").mockImplementation(() => real() + hourMs);
      expect(await one.depth()).toMatchObject({ ready: 1, deferred: 0 });
      await one.nudge(TICKET, { lane: "hearing", inMs: 60_000, reason: "later" });
      // The next process finds the clock an hour behind of what stands in the file.
      jest.spyOn(Date, "now").mockImplementation(real);
      await queue();
      const tenMinutesMs = 600_000;
      const waiting = await database.query<{ due_ms: number }>("SELECT due_ms FROM jobs ORDER BY lane");
      for (const { due_ms: dueMs } of waiting) expect(dueMs).toBeLessThanOrEqual(real() + tenMinutesMs);
      expect(waiting).toHaveLength(2);
    },
  );

  it("looks again when the handler asks for it", async () => {
    const it = await queue();
    let runs = 0;
    await it.work("work", 1, async () => ({ again: ++runs < 4 ? { inMs: runs === 2 ? 20 : 0 } : null }));
    await it.nudge(TICKET, { lane: "work", reason: "test" });
    await it.idle(500);
    expect(runs).toBe(4);
  });

  it("repeats a job that throws, puts it aside in the end, and starts afresh at the next nudge", async () => {
    const told: unknown[] = [];
    const redact = (text: string) => text.replace("s3cret", "[redacted]");
    const it = await queue({ retryBaseMs: 5, redact, onDead: async (dead) => void told.push(dead) });
    let [runs, failing] = [0, ATTEMPTS_MAX];
    await it.work("work", 2, async () => {
      runs++;
      if (runs <= failing) throw new Error(`broken ${runs},\n\nwith s3cret`);
      return DONE;
    });
    await it.nudge(TICKET, { lane: "work", reason: "test" });
    await it.idle(2_000);
    expect(runs).toBe(ATTEMPTS_MAX);
    const dead = { ticket: TICKET, lane: "work", why: "Error: broken 6, with [redacted]", at: expect.any(Date) };
    expect(await it.dead()).toEqual([dead]);
    // It fails for good once more: the same job, with what went wrong the last time.
    failing = 2 * ATTEMPTS_MAX;
    await it.nudge(TICKET, { lane: "work", reason: "the sweep" });
    await it.idle(2_000);
    expect(await it.dead()).toEqual([{ ...dead, why: "Error: broken 12, with [redacted]" }]);
    expect(told).toEqual([dead, dead].map(({ ticket, lane }) => ({ ticket, lane })));
    expect(errors.map(({ message }) => message)).toContain(`broken ${ATTEMPTS_MAX},\n\nwith s3cret`);
    expect(await it.depth()).toEqual({ ready: 0, deferred: 0, active: 0, dead: 1 });
    // As `coop revive` does it, beside the process that works.
    const besides = await other.beside();
    await revive(besides, await deadJobs(besides));
    while (runs <= failing) await new Promise((resolve) => setImmediate(resolve));
    await it.idle();
    expect(await it.depth()).toMatchObject({ dead: 0 });
    expect(await deadJobs(besides)).toEqual([]);
  });

  it("sweeps at once and again, in one process at a time", async () => {
    const [one, two] = [await queue(), await queue({}, await other.beside())];
    const hold = gate();
    const began = gate();
    let most = 0;
    let active = 0;
    let sweeps = 0;
    const sweep = async () => {
      most = Math.max(most, ++active);
      if (++sweeps === 2) began.open();
      if (sweeps === 2) await hold.passed;
      active--;
    };
    await Promise.all([one.sweepEvery(100, sweep), two.sweepEvery(100, sweep)]);
    await began.passed;
    hold.open();
    await one.stop();
    await two.stop();
    expect(most).toBe(1);
    expect(sweeps).toBeGreaterThanOrEqual(2);
  });
});
