import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Coming } from "../../src/cli/desk/claim.ts";
import { deskToBegin, openDesk } from "../../src/cli/desk.ts";
import { listedAt } from "../../src/cli/run-list.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Database } from "../../src/store/database.ts";
import { opened } from "../support/databases.ts";
import { emptyFolder, gitIn, repositoryWith, standUp } from "../support/desk.ts";
import { findPostgres, type PostgresServer, startServer } from "../support/postgres-server.ts";

/** Copies of a repository that reach the same tickets in a PostgreSQL. Skipped, and said so, where there is no PostgreSQL. */
const bin = findPostgres();
const overPostgres = bin ? describe : describe.skip;
if (!bin) console.warn("No PostgreSQL server binaries were found: copies of a desk are skipped.");

const SINCE = /^The tickets of this repository have been worked on since, in .*\. Is this repository a copy of that one\? Then move .*\/coop away: .* Then run `coop run --list --here` once, and the tickets continue here\.$/; // prettier-ignore
const UNSEEN = /^The tickets of this repository were last worked on in \/somewhere\/else\/coop on another-host .*cannot be seen from here\. Is this repository a copy/; // prettier-ignore

overPostgres("a repository and its copies", () => {
  let server: PostgresServer;
  let admin: Database;
  let url = "";
  let count = 0;
  beforeAll(async () => {
    server = await startServer(bin ?? "");
    admin = opened(await openPostgres(server.url("postgres")));
  });
  afterAll(async () => {
    await admin.close();
    await server.stop();
  });
  afterEach(standUp);

  const place = (folder: string) => ({ folder, searchPath: process.env["PATH"] ?? "", databaseUrl: url });

  /** @returns "well", or the sentence with which it ends */
  async function come(folder: string, coming: Coming = "to work"): Promise<string> {
    try {
      await (await openDesk(place(folder), coming)).close();
      return "well";
    } catch (error) {
      return (error as Error).message;
    }
  }

  function markerOf(folder: string): string {
    return join(gitIn(folder, "rev-parse", "--absolute-git-dir"), "coop/postgres.json");
  }

  async function notesIn(folder: string): Promise<readonly string[]> {
    const desk = await openDesk(place(folder), "to work");
    await desk.close();
    return desk.notes;
  }

  async function ticketIn(folder: string): Promise<void> {
    const desk = await openDesk(place(folder), "to work");
    const settings = { base: "main", mergeInto: null, maxUsd: null, models: [], pins: {}, collab: null };
    const ticket = { title: "one", body: "", author: "mona", labels: [], settings };
    await desk.threads.open(ticket, new Date(), () => Promise.resolve(true));
    await desk.close();
  }

  const list = async (folder: string, coming: Coming) => (await listedAt(place(folder), coming)).length;

  async function begun(folder = repositoryWith({ "README.md": "# one\n" })): Promise<string> {
    await admin.exec(`CREATE DATABASE copies_${++count}`);
    url = server.url(`copies_${count}`);
    await beginIn(folder);
    return folder;
  }

  async function beginIn(folder: string, coming: Coming = "to look"): Promise<void> {
    const looked = await openDesk(place(folder), coming);
    const desk = await deskToBegin(looked, place(folder)).catch(async (error: unknown) => {
      await looked.close();
      throw error;
    });
    await desk.close();
  }

  /** A copy that does not see where it came from, as on another machine: the original is put back elsewhere. */
  function taken(folder: string): { original: string; copy: string } {
    const at = emptyFolder();
    const [original, copy] = [join(at, "original"), join(at, "copy")];
    cpSync(folder, copy, { recursive: true });
    renameSync(folder, original);
    return { original, copy };
  }

  /** As if the last one had come from there. @returns what the comment said before */
  async function cameFrom(over: Record<string, string>): Promise<Record<string, string>> {
    const database = opened(await openPostgres(url));
    const [row] = await database.query<{ name: string; said: string }>(
      "SELECT nspname AS name, obj_description(oid, 'pg_namespace') AS said FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'",
    );
    const before = JSON.parse(row?.said ?? "{}") as Record<string, string>;
    await database.exec(`COMMENT ON SCHEMA ${row?.name} IS '${JSON.stringify({ ...before, ...over })}'`);
    await database.close();
    return before;
  }

  /** As a copy knows of no place but those of the folder that it was made of. */
  function nowhereSeen(folder: string): void {
    const kept = JSON.parse(readFileSync(markerOf(folder), "utf8")) as object;
    writeFileSync(markerOf(folder), JSON.stringify({ ...kept, places: [] }));
  }

  it("asks which of two goes on, in whichever comes second, until somebody says it", async () => {
    const { original, copy } = taken(await begun());
    expect(await come(copy)).toBe("well");
    expect(await come(original)).toMatch(SINCE);
    expect(await come(original, "to look")).toMatch(SINCE);
    await expect(beginIn(original)).rejects.toThrow(SINCE);
    expect(await come(original, "to go on here")).toBe("well");
    expect(await come(original)).toBe("well");
    expect(await come(copy)).toMatch(SINCE);
    renameSync(join(gitIn(copy, "rev-parse", "--absolute-git-dir"), "coop"), join(copy, "coop-away"));
    await beginIn(copy);
    expect([await come(copy), await come(original)]).toEqual(["well", "well"]);
  });

  it("follows a repository that is moved, renamed and restarted often, and never asks", async () => {
    let folder = await begun();
    for (let times = 0; times < 3; times++) {
      const to = join(emptyFolder(), `moved-${times}`);
      renameSync(folder, to);
      folder = to;
      expect([await come(folder, "to look"), await come(folder), await come(folder)]).toEqual(["well", "well", "well"]);
    }
  });

  it("takes nothing from whoever only looks", async () => {
    const { original, copy } = taken(await begun());
    expect([await come(copy, "to look"), await come(original)]).toEqual(["well", "well"]);
    expect(await come(copy, "to look")).toMatch(SINCE);
  });

  it("asks at once where another machine worked in another folder, and only then", async () => {
    const folder = await begun();
    const at = join(gitIn(folder, "rev-parse", "--absolute-git-dir"), "coop");
    const others = { host: "another-host", folder: "/somewhere/else/coop", mark: "1-1" };
    for (const [over, says] of [
      [others, UNSEEN],
      // A container has another name each time; the folder of a mount, too, may be called otherwise.
      [{ ...others, folder: at }, /^well$/],
      [{ host: others.host, folder: others.folder }, /^well$/],
      [{ folder: others.folder, mark: others.mark, host: hostname() }, /^well$/],
    ] as const) {
      await come(folder, "to go on here");
      nowhereSeen(folder);
      await cameFrom(over);
      expect([over, await come(folder)]).toEqual([over, expect.stringMatching(says)]);
    }
  });

  it("lets several processes of one folder come at once, also to begin", async () => {
    const folder = repositoryWith({ "README.md": "# one\n" });
    await begun(folder);
    const all = await Promise.all(Array.from({ length: 6 }, () => come(folder)));
    expect(all).toEqual(Array.from({ length: 6 }, () => "well"));
    const fresh = repositoryWith({ "README.md": "# two\n" });
    await Promise.all(Array.from({ length: 4 }, () => beginIn(fresh)));
    expect(await come(fresh)).toBe("well");
  });

  it("asks a copy that was made before the first ticket", async () => {
    const folder = repositoryWith({ "README.md": "# one\n" });
    // Whoever only looks has made the secret that the schema is named by.
    await (await openDesk({ ...place(folder), databaseUrl: server.url("postgres") }, "to look")).close();
    const { original, copy } = taken(folder);
    await begun(copy);
    await ticketIn(copy);
    await expect(beginIn(original)).rejects.toThrow(SINCE);
    // The command that the question offers.
    expect([await list(original, "to look"), await list(original, "to go on here")]).toEqual([0, 1]);
    await beginIn(original);
    expect([await list(original, "to look"), await come(copy)]).toEqual([1, expect.stringMatching(SINCE)]);
  });

  it("finds tickets again whose marker was lost, and makes nothing where there are none", async () => {
    const folder = await begun();
    await ticketIn(folder);
    writeFileSync(markerOf(folder), "{");
    const broken = await come(folder);
    expect(broken).toMatch(/postgres\.json .* is not whole\. Put it back from a copy, or move it away and run `coop run --list --here` with DATABASE_URL set, which writes it anew\.$/); // prettier-ignore
    rmSync(markerOf(folder));
    await expect(beginIn(folder)).rejects.toThrow(
      / since, in this very folder \(.*\), which does not remember it\. Is /,
    );
    expect([await list(folder, "to go on here"), await list(folder, "to look")]).toEqual([1, 1]);
    await beginIn(folder);
    rmSync(markerOf(folder));
    await beginIn(folder, "to go on here");
    expect(await list(folder, "to look")).toBe(1);
    const fresh = repositoryWith({ "README.md": "# two\n" });
    expect([await list(fresh, "to go on here"), await come(fresh, "to go on here")]).toEqual([0, "well"]);
    expect(() => readFileSync(markerOf(fresh))).toThrow("ENOENT");
  });

  it("goes on over a database that was put back to its backup, and not over a folder that was", async () => {
    const folder = await begun();
    const early = { claim: await cameFrom({}), marker: readFileSync(markerOf(folder), "utf8") };
    for (let times = 0; times < 3; times++) expect(await come(folder)).toBe("well");
    const late = await cameFrom(early.claim);
    expect(await notesIn(folder)).toEqual([expect.stringMatching(/^The database is older than this repository, /)]);
    expect(await notesIn(folder)).toEqual([]);
    // Another folder's claim of then is that of a copy.
    await cameFrom({ ...early.claim, folder: "/somewhere/else/coop", mark: "1-1" });
    expect(await come(folder)).toMatch(SINCE);
    // A clone of the whole disk is alike in everything, but has not seen what came since.
    await cameFrom(late);
    writeFileSync(markerOf(folder), early.marker);
    expect(await come(folder)).toMatch(SINCE);
  });

  it("asks once of a folder that is seen from two machines", async () => {
    const folder = await begun();
    const others = { host: "another-host", folder: "/somewhere/else/coop", mark: "1-1" };
    nowhereSeen(folder);
    await cameFrom(others);
    expect(await come(folder)).toMatch(UNSEEN);
    expect(await come(folder, "to go on here")).toBe("well");
    for (let times = 0; times < 2; times++) {
      await cameFrom(others);
      expect([await come(folder, "to look"), await come(folder)]).toEqual(["well", "well"]);
    }
  });

  it("works for a user who may do everything there and does not own the schema, and says once what that costs", async () => {
    const folder = await begun();
    const { schema } = JSON.parse(readFileSync(markerOf(folder), "utf8")) as { schema: string };
    const database = opened(await openPostgres(url));
    await database.exec(`CREATE ROLE guest_${count} LOGIN; GRANT ALL ON SCHEMA ${schema} TO guest_${count};
      GRANT ALL ON ALL TABLES IN SCHEMA ${schema} TO guest_${count}; GRANT ALL ON ALL SEQUENCES IN SCHEMA ${schema} TO guest_${count}`);
    await database.close();
    url = url.replace("coop@", `guest_${count}@`);
    expect(await notesIn(folder)).toEqual([expect.stringMatching(/^The database cannot record which repository works on these tickets \(must be owner of schema .*\), so a copy of this one would not be noticed\./)]); // prettier-ignore
    expect(await notesIn(folder)).toEqual([]);
    await ticketIn(folder);
    expect([await list(folder, "to look"), await come(folder, "to go on here")]).toEqual([1, "well"]);
  });

  it("says in one sentence that a database can only be read", async () => {
    const folder = await begun();
    await admin.exec(`ALTER DATABASE copies_${count} SET default_transaction_read_only = on`);
    expect(await come(folder)).toBe("The database is read-only at the moment.");
  });

  it("goes on with a schema that has no such comment, or another one", async () => {
    const folder = await begun();
    const database = opened(await openPostgres(url));
    const [row] = await database.query<{ name: string }>("SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE 'coop_desk_%'"); // prettier-ignore
    for (const said of ["NULL", "'the tickets of the shop'"]) {
      await database.exec(`COMMENT ON SCHEMA ${row?.name} IS ${said}`);
      expect([said, await come(folder)]).toEqual([said, "well"]);
    }
    const marker = join(gitIn(folder, "rev-parse", "--absolute-git-dir"), "coop/postgres.json");
    // As an earlier version wrote it.
    await database.exec(`COMMENT ON SCHEMA ${row?.name} IS NULL`);
    writeFileSync(marker, JSON.stringify({ schema: row?.name, home: join(marker, "..") }));
    expect(await come(folder)).toBe("well");
    await database.close();
  });
});
