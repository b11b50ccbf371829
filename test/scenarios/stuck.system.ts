import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import type { Database } from "../../src/store/database.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { opened } from "../support/databases.ts";
import { eventually } from "../support/eventually.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { labelled, loudStory, policy, raiseChecked, says } from "../support/stories.ts";

/** A ticket that fails inside the server again and again: who sees it, and what brings it back. */
const folder = mkdtempSync(join(tmpdir(), "coop-stuck-"));
let database: Database | null = null;

afterEach(strike);
afterAll(async () => {
  await database?.close();
  await closeShared();
  rmSync(folder, { recursive: true, force: true });
});

type Ran = { readonly code: number; readonly said: string };

/** The command as an operator runs it beside the server. */
function coop(...args: string[]): Promise<Ran> {
  const env = { PATH: process.env.PATH ?? "", HOME: folder, COOP_DATA_DIR: folder };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/cli/coop.ts", ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, said: `${out}${err}` });
    });
  });
}

const page = async (stage: Stage, path: string) => (await fetch(`${stage.app().url}${path}`)).text();
const tellings = (stage: Stage, issue: number) =>
  stage.said(issue).filter((one) => one.includes("This ticket is stuck"));

describe("a ticket whose work fails for good", () => {
  it("is named in its thread, on the pages, in figures and by doctor, and goes on by the command that they name", async () => {
    database = opened(await openSqlite({ at: "file", path: join(folder, "database", "coop.sqlite") }));
    const options = { database, jobRetryMs: 1 };
    const stage = await raiseChecked(
      loudStory(),
      { fullName: "acme/stuck", files: policy("planGate: always") },
      options,
    );
    const issue = await labelled(stage);
    expect(await stage.phase(issue)).toBe("plan-approval");
    const key = `acme/stuck#${issue}`;
    expect(await coop("revive", key)).toEqual({
      code: 1,
      said: expect.stringContaining(`${key} is not stuck.`),
    });

    const [row] = (await stage.sql("SELECT content FROM ledger_entries WHERE ticket = $1 AND seq = 1", key)) as {
      content: string;
    }[];
    const content = row?.content ?? "";
    const lay = (text: string) =>
      stage.sql("UPDATE ledger_entries SET content = $2 WHERE ticket = $1 AND seq = 1", key, text);
    await lay(content.replace('"kind":"opened"', '"kind":"broken"'));
    const fail = async () => {
      await stage.app().queue.nudge(key, { lane: "work", reason: "test" });
      await stage.settle();
    };
    await fail();
    await eventually(async () => tellings(stage, issue).length > 0);
    expect(tellings(stage, issue)[0]).toContain(`\`coop revive ${key}\``);
    expect(await page(stage, "/")).toContain("1 ticket is stuck");
    expect(await page(stage, `/tickets/acme/stuck/${issue}`)).toContain("Stuck since");
    expect(await page(stage, "/ready")).toBe('{"status":"ready","stuck":1}\n');
    expect(await page(stage, "/metrics")).toContain("coop_queue_dead 1");
    const doctor = await coop("doctor", "--app");
    expect(doctor.code).toBe(1);
    expect(doctor.said).toMatch(
      new RegExp(`stuck tickets: 1 failed too often: ${key}: its work failed at .*is broken in the database`),
    );
    expect(doctor.said).toContain(`coop revive '${key}'`);

    // The sweep tries it again, and nobody is told twice.
    await fail();
    expect(tellings(stage, issue)).toHaveLength(1);

    await lay(content);
    const revived = await coop("revive", key.toUpperCase());
    expect(revived).toEqual({ code: 0, said: expect.stringContaining("Tried again now") });
    await eventually(async () => (await stage.app().queue.dead()).length === 0);
    expect(await page(stage, "/")).not.toContain("stuck:");
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).not.toBe("plan-approval");
  });

  it("goes on by /coop retry in its thread", async () => {
    const options = { jobRetryMs: 1 };
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") }, options);
    const issue = await labelled(stage);
    const { world, queue } = stage.app();
    const key = (await stage.ticket(issue)).key;
    const read = world.ledgers.read;
    Object.assign(world.ledgers, { read: () => Promise.reject(new TypeError("the ledger is elsewhere")) });
    await queue.nudge(key, { lane: "work", reason: "test" });
    await stage.settle();
    expect(await queue.dead()).toMatchObject([{ ticket: key, why: "TypeError: the ledger is elsewhere" }]);
    Object.assign(world.ledgers, { read });
    await says(stage, "mona", issue, "/coop retry");
    expect(await queue.dead()).toEqual([]);
    expect(stage.said(issue).join("\n")).toContain("The ticket is not halted.");
  });
});
