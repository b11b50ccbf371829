import { beforeEach, describe, expect, it } from "@jest/globals";
import nock from "nock";
import type { ForgeApp } from "../forge/forge-app.ts";
import type { Forge } from "../forge/forge.ts";
import { away, commitOf, REPO, SECRET, sha, wired } from "./wire.fixture.ts";

let app: ForgeApp;
let github: Forge;
let wire: nock.Scope;
let tokenBodies: unknown[];
beforeEach(() => {
  ({ app, github, wire, tokenBodies } = wired());
});

const comment = () => github.comment(1, "Hello.");

describe("what an answer means", () => {
  it("a token is asked for this repository and the least rights only", async () => {
    const asked = wire.post(`${REPO}/issues/1/comments`, { body: "Hello." });
    asked.matchHeader("x-github-api-version", "2022-11-28").reply(201, { id: 3 });
    expect(await comment()).toEqual({ id: 3 });
    expect(tokenBodies).toEqual([
      {
        repository_ids: [77],
        permissions: {
          contents: "write",
          issues: "write",
          pull_requests: "write",
          checks: "write",
          statuses: "read",
          metadata: "read",
        },
      },
    ]);
    expect(app.counters).toEqual({ restRequests: 2, contentCreating: 1 });
  });

  it("a create that ended in 502 is not repeated, and may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).once().reply(502, "bad gateway");
    await expect(comment()).rejects.toMatchObject(away("unknown"));
    expect(app.counters.contentCreating).toBe(1);
  });

  it("a create whose connection broke may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).replyWithError("socket hang up");
    await expect(comment()).rejects.toMatchObject(away("unknown"));
  });

  it("half an answer to a create may have been done", async () => {
    wire.post(`${REPO}/issues/1/comments`).reply(201, '{"id": 3', { "content-type": "application/json" });
    await expect(comment()).rejects.toMatchObject(away("unknown"));
  });

  it("a create was not done when already its token could not be had", async () => {
    nock.cleanAll();
    wire.post("/api/v3/app/installations/5/access_tokens").reply(503);
    await expect(comment()).rejects.toMatchObject(away("not-done"));
  });

  it("a read is repeated twice", async () => {
    wire.get(`${REPO}/issues/1`).twice().reply(502);
    wire.get(`${REPO}/issues/1`).reply(200, { number: 1, state: "open", title: "T", user: null, labels: ["a"] });
    expect(await github.issue(1)).toMatchObject({ number: 1, body: "", labels: ["a"], author: { login: "ghost" } });
    wire.get(`${REPO}/issues/2`).times(3).reply(500);
    await expect(github.issue(2)).rejects.toMatchObject(away("not-done"));
  });

  it.each<[number, string, string]>([
    [502, "<!DOCTYPE html><html><head><title>Unicorn! · GitHub</title></head></html>", ' ("Unicorn! · GitHub")'],
    [403, "\n<html><body>Access denied</body></html>", ""],
  ])("a web page with %d is named and not quoted", async (status, page, title) => {
    wire.post(`${REPO}/issues/1/comments`).reply(status, page, { "content-type": "text/html; charset=utf-8" });
    const message = expect.stringMatching(/: a web page came instead of an answer[^<>]*$/);
    const error = await comment().catch((one: Error) => one);
    expect(error).toMatchObject({ name: "ForgeAway", message });
    expect((error as Error).message.endsWith(`instead of an answer${title}`)).toBe(true);
  });

  it.each([404, 410])("%d is gone", async (status) => {
    wire.patch(`${REPO}/issues/comments/8`).reply(status, { message: "no" });
    expect(await github.editComment(8, "x")).toBe("gone");
  });

  it("an issue is gone when it was deleted, and asked for again when it was not found", async () => {
    wire.get(`${REPO}/issues/1`).reply(410, { message: "This issue was deleted" });
    expect(await github.issue(1)).toBe("gone");
    wire.get(`${REPO}/issues/1`).reply(404, { message: "Not Found" });
    await expect(github.issue(1)).rejects.toMatchObject(away("not-done"));
  });

  it.each([
    [403, "You have triggered an abuse detection mechanism. Please wait a few minutes before you try again."],
    [403, "You have exceeded a secondary rate limit."],
    [422, "Validation Failed: was submitted too quickly"],
  ])("%d %j is a rate limit, whatever GitHub calls it", async (status, message) => {
    wire.post(`${REPO}/issues/1/comments`).reply(status, { message });
    await expect(comment()).rejects.toMatchObject({ ...away("not-done"), retryAfterMs: 60_000 });
  });

  it("a rate limit is handed back with its time, and nothing was done", async () => {
    wire
      .post(`${REPO}/issues/1/comments`)
      .reply(403, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "61" });
    await expect(comment()).rejects.toMatchObject(away("not-done", 61_000));
    wire.post(`${REPO}/issues/1/comments`).reply(429, { message: "slow down" });
    await expect(comment()).rejects.toMatchObject(away("not-done", 60_000));
    const reset = String(Math.floor(Date.now() / 1000) + 600);
    wire
      .get(`${REPO}/issues/1`)
      .reply(403, { message: "API rate limit exceeded" }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset });
    const error = await github.issue(1).catch((one: { retryAfterMs: number }) => one);
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(500_000);
  });

  it("a limit may name a date, and times count by the forge's own clock", async () => {
    const headers = { date: "Wed, 01 Jan 2025 00:00:00 GMT", "retry-after": "Wed, 01 Jan 2025 00:02:00 GMT" };
    wire.post(`${REPO}/issues/1/comments`).reply(429, { message: "slow down" }, headers);
    await expect(comment()).rejects.toMatchObject(away("not-done", 120_000));
    const reset = String(Date.parse("2025-01-01T00:05:00Z") / 1000);
    const limited = { date: headers.date, "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };
    wire.post(`${REPO}/issues/1/comments`).reply(403, { message: "API rate limit exceeded" }, limited);
    await expect(comment()).rejects.toMatchObject(away("not-done", 301_000));
    wire.post(`${REPO}/issues/1/comments`).reply(503, { message: "Unavailable" }, { "retry-after": "90" });
    await expect(comment()).rejects.toMatchObject(away("unknown", 90_000));
  });

  it.each([301, 302, 307, 308])(
    "a write that is led elsewhere (%d) is written there, and never read",
    async (status) => {
      const location = "https://ghes.example/api/v3/repositories/77/issues/1/comments";
      wire.post(`${REPO}/issues/1/comments`).reply(status, { message: "Moved" }, { location });
      wire.post("/api/v3/repositories/77/issues/1/comments", { body: "Hello." }).reply(201, { id: 4 });
      expect(await comment()).toEqual({ id: 4 });
    },
  );

  it("a write that is led to another server goes nowhere", async () => {
    const interceptor = nock("https://evil.example").post("/");
    const elsewhere = interceptor.reply(201, { id: 5 });
    wire.post(`${REPO}/issues/1/comments`).reply(307, { message: "Moved" }, { location: "https://evil.example/" });
    await expect(comment()).rejects.toMatchObject(away("unknown"));
    expect(elsewhere.isDone()).toBe(false);
    nock.removeInterceptor(interceptor);
  });

  it("a token that was taken back is renewed once", async () => {
    wire.get(`${REPO}/issues/1`).reply(401, { message: "Bad credentials" });
    wire.get(`${REPO}/issues/1`).reply(410);
    expect(await github.issue(1)).toBe("gone");
    expect(tokenBodies).toHaveLength(2);
  });

  it.each([
    [{ message: "This installation has been suspended" }, "out-of-reach"],
    [{ message: "Resource not accessible by integration" }, "refused"],
  ])("a token of before a suspension is out of reach, and no refusal of the one request: %j", async (body, nature) => {
    wire.get(`${REPO}/issues/1`).reply(403, body);
    await expect(github.issue(1)).rejects.toMatchObject({ name: "ForgeAway", nature });
  });

  it("what is remembered answers for nothing else, and for no refusal", async () => {
    const issue = (number: number) => ({
      number,
      state: "open",
      title: `T${number}`,
      body: "b",
      user: null,
      labels: [],
    });
    wire.get(`${REPO}/issues/1`).reply(200, issue(1), { etag: '"e1"' });
    wire.get(`${REPO}/issues/2`).matchHeader("if-none-match", (value) => !value).reply(200, issue(2)); // prettier-ignore
    wire.get(`${REPO}/issues/2`).matchHeader("if-none-match", (value) => !value).reply(200, issue(2)); // prettier-ignore
    wire.get(`${REPO}/issues/1`).matchHeader("if-none-match", '"e1"').reply(404);
    expect(await github.issue(1)).toMatchObject({ title: "T1" });
    expect(await github.issue(2)).toMatchObject({ title: "T2" });
    expect(await github.issue(2)).toMatchObject({ title: "T2" });
    await expect(github.issue(1)).rejects.toThrow("did not show issue 1");
    expect(wire.isDone()).toBe(true);
  });

  it("what has not changed is not sent again", async () => {
    const issue = { number: 1, state: "open", title: "T", body: "b", user: null, labels: [] };
    wire.get(`${REPO}/issues/1`).reply(200, issue, { etag: '"e1"' });
    wire.get(`${REPO}/issues/1`).matchHeader("if-none-match", '"e1"').reply(304);
    expect(await github.issue(1)).toEqual(await github.issue(1));
    expect(wire.isDone()).toBe(true);
  });

  it.each([
    [{ permission: "write", role_name: "maintain" }, 200, "maintain"],
    [{ permission: "read", role_name: "triage" }, 200, "triage"],
    [{ permission: "admin", role_name: "admin" }, 200, "admin"],
    [{ permission: "sudo" }, 200, "unknown"],
    [{ message: "Not Found" }, 404, "unknown"],
    [{ message: "oops" }, 500, "unknown"],
  ])("permission %j (%d) is %s", async (body, status, expected) => {
    wire.get(`${REPO}/collaborators/eve/permission`).times(3).reply(status, body);
    expect(await github.permission("eve")).toBe(expected);
  });

  it.each(["", "ghost", "Ghost"])("of a deleted account (%j) nobody is asked what it may do", async (login) => {
    expect(await github.permission(login, 10137)).toBe("unknown");
    expect(app.counters.restRequests).toBe(0);
  });

  it.each([
    [{ id: 7, login: "eve" }, "write"],
    [{ id: 8, login: "eve" }, "unknown"],
    [null, "unknown"],
  ])("gives the right of whoever spoke to nobody who took their name: %j", async (user, expected) => {
    wire.get(`${REPO}/collaborators/eve/permission`).reply(200, { permission: "write", role_name: "write", user });
    expect(await github.permission("eve", 7)).toBe(expected);
  });
});

