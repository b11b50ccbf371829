import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readAppFacts } from "../../src/cli/app-facts.ts";
import type { ForgeApp } from "../../src/forge/forge-app.ts";
import { startForge } from "../../src/github-double/server.ts";
import { openWay, shownToHolder } from "../../src/github/as-app.ts";
import { keyHolder, passedOn } from "../../src/github/key-holder.ts";
import { ForgeAway } from "../../src/forge/forge.ts";
import { groundsHere } from "../support/grounds.ts";
import { clientAsApp, connectGitHub } from "../../src/github/octokit.ts";
import { translate } from "../../src/github/webhook-events.ts";

/** A worker that somebody broke into asks the process that holds the App's key for more than its work needs. */
const ONE = { repository_ids: [7], permissions: { contents: "write", metadata: "read" } };
const TOKENS = "/app/installations/5/access_tokens";
const ask = (method: string, target: string, body: unknown = "") =>
  passedOn(method, target, typeof body === "string" ? body : JSON.stringify(body));

describe("what is passed on for a worker", () => {
  it.each([
    ["GET", "/app", ""],
    ["GET", "/app/installations?page=1&per_page=100", ""],
    ["GET", "/app/installations/5", ""],
    ["GET", "/repos/acme/greeter.js/installation", ""],
    ["GET", "/app/hook/deliveries?per_page=100&cursor=v1_12%3D", ""],
    ["GET", "/app/hook/deliveries/12", ""],
    ["POST", "/app/hook/deliveries/12/attempts", ""],
    ["POST", TOKENS, ONE],
    ["POST", TOKENS, { permissions: { metadata: "read", issues: "read" } }],
  ])("%s %s", (method, target, body) => {
    expect(ask(method, target, body)).toMatchObject({ method, url: target });
  });

  it.each([
    ["PATCH", "/app/hook/config", { url: "https://evil.example" }],
    ["DELETE", "/app/installations/5", ""],
    ["PUT", "/app/installations/5/suspended", ""],
    ["POST", "/app-manifests/abc/conversions", ""],
    ["GET", "/repos/acme/greeter/contents/README.md", ""],
    ["GET", "/repos/acme/../installation", ""],
    ["GET", "/repos/../app/installation", ""],
    ["GET", "/repos/acme/%2e%2e/installation", ""],
    ["GET", "//evil.example/app", ""],
    ["GET", "https://evil.example/app", ""],
    ["GET", "/app#/x", ""],
    ["GET", "/app/installations?baseUrl=https://evil.example", ""],
    ["GET", "/app/installations/{owner}", ""],
    ["GET", "/APP", ""],
    ["GET", "/app/installations/5/access_tokens", ""],
    ["POST", `${TOKENS}/`, ONE],
    ["POST", TOKENS, ""],
    ["POST", TOKENS, "{"],
    ["POST", TOKENS, {}],
    ["POST", TOKENS, { permissions: {} }],
    ["POST", TOKENS, { repository_ids: [7] }],
    ["POST", TOKENS, { ...ONE, repository_ids: [7, 8] }],
    ["POST", TOKENS, { ...ONE, repository_ids: [] }],
    ["POST", TOKENS, { ...ONE, repository_ids: null }],
    ["POST", TOKENS, { ...ONE, repositories: ["other"] }],
    ["POST", TOKENS, { ...ONE, baseUrl: "https://evil.example" }],
    ["POST", TOKENS, { ...ONE, permissions: { workflows: "write" } }],
    ["POST", TOKENS, { ...ONE, permissions: { administration: "read" } }],
    ["POST", TOKENS, { ...ONE, permissions: { statuses: "write" } }],
    ["POST", TOKENS, { ...ONE, permissions: { contents: "admin" } }],
    ["POST", TOKENS, { ...ONE, permissions: { toString: "read" } }],
    ["POST", TOKENS, '{"repository_ids":[7],"permissions":{"__proto__":"write","administration":"write"}}'],
    ["POST", TOKENS, { permissions: { contents: "read" } }],
    ["POST", TOKENS, { permissions: { issues: "write" } }],
  ])("and not %s %s %j", (method, target, body) => {
    expect(ask(method, target, body)).toEqual(expect.any(String));
  });
});

