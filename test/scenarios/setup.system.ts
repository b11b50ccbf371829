import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { copyFile, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { afterEach, expect, it } from "@jest/globals";
import { loadConfig } from "../../src/config.ts";
import type { GitHubDouble } from "../../src/github-double/double.ts";
import { startForge } from "../../src/github-double/server.ts";
import { parsePolicy } from "../../src/steps/policy-file.ts";
import { closeAll, opened, until } from "../crash/program.ts";

/** From no App to a repository that is ready: a person at the terminal and in the browser, the program in a process of its own. */
afterEach(closeAll);

const FILES = { "package.json": '{ "scripts": { "test": "node --test" } }', "a.test.js": "" };

/** An Enterprise server by its address, which tells the keys of an App that was just created. */
async function enterprise(forge: GitHubDouble): Promise<string> {
  const { id, slug, privateKey: pem, webhookSecret: webhook_secret } = forge.app;
  const secrets = { pem, webhook_secret, client_id: "Iv1.abc", client_secret: "a client secret" };
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const { method = "", url = "", headers } = req;
    if (url === "/api/v3/app-manifests/from-github/conversions")
      return void res
        .writeHead(201, { "content-type": "application/json" })
        .end(JSON.stringify({ id, html_url: `${forge.url}/apps/${slug}`, ...secrets }));
    const { authorization = "", accept = "", "content-type": type = "" } = headers;
    const body = method === "GET" ? null : await buffer(req);
    const asked = { method, headers: { authorization, accept, "content-type": type }, body };
    const answer = await fetch(`${forge.url}${url.replace("/api/v3", "")}`, asked);
    res.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    res.end(Buffer.from(await answer.arrayBuffer()));
  };
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await once(server.listen(0, "127.0.0.1"), "listening");
  opened(async () => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v3`;
}

async function site() {
  const forge = await startForge();
  opened(() => forge.close());
  const folder = await mkdtemp(join(tmpdir(), "coop-setup-"));
  opened(() => rm(folder, { recursive: true, force: true }));
  for (const file of ["app.yml", "package.json"]) await copyFile(file, join(folder, file));
  return { forge, folder, apiUrl: await enterprise(forge), port: await freePort() };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

type Site = Awaited<ReturnType<typeof site>>;

function setUp({ folder, apiUrl, port }: Site, ...args: string[]) {
  const env = {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    HOST: "127.0.0.1",
    PORT: String(port),
    GITHUB_API_URL: apiUrl,
  };
  const child = spawn(process.execPath, [resolve("src/cli/setup.ts"), ...args], { cwd: folder, env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  opened(async () => child.kill("SIGKILL") && ended);
  return { ended, child, text: () => text };
}

it("creates the App, waits for its installation, and makes the repository ready; again it goes on", async () => {
  const the = await site();
  const first = setUp(the);
  await until("the page's address", () => first.text().includes("/probot and create the App"));
  expect(first.text()).toContain("No address was given");
  the.forge.connectApp("https://cooperations.invalid/api/github/webhooks");
  const page = `http://127.0.0.1:${the.port}/probot`;
  expect(await (await fetch(page)).text()).toContain("cooperations.invalid");
  const created = await fetch(`${page}/setup?code=from-github`, { redirect: "manual" });
  expect(created.headers.get("location")).toBe(`${the.forge.url}/apps/${the.forge.app.slug}/installations/new`);

  await until("the wait for the installation", () => first.text().includes("Install the App on a repository"));
  const repo = the.forge.createRepo({ fullName: "acme/shop", files: FILES, people: { mona: "write" } });
  const elsewhere = the.forge.createRepo({ fullName: "acme/empty", files: {}, people: { mona: "write" } });
  // Models have no keys yet, and the doctor says so.
  expect(await first.ended).toBe(1);
  expect(first.text()).toMatch(/acme\/shop: 15 of 15 labels created\nacme\/shop: `npm run setup -- --yes` also opens/);
  expect(first.text()).toMatch(/✗ configuration: .*ANTHROPIC_API_KEY/);
  expect(first.text()).toContain("✓ webhook: events are fetched from GitHub");
  expect(repo.label("coop:bug")).toMatchObject({ description: "Give this to Cooperations as bug" });
  expect(repo.label("coop:ready")?.description).toContain("/coop approve");
  expect(elsewhere.label("coop")).toBeDefined();

  const file = join(the.folder, ".env");
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe("600");
  const saved = parseEnv(await readFile(file, "utf8"));
  expect(loadConfig({ ...saved, OPENAI_API_KEY: "a key" })).toMatchObject({
    outcome: "loaded",
    config: { appId: the.forge.app.id, intake: "poll", githubApiUrl: the.apiUrl },
  });

  const second = setUp(the, "--yes");
  expect(await second.ended).toBe(1);
  expect(second.text()).toMatch(/acme\/shop: all 15 labels are there\nacme\/shop: pull request #1 has a first policy/);
  expect(repo.pull(1)).toMatchObject({ stage: "ready", headBranch: "coop-setup" });
  repo.merge("mona", 1);
  const policy = repo.files().get(".github/coop.yml")?.toString() ?? "";
  expect(policy).toContain("npm test");
  expect(parsePolicy(policy, "coop.yml")).toMatchObject({ outcome: "valid" });
  expect([...repo.files().keys()].filter((path) => path.startsWith(".github/")).sort()).toEqual([
    ".github/ISSUE_TEMPLATE/cooperations.yml",
    ".github/coop.schema.json",
    ".github/coop.yml",
  ]);

  const third = setUp(the, "--yes");
  await third.ended;
  expect(third.text()).toContain("acme/shop: .github/coop.yml is there already");
  expect(parseEnv(await readFile(file, "utf8"))).toEqual(saved);
}, 180_000);

it("ends in silence when nobody reads what it says", async () => {
  const { child, ended, text } = setUp(await site(), "--help");
  child.stdout.destroy();
  expect(await ended).toBe(141);
  expect(text()).toBe("");
});

it.each([
  [["coop.example.org"], 2, /^Usage: npm run setup/],
  [["--orgg", "acme"], 2, /unknown option '--orgg'/],
  [["--help"], 0, /goes on where it ended/],
] as const)("says what %j is", async (args, code, sentence) => {
  const { ended, text } = setUp(await site(), ...args);
  expect(await ended).toBe(code);
  expect(text()).toMatch(sentence);
});