describe("texts that leave", () => {
  it("pass the gate on every path", async () => {
    const dirty = `The key is ${SECRET}, @bob`;
    const isClean = (body: unknown) =>
      !JSON.stringify(body).includes(SECRET) && !/[^\w]@bob/.test(JSON.stringify(body));
    wire.post(`${REPO}/issues/1/comments`, isClean).reply(201, { id: 1 });
    wire.patch(`${REPO}/issues/comments/1`, isClean).reply(200, { id: 1 });
    wire.post(`${REPO}/pulls/1/reviews`, isClean).reply(200, { id: 1 });
    wire.post(`${REPO}/pulls/1/comments/4/replies`, isClean).reply(201, { id: 1 });
    wire.post(`${REPO}/pulls`, isClean).reply(201, { number: 2 });
    wire.post(`${REPO}/check-runs`, isClean).reply(201, { id: 1 });
    wire.put(`${REPO}/pulls/1/merge`, isClean).reply(200, { sha: sha("a"), merged: true });
    await github.comment(1, dirty);
    await github.editComment(1, dirty);
    await github.review(1, { headSha: sha("a"), body: dirty, comments: [{ path: "a", line: 1, body: dirty }] });
    await github.replyInline(1, 4, dirty);
    await github.openPull({ title: dirty, body: dirty, head: "h", base: "b", draft: true });
    const annotations = [{ path: "a", line: 1, level: "notice" as const, message: dirty }];
    const check = { name: "coop/proof", headSha: sha("a"), conclusion: "success", detailsUrl: null } as const;
    await github.publishCheck({ ...check, title: dirty, summary: dirty, annotations }, "new");
    await github.merge(1, sha("a"), dirty, dirty);
    expect(wire.pendingMocks()).toEqual([]);
  });

  it("are not committed as files when they hold a secret", async () => {
    const changes = new Map([
      ["a.txt", { content: Buffer.from(Buffer.from(SECRET).toString("base64")), mode: "100644" as const }],
    ]);
    expect(await github.commit(commitOf({ changes }))).toMatchObject({ outcome: "refused" });
    expect(app.counters.restRequests).toBe(0);
  });
});
