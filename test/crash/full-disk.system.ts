import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { openPostgres } from "../../src/store/postgres.ts";
import { opened as openedDatabase } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";
import { closeAll, opened, start } from "./program.ts";
import { ISSUE_LABELLED, probe, surroundings } from "./surroundings.ts";

afterEach(closeAll);

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

const bin = hasBubblewrap ? findPostgres() : null;
(bin ? describe : describe.skip)("PostgreSQL whose disk is full", () => {
  it.each([
    ["its tables alone", "elsewhere", { megabytes: 80, freeMegabytes: 4 }],
    ["its log of writes too, so that it ends", "beside", { megabytes: 80, freeMegabytes: 4 }],
  ] as const)(
    "has webhooks answered with 503 until there is room again, and loses nothing: %s",
    async (_what, log, disk) => {
      const { env, deliver } = await surroundings();
      const server = await startServer(bin as string, true, { ...disk, log });
      opened(() => server.stop());
      const { url } = await start({ ...env, DATABASE_URL: server.url("postgres") });
      // Of letters that nobody can compress: what a person writes is stored.
      const words = () => ({ issue: { ...ISSUE_LABELLED.issue, body: randomBytes(MB / 4).toString("base64") } });
      const sent: { readonly id: string; readonly status: number }[] = [];
      while (sent.length < 60 && sent.at(-1)?.status !== 503) sent.push(await deliver(url, words()));
      expect(sent.map(({ status }) => status)).toEqual([...Array<number>(sent.length - 1).fill(202), 503]);
      expect((await probe(url, "/health")).status).toBe(200);
      server.makeRoom();
      const again = sent.at(-1)?.id;
      await eventually(async () => (await deliver(url, words(), again)).status === 202);
      const database = openedDatabase(await openPostgres(server.url("postgres")));
      const stored = await database.query<{ id: string }>("SELECT id FROM deliveries");
      const heard = await database.query<{ source: string }>("SELECT source FROM inbox");
      await database.close();
      expect(stored.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
      expect(heard).toHaveLength(sent.length);
    },
    120_000,
  );
});

/** bubblewrap's own child, and that one's: the program itself. */
function innermost(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return child ? innermost(Number(child)) : pid;
}
