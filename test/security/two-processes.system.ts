import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/github-double/server.ts";
import { CHECKED_GREETER, ISSUE, loudStory } from "../support/stories.ts";
import { fakeProviders } from "../crash/fake-providers.ts";
import { closeAll, opened, start, until } from "../crash/program.ts";
import { environments, LEDGER_SECRET } from "../crash/two-processes.ts";
import { findPostgres, startServer } from "../support/postgres-server.ts";

afterEach(closeAll);

const postgres = findPostgres();
const isHere = postgres !== null && process.platform === "linux";
if (!isHere) console.warn("Left out: two processes need PostgreSQL and Linux on this machine.");

(isHere ? describe : describe.skip)("the App's key and the work in two processes", () => {
  it("merges a ticket, and the key is nowhere in the worker: not in its environment, memory or files", async () => {
    const forge = await startForge();
    opened(() => forge.close());
    const server = await startServer(postgres ?? "");
    opened(() => server.stop());
    let page = "";
    let shown = "";
    const providers = await fakeProviders(loudStory(), async ({ role }) => {
      if (role === "implementer" && shown === "") shown = await readUntil(page, WORKER_WAITS);
      return true;
    });
    opened(() => providers.close());
    const { web, worker } = await environments(forge, providers.url, server.url("postgres"));
    const front = await start(web);
    const back = await start(worker);
    forge.connectApp(`${front.url}/api/github/webhooks`);
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const settings = { people: { mona: "write" as const }, files: CHECKED_GREETER, ci: green };
    const repo = forge.createRepo({ fullName: "acme/greeter", ...settings });
    forge.createRepo({ fullName: "acme/other", people: { mona: "write" } });
    const issue = repo.openIssue("mona", ISSUE);
    page = `${front.url}/tickets/acme/greeter/${issue}`;
    repo.addLabel("mona", issue, "coop");
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    repo.comment("mona", repo.numbers("pull")[0] ?? 0, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));
    expect(repo.files().has("test/loud.test.js")).toBe(true);

    // What the worker was doing meanwhile stood on the page of the other process.
    expect(shown).toMatch(WORKER_WAITS);

    // A worker says how it is, and nothing of any ticket.
    const told = async (path: string) => (await fetch(back.url + path)).text();
    expect(await told("/ready")).toContain("ready");
    expect(await told("/metrics")).toMatch(/coop_queue_wait_seconds_count\{lane="work"\} [1-9]/);
    expect((await fetch(`${back.url}/tickets/acme/greeter/${issue}`)).status).toBe(404);

    const key = canaries(forge.app.privateKey);
    const ofTheApp = { ...key, "webhook secret": Buffer.from(forge.app.webhookSecret) };
    const ofTheWork = { "model's key": Buffer.from("sk-ant-a-key"), "ledger secret": Buffer.from(LEDGER_SECRET) };
    // The search finds what is there: in the process that it belongs to.
    expect(inMemory(front.child.pid, { ...ofTheApp, ...ofTheWork })).toEqual(
      expect.arrayContaining(["as text", "webhook secret"]),
    );
    expect(inMemory(front.child.pid, ofTheWork)).toEqual([]);
    expect(inMemory(back.child.pid, ofTheWork).sort()).toEqual(Object.keys(ofTheWork).sort());
    expect(inMemory(back.child.pid, ofTheApp)).toEqual([]);
    expect(inFiles(worker.COOP_DATA_DIR, ofTheApp)).toEqual([]);
    const environ = readFileSync(`/proc/${back.child.pid}/environ`);
    expect(Object.entries(ofTheApp).filter(([, bytes]) => environ.includes(bytes))).toEqual([]);
  }, 180_000);
});

const WORKER_WAITS = /Right now: step <code>implement<\/code>.*waiting for an answer of.* Turn 1: 0 tokens read/s;

/** @returns the page once it says so (it is told every two seconds, and shows the step before until then), or as it was last */
async function readUntil(url: string, words: RegExp): Promise<string> {
  let text = "";
  for (let left = 600; left > 0 && !words.test(text); left--) {
    text = await (await fetch(url)).text();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return text;
}

/** The key as it may lie in memory: a piece of its text, and of its private exponent, as bytes and as hex. */
function canaries(pem: string): Record<string, Buffer> {
  const text = pem.replace(/-----.*?-----|\s/g, "");
  const bytes = Buffer.from(text, "base64");
  // The first third holds the public modulus, which others may know.
  const secret = bytes.subarray(Math.floor(bytes.length * 0.4), Math.floor(bytes.length * 0.4) + 24);
  const line = pem.split("\n").at(-5) ?? "";
  return {
    "as text": Buffer.from(line.slice(0, 40)),
    "as bytes": secret,
    "as hex": Buffer.from(secret.toString("hex")),
  };
}

function found(bytes: Buffer, wanted: Record<string, Buffer>): string[] {
  return Object.entries(wanted)
    .filter(([, one]) => bytes.includes(one))
    .map(([name]) => name);
}

/** Which of these stand in the memory of another process. */
function inMemory(pid: number | undefined, wanted: Record<string, Buffer>): string[] {
  const memory = openSync(`/proc/${pid}/mem`, "r");
  const names = new Set<string>();
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, "utf8").split("\n")) {
      const [, from, to, path = ""] = /^([0-9a-f]+)-([0-9a-f]+) rw\S+ \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
      if (from === undefined || to === undefined || path.startsWith("/dev")) continue;
      for (const name of found(readAt(memory, parseInt(from, 16), parseInt(to, 16)), wanted)) names.add(name);
    }
  } finally {
    closeSync(memory);
  }
  return [...names];
}

/** What cannot be read, because it went away meanwhile, holds nothing. */
function readAt(memory: number, from: number, to: number): Buffer {
  const bytes = Buffer.alloc(to - from);
  let read = 0;
  try {
    while (read < bytes.length) {
      const more = readSync(memory, bytes, read, bytes.length - read, from + read);
      if (more === 0) break;
      read += more;
    }
  } catch {
    return bytes.subarray(0, read);
  }
  return bytes.subarray(0, read);
}

function inFiles(folder: string | undefined, wanted: Record<string, Buffer>): string[] {
  return readdirSync(folder ?? "", { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .flatMap((one) => found(readFileSync(join(one.parentPath, one.name)), wanted));
}
