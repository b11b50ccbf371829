import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { startForge } from "../../src/github-double/server.ts";
import { HEARTBEAT_SECONDS } from "../../src/queue/boss-queues.ts";
import { findPostgres, type PostgresServer, startServer } from "../support/postgres-server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, opened, start, until } from "./program.ts";
import { environments } from "./two-processes.ts";

afterEach(closeAll);

const bin = findPostgres();
if (!bin) console.warn("Left out: storms need PostgreSQL on this machine.");

const TICKETS = 3;
/** So long a storm lasts, and so long it is quiet before the next, so that something is begun that it finds. */
const [STORM_MS, QUIET_MS] = [1_500, 3_000];
const ROUNDS_MAX = 3;
/** Workers that were not heard of for so long count as dead, if it is theirs that they were not. */
const AWAY_MS = (HEARTBEAT_SECONDS + 3) * 1_000;

/** Whoever may do everything, on a connection of its own that a storm takes away as well. */
async function said(url: string, ...statements: readonly string[]): Promise<pg.Client | null> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  try {
    await client.connect();
    for (const statement of statements) await client.query(statement);
    return client;
  } catch {
    await client.end().catch(() => undefined);
    return null;
  }
}

async function done(url: string, ...statements: readonly string[]): Promise<void> {
  await (await said(url, ...statements))?.end().catch(() => undefined);
}

const OTHERS = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";
const setting = (on: "on" | "off") => [
  `ALTER SYSTEM SET default_transaction_read_only = ${on}`,
  "SELECT pg_reload_conf()",
];

type Storm = (server: PostgresServer, url: string) => Promise<void>;

/** What a failover, a pooler, an operator and a neighbour do to a database. */
const STORMS: Readonly<Record<string, Storm>> = {
  "each session is ended, again and again": async (_server, url) => {
    for (let at = 0; at < 10; at++) {
      await done(url, `SELECT pg_terminate_backend(pid) ${OTHERS}`);
      await sleep(STORM_MS / 10);
    }
  },
  "each statement is ended, again and again": async (_server, url) => {
    for (let at = 0; at < 100; at++) {
      await done(url, `SELECT pg_cancel_backend(pid) ${OTHERS} AND state <> 'idle'`);
      await sleep(STORM_MS / 100);
    }
  },
  "it breaks down and recovers": async (server) => {
    await server.breakDown();
    await sleep(STORM_MS);
    await server.comeBack();
  },
  "it is gone for longer than a worker may be silent": async (server) => {
    await server.breakDown();
    await sleep(AWAY_MS);
    await server.comeBack();
  },
  "it is frozen": async (server) => {
    server.freeze();
    await sleep(3 * STORM_MS);
    server.thaw();
  },
  "it can only be read": async (_server, url) => {
    await done(url, ...setting("on"), `SELECT pg_terminate_backend(pid) ${OTHERS}`);
    await sleep(STORM_MS);
    await done(url, "SET default_transaction_read_only = off", ...setting("off"));
    await done(url, `SELECT pg_terminate_backend(pid) ${OTHERS}`);
  },
  "it has no connection left": async (_server, url) => {
    const taken: pg.Client[] = [];
    await done(url, `SELECT pg_terminate_backend(pid) ${OTHERS}`);
    for (let one = await said(url); one; one = taken.length < 200 ? await said(url) : null) taken.push(one);
    await sleep(STORM_MS);
    await Promise.all(taken.map((one) => one.end().catch(() => undefined)));
  },
  "somebody keeps the tables locked": async (_server, url) => {
    const holder = await said(
      url,
      "BEGIN",
      "LOCK TABLE inbox, deliveries, ledger_entries, publications, leases IN ACCESS EXCLUSIVE MODE",
    );
    await sleep(2 * STORM_MS);
    await holder?.end().catch(() => undefined);
  },
};

(bin ? describe : describe.skip)(
  "one web process and two workers, whose PostgreSQL has one bad minute after another",
  () => {
    it("merge their tickets, say nothing twice and pay for nothing twice", async () => {
      const forge = await startForge();
      opened(() => forge.close());
      const server = await startServer(bin ?? "", true);
      opened(() => server.stop());
      const url = server.url("postgres");
      const providers = await fakeProviders(loudStory(), async () => {
        await sleep(300);
        return true;
      });
      opened(() => providers.close());
      const { web, worker } = await environments(forge, providers.url, url);
      await writeFile(
        String(worker["COOP_CONFIG"]),
        "limits: { githubWriteSpacingMs: 300, sweepMinutes: 1 }\nsandbox: { driver: none }\n",
      );
      // It is being handed over when they start.
      await done(url, ...setting("on"));
      const starting = start(web);
      await sleep(STORM_MS);
      await done(url, "SET default_transaction_read_only = off", ...setting("off"));
      const front = await starting;
      forge.connectApp(`${front.url}/api/github/webhooks`);
      const workers = [await start(worker), await start(worker)];

      const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
      const people = { mona: "write" as const };
      const tickets = Array.from({ length: TICKETS }, (_, at) => {
        const repo = forge.createRepo({ fullName: `acme/greeter-${at}`, people, files: CHECKED_GREETER, ci: green });
        return { repo, issue: repo.openIssue("mona", ISSUE) };
      });
      for (const { repo, issue } of tickets) repo.addLabel("mona", issue, "coop");
      const approved = new Set<string>();
      const isMerged = () => {
        for (const { repo, issue } of tickets) {
          if (!repo.thread(issue).labels.includes("coop:ready") || approved.has(repo.fullName)) continue;
          approved.add(repo.fullName);
          repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
        }
        return tickets.every(({ repo, issue }) => repo.thread(issue).labels.includes("coop:merged"));
      };
      for (let round = 0; round < ROUNDS_MAX; round++)
        for (const [name, storm] of Object.entries(STORMS)) {
          if (isMerged()) break;
          await sleep(QUIET_MS);
          await storm(server, url);
          console.info(`${name}: ${tickets.map(({ repo, issue }) => repo.thread(issue).labels.join()).join(" ")}`);
        }
      // Webhooks that nobody could store GitHub calls failed, and the sweep asks for them again.
      await until("all merges", isMerged, 240_000);
      for (const { repo, issue } of tickets) {
        expect(repo.numbers("pull")).toHaveLength(1);
        const comments = [issue, ...repo.numbers("pull")].flatMap((number) => repo.thread(number).comments);
        const marks = comments.flatMap(({ body }) => /coop:(?:ledger v2|status|reply) \S+/.exec(body)?.[0] ?? []);
        expect(marks.filter((mark, at) => marks.indexOf(mark) < at)).toEqual([]);
        expect(repo.pull(repo.numbers("pull")[0] ?? 0).reviews).toHaveLength(1);
      }
      expect([front, ...workers].map(({ child }) => child.exitCode)).toEqual([null, null, null]);
      expect(providers.answered.length).toBe(new Set(providers.answered.map(({ body }) => body)).size);
    }, 400_000);
  },
);
