import { execFile, spawn } from "node:child_process";
import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../src/store/postgres.ts";
import { fakeProviders, type FakeProviders } from "../crash/fake-providers.ts";
import { opened } from "../support/databases.ts";
import { emptyFolder, gitIn, repositoryWith, standUp, writeIn } from "../support/desk.ts";
import { findPostgres, type PostgresServer, startServer } from "../support/postgres-server.ts";
import { GREETER, ISSUE, loudStory, REVIEWS_ONLY } from "../support/stories.ts";

/** The tickets of a desk in a PostgreSQL, by the program as people run it. Skipped, and said so, where there is no PostgreSQL. */
const bin = findPostgres();
const overPostgres = bin ? describe : describe.skip;
if (!bin && process.env["COOP_REQUIRE_POSTGRES"] === "1") it("finds PostgreSQL", () => expect(bin).not.toBeNull());
else if (!bin) console.warn("No PostgreSQL server binaries were found: the desk over PostgreSQL is skipped.");

const PROGRAM = join(process.cwd(), "bin/coop.mjs");
const PASSWORD = "zq7-not-to-be-seen";
const FILES = { ...GREETER, ...REVIEWS_ONLY };
const SCHEMA = /coop_desk_[0-9a-f]{24}/;

type Ran = { readonly code: number; readonly out: string; readonly err: string };

