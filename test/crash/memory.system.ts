import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { eachDatabase } from "../support/databases.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "./fake-providers.ts";
import { closeAll, environmentFor, opened, start, until } from "./program.ts";

afterEach(closeAll);

const MEGABYTE = 1024 * 1024;
/**
 * Resident memory at its highest, without what Node takes for an empty program. 223 MB were measured on both databases, of which some 80 are
 * the program as it is loaded and some 55 the thread that reads a proof (decision 46).
 */
const HIGHEST_MAX = 250 * MEGABYTE;

/** Resident memory of a process, now and at its highest. In bytes; from Linux's own books. */
function memoryOf(pid: number): { now: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  return { now: kilobytes("VmRSS") * 1024, highest: kilobytes("VmHWM") * 1024 };
}

/** What Node itself takes for a program that does nothing. */
async function emptyProgram(): Promise<number> {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume()"], { stdio: ["pipe", "ignore", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  let size = 0;
  // It has grown to its size when two looks in a row find the same.
  for (let before = -1; before !== size || size < MEGABYTE;) {
    before = size;
    await new Promise((resolve) => setTimeout(resolve, 100));
    size = memoryOf(child.pid ?? 0).now;
  }
  child.stdin.end();
  await ended;
  return size;
}

eachDatabase((kind, open, database) => {
  it("keeps a ticket's work, label to merge, within its memory", async () => {
    // Without a URL the server makes a SQLite file of its own. One that began with PGlite is not kept this small.
    if (kind === "postgres") await open();
    const forge = await startForge();
    opened(() => forge.close());
    const providers = await fakeProviders(loudStory(), () => true);
    opened(() => providers.close());
    const env = await environmentFor(forge, providers.url);
    const url = database.url();
    const program = await start({ ...env, ...(url ? { DATABASE_URL: url } : {}) });
    forge.connectApp(`${program.url}/api/github/webhooks`);
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const repo = forge.createRepo({
      fullName: "acme/greeter",
      people: { mona: "write" },
      files: CHECKED_GREETER,
      ci: green,
    });
    const pid = program.child.pid ?? 0;
    const atStart = memoryOf(pid).now;
    const issue = repo.openIssue("mona", ISSUE);
    repo.addLabel("mona", issue, "coop");
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));
    const { now, highest } = memoryOf(pid);
    const empty = await emptyProgram();
    const [begin, end, peak, node] = [atStart, now, highest, empty].map(
      (bytes) => `${Math.round(bytes / MEGABYTE)} MB`,
    );
    console.info(
      `${kind === "postgres" ? kind : "embedded"}: ${begin} after the start, ${end} after the merge, ${peak} at the highest, of which ${node} are Node`,
    );
    expect(highest - empty).toBeLessThan(HIGHEST_MAX);
  }, 120_000);
});
