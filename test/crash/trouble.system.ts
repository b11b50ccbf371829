import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../src/store/postgres.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { databaseRoad } from "./database-road.ts";
import { closeAll, opened, start, until } from "./program.ts";
import { probe, surroundings } from "./surroundings.ts";

/** What goes wrong around the real program: its database, what is sent to it; `full-disk.system.ts` has its disk. */
afterEach(closeAll);

/** A webhook is answered within eight seconds whatever the database does, and `/ready` within three; the rest is a busy machine. */
const [WEBHOOK_MS_MAX, READY_MS_MAX] = [20_000, 15_000];

function linesOf(lines: string[]): (child: ChildProcess) => void {
  return (child) => {
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  };
}

const bin = findPostgres();
(bin ? describe : describe.skip)("a PostgreSQL server that is away, comes, freezes, goes and comes again", () => {
  it("is waited for at the start; meanwhile webhooks are answered with 503, in time, and later stored once", async () => {
    const { env, deliver } = await surroundings();
    const server = await startServer(bin as string);
    opened(() => server.stop());
    const folder = decodeURIComponent(/host=([^&]+)/.exec(server.url("postgres"))?.[1] ?? "");
    const road = await databaseRoad(join(folder, ".s.PGSQL.5432"));
    opened(() => road.close());
    road.is("gone");
    const lines: string[] = [];
    const databaseUrl = `postgres://coop@127.0.0.1:${road.port}/postgres`;
    const starting = start({ ...env, DATABASE_URL: databaseUrl }, linesOf(lines));
    await until("it says that it waits", () => lines.some((line) => line.includes("waiting for the database")));
    road.is("open");
    const { url } = await starting;
    expect((await deliver(url)).status).toBe(202);

    road.is("frozen");
    const [webhook, ready] = await Promise.all([deliver(url), probe(url, "/ready")]);
    expect([webhook.status, ready.status]).toEqual([503, 503]);
    expect(webhook.ms).toBeLessThan(WEBHOOK_MS_MAX);
    expect(ready.ms).toBeLessThan(READY_MS_MAX);
    expect((await probe(url, "/health")).status).toBe(200);

    road.is("gone");
    const gone = await deliver(url);
    expect([gone.status, (await probe(url, "/ready")).status]).toEqual([503, 503]);
    expect(gone.ms).toBeLessThan(WEBHOOK_MS_MAX);

    road.is("open");
    const again = await Promise.all([
      deliver(url, {}, gone.id),
      deliver(url, {}, webhook.id),
      deliver(url, {}, gone.id),
    ]);
    expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await probe(url, "/ready")).status).toBe(200);
    const database = openedDatabase(await openPostgres(server.url("postgres")));
    const stored = await database.query<{ source: string }>("SELECT source FROM inbox ORDER BY position");
    await database.close();
    expect(stored.filter(({ source }) => source.endsWith(gone.id))).toHaveLength(1);
    expect(stored).toHaveLength(3);
    expect(lines.filter((line) => line.includes("[object Object]"))).toEqual([]);
  });

  (existsSync("/proc/self/task") ? it : it.skip)(
    "is frozen (SIGSTOP) and goes on: what it was told meanwhile is stored once, whatever it was answered",
    async () => {
      const { env, deliver } = await surroundings();
      const server = await startServer(bin as string);
      opened(() => server.stop());
      const { url } = await start({ ...env, DATABASE_URL: server.url("postgres") });
      expect((await deliver(url)).status).toBe(202);

      server.freeze();
      const [webhook, other, ready] = await Promise.all([deliver(url), deliver(url), probe(url, "/ready")]);
      expect([webhook.status, other.status, ready.status]).toEqual([503, 503, 503]);
      expect(Math.max(webhook.ms, other.ms)).toBeLessThan(WEBHOOK_MS_MAX);
      expect(ready.ms).toBeLessThan(READY_MS_MAX);
      server.thaw();

      const again = await Promise.all([deliver(url, {}, webhook.id), deliver(url, {}, other.id), deliver(url)]);
      expect(again.map(({ status }) => status)).toEqual([202, 202, 202]);
      await eventually(async () => (await probe(url, "/ready")).status === 200);
      const database = openedDatabase(await openPostgres(server.url("postgres")));
      const stored = await database.query<{ source: string }>("SELECT source FROM inbox");
      await database.close();
      expect(stored).toHaveLength(4);
    },
  );
});

const MB = 1024 * 1024;
describe("a payload of nearly 25 MB", () => {
  it("is taken, in time, while others are answered; a larger one is refused and leaves the server as it was", async () => {
    const { env, deliver } = await surroundings();
    const { url } = await start(env);
    const large = deliver(url, { ballast: "x".repeat(24.9 * MB) });
    const [taken, beside] = await Promise.all([large, deliver(url)]);
    expect([taken.status, beside.status]).toEqual([202, 202]);
    expect(taken.ms).toBeLessThan(WEBHOOK_MS_MAX);
    // The answer may come before the body is sent, and the connection ends with it.
    const refused = await deliver(url, { ballast: "x".repeat(26 * MB) }).catch(() => ({ status: 413 }));
    expect(refused.status).toBe(413);
    expect((await deliver(url)).status).toBe(202);
  });
});