describe("a worker without the App's key", () => {
  const SECRET = "the workers' secret: ä, blanks and more";
  const close: (() => Promise<unknown>)[] = [];
  const told: string[] = [];
  let forge: Awaited<ReturnType<typeof startForge>>;
  let url = "";
  /** What something in front of the holder answers in its place. */
  let proxy: number | null = null;
  const worker = (secret: string): ForgeApp => {
    const blobs = { get: async () => null, put: async () => "" };
    const as = { appId: forge.app.id, privateKey: null, keysFrom: { url, secret } };
    return connectGitHub({ ...as, baseUrl: forge.url, pace: null, blobs, secrets: [], readRetryMs: 1 });
  };

  beforeAll(async () => {
    forge = await startForge();
    const log = { info: note, warn: note };
    const app = clientAsApp({ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url });
    const limits = { hourly: { redeliveriesMax: 2, repositoriesMax: 4, looksMax: 4 } };
    const answer = keyHolder({ app, secret: SECRET, log, grounds: groundsHere(forge), ...limits });
    const server = createServer((req, res) => {
      if (proxy !== null) res.writeHead(proxy).end("<h1>Not here</h1>");
      else void answer(req, res);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close.push(
      () => forge.close(),
      () => new Promise((resolve) => server.close(resolve)),
    );
  });
  const note = (what: object, message: string) => void told.push(`${message} ${JSON.stringify(what)}`);
  afterAll(async () => {
    for (const one of close) await one();
  });

  it("reads and writes one repository, and what it was given is in the holder's log, without the token", async () => {
    const repo = forge.createRepo({ fullName: "acme/greeter", people: { mona: "write" } });
    const github = worker(SECRET);
    const [installation] = await github.installations();
    const [access] = await github.repositories(installation?.id ?? 0);
    const issue = repo.openIssue("mona", { title: "A wish", body: "" });
    if (!access) throw new Error("no repository");
    repo.addLabel("mona", issue, "coop");
    await github.forRepository(access).comment(issue, "Heard.");
    expect(repo.thread(issue).comments.map((one) => one.body)).toEqual(["Heard."]);
    const given = told.filter((line) => line.startsWith("a token was asked for"));
    expect(given.at(-1)).toContain('"contents":"write"');
    expect(told.join()).not.toContain("ghs_");
  });

  it("gets no token of a repository in which nothing is to be done, and the holder says so", async () => {
    forge.createRepo({ fullName: "acme/quiet", people: { mona: "write" } });
    const github = worker(SECRET);
    const [installation] = await github.installations();
    const all = await github.repositories(installation?.id ?? 0);
    const quiet = all.find(({ name }) => name === "quiet");
    if (!quiet) throw new Error("no repository");
    const write = github.forRepository(quiet).comment(1, "Taken over.");
    await expect(write).rejects.toThrow("none of its open issues carries a label of the App");
    const asked = told.filter((line) => line.includes("without a ticket"));
    expect(asked).toEqual([expect.stringContaining(`"repository":${(quiet.forge as { repositoryId: number }).repositoryId}`)]); // prettier-ignore
  });

  it("gets nothing with another secret, is told which setting is wrong, and fills no log", async () => {
    await expect(worker("the workers' secret: another").identity()).rejects.toThrow("COOP_KEYS_SECRET is another one");
    const before = told.length;
    for (const path of ["/a", "/app/a-line-of-somebody"]) expect((await fetch(`${url}${path}`)).status).toBe(403);
    expect(told.slice(before)).toEqual([]);
    expect(told.filter((line) => line.startsWith("somebody asked for the App's key"))).toHaveLength(1);
  });

  it("is cut off at a large body, and an unknown path is not in the log", async () => {
    const headers = { authorization: `bearer ${shownToHolder(SECRET)}` };
    const answer = await fetch(`${url}${TOKENS}`, { method: "POST", headers, body: "x".repeat(5_000) });
    expect([answer.status, await answer.json()]).toEqual([403, { message: "The request is too large." }]);
    for (let i = 0; i < 3; i += 1) await fetch(`${url}/secret-of-somebody`, { headers });
    expect(told.filter((line) => line.includes("passes on no such request"))).toHaveLength(1);
    expect(told.join()).not.toContain("of-somebody");
  });

  it("has each read of GitHub's record in the holder's log, and asks for few deliveries again", async () => {
    const github = worker(SECRET);
    await github.deliveryPage(null);
    expect(told.at(-1)).toMatch(/passed on .*"GET","path":"\/app\/hook\/deliveries","status":200/);
    await github.identity();
    expect(told.at(-1)).not.toContain('"/app"');
    for (const id of [11, 12]) await github.redeliver(id).catch(() => undefined);
    expect(told.at(-1)).toContain('"path":"/app/hook/deliveries/12/attempts"');
    const third = github.redeliver(13);
    await expect(third).rejects.toMatchObject({
      retryAfterMs: null,
      message: expect.stringMatching(/at most 2 deliver/),
    });
    expect(told.at(-1)).toContain("at most 2 deliveries an hour");
  });

  it("does not take the answer of a proxy in front of the holder for GitHub's", async () => {
    proxy = 404;
    const asked = worker(SECRET).deliveryPayload({ id: 12 });
    await expect(asked).rejects.toThrow("by something else than the holder of the App's key");
    const connection = { appId: forge.app.id, privateKey: null, githubApiUrl: forge.url };
    const keysFrom = { url, secret: SECRET };
    const why = expect.stringMatching(/holds the App's key\. Check COOP_KEYS_URL\.$/);
    expect(await readAppFacts({ ...connection, keysFrom })).toEqual({ outcome: "refused", why });
    proxy = null;
    expect(await worker(SECRET).deliveryPayload({ id: 12 })).toBeNull();
    expect(await readAppFacts({ ...connection, keysFrom })).toHaveProperty("outcome", "read");
    const wrong = await readAppFacts({ ...connection, keysFrom: { url, secret: "another one" } });
    expect(wrong).toHaveProperty("why", expect.stringContaining("COOP_KEYS_SECRET is another one"));
    const away = await readAppFacts({ ...connection, keysFrom: { url: "http://127.0.0.1:1", secret: SECRET } });
    expect(away).toHaveProperty("why", expect.stringContaining("Check COOP_KEYS_URL and the network"));
  });
});

describe("what workers may ask for in an hour", () => {
  it("is not used up by asking in vain, and that has a limit of its own", async () => {
    const forge = await startForge();
    const app = clientAsApp({ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url });
    const repo = (name: string) => forge.createRepo({ fullName: `acme/${name}`, people: { mona: "write" } });
    const [labelled] = ["labelled", "quiet", "one", "two", "three"].map(repo);
    labelled?.addLabel("mona", labelled.openIssue("mona", { title: "A wish", body: "" }), "coop:ready");
    const installation = (await app.rest.apps.listInstallations()).data[0]?.id ?? 0;
    const { data } = await app.rest.apps.createInstallationAccessToken({ installation_id: installation });
    const all = await fetch(`${forge.url}/installation/repositories`, {
      headers: { authorization: `token ${data.token}` },
    });
    const { repositories } = (await all.json()) as { repositories: { id: number; name: string }[] };
    const idOf = (name: string) => repositories.find((one) => one.name === name)?.id ?? 0;
    const known = groundsHere(forge);
    await known.hear(["one", "two", "three"].flatMap((name) => commented(installation, { id: idOf(name), name })));
    const log = { info: () => undefined, warn: () => undefined };
    const hourly = { redeliveriesMax: 1, repositoriesMax: 2, looksMax: 3 };
    const holder = keyHolder({ app, secret: "s", log, grounds: known, hourly });
    const asked = async (repository: number, at = installation) => {
      const body = JSON.stringify({ repository_ids: [repository], permissions: { issues: "write" } });
      return told(holder, `/app/installations/${at}/access_tokens`, body);
    };
    // What GitHub itself refuses, because the repository or the installation is gone, does not count as given.
    expect(await asked(901)).toMatch(/does not exist/);
    expect(await asked(902, 77)).toBe("Not Found");
    expect(await asked(idOf("quiet"))).toMatch(/^No webhook told of anything to do/);
    const looked = "Of a repository that no webhook told of, GitHub is asked at most 3 times an hour.";
    expect(await asked(idOf("labelled"))).toBe(looked);
    const most = "Workers get tokens for at most 2 repositories an hour.";
    const names = ["one", "two", "three", "one"];
    const answers: unknown[] = [];
    for (const name of names) answers.push(await asked(idOf(name)));
    expect(answers).toEqual([undefined, undefined, most, undefined]);
    await forge.close();
  });
});

/** As GitHub signs it. */
function commented(installation: number, { id, name }: { id: number; name: string }) {
  const user = { login: "mona", id: 3, type: "User" };
  const issue = { number: 1, title: "a", user };
  const what = { action: "created", comment: { id: 1, body: "/coop start", user }, issue };
  const repository = { id, name, owner: { login: "acme" } };
  const payload = { installation: { id: installation }, repository, sender: user, ...what };
  return translate({ name: "issue_comment", id: "1", payload }).nudges;
}

/** @returns what a refusal says; nothing for a token */
async function told(holder: ReturnType<typeof keyHolder>, path: string, body: string): Promise<unknown> {
  const server = createServer((req, res) => void holder(req, res)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const headers = { authorization: `bearer ${shownToHolder("s")}` };
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: "POST", headers, body });
  const { message } = (await answer.json()) as { message?: string };
  await new Promise((resolve) => server.close(resolve));
  return message;
}

it("hands on what GitHub answers when it does not tell whether there is a ticket, so that the worker waits as long", async () => {
  const limit = { status: 429, data: { message: "Too many requests." }, headers: { "retry-after": "70", server: "x" } };
  const inLists = new ForgeAway("Too many requests.", 70_000, "not-done");
  const asAnswered = Object.assign(new Error("Too many requests."), { status: 429, response: limit });
  const errors: Error[] = [asAnswered, inLists];
  const has = () => Promise.reject(errors.shift() ?? asAnswered);
  const app = clientAsApp({ appId: 1, privateKey: "none", baseUrl: "http://127.0.0.1:1" });
  const log = { info: () => undefined, warn: () => undefined };
  const answer = keyHolder({ app, secret: "s", log, grounds: { has } });
  const server = createServer((req, res) => void answer(req, res)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const headers = { authorization: `bearer ${shownToHolder("s")}` };
  for (const _error of [...errors]) {
    const asked = { method: "POST", headers, body: JSON.stringify(ONE) };
    const got = await fetch(`http://127.0.0.1:${port}${TOKENS}`, asked);
    expect([got.status, got.headers.get("retry-after"), got.headers.get("server")]).toEqual([429, "70", null]);
    expect(await got.json()).toEqual(limit.data);
  }
  await new Promise((resolve) => server.close(resolve));
});

it.each([
  ["http://web:3002", false],
  ["http://localhost:3002", false],
  ["http://127.0.0.1:3002", false],
  ["http://[::1]:3002", false],
  ["https://keys.example.com", false],
  ["http://keys.example.com", true],
  ["http://10.0.0.4:3002", true],
  ["http://[fd00::4]:3002", true],
])("says of %s whether others may read tokens on the way: %s", (url, isOpen) => {
  expect(openWay({ url, secret: "" }) !== null).toBe(isOpen);
});
