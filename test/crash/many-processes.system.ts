import { type AddressInfo, connect, createServer } from "node:net";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import type { Database } from "../../src/store/database.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, opened, type Running, start } from "./program.ts";
import { environments } from "./two-processes.ts";

afterEach(closeAll);

const postgres = findPostgres();
const canFreeze = existsSync("/proc/self/task");
if (!postgres) console.warn("Left out: many processes need PostgreSQL on this machine.");

const TICKETS = 4;
/** GitHub wants a second; less, so that the test ends soon, and more than a look at the database takes. */
const SPACING_MS = 400;
/** Longer than a lease, and than a worker may be silent before its jobs are taken over. */
const FROZEN_MS = 60_000;
const LOOK_MS = 15;

async function eventually(what: string, isSo: () => Promise<boolean> | boolean, withinMs = 180_000): Promise<void> {
  for (const end = performance.now() + withinMs; performance.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`Waited in vain for: ${what}`);
}

/** What stands in front of several web processes: each connection goes to the next one. */
async function balanced(urls: readonly string[]): Promise<string> {
  let turn = 0;
  const server = createServer((from) => {
    const to = connect(Number(new URL(urls[turn++ % urls.length] ?? "").port), "127.0.0.1");
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const)
      // prettier-ignore
      one.on("error", () => other.destroy()).pipe(other);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened(async () => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An entry's comment that is noted and has not been sent: it waits for its turn to write. */
const unsent = (database: Database) =>
  database.query<{ ticket: string; first_seq: number; number: number }>(
    "SELECT ticket, first_seq, number FROM publications WHERE state = 'intended' LIMIT 1",
  );

(postgres && canFreeze ? describe : describe.skip)("two web processes and three workers on one PostgreSQL", () => {
  it("merge a burst of tickets and double nothing, though one worker freezes before a write and one is killed", async () => {
    const forge = await startForge();
    opened(() => forge.close());
    const server = await startServer(postgres ?? "");
    opened(() => server.stop());
    const providers = await fakeProviders(loudStory(), () => true);
    opened(() => providers.close());
    const { web, worker } = await environments(forge, providers.url, server.url("postgres"));
    const settings = `limits: { githubWriteSpacingMs: ${SPACING_MS} }\nsandbox: { driver: none }\n`;
    await writeFile(String(worker["COOP_CONFIG"]), settings);
    const fronts = [await start(web), await start({ ...web, KEYS_PORT: "0" })];
    forge.connectApp(`${await balanced(fronts.map(({ url }) => url))}/api/github/webhooks`);
    const database = openedDatabase(await openPostgres(server.url("postgres")));
    opened(() => database.close());

    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const people = { mona: "write" as const };
    const repos = Array.from({ length: TICKETS }, (_, at) =>
      forge.createRepo({ fullName: `acme/greeter-${at}`, people, files: CHECKED_GREETER, ci: green }),
    );
    const tickets = repos.map((repo) => ({ repo, issue: repo.openIssue("mona", ISSUE) }));
    const frozen: Running = await start(worker);
    for (const { repo, issue } of tickets) repo.addLabel("mona", issue, "coop");
    const commentsOf = (ticket: string, number: number) =>
      repos.find((_, at) => ticket.startsWith(`acme/greeter-${at}#`))?.thread(number).comments.length ?? 0;
    let waits: { ticket: string; first_seq: number; number: number } | undefined;
    await eventually("a comment that waits for its turn", async () => {
      const [one] = await unsent(database);
      if (!one) return false;
      frozen.child.kill("SIGSTOP");
      const said = commentsOf(one.ticket, one.number);
      // What had left before it was stopped comes in now.
      await new Promise((resolve) => setTimeout(resolve, SPACING_MS));
      if ((await unsent(database))[0]?.ticket === one.ticket && commentsOf(one.ticket, one.number) === said)
        waits = one;
      else frozen.child.kill("SIGCONT");
      return waits !== undefined;
    });
    const frozenAt = performance.now();
    const killed = await start(worker);
    await start(worker);
    const state = async () =>
      (
        await database.query<{ state: string }>("SELECT state FROM publications WHERE ticket = $1 AND first_seq = $2", [
          ...[waits?.ticket, waits?.first_seq],
        ])
      )[0]?.state;
    await eventually("another worker that says it", async () => (await state()) === "posted");
    killed.child.kill("SIGKILL");
    await eventually("a minute of sleep", () => performance.now() - frozenAt > FROZEN_MS);
    frozen.child.kill("SIGCONT");

    const approved = new Set<string>();
    await eventually("all merges", () => {
      for (const { repo, issue } of tickets) {
        if (!repo.thread(issue).labels.includes("coop:ready") || approved.has(repo.fullName)) continue;
        approved.add(repo.fullName);
        repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
      }
      return tickets.every(({ repo, issue }) => repo.thread(issue).labels.includes("coop:merged"));
    });
    for (const { repo, issue } of tickets) {
      expect(repo.numbers("pull")).toHaveLength(1);
      const said = [issue, ...repo.numbers("pull")].flatMap((number) => repo.thread(number).comments);
      const marks = said.flatMap(({ body }) => /coop:(?:ledger v2|status|reply) \S+/.exec(body)?.[0] ?? []);
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.filter((mark, at) => marks.indexOf(mark) < at)).toEqual([]);
      expect(repo.pull(repo.numbers("pull")[0] ?? 0).reviews).toHaveLength(1);
    }
    expect(frozen.child.exitCode).toBeNull();
    expect(providers.answered.length).toBe(new Set(providers.answered.map(({ body }) => body)).size);
  }, 400_000);
});
