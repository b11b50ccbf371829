import { type ChildProcess, spawnSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
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
const [WEBHOOK_MS_MAX, READY_MS_MAX] = [20_000, 15_000];

async function surroundings() {
  const forge = await startForge();
  opened(() => forge.close());
  const all = await environmentFor(forge, "http://127.0.0.1:9");
  // The process that answers GitHub asks no model, and must not hold the keys for it.
  const { ANTHROPIC_API_KEY: _anthropic, OPENAI_API_KEY: _openai, ...others } = all;
  const env = { ...others, COOP_ROLE: "web", COOP_KEYS_SECRET: "a secret of the workers for tests", KEYS_PORT: "0" };
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
  return { env, deliver, dataDir: String(all["COOP_DATA_DIR"]) };
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
const hasBubblewrap = spawnSync("bwrap", ["--dev-bind", "/", "/", "true"]).status === 0;

(hasBubblewrap ? describe : describe.skip)("a disk that is full", () => {
  it("has webhooks answered with 503 until there is room again, and loses nothing that was taken", async () => {
    const { env, deliver, dataDir } = await surroundings();
    const folder = join(dataDir, "small");
    const fill = `head -c ${4 * MB} /dev/zero > "$COOP_DATA_DIR/filler"; exec "$@"`;
    const small = [
      "--die-with-parent",
      "--dev-bind",
      "/",
      "/",
      "--size",
      String(8 * MB),
      "--tmpfs",
      folder,
      "sh",
      "-c",
      fill,
      "sh",
    ];
    const { url, child } = await start({ ...env, COOP_DATA_DIR: folder }, () => undefined, ["bwrap", ...small]);
    // What a person writes is stored; so large words fill eight megabytes soon.
    const words = { issue: { ...ISSUE_LABELLED.issue, body: "x".repeat(MB / 2) } };
    const sent: { readonly id: string; readonly status: number }[] = [];
    while (sent.length < 40 && sent.at(-1)?.status !== 503) sent.push(await deliver(url, words));
    expect(sent.map(({ status }) => status)).toEqual([...Array<number>(sent.length - 1).fill(202), 503]);
    expect((await probe(url, "/health")).status).toBe(200);
    const inside = `/proc/${innermost(child.pid ?? 0)}/root${folder}`;
    await rm(join(inside, "filler"));
    const again = await deliver(url, words, sent.at(-1)?.id);
    expect([again.status, (await deliver(url, words, sent[0]?.id)).status]).toEqual([202, 202]);
    for (const name of ["coop.sqlite", "coop.sqlite-wal"])
      await copyFile(join(inside, "database", name), join(dataDir, name));
    const file = new DatabaseSync(join(dataDir, "coop.sqlite"));
    const stored = file
      .prepare("SELECT id FROM deliveries")
      .all()
      .map(({ id }) => id);
    file.close();
    expect(stored.sort()).toEqual(sent.map(({ id }) => id).sort());
  });
});

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

/** bubblewrap's own child, and that one's: the program itself. */
function innermost(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return child ? innermost(Number(child)) : pid;
}
