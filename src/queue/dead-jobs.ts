import type { Database } from "../store/database.ts";
import { deadIn as deadInBoss } from "./boss-depth.ts";
import type { Dead } from "./queue.ts";
import { deadIn as deadInSqlite, putJobs } from "./sqlite-jobs.ts";

/** For commands: they run beside the server, whose queue is another process's. */
export function deadJobs(database: Database): Promise<Dead[]> {
  return database.kind === "sqlite" ? deadInSqlite(database) : deadInBoss(database);
}

/** Each is due now, as if nothing had failed before. What runs well then is dead no more; the server's workers see it within seconds. */
export async function revive(database: Database, dead: readonly Dead[]): Promise<void> {
  const reason = "revived";
  if (database.kind === "sqlite") {
    const dueMs = Date.now();
    return putJobs(
      dead.map(({ ticket, lane }) => ({ ticket, lane, dueMs, reason, attempt: 1 })),
      database,
    );
  }
  const { openQueue } = await import("./pg-boss.ts");
  const queue = await openQueue(database);
  try {
    for (const { ticket, lane } of dead) await queue.nudge(ticket, { lane, reason });
  } finally {
    await queue.stop({ graceMs: 0 });
  }
}
