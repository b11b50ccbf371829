import { spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
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

const OLD_SECRET = "4c1aTz9Qe7mWx2Rb8Kd5Vn0Hs";
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

type Given = {
  readonly args?: readonly string[];
  readonly exported?: Record<string, string>;
  readonly output?: number;
};

function setUp({ folder, apiUrl, port }: Site, { args = [], exported = {}, output }: Given = {}) {
  const env = {
    ...exported,
    PATH: process.env.PATH ?? "",
    HOME: folder,
    HOST: "127.0.0.1",
    PORT: String(port),
    GITHUB_API_URL: apiUrl,
  };
  const child = spawn(process.execPath, [resolve("src/cli/setup.ts"), ...args], {
    ...{ cwd: folder, env },
    stdio: ["pipe", output ?? "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  opened(async () => child.kill("SIGKILL") && ended);
  return { ended, child, text: () => text };
}

it("creates the App, waits for its installation, and makes the repository ready; again it goes on", async () => {
  const the = await site();
  const file = join(the.folder, ".env");
  // Of an earlier App, whose ledgers shall be believed further.
  await writeFile(file, `COOP_LEDGER_SECRET=${OLD_SECRET}\nCOOP_INTAKE=poll`);
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
  // Models get their keys after this: the doctor says so, and the set-up has done what it is for.
  expect(await first.ended).toBe(0);
  expect(first.text()).toContain("Mend what is marked above, then start it with `npm start`.");
  expect(first.text()).toMatch(
    /acme\/shop: (\d\d) of \1 labels created\nacme\/shop: `npm run setup -- --yes` also opens/,
  );
  expect(first.text()).toMatch(/✗ configuration: .*ANTHROPIC_API_KEY/);
  expect(first.text()).toContain("✓ webhook: events are fetched from GitHub");
  expect(repo.label("coop:bug")).toMatchObject({ description: "Give this to Cooperations as bug" });
  expect(repo.label("coop:ready")?.description).toContain("/coop approve");
  expect(elsewhere.label("coop")).toBeDefined();

  expect(((await stat(file)).mode & 0o777).toString(8)).toBe("600");
  const saved = parseEnv(await readFile(file, "utf8"));
  expect(saved).toMatchObject({ COOP_LEDGER_SECRET: OLD_SECRET, COOP_INTAKE: "poll" });
  expect(await readdir(the.folder)).not.toContainEqual(expect.stringContaining(".env."));
  expect(loadConfig({ ...saved, OPENAI_API_KEY: "a key" })).toMatchObject({
    outcome: "loaded",
    config: { appId: the.forge.app.id, intake: "poll", githubApiUrl: the.apiUrl },
  });

  const second = setUp(the, { args: ["--yes"] });
  expect(await second.ended).toBe(0);
  expect(second.text()).toMatch(
    /acme\/shop: all \d\d labels are there\nacme\/shop: pull request #1 has a first policy/,
  );
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

  const third = setUp(the, { args: ["--yes"] });
  await third.ended;
  expect(third.text()).toContain("acme/shop: .github/coop.yml is there already");
  expect(parseEnv(await readFile(file, "utf8"))).toEqual(saved);
}, 180_000);

it("goes on with an App whose keys are exported, and says that they are wrong", async () => {
  const the = await site();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const PRIVATE_KEY = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const exported = { APP_ID: String(the.forge.app.id), PRIVATE_KEY, WEBHOOK_SECRET: OLD_SECRET };
  const { ended, text } = setUp(the, { exported });
  await until("an end, and no page of a second App", () => /\/probot|belong together/.test(text()));
  expect(text()).toMatch(
    /^GitHub does not know this App by this key\. Check that APP_ID and PRIVATE_KEY belong together/,
  );
  expect(await ended).toBe(78);
  const again = setUp(the, { exported, args: ["--org", "acme"] });
  expect(await again.ended).toBe(78);
  expect(again.text()).toMatch(/^There is an App already \(APP_ID in the environment\)\..* unset APP_ID/);
});

it.each([
  ["is a folder", (file: string) => mkdir(file), /\.env cannot be read \(it is a folder\)\. Mend that/],
  [
    "leads nowhere",
    (file: string) => symlink("/nowhere/.env", file),
    /\.env cannot be written \(it does not exist\)\. Mend that first: GitHub shows the keys/,
  ],
])("asks GitHub for no keys where .env %s", async (_how, spoil, sentence) => {
  const the = await site();
  await spoil(join(the.folder, ".env"));
  const { ended, text } = setUp(the);
  await until("an end, and no page", () => /\/probot|cannot be|Error/.test(text()));
  expect(text()).toMatch(sentence);
  expect(text().trim().split("\n")).toHaveLength(1);
  expect(await ended).toBe(69);
});

it("says that the disk is full where it cannot even say its help", async () => {
  const full = await open("/dev/full", "w");
  opened(() => full.close());
  const { ended, text } = setUp(await site(), { args: ["--help"], output: full.fd });
  expect(await ended).toBe(69);
  expect(text()).toBe("What is printed here goes to a file that cannot be written (the disk is full). Mend that, then run this again.\n"); // prettier-ignore
});

it("ends in silence when nobody reads what it says", async () => {
  const { child, ended, text } = setUp(await site(), { args: ["--help"] });
  child.stdout?.destroy();
  expect(await ended).toBe(141);
  expect(text()).toBe("");
});

it.each([
  [["coop.example.org"], 2, /^Usage: npm run setup/],
  [["--orgg", "acme"], 2, /unknown option '--orgg'/],
  [["--help"], 0, /continues where it stopped/],
] as const)("says what %j is", async (args, code, sentence) => {
  const { ended, text } = setUp(await site(), { args });
  expect(await ended).toBe(code);
  expect(text()).toMatch(sentence);
});
