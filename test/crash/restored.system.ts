import { execFileSync } from "node:child_process";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

afterEach(closeAll);

/**
 * The threads know more than a backup: what was said after it was taken stands there, and the ledgers catch up. What the backup is for is
 * the journal: nothing that a model answered is paid for again. Where the ledgers were thrown away they come from the threads as a whole.
 */
const FORGET = ["ledger_entries", "publications", "projections", "inbox", "tickets"]
  .map((table) => `DELETE FROM ${table};`)
  .join(" ");

/** Where the program keeps its state, how an operator copies it while the program runs, and how it is put back. */
type Home = {
  readonly env: Readonly<Record<string, string>>;
  save(): Promise<void> | void;
  /** The program is not running. Everything is lost first, the folder of the program too. */
  restore(): Promise<void> | void;
};

async function inFile(dataDir: string): Promise<Home> {
  const [folder, copy] = [join(dataDir, "database"), `${dataDir}-copy.sqlite`];
  opened(() => rm(copy, { force: true }));
  return {
    env: {},
    // As `sqlite3 coop.sqlite ".backup copy.sqlite"` does it, by the library's own call.
    save: async () => {
      const running = new DatabaseSync(join(folder, "coop.sqlite"), { readOnly: true });
      await backup(running, copy);
      running.close();
    },
    restore: async () => {
      for (const lost of ["database", "blobs", "artifacts"])
        await rm(join(dataDir, lost), { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      await copyFile(copy, join(folder, "coop.sqlite"));
    },
  };
}

async function onServer(bin: string, dataDir: string): Promise<Home> {
  const server = await startServer(bin);
  opened(() => server.stop());
  const dump = `${dataDir}.dump`;
  opened(() => rm(dump, { force: true }));
  const run = (program: string, ...args: string[]) => execFileSync(join(bin, program), args, { stdio: "pipe" });
  run("createdb", "--maintenance-db", server.url("postgres"), "coop");
  return {
    env: { DATABASE_URL: server.url("coop") },
    save: () => void run("pg_dump", "--format=custom", `--file=${dump}`, server.url("coop")),
    restore: async () => {
      for (const lost of ["blobs", "artifacts"]) await rm(join(dataDir, lost), { recursive: true, force: true });
      run("dropdb", "--force", "--maintenance-db", server.url("postgres"), "coop");
      run("createdb", "--maintenance-db", server.url("postgres"), "coop");
      run("pg_restore", `--dbname=${server.url("coop")}`, dump);
      run("psql", `--dbname=${server.url("coop")}`, `--command=${FORGET}`);
    },
  };
}

const bin = findPostgres();
const HOMES: readonly (readonly [string, (dataDir: string) => Promise<Home>])[] = [
  ["SQLite file, from which nothing is deleted", inFile],
  ...(bin
    ? ([["PostgreSQL database, whose ledgers are thrown away", (dataDir: string) => onServer(bin, dataDir)]] as const)
    : []),
];

describe.each(HOMES)("a backup of the %s, taken while the program runs", (_, open) => {
  it("is put back after a ticket went on: nothing is said twice, and the ticket comes to its end", async () => {
    const forge = await startForge();
    opened(() => forge.close());
    const providers = await fakeProviders(loudStory(), () => true);
    opened(() => providers.close());
    const basics = await environmentFor(forge, providers.url);
    const home = await open(basics["COOP_DATA_DIR"] as string);
    const begin = async () => {
      const program = await start({ ...basics, ...home.env });
      forge.connectApp(`${program.url}/api/github/webhooks`);
      return program;
    };
    const first = await begin();
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const files = { ...CHECKED_GREETER, ".github/coop.yml": "planGate: always\n" };
    const repo = forge.createRepo({ fullName: "acme/greeter", people: { mona: "write" }, files, ci: green });
    const issue = repo.openIssue("mona", ISSUE);
    const labels = () => repo.thread(issue).labels;
    repo.addLabel("mona", issue, "coop");
    await until("a plan that waits for a yes", () => labels().includes("coop:plan-approval"));
    await home.save();
    repo.comment("mona", issue, "/coop approve");
    await until("a ticket that is ready", () => labels().includes("coop:ready"));
    first.child.kill("SIGKILL");
    await first.exited;

    await home.restore();
    await begin();
    repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
    await until("the merge", () => labels().includes("coop:merged"));
    expect(repo.numbers("pull")).toHaveLength(1);
    const said = [issue, ...repo.numbers("pull")].flatMap((one) => repo.thread(one).comments.map(({ body }) => body));
    const marks = said.flatMap(
      (body) => /coop:(?:ledger v\d+ \S+|status \S+|reply \S+|said \S+)/.exec(body)?.[0] ?? [],
    );
    expect(new Set(marks).size).toBe(marks.length);
    const bodies = providers.answered.map(({ body }) => body);
    expect(new Set(bodies).size).toBe(bodies.length);
  }, 150_000);
});
