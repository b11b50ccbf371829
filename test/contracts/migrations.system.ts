import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { migrate, type Migration, type MigrateSettings, shippedMigrations } from "../../src/store/migrate.ts";
import type { ToldMigration } from "../../src/store/migrating.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { upToDate } from "../../src/store/up-to-date.ts";
import { eachDatabase, opened } from "../support/databases.ts";

const with99 = async (sql: string): Promise<Migration[]> => [
  ...(await shippedMigrations()),
  { name: "0099_more.sql", sql },
];
const ENDED = "DO $$ BEGIN RAISE EXCEPTION 'canceling statement due to user request' USING ERRCODE = '57014'; END $$";
/** A table that is in use the first times: what a sequence has counted stays also where a transaction is undone. */
const inUse = (times: number) =>
  `DO $$ BEGIN IF nextval('tries') <= ${times} THEN RAISE EXCEPTION 'in use' USING ERRCODE = '55P03'; END IF; END $$`;

eachDatabase((_name, open, other) => {
  let database: Database;
  const said: ToldMigration[] = [];
  const settings: MigrateSettings = { tablePauseMs: 1, tell: (now) => void said.push(now) };
  const doings = () => [...new Set(said.map(({ doing }) => doing))];
  beforeEach(async () => {
    said.length = 0;
    database = await open();
  });

  it("says nothing and waits for nobody where nothing is to be done", async () => {
    expect(await migrate(database, undefined, settings)).toEqual({ outcome: "migrated", applied: [] });
    expect(said).toEqual([]);
  });

  it("says what it does, and that a table is in use until it is not", async () => {
    await database.exec("CREATE SEQUENCE tries");
    const done = await migrate(database, await with99(inUse(2)), settings);
    expect(done).toEqual({ outcome: "migrated", applied: ["0099_more.sql"] });
    expect(said.map(({ doing, pending }) => [doing, ...pending])).toEqual(
      ["migrates", "tries-again", "migrates", "tries-again", "migrates"].map((doing) => [doing, "0099_more.sql"]),
    );
  });

  it("gives up a table that stays in use, and says who has to end what", async () => {
    await database.exec("CREATE SEQUENCE tries");
    const sentence = expect.stringMatching(/0099_more\.sql changes a table that something else has been reading or writing for 0 s, .* End it, then start/); // prettier-ignore
    const done = await migrate(database, await with99(inUse(1_000)), { ...settings, tablesTriedMsMax: 20 });
    expect(done).toEqual({ outcome: "refused", sentence });
    expect(await database.query("SELECT name FROM schema_migrations WHERE name LIKE '0099%'")).toEqual([]);
  });

  it("tells a migration that was cancelled as what it is, and does not begin it again", async () => {
    expect(await migrate(database, await with99(ENDED), settings)).toEqual({
      outcome: "refused",
      sentence:
        "The database cannot be brought up to date: 0099_more.sql was ended after 0 s (canceling statement due to user request), and nothing of it was kept. Start the program again when the database has less to do, and let nobody cancel it.",
    });
    expect(doings()).toEqual(["migrates"]);
  });

  it("is not taken for done where it can only be read just now", async () => {
    const url = other.url();
    if (!url) await database.exec("SET default_transaction_read_only = on");
    const options = "options=-c%20default_transaction_read_only%3Don";
    const reading = url ? opened(await openPostgres(`${url}${url.includes("?") ? "&" : "?"}${options}`)) : database;
    await expect(migrate(reading)).rejects.toMatchObject({ code: "25006" });
    await (url ? reading.close() : database.exec("SET default_transaction_read_only = off"));
  });

  describe("beside other processes", () => {
    const beside = () => (other.url() ? other.beside() : null);

    it("lets whoever waits behind it through while a table that it changes is read for long", async () => {
      const [reader, third] = [await beside(), await beside()];
      if (!reader || !third) return;
      let release = () => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      let heard = () => {};
      const blocked = new Promise<void>((resolve) => (heard = resolve));
      const held = new Promise<void>((resolve) => {
        void reader.transaction(async (tx) => {
          await tx.query("SELECT * FROM projections");
          resolve();
          await released;
        });
      });
      await held;
      const tell = ({ doing }: ToldMigration) => (doing === "tries-again" ? heard() : undefined);
      const sql = "ALTER TABLE projections ADD COLUMN more text";
      const migrating = migrate(database, await with99(sql), { tableWaitMsMax: 50, tablePauseMs: 50, tell });
      await blocked;
      expect(await third.query("SELECT * FROM projections")).toEqual([]);
      release();
      expect(await migrating).toEqual({ outcome: "migrated", applied: ["0099_more.sql"] });
    });

    it("says whose work it waits for, again and again, and ends a statement that takes too long", async () => {
      const second = await beside();
      if (!second) return;
      const slow = await with99("SELECT pg_sleep(1)");
      const more = { tell: settings.tell, tellEveryMs: 100 };
      let begun = () => {};
      const begins = new Promise<void>((resolve) => (begun = resolve));
      const first = migrate(database, slow, { tell: () => begun() });
      await begins;
      expect(await migrate(second, slow, more)).toEqual({ outcome: "migrated", applied: [] });
      expect(doings()).toEqual(["waits"]);
      expect(said.length).toBeGreaterThan(3);
      expect(await first).toEqual({ outcome: "migrated", applied: ["0099_more.sql"] });
      const longer = [...slow, { name: "0100_long.sql", sql: "SELECT pg_sleep(20)" }];
      const ended = await migrate(database, longer, { ...more, statementMsMax: 200 });
      expect(ended).toEqual({ outcome: "refused", sentence: expect.stringMatching(/0100_long\.sql was ended after 0 s \(.+\), and/) }); // prettier-ignore
    });

    it("neither a desk nor a server that is up to date waits for a server's migration", async () => {
      const [migrating, url] = [await beside(), other.url()];
      if (!migrating || !url) return;
      await database.exec("CREATE SCHEMA coop_desk");
      const desk = opened(await openPostgres(url, undefined, { schema: "coop_desk", answerMs: 10_000 }));
      await migrating.transaction(async (tx) => {
        await tx.query("SELECT pg_advisory_xact_lock($1)", [0x636f6f70]);
        expect(await upToDate(await other.beside())).toMatchObject({ outcome: "open" });
        expect(await migrate(desk)).toMatchObject({ outcome: "migrated", applied: { length: (await shippedMigrations()).length } }); // prettier-ignore
      });
      await desk.close();
    });
  });
});
