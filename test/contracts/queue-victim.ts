import { openQueue } from "../../src/queue/pg-boss.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { migrate } from "../../src/store/migrate.ts";

/** A process that takes a job, says so, and never ends it: the queue's contract kills it in the middle. */
const [kind = "", where = "", ticket = ""] = process.argv.slice(2);
const opened = kind === "pglite" ? await openPglite({ at: "directory", path: where }) : await openPostgres(where);
if (opened.outcome === "refused") throw new Error(opened.sentence);
await migrate(opened.database);
const queue = await openQueue(opened.database);
await queue.work("work", 1, () => {
  process.stdout.write("working\n");
  return new Promise(() => setInterval(() => {}, 1_000));
});
await queue.nudge(ticket, { lane: "work", reason: "victim" });
