import { setTimeout as sleep } from "node:timers/promises";
import type { Pace } from "../core/rules/pace.ts";
import type { Database } from "./database.ts";

/** The paces that all workers share, one a forge's installation, and the database's clock with them. */
export type PaceStore = {
  /**
   * Changes a pace as if nobody else did at the same time: `work` may run several times, and what it gave last is stored.
   * @param work gets what is stored, and the time in milliseconds
   */
  change<T>(name: string, work: (pace: Pace | null, now: number) => Changed<T>): Promise<T>;
};
export type Changed<T> = { readonly pace: Pace; readonly told: T };

/** Each try loses to a success of somebody else; so many in a row are no coincidence. */
const TRIES_MAX = 100;
const AGAIN_MS_MAX = 20;

/** Of this database's clock, so that no two machines' clocks are compared. */
const NOW = {
  postgres: "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint",
  pglite: "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint",
  sqlite: "CAST(unixepoch('subsec') * 1000 AS integer)",
} as const;

type Row = { readonly now: number; readonly state: string | null; readonly version: number | null };

/** A row is changed by whoever knows its version: two round trips, and no lock that a frozen worker could keep. */
export function paceStore(database: Database): PaceStore {
  const read = `SELECT ${NOW[database.kind]} AS now, paces.state, paces.version
    FROM (SELECT 1 AS one) AS clock LEFT JOIN paces ON paces.name = $1`;
  const write = `INSERT INTO paces (name, state, version) VALUES ($1, $2, 1)
    ON CONFLICT (name) DO UPDATE SET state = excluded.state, version = paces.version + 1 WHERE paces.version = $3
    RETURNING version`;
  return {
    change: async (name, work) => {
      for (let tries = 0; tries < TRIES_MAX; tries++) {
        const [row] = await database.query<Row>(read, [name]);
        const changed = work(row?.state ? (JSON.parse(row.state) as Pace) : null, Number(row?.now));
        const written = await database.query(write, [name, JSON.stringify(changed.pace), row?.version ?? 0]);
        if (written.length > 0) return changed.told;
        await sleep(Math.random() * AGAIN_MS_MAX);
      }
      throw new Error(`The pace of ${name} was changed by others ${TRIES_MAX} times in a row`);
    },
  };
}
