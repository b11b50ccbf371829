import { afterEach } from "@jest/globals";
import { openQueue } from "../../src/queue/pg-boss.ts";
import { openSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import type { QueueSettings } from "../../src/queue/queue.ts";
import type { Queue } from "../../src/queue/queue.ts";
import type { Database } from "../../src/store/database.ts";

/** What the suites about the queue share: queues that end with their test, and ways to look at them. */
export const TICKET = "acme/shop#12";
export const DONE = { again: null };

/** Something that a test opens when it wants a handler to go on. */
export function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open };
}

/** Opens queues whose errors go to `errors`, and stops them after each test. */
export function queuesOfTests(errors: Error[]): (on: Database, settings?: QueueSettings) => Promise<Queue> {
  let queues: Queue[] = [];
  afterEach(async () => {
    await Promise.all(queues.map((it) => it.stop({ graceMs: 0, unwindMs: 200 })));
    queues = [];
    errors.length = 0;
  });
  return async (on, settings = {}) => {
    const made = await openOver(on, { onError: (error) => void errors.push(error), ...settings });
    queues.push(made);
    return made;
  };
}

export function openOver(database: Database, settings: QueueSettings = {}): Promise<Queue> {
  return database.kind === "sqlite" ? openSqliteQueue(database, settings) : openQueue(database, settings);
}

export async function attemptsWaiting(database: Database): Promise<number[]> {
  const rows = await database.query<{ attempt: string | number }>(
    database.kind === "sqlite"
      ? "SELECT attempt FROM jobs WHERE state = 'waiting'"
      : "SELECT data->>'attempt' AS attempt FROM pgboss.job WHERE state = 'created'",
  );
  return rows.map(({ attempt }) => Number(attempt));
}

export function waitingJobs(database: Database): Promise<Record<string, unknown>[]> {
  if (database.kind === "sqlite")
    return database.query("SELECT ticket FROM jobs WHERE lane = 'work' AND state = 'waiting' ORDER BY 1");
  return database.query(
    "SELECT data->>'ticket' AS ticket FROM pgboss.job WHERE name = 'ticket' AND state = 'created' ORDER BY 1",
  );
}
