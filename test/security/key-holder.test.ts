import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ForgeApp } from "../../src/forge/forge-app.ts";
import { startForge } from "../../src/github-double/server.ts";
import { keyHolder, passedOn } from "../../src/github/key-holder.ts";
import { clientAsApp, connectGitHub } from "../../src/github/octokit.ts";

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
  const worker = (secret: string): ForgeApp => {
    const blobs = { get: async () => null, put: async () => "" };
    const as = { appId: forge.app.id, privateKey: null, keysFrom: { url, secret } };
    return connectGitHub({ ...as, baseUrl: forge.url, pace: null, blobs, secrets: [], readRetryMs: 1 });
  };

  beforeAll(async () => {
    forge = await startForge();
    const log = { info: note, warn: note };
    const app = clientAsApp({ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url });
    const answer = keyHolder({ app, secret: SECRET, log });
    const server = createServer((req, res) => void answer(req, res)).listen(0, "127.0.0.1");
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
    await github.forRepository(access).comment(issue, "Heard.");
    expect(repo.thread(issue).comments.map((one) => one.body)).toEqual(["Heard."]);
    const given = told.filter((line) => line.startsWith("a token was asked for"));
    expect(given.at(-1)).toContain('"contents":"write"');
    expect(told.join()).not.toContain("ghs_");
  });

  it("gets nothing with another secret, and is told which setting is wrong", async () => {
    await expect(worker("the workers' secret: another").identity()).rejects.toThrow("COOP_KEYS_SECRET is another one");
    expect(told.at(-1)).toContain("somebody without the workers' secret");
  });

  it("is cut off at a large body", async () => {
    const { shownToHolder } = await import("../../src/github/as-app.ts");
    const headers = { authorization: `bearer ${shownToHolder(SECRET)}` };
    const answer = await fetch(`${url}${TOKENS}`, { method: "POST", headers, body: "x".repeat(5_000) });
    expect([answer.status, await answer.json()]).toEqual([403, { message: "The request is too large." }]);
  });
});
