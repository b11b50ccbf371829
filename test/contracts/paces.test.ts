import { beforeEach, describe, expect, it } from "@jest/globals";
import { admit, GITHUB_PACE, paceAt } from "../../src/core/rules/pace.ts";
import type { Database } from "../../src/store/database.ts";
import { type PaceStore, paceStore } from "../../src/store/pace-store.ts";
import { eachStore } from "../support/databases.ts";

const LIMITS = { ...GITHUB_PACE, betweenWritesMs: 400 };

eachStore((_name, open, other) => {
  let database: Database;
  let paces: PaceStore;

  beforeEach(async () => {
    database = await open();
    paces = paceStore(database);
  });

  /** @returns when the write may leave by the database's clock */
  const write = (store: PaceStore, name: string) =>
    store.change(name, (known, now) => {
      const { pace, told } = admit(paceAt(known, now), { doing: "write", count: 1 }, LIMITS);
      return { pace, told: now + told.inMs };
    });

  describe("the pace that workers share", () => {
    it("gives each of many writes a time of its own, whichever worker asks", async () => {
      const elsewhere = paceStore(await other.beside());
      const asked = Array.from({ length: 12 }, (_, index) => write(index % 2 ? paces : elsewhere, "installation-1"));
      const times = (await Promise.all(asked)).sort((one, two) => one - two);
      const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
      expect(gaps.filter((gap) => gap < LIMITS.betweenWritesMs)).toEqual([]);
      expect(await database.query("SELECT name FROM paces")).toHaveLength(1);
    });

    it("is each installation's own, and goes by the database's clock", async () => {
      await write(paces, "installation-1");
      const now = await paces.change("installation-2", (known, at) => {
        expect(known).toBeNull();
        return { pace: paceAt(known, at), told: at };
      });
      const then = await paces.change("installation-2", (known, at) => ({ pace: paceAt(known, at), told: at }));
      expect(then).toBeGreaterThanOrEqual(now);
      expect(Math.abs(then - Date.now())).toBeLessThan(600_000);
    });

    it("keeps nothing of a change that failed", async () => {
      const broken = paces.change("installation-1", () => {
        throw new Error("a bug");
      });
      await expect(broken).rejects.toThrow("a bug");
      expect(await database.query("SELECT name FROM paces")).toEqual([]);
    });
  });
});
