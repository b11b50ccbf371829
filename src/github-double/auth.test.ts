import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createSign, generateKeyPairSync } from "node:crypto";
import { client } from "./client-for-tests.ts";
import type { GitHubDouble } from "./double.ts";
import { startForge } from "./server.ts";

/** Who gets in, as whom, and how far. */
let forge: GitHubDouble;
let nowMs = Date.parse("2026-01-01T00:00:00Z");

beforeAll(async () => {
  forge = await startForge({ now: () => new Date(nowMs) });
  forge.createRepo({ fullName: "acme/shop" });
  forge.createRepo({ fullName: "acme/secret", visibility: "private" });
  forge.createRepo({ fullName: "other/open", app: "not-installed" });
  forge.createRepo({ fullName: "other/closed", app: "not-installed", visibility: "private" });
});

afterAll(() => forge.close());

type Claims = { iat?: number; exp?: number; iss?: unknown };

function jwt(claims: Claims, key = forge.app.privateKey, alg = "RS256"): string {
  const nowS = Math.floor(nowMs / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const all = { iat: nowS - 30, exp: nowS + 570, iss: forge.app.id, ...claims };
  const text = `${encode({ alg, typ: "JWT" })}.${encode(all)}`;
  return `${text}.${createSign("RSA-SHA256").update(text).sign(key, "base64url")}`;
}

describe("an App's own token", () => {
  const nowS = () => Math.floor(nowMs / 1000);
  const stranger = () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }).toString();

  it.each([
    ["by its id", () => jwt({}), 200],
    ["by its client id", () => jwt({ iss: forge.app.clientId }), 200],
    ["by its id as text", () => jwt({ iss: String(forge.app.id) }), 200],
    ["of another App", () => jwt({ iss: 1 }), 404],
    ["signed by another key", () => jwt({}, stranger()), 401],
    ["without a signature", () => jwt({}).replace(/[^.]+$/, "e30"), 401],
    ["of another kind", () => jwt({}, undefined, "none"), 401],
    ["expired", () => jwt({ exp: nowS() - 1 }), 401],
    ["valid for too long", () => jwt({ exp: nowS() + 660 }), 401],
    ["from the future", () => jwt({ iat: nowS() + 60 }), 401],
    ["unknown", () => `ghs_${"x".repeat(516)}`, 401],
    ["of an installation", () => forge.installationToken("acme"), 401],
    ["missing", () => null, 401],
  ])("%s", async (_what, token, status) => {
    expect((await client(forge.url, token())("GET /app")).status).toBe(status);
  });
});

describe("the clock", () => {
  it("is told in every answer, so that a client can follow it", async () => {
    const { headers } = await client(forge.url, null)("GET /app");
    expect(Date.parse(headers.get("date") ?? "")).toBe(nowMs);
  });
});

describe("an installation's token", () => {
  const asked = async (body?: object) => {
    const ask = client(forge.url, jwt({}));
    const { body: installation } = await ask("GET /repos/acme/shop/installation");
    return ask(`POST /app/installations/${installation.id}/access_tokens`, body);
  };

  it("is as long as GitHub's and ends after an hour", async () => {
    const { status, body } = await asked();
    expect([status, body.token.length, body.expires_at]).toEqual([201, 520, "2026-01-01T01:00:00Z"]);
    expect(body.token).toMatch(/^ghs_[\w-]+\.[\w-]+\.[\w-]+$/);
    const ask = client(forge.url, body.token);
    expect((await ask("GET /repos/acme/secret")).status).toBe(200);
    nowMs += 3_600_000;
    expect((await ask("GET /repos/acme/shop")).status).toBe(401);
  });

  it.each([
    ["repositories", { repositories: ["nothing"] }],
    ["repositories of others", { repositories: ["open"] }],
    ["permissions", { permissions: { workflows: "write" } }],
    ["more of a permission", { permissions: { statuses: "write" } }],
  ])("is refused for %s that the installation lacks", async (_what, body) => {
    expect((await asked(body)).status).toBe(422);
  });

  it.each([
    ["reads its repository", "GET /repos/acme/shop/issues", undefined, 200],
    ["writes to it", "POST /repos/acme/shop/issues", { title: "t" }, 201],
    ["may not do what it was not given", "POST /repos/acme/shop/git/blobs", { content: "x" }, 403],
    ["does not see a private repository outside its list", "GET /repos/acme/secret", undefined, 404],
    ["does not see a private repository of others", "GET /repos/other/closed", undefined, 404],
    ["reads a public repository of others", "GET /repos/other/open", undefined, 200],
    ["does not write to it", "POST /repos/other/open/issues", { title: "t" }, 403],
    ["lists only its repositories", "GET /installation/repositories", undefined, 200],
  ])("with a scope %s", async (_what, line, body, status) => {
    const { body: token } = await asked({ repositories: ["shop"], permissions: { issues: "write" } });
    expect(token.repositories).toHaveLength(1);
    const answer = await client(forge.url, token.token)(line, body);
    expect(answer.status).toBe(status);
    if (line.startsWith("GET /installation")) expect(answer.body.total_count).toBe(1);
    expect(forge.requests.at(-1)).toMatchObject({ name: "coop", repositories: ["acme/shop"], status });
  });
});

describe("people and strangers", () => {
  it.each([
    ["nobody reads what is public", null, "GET /repos/other/open", 200],
    ["nobody reads what is private", null, "GET /repos/other/closed", 404],
    ["nobody writes", null, "POST /repos/other/open/issues", 401],
    ["an owner reads what is private", "other", "GET /repos/other/closed", 200],
    ["a stranger opens an issue", "stranger", "POST /repos/other/open/issues", 201],
    ["a stranger writes no code", "stranger", "POST /repos/other/open/git/blobs", 403],
    ["a stranger does not see what is private", "stranger", "POST /repos/other/closed/issues", 404],
  ])("%s", async (_what, login, line, status) => {
    const ask = client(forge.url, login === null ? null : forge.tokenFor(login));
    const body = line.startsWith("POST") ? { title: "t", content: "x" } : undefined;
    expect((await ask(line, body)).status).toBe(status);
  });

  it("a stranger has no permission on what is private, and somebody unknown is not found", async () => {
    const ask = client(forge.url, forge.installationToken("acme"));
    forge.tokenFor("stranger");
    const found = await ask("GET /repos/acme/secret/collaborators/stranger/permission");
    expect([found.status, found.body.permission]).toEqual([200, "none"]);
    expect((await ask("GET /repos/acme/secret/collaborators/nobody/permission")).status).toBe(404);
  });

  it("an installation is found by its own App only", async () => {
    const ask = client(forge.url, jwt({}));
    expect((await ask("GET /repos/other/open/installation")).status).toBe(404);
    expect((await ask("GET /repos/acme/shop/installation")).body.app_slug).toBe("coop");
  });
});
