import type { ChildProcess } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { databaseRoad } from "./database-road.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

/** What goes wrong around the real program: its database, its disk, what is sent to it. */
afterEach(closeAll);

const ISSUE_LABELLED = {
  action: "labeled",
  label: { name: "coop" },
  installation: { id: 1 },
  sender: { login: "mona", id: 3, type: "User" },
  repository: { id: 70, name: "tally", default_branch: "main", owner: { login: "acme" } },
  issue: { number: 1, state: "open", title: "Add a loud option", labels: [{ name: "coop" }] },
};
/** A webhook is answered within eight seconds whatever the database does, and `/ready` within three; the rest is a busy machine. */
const [WEBHOOK_MS_MAX, READY_MS_MAX] = [9_900, 6_000];

async function surroundings() {
  const forge = await startForge();
  opened(() => forge.close());
  const env = await environmentFor(forge, "http://127.0.0.1:9");
  const deliver = async (url: string, more: object = {}, id: string = randomUUID()) => {
    const body = JSON.stringify({ ...ISSUE_LABELLED, ...more });
    const began = performance.now();
    const { status } = await fetch(`${url}/api/github/webhooks`, {
      method: "POST",
      body,
      headers: {
        "content-type": "application/json",
        "x-github-event": "issues",
        "x-github-delivery": id,
        "x-hub-signature-256": `sha256=${createHmac("sha256", forge.app.webhookSecret).update(body).digest("hex")}`,
      },
    });
    return { id, status, ms: performance.now() - began };
  };
  return { env, deliver };
}

function linesOf(lines: string[]): (child: ChildProcess) => void {
  return (child) => {
    if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  };
}

const probe = async (url: string, path: "/ready" | "/health") => {
  const began = performance.now();
  const { status } = await fetch(`${url}${path}`);
  return { status, ms: performance.now() - began };
};

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
    const starting = start({ ...env, DATABASE_URL: databaseUrl, COOP_ROLE: "web" }, linesOf(lines));
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
});
