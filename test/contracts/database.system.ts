import { beforeEach, describe, expect, it } from "@jest/globals";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "../../src/store/database.ts";
import { migrate, shippedMigrations } from "../../src/store/migrate.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { isPassing } from "../../src/store/passing.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { eachDatabase, opened } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";

eachDatabase((name, open, other) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  describe("database", () => {
    it("says which one it is", () => expect(database.kind).toBe(name));

    it("rolls back what a rejected transaction wrote", async () => {
      const work = database.transaction(async (tx) => {
        await tx.query("INSERT INTO projections VALUES ('t', 'k', NULL, 'h')");
        throw new Error("changed my mind");
      });
      await expect(work).rejects.toThrow("changed my mind");
      expect(await database.query("SELECT * FROM projections")).toEqual([]);
    });

    it("rejects a transaction that swallowed an error, since nothing of it was stored", async () => {
      const work = database.transaction(async (tx) => {
        await tx.query("INSERT INTO projections VALUES ('t', 'k', NULL, 'h')");
        await tx.query("SELECT 1/0").catch(() => undefined);
        return "stored";
      });
      await expect(work).rejects.toThrow("division by zero");
      expect(await database.query("SELECT * FROM projections")).toEqual([]);
    });

    it("refuses statements through a tx that is over", async () => {
      let kept: { query(sql: string): Promise<unknown> } | null = null;
      await database.transaction(async (tx) => {
        kept = tx;
      });
      await expect(kept!.query("SELECT 1")).rejects.toThrow("already over");
    });

    it("goes on after several statements failed inside a transaction of their own", async () => {
      await expect(database.exec("BEGIN; SELECT 1/0; COMMIT")).rejects.toThrow("division by zero");
      expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    });

    it("gives bigint as numbers and rows of several statements in order", async () => {
      expect(await database.query("SELECT 5000000000::bigint AS id")).toEqual([{ id: 5_000_000_000 }]);
      expect(await database.exec("SELECT 1 AS n; SELECT 2 AS n")).toEqual([{ n: 1 }, { n: 2 }]);
    });

    it("hears what is announced", async () => {
      const heard = new Promise<string>((resolve, reject) => {
        database
          .listen("Some Channel", resolve, () => {})
          .then(async (subscription) => {
            await database.query("SELECT pg_notify('Some Channel', 'hello')");
            await heard;
            await subscription.close();
          })
          .catch(reject);
      });
      expect(await heard).toBe("hello");
    });
  });

  if (name === "postgres") {
    it.each([
      ["nonsense", {}],
      // Nobody listens there yet: who starts may wait for it.
      ["postgres://coop:hunter2@127.0.0.1:1/x", { because: "away" }],
    ])("refuses %s without its password", async (url, because) => {
      const refused = await openPostgres(url);
      expect(refused).toEqual({
        outcome: "refused",
        sentence: expect.stringMatching(/^DATABASE_URL cannot be used: .*\.$/),
        ...because,
      });
      expect(JSON.stringify(refused)).not.toContain("hunter2");
    });

    it("runs no second statement when its transaction could not begin", async () => {
      const work = database.transaction(
        async (tx) => {
          await tx.query("SELECT 1").catch(() => undefined);
          await tx.query("INSERT INTO projections VALUES ('t', 'k', NULL, 'h')");
        },
        // Read as one text, so that not even its BEGIN is done.
        { lockMsMax: "(" as unknown as number },
      );
      await expect(work).rejects.toThrow();
      expect(await database.query("SELECT * FROM projections")).toEqual([]);
    });

    it.each([
      ["somebody ended", "SELECT 1"],
      ["nobody spoke in", "SET LOCAL idle_in_transaction_session_timeout = 1"],
    ])("says of a session that %s between two statements that it passes", async (_, first) => {
      const victim = await other.beside();
      const broken = victim.transaction(async (tx) => {
        const [own] = await tx.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
        await tx.query(first);
        if (first === "SELECT 1") await database.query("SELECT pg_terminate_backend($1)", [own?.pid]);
        await eventually(
          async () => (await database.query("SELECT 1 FROM pg_stat_activity WHERE pid = $1", [own?.pid])).length === 0,
        );
        await tx.query("SELECT 1");
      });
      const error: unknown = await broken.catch((thrown: unknown) => thrown);
      expect(String(error)).toMatch(/is not queryable/);
      expect(isPassing(error)).toBe(true);
    });

    it("survives that the server drops every connection, and listens again", async () => {
      const victim = await other.beside();
      let heard = (_: string) => {};
      const message = new Promise<string>((resolve) => (heard = resolve));
      let subscribed = () => {};
      const again = new Promise<void>((resolve) => (subscribed = resolve));
      let times = 0;
      const subscription = await victim.listen("news", heard, () => ++times === 2 && subscribed());
      const broken = victim.transaction(async (tx) => {
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        );
        await tx.query("SELECT 1");
      });
      await expect(broken).rejects.toThrow();
      expect(await victim.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await again;
      await database.query("SELECT pg_notify('news', 'back')");
      expect(await message).toBe("back");
      await subscription.close();
    });
  }

  describe("migrations", () => {
    it("run once, whoever starts and however often", async () => {
      const again = await Promise.all([migrate(database), other.beside().then((it) => migrate(it)), migrate(database)]);
      for (const result of again) expect(result).toEqual({ outcome: "migrated", applied: [] });
      expect(await database.query("SELECT name FROM schema_migrations")).toHaveLength(
        (await shippedMigrations()).length,
      );
    });

    it("name an old migration that was changed", async () => {
      const [first, ...rest] = await shippedMigrations();
      const result = await migrate(database, [{ name: first!.name, sql: `${first!.sql}\n-- edited` }, ...rest]);
      expect(result).toEqual({ outcome: "refused", sentence: expect.stringContaining("0001_ledger.sql was changed") });
    });

    it("refuse a database that a later version of the program set up", async () => {
      const result = await migrate(database, (await shippedMigrations()).slice(0, 2));
      expect(result).toEqual({ outcome: "refused", sentence: expect.stringContaining("another version") });
    });

    it("may take longer than any other statement, and whoever starts meanwhile waits for whoever makes them", async () => {
      const url = other.url();
      if (!url) return;
      const impatient = async () =>
        opened(await openPostgres(url, () => undefined, { schema: "public", answerMs: 300 }));
      const [one, two] = [await impatient(), await impatient()];
      await expect(one.query("SELECT pg_sleep(1)")).rejects.toThrow();
      const slow = [...(await shippedMigrations()), { name: "0099_slow.sql", sql: "SELECT pg_sleep(1)" }];
      const [first, second] = await Promise.all([migrate(one, slow), migrate(two, slow)]);
      expect([first, second].map((it) => "applied" in it && it.applied.length).sort()).toEqual([0, 1]);
      await expect(two.query("SELECT pg_sleep(1)")).rejects.toThrow();
      await Promise.all([one.close(), two.close()]);
    });

    it("leave nothing behind when one fails", async () => {
      const bad = { name: "0099_bad.sql", sql: "CREATE TABLE half (id int); SELECT 1/0" };
      await expect(migrate(database, [...(await shippedMigrations()), bad])).rejects.toThrow("division by zero");
      expect(await database.query("SELECT to_regclass('half') AS half")).toEqual([{ half: null }]);
    });
  });
});

describe("a new PGlite", () => {
  it("is made anew when the archive that is kept cannot be unpacked, which is then thrown away", async () => {
    const path = await mkdtemp(join(tmpdir(), "coop-pglite-"));
    let kept: Blob | null = new Blob(["no archive"]);
    const snapshot = {
      read: async () => kept,
      write: async () => undefined,
      remove: async () => {
        kept = null;
      },
    };
    const database = opened(await openPglite({ at: "directory", path }, snapshot));
    expect(await database.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(kept).toBeNull();
    await database.close();
    await rm(path, { recursive: true });
  });
});