overPostgres("DATABASE_URL at a desk", () => {
  let server: PostgresServer;
  let providers: FakeProviders;
  let onAsked: () => boolean = () => true;
  let count = 0;
  let url = "";
  beforeAll(async () => {
    server = await startServer(bin ?? "");
    providers = await fakeProviders(loudStory(), () => onAsked());
  });
  afterAll(async () => {
    await providers.close();
    await server.stop();
  });
  afterEach(() => {
    onAsked = () => true;
    return standUp();
  });

  async function newDatabase(): Promise<string> {
    const admin = opened(await openPostgres(server.url("postgres")));
    await admin.exec(`CREATE DATABASE desk_${++count}`);
    await admin.close();
    return server.url(`desk_${count}`).replace("coop@", `coop:${PASSWORD}@`);
  }

  async function askedOf(address: string, sql: string): Promise<Record<string, unknown>[]> {
    const database = opened(await openPostgres(address));
    const rows = await database.query(sql);
    await database.close();
    return rows;
  }

  function envOf(home: string, database: string | undefined): Record<string, string> {
    return {
      ...{ PATH: process.env["PATH"] ?? "", HOME: home, COOP_CONFIG: join(home, "server.yml") },
      ...{ ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests", ANTHROPIC_BASE_URL: providers.url },
      ...{ OPENAI_API_KEY: "sk-a-key-for-tests", OPENAI_BASE_URL: `${providers.url}/v1` },
      ...(database === undefined ? {} : { DATABASE_URL: database }),
    };
  }

  function person(): { home: string; coop(folder: string, args: string[], database?: string): Promise<Ran> } {
    const home = emptyFolder();
    writeFileSync(join(home, "server.yml"), "sandbox: { driver: none }\n");
    writeIn(home, { "ticket.md": `# ${ISSUE.title}\n\n${ISSUE.body}\n` });
    const coop = (folder: string, args: string[], database?: string) =>
      new Promise<Ran>((resolve) => {
        const options = { cwd: folder, env: envOf(home, database) };
        execFile(process.execPath, [PROGRAM, ...args], options, (error, out, err) =>
          resolve({ code: error ? Number(error.code) : 0, out, err }),
        );
      });
    return { home, coop };
  }

  it("keeps a whole ticket there, for every command, and nothing of it in git's own folder", async () => {
    url = await newDatabase();
    await askedOf(url, "CREATE TABLE tickets (mine text)");
    const { home, coop } = person();
    const repository = repositoryWith(FILES);
    const begun = await coop(repository, ["run", join(home, "ticket.md")], url);
    expect(begun).toMatchObject({ code: 3, out: expect.stringMatching(/^Go on with: coop resume 1 --yes merge$/m) });
    expect(begun.out).toMatch(/kept in the PostgreSQL of DATABASE_URL from now on, in a schema of their own/);
    const done = await coop(repository, ["resume", "1", "--yes", "merge"], url);
    expect([done.code, done.out]).toEqual([0, expect.not.stringContaining("from now on")]);
    const said = [begun, done];
    for (const [args, says] of [
      [["run", "--list"], /1 +Approved +coop\/1/],
      [["watch", "--once"], /#1 +Approved/],
      [["ledger", "1"], /approved/i],
      [["ledger", "1", "--format", "collab"], /^## Final status$/m],
      [["explain", "1"], /approved/i],
      [["replay", "1"], /entries/],
      [["verify", "1"], /./],
      [["trace", "1"], /./],
      [["export", "1"], /"kind":"opened"/],
      [["tickets"], /desk\/.*#1/],
      [["scorecard"], /./],
    ] as const) {
      const ran = await coop(repository, [...args], url);
      expect({ args, ...ran }).toMatchObject({ args, code: 0, err: "", out: expect.stringMatching(says) });
      said.push(ran);
    }
    expect(JSON.stringify(said)).not.toContain(PASSWORD);
    const kept = gitIn(repository, "rev-parse", "--absolute-git-dir");
    expect(() => readFileSync(join(kept, "coop", "desk.sqlite"))).toThrow("ENOENT");
    const found = await askedOf(url, "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'");
    expect(found).toEqual([{ name: expect.stringMatching(SCHEMA) }]);
    // What the application has there is not touched, although a table of it has the name of one of ours.
    expect(await askedOf(url, "SELECT count(*)::integer AS n FROM public.tickets")).toEqual([{ n: 0 }]);
    expect(await askedOf(url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).toHaveLength(1);
  }, 240_000);

  it("keeps two repositories of one name apart, also where both begin at once, and counts each from one", async () => {
    url = await newDatabase();
    const { home, coop } = person();
    const all = [repositoryWith(FILES), repositoryWith(FILES)].map((folder) => {
      renameSync(folder, `${folder}-greeter`);
      const at = join(home, folder.slice(-6), "greeter");
      cpSync(`${folder}-greeter`, at, { recursive: true });
      rmSync(`${folder}-greeter`, { recursive: true });
      return at;
    });
    const twice = all.flatMap((folder) => [folder, folder]);
    const ran = await Promise.all(twice.map((folder) => coop(folder, ["run", join(home, "ticket.md"), "--yes", "merge"], url))); // prettier-ignore
    expect(ran.map(({ code, err }) => [code, err])).toEqual(twice.map(() => [0, ""]));
    for (const folder of all)
      expect(gitIn(folder, "branch", "--list", "coop/*", "--format=%(refname:short)").split("\n")).toEqual(["coop/1", "coop/2"]); // prettier-ignore
    expect(await askedOf(url, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'")).toHaveLength(2);
    const board = await coop(home, ["watch", "--once", ...all], url);
    expect(board.out.match(/Approved/g)).toHaveLength(4);
    // In an application's repository the variable is always there.
    const elsewhere = await coop(repositoryWith(FILES), ["watch", "--once"], "mysql://root@db/shop");
    expect(elsewhere).toMatchObject({ code: 0, out: expect.stringMatching(/^No tickets yet/), err: "" });
  }, 240_000);

  it("goes on after kill -9 without paying twice", async () => {
    url = await newDatabase();
    const { home, coop } = person();
    const repository = repositoryWith(FILES);
    const child = spawn(process.execPath, [PROGRAM, "run", join(home, "ticket.md")], { cwd: repository, env: envOf(home, url), stdio: "ignore" }); // prettier-ignore
    const before = providers.answered.length;
    onAsked = () => providers.answered.length - before < 3 || !child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    onAsked = () => true;
    const done = await coop(repository, ["resume", "--yes", "merge"], url);
    expect(done).toMatchObject({ code: 0 });
    const bodies = providers.answered.slice(before).map(({ body }) => body);
    expect(new Set(bodies).size).toBe(bodies.length);
  }, 120_000);

  it("makes nothing there for whoever only looks, or is refused", async () => {
    url = await newDatabase();
    const { home, coop } = person();
    const repository = repositoryWith(FILES);
    for (const [args, code] of [
      [["run", join(home, "no-such-file.md")], 2],
      [["run", join(home, "ticket.md"), "--base", "nowhere"], 2],
      [["resume"], 1],
      [["run", "--list"], 0],
      [["review", "--base", "nowhere"], 2],
    ] as const)
      expect([args, (await coop(repository, [...args], url)).code]).toEqual([args, code]);
    gitIn(repository, "branch", "coop");
    const refused = await coop(repository, ["run", join(home, "ticket.md")], url);
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^There is a branch named coop, /) });
    gitIn(repository, "branch", "-D", "coop");
    expect(await askedOf(url, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'")).toEqual([]);
    // Without the variable, the first ticket still begins in git's own folder, and then stays there.
    expect(await coop(repository, ["run", join(home, "ticket.md")])).toMatchObject({ code: 3 });
    expect(await coop(repository, ["run", "--list"], url)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^ +1 /m),
    });
    expect(await askedOf(url, "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'")).toEqual([]);
  }, 240_000);

  it("says in one sentence what lacks, and never the password", async () => {
    url = await newDatabase();
    const { home, coop } = person();
    const repository = repositoryWith(FILES);
    const ticket = join(home, "ticket.md");
    const away = `postgres://coop:${PASSWORD}@127.0.0.1:1/shop`;
    const first = await coop(repository, ["run", ticket], away);
    expect([first.code, first.err]).toEqual([69, expect.stringMatching(/^DATABASE_URL cannot be used: .*ECONNREFUSED.*\. Start the database, or correct DATABASE_URL\. Without it \(`env -u DATABASE_URL coop run …`\) the tickets are kept in git's own folder\.\n$/)]); // prettier-ignore
    expect(await coop(repository, ["run", ticket], url)).toMatchObject({ code: 3 });
    const other = await newDatabase();
    const said: Ran[] = [first];
    for (const [address, code, says] of [
      [undefined, 78, /are kept in a PostgreSQL: set DATABASE_URL to it\. If they are lost, move .*coop away/],
      ["mysql://root@db/shop", 78, /are kept in a PostgreSQL: set DATABASE_URL to it/],
      [away, 69, /^DATABASE_URL cannot be used: .*ECONNREFUSED.*correct DATABASE_URL\.\n$/],
      [other, 69, /without the tickets of this repository \(it has no schema coop_desk_/],
    ] as const)
      for (const args of [["resume"], ["run", ticket], ["run", "--list"]]) {
        const ran = await coop(repository, args, address);
        expect([args, ran.code, ran.err]).toEqual([args, code, expect.stringMatching(says)]);
        expect(ran.err.trim().split("\n")).toHaveLength(1);
        said.push(ran);
      }
    for (const args of [
      ["ledger", "1"],
      ["watch", "--once"],
    ])
      said.push(await coop(repository, args, other));
    expect(said.slice(-2)).toMatchObject([{ code: 69 }, { code: 69 }]);
    expect(JSON.stringify(said)).not.toMatch(new RegExp(`${PASSWORD}|\\bat .*\\.ts:`));
  }, 240_000);

  it("takes an application's database for no server's, whatever its tables are called", async () => {
    const { home, coop } = person();
    const repository = repositoryWith(FILES);
    await coop(repository, ["run", join(home, "ticket.md")]);
    for (const tables of ["CREATE TABLE schema_migrations (version text)", "SELECT 1"]) {
      url = await newDatabase();
      await askedOf(url, tables);
      const watched = await coop(repository, ["watch", "--once"], url);
      expect(watched).toMatchObject({ code: 0, err: "", out: expect.not.stringMatching(/cannot be read|behind/) });
      expect(watched.out).toMatch(/#1/);
      for (const args of [["tickets"], ["scorecard"]]) {
        const ran = await coop(repository, args, url);
        expect([args, ran.code, ran.err]).toEqual([args, 69, expect.stringMatching(/^DATABASE_URL leads to a database without the tables of a server\. .*env -u DATABASE_URL.*\n$/)]); // prettier-ignore
      }
    }
  }, 120_000);

  it("refuses a copy, follows a move, and stays in git's folder where the tickets began there", async () => {
    url = await newDatabase();
    const { home, coop } = person();
    const ticket = join(home, "ticket.md");
    const repository = repositoryWith(FILES);
    await coop(repository, ["run", ticket], url);
    const copy = join(home, "copy");
    cpSync(repository, copy, { recursive: true });
    const refused = await coop(copy, ["resume"], url);
    expect([refused.code, refused.err]).toEqual([69, expect.stringMatching(/^This repository is a copy of the one whose tickets are kept with .*\n$/)]); // prettier-ignore
    rmSync(repository, { recursive: true });
    expect(await coop(copy, ["resume", "--yes", "merge"], url)).toMatchObject({ code: 0 });
    const before = repositoryWith(FILES);
    await coop(before, ["run", ticket]);
    const stays = await coop(before, ["run", ticket], url);
    expect([stays.code, stays.out]).toEqual([3, expect.stringMatching(/^Ticket 2: [\s\S]*began in git's own folder/)]);
    expect((await coop(before, ["run", ticket], url)).out).not.toContain("began in git's own folder");
    for (const foreign of [
      "mysql://root@db/shop",
      "sqlite:///shop.db",
      "file:./dev.db",
      "postgresql+asyncpg://db/shop",
      " ",
    ])
      expect(await coop(before, ["run", "--list"], foreign)).toMatchObject({ code: 0, err: "" });
  }, 240_000);

  it.each(["frozen", "gone"] as const)(
    "ends in time with one sentence where the database is %s in the middle",
    async (how) => {
      const own = await startServer(bin ?? "");
      try {
        const { home, coop } = person();
        const repository = repositoryWith(FILES);
        const before = providers.answered.length;
        let done: Promise<void> | null = null;
        onAsked = () => {
          if (providers.answered.length - before < 3 || done) return true;
          done = how === "gone" ? own.stop() : Promise.resolve(own.freeze());
          return true;
        };
        const began = performance.now();
        const ran = await coop(repository, ["run", join(home, "ticket.md")], own.url("postgres"));
        expect([ran.code, ran.err]).toEqual([69, expect.stringMatching(/^DATABASE_URL cannot be used any more: .*Start the database, then run `coop resume 1`: what was written down is kept\.\n$/)]); // prettier-ignore
        expect(performance.now() - began).toBeLessThan(90_000);
        if (how === "gone") return;
        own.thaw();
        expect(await coop(repository, ["resume", "--yes", "merge"], own.url("postgres"))).toMatchObject({ code: 0 });
      } finally {
        if (how === "frozen") await own.stop();
      }
    },
    180_000,
  );
});
