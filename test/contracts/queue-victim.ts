import { openQueue } from "../../src/queue/pg-boss.ts";
import { openSqliteQueue } from "../../src/queue/sqlite-queue.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import type { Opened } from "../../src/store/database.ts";

/** A process that takes a job, says so, and never ends it: the queue's contract kills it in the middle. */
const [kind = "", where = "", ticket = ""] = process.argv.slice(2);
const OPEN: Record<string, () => Promise<Opened>> = {
  pglite: () => openPglite({ at: "directory", path: where }),
  postgres: () => openPostgres(where),
  sqlite: () => openSqlite({ at: "file", path: where }),
};
const opened = await OPEN[kind]?.();
if (opened?.outcome !== "open") throw new Error(opened?.sentence ?? `There is no database ${kind}`);
const { database } = opened;
if (kind !== "sqlite") await migrate(database);
const queue = await (kind === "sqlite" ? openSqliteQueue(database) : openQueue(database));
await queue.work("work", 1, () => {
  process.stdout.write("working\n");
  return new Promise(() => setInterval(() => {}, 1_000));
});
await queue.nudge(ticket, { lane: "work", reason: "victim" });
