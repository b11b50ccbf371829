import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, describe, expect, it } from "@jest/globals";
import { startForge } from "../../src/local/server.ts";
import { GREETER, ISSUE, loudStory } from "../stories.ts";
import { type Asked, fakeProviders } from "./fake-providers.ts";

/** The program as operators start it: a process of its own, configured by its environment, and killed without a word. */
const LOOK_MS = 50;
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Running = { readonly child: ChildProcess; readonly url: string; readonly exited: Promise<unknown> };

async function start(env: Record<string, string>): Promise<Running> {
  const child = spawn(process.execPath, ["src/main.ts"], {
    env: { PATH: process.env.PATH ?? "", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  open.push(() => {
    child.kill("SIGKILL");
    return exited;
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The program ended with ${code}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const { msg, url } = JSON.parse(line) as { msg: string; url?: string };
      if (msg === "ready" && url) resolve(url);
    });
  });
  return { child, url: await ready, exited };
}

/** Another process is waited for by looking: there is no queue of ours to drive. */
async function until(what: string, isSo: () => boolean): Promise<void> {
  for (let left = 45_000 / LOOK_MS; left > 0; left--) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  throw new Error(`Waited in vain for: ${what}`);
}

describe("npm start, killed in the middle of the Implementer's loop", () => {
  it("goes on after a new start, merges, and asks no provider anything twice", async () => {
    const forge = await startForge();
    open.push(() => forge.close());
    let program: Running | null = null;
    let killed: Asked | null = null;
    const providers = await fakeProviders(loudStory(), async (asked) => {
      if (killed || asked.task !== "implement" || asked.turn !== 3) return true;
      killed = asked;
      program?.child.kill("SIGKILL");
      return false;
    });
    open.push(() => providers.close());
    const dataDir = await mkdtemp(join(tmpdir(), "coop-killed-"));
    open.push(() => rm(dataDir, { recursive: true, force: true }));
    const config = join(dataDir, "server.yml");
    await writeFile(config, "limits: { githubWriteSpacingMs: 0 }\nsandbox: { driver: none }\n");
    const env = {
      APP_ID: String(forge.app.id),
      PRIVATE_KEY: forge.app.privateKey.replaceAll("\n", "\\n"),
      WEBHOOK_SECRET: forge.app.webhookSecret,
      GITHUB_API_URL: forge.url,
      PORT: "0",
      ANTHROPIC_API_KEY: "sk-ant-a-key-for-tests",
      ANTHROPIC_BASE_URL: providers.url,
      OPENAI_API_KEY: "sk-a-key-for-tests",
      OPENAI_BASE_URL: `${providers.url}/v1`,
      COOP_DATA_DIR: dataDir,
      COOP_CONFIG: config,
    };
    program = await start(env);
    forge.connectApp(`${program.url}/api/github/webhooks`);
    const green = async () => ({ conclusion: "success" as const, title: "2 tests passed", summary: "npm test" });
    const repo = forge.createRepo({ fullName: "acme/greeter", people: { mona: "write" }, files: GREETER, ci: green });
    const issue = repo.openIssue("mona", ISSUE);
    repo.addLabel("mona", issue, "coop");
    await program.exited;
    expect(killed).toMatchObject({ role: "implementer", turn: 3 });
    expect(repo.numbers("pull")).toEqual([]);

    program = await start(env);
    forge.connectApp(`${program.url}/api/github/webhooks`);
    await until("a ticket that is ready", () => repo.thread(issue).labels.includes("coop:ready"));
    const pull = repo.numbers("pull")[0] ?? 0;
    repo.comment("mona", pull, "/coop approve");
    await until("the merge", () => repo.thread(issue).labels.includes("coop:merged"));

    expect(repo.files().has("test/loud.test.js")).toBe(true);
    expect(repo.numbers("pull")).toHaveLength(1);
    const bodies = providers.answered.map((asked) => asked.body);
    expect(new Set(bodies).size).toBe(bodies.length);
    const turns = providers.answered.filter((asked) => asked.role === "implementer").map((asked) => asked.turn);
    expect(turns.slice(0, 3)).toEqual([1, 2, 3]);
    expect(new Set(providers.answered.map((asked) => asked.path))).toEqual(new Set(["/v1/messages", "/v1/responses"]));
    program.child.kill("SIGTERM");
    expect(await program.exited).toBe(0);
  }, 120_000);
});
