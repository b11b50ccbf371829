import type { Database, Query } from "../store/database.ts";
import { SWEEP } from "./boss-queues.ts";
import type { QueueSettings } from "./queue.ts";

/** How far the database's clock must be behind what it has said before: less is how exact two looks are. */
const BACK_MS_MIN = 2_000;

/**
 * Sees that the database's clock was set back, and takes the queue's times along: what waits would wait for an hour more, and no dead
 * worker would be found. pg-boss stamps its looks for those, so the latest stamp is what the clock has said before, also to a process that
 * has just started; one that has looked itself knows better how long that is ago.
 */
export class DatabaseClock {
  readonly #database: Database;
  readonly #onClockBack: NonNullable<QueueSettings["onClockBack"]>;
  #last: { readonly saidMs: number; readonly at: number } | null = null;

  constructor(database: Database, { onClockBack = async () => {} }: QueueSettings) {
    this.#database = database;
    this.#onClockBack = onClockBack;
  }

  /** @returns by how many milliseconds this look has moved the queue, 0 as a rule */
  async look(): Promise<number> {
    const at = performance.now();
    const [row] = await this.#database.query<{ said: number; stamped: number | null }>(
      `SELECT ${MS("clock_timestamp()")} AS said, ${MS("max(monitor_claim_on)")} AS stamped FROM pgboss.queue`,
    );
    const said = Number(row?.said);
    const before = this.#last ? this.#last.saidMs + at - this.#last.at : 0;
    this.#last = { saidMs: said, at };
    if (Number(row?.stamped ?? 0) - said < BACK_MS_MIN) return 0;
    return this.#database.transaction((tx) =>
      this.#moved(tx, Math.round(Math.max(before, Number(row?.stamped)) - said)),
    );
  }

  /** The stamps are locked and moved as well, so of several processes that see the same, one moves the jobs. */
  async #moved(tx: Query, backMs: number): Promise<number> {
    const stamps = await tx.query(
      `SELECT name FROM pgboss.queue WHERE monitor_claim_on > now() + $1 * interval '1 ms' ORDER BY name FOR UPDATE`,
      [BACK_MS_MIN],
    );
    if (stamps.length === 0) return 0;
    for (const statement of MOVE) await tx.query(statement, [backMs]);
    await tx.query(
      "UPDATE pgboss.version SET monitor_backoff_on = NULL, reindex_on = NULL, bam_on = NULL, flow_on = NULL",
    );
    // Slots of the sweep that have not come yet are not taken.
    await tx.query(
      `UPDATE pgboss.job SET singleton_on = NULL WHERE name = $1 AND singleton_on > now() AT TIME ZONE 'UTC'`,
      [SWEEP],
    );
    await this.#onClockBack(tx, backMs);
    return backMs;
  }
}

const MS = (time: string) => `floor(extract(epoch FROM ${time}) * 1000)::bigint`;
const BACK = "$1::bigint * interval '1 ms'";

/** Only what lies ahead was written before: what a worker said since then stays, or it would be taken for dead. */
const movedWhereAhead = (columns: readonly string[]) =>
  columns.map((one) => `${one} = CASE WHEN ${one} > now() THEN ${one} - ${BACK} ELSE ${one} END`).join(", ");

const STAMPS = ["monitor_claim_on", "monitor_on", "maintain_on"];
const TIMES = ["start_after", "created_on", "started_on", "heartbeat_on"];
const MOVE = [
  `UPDATE pgboss.queue SET ${movedWhereAhead(STAMPS)}`,
  `UPDATE pgboss.job SET ${movedWhereAhead(TIMES)}
    WHERE state < 'completed' AND greatest(${TIMES.join(", ")}) > now()`,
];
