import { join } from "node:path";
import { createInterface } from "node:readline";
import { pino } from "pino";
import { type App, startApp } from "../../src/app.ts";
import type { Config } from "../../src/config.ts";
import { sweep } from "../../src/flow/sweep.ts";
import type { Database } from "../../src/store/database.ts";
import { prune } from "../../src/store/prune.ts";
import { deliveryStore } from "../../src/store/delivery-store.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { migrate } from "../../src/store/migrate.ts";

/**
 * The program as `npm run bench:state` measures it, in a process of its own, so that its memory is its own: started on a data
 * directory that is filled already, then asked over its standard input. It answers each line with a line of JSON.
 */
export type Asked =
  | { readonly do: "start"; readonly config: Config }
  /** Until nothing is left to do. */
  | { readonly do: "idle" }
  /** Looks at one ticket. */
  | { readonly do: "pass"; readonly ticket: string }
  /** Looks for what webhooks missed, as every few minutes. */
  | { readonly do: "sweep" }
  | { readonly do: "memory" };

export type Told = { readonly ms: number; readonly url: string | null; readonly rssMb: number };

const BYTES_PER_MB = 1024 * 1024;
const parts = {
  ...{ log: pino({ level: "silent" }), models: [], searchPath: "" },
  sandbox: { state: "none" as const, why: "Nothing is run here." },
};

type Running = { readonly app: App; readonly database: Database };

async function begin(config: Config): Promise<Running> {
  const opened = await openEmbedded(join(config.dataDir, "database"));
  if (opened.outcome === "refused") throw new Error(opened.sentence);
  const { database } = opened;
  await migrate(database);
  const started = await startApp(config, { ...parts, database });
  if (started.outcome === "refused") throw new Error(started.sentence);
  return { app: started.app, database };
}

async function act({ app, database }: Running, asked: Asked): Promise<void> {
  const { world, github, queue } = app;
  if (asked.do === "pass") await queue.nudge(asked.ticket, { lane: "work", reason: "bench" });
  if (asked.do === "sweep") {
    const deliveries = deliveryStore(database);
    await sweep(
      { world, app: github, deliveries, queue, prune: (at) => prune(database, at) },
      "light",
      new AbortController().signal,
    );
  }
  if (asked.do !== "memory") await queue.idle();
}

let running: Running | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line) as Asked;
  const began = performance.now();
  if (asked.do === "start") running = await begin(asked.config);
  else if (running) await act(running, asked);
  const ms = performance.now() - began;
  const told: Told = { ms, url: running?.app.url ?? null, rssMb: process.memoryUsage().rss / BYTES_PER_MB };
  process.stdout.write(`${JSON.stringify(told)}\n`);
}
await running?.app.stop();
await running?.database.close();
