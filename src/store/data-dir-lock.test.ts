import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { join } from "node:path";
import { lockDataDir } from "./data-dir-lock.ts";

let dir: string;
let file: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "coop-lock-"));
  file = join(dir, "database.lock");
});
afterEach(() => rm(dir, { recursive: true }));

describe("data directory lock", () => {
  it("is held once, and free again after its release", async () => {
    const first = await lockDataDir(file);
    expect(await lockDataDir(file)).toEqual({ outcome: "busy", pid: process.pid });
    if (first.outcome === "held") await first.release();
    expect((await lockDataDir(file)).outcome).toBe("held");
  });

  it("is respected while its holder lives and taken over when it is dead", async () => {
    const holder = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "ignore"] });
    await once(holder, "spawn");
    await writeFile(file, JSON.stringify({ pid: holder.pid, started: null }));
    expect(await lockDataDir(file)).toEqual({ outcome: "busy", pid: holder.pid });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect((await lockDataDir(file)).outcome).toBe("held");
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ pid: process.pid });
  });

  (process.platform === "linux" ? it : it.skip)(
    "is taken over from a process that ended and whose parent never asks how",
    async () => {
      const parent = spawn("/bin/sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      const [said] = (await once(parent.stdout, "data")) as [Buffer];
      const pid = Number(said);
      while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) await turn();
      await writeFile(file, JSON.stringify({ pid, started: null }));
      expect((await lockDataDir(file)).outcome).toBe("held");
      parent.kill("SIGKILL");
      await once(parent, "exit");
    },
  );

  it("knows a dead holder whose process id somebody else has now", async () => {
    await writeFile(file, JSON.stringify({ pid: process.pid, started: "12" }));
    expect((await lockDataDir(file)).outcome).toBe(process.platform === "linux" ? "held" : "busy");
  });

  it.each(["", "{", "null", '{"pid":"x"}', '{"pid":-1}'])("takes over a lock that says %j", async (content) => {
    await writeFile(file, content);
    expect((await lockDataDir(file)).outcome).toBe("held");
  });

  it("gives a stale lock to one of many and leaves nothing lying about", async () => {
    await writeFile(file, "stale");
    const locks = await Promise.all(Array.from({ length: 8 }, () => lockDataDir(file)));
    expect(locks.filter(({ outcome }) => outcome === "held")).toHaveLength(1);
    expect(await readdir(dir)).toEqual(["database.lock"]);
  });
});
