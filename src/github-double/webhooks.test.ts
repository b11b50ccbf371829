import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createHmac, createSign } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Ask, client } from "./client-for-tests.ts";
import type { GitHubDouble } from "./double.ts";
import type { LocalRepo } from "./local-repo.ts";
import { startForge } from "./server.ts";

/** What an App hears of, how it is signed, and what becomes of a delivery that was lost. */
type Heard = {
  readonly event: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- payloads are as varied as the events
};

let forge: GitHubDouble;
let repo: LocalRepo;
let ear: Server;
let heard: Heard[];
let answer: number;

beforeEach(async () => {
  heard = [];
  answer = 200;
  ear = createServer((request, response) => {
    void (async () => {
      let text = "";
      for await (const part of request) text += part;
      heard.push({
        event: String(request.headers["x-github-event"]),
        headers: request.headers,
        text,
        body: JSON.parse(text),
      });
      response.writeHead(answer).end("heard");
    })();
  });
  await new Promise<void>((resolve) => ear.listen(0, "127.0.0.1", resolve));
  forge = await startForge();
  repo = forge.createRepo({ fullName: "acme/shop", files: { "a.txt": "1\n" }, people: { alice: "write" } });
  forge.connectApp(`http://127.0.0.1:${(ear.address() as AddressInfo).port}/hook`);
});

afterEach(async () => {
  await forge.close();
  ear.closeAllConnections();
  await new Promise((resolve) => ear.close(resolve));
});

const names = () => heard.map(({ event, body }) => (body.action ? `${event}.${body.action}` : event)).toSorted();

function asApp(): Ask {
  const nowS = Math.floor(Date.now() / 1000);
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const text = `${encode({ alg: "RS256" })}.${encode({ iat: nowS - 30, exp: nowS + 500, iss: forge.app.id })}`;
  return client(forge.url, `${text}.${createSign("RSA-SHA256").update(text).sign(forge.app.privateKey, "base64url")}`);
}

describe("a delivery", () => {
  it("is signed over its bytes and says what, for whom and from where", async () => {
    repo.openIssue("alice", { title: "Größe", body: "“text”" });
    await forge.idle();
    const [first] = heard;
    if (!first) throw new Error("nothing was heard");
    const signature = createHmac("sha256", forge.app.webhookSecret).update(first.text).digest("hex");
    expect(first.headers).toMatchObject({
      "x-hub-signature-256": `sha256=${signature}`,
      "x-github-event": "issues",
      "x-github-delivery": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-github-hook-installation-target-id": String(forge.app.id),
      "x-github-hook-installation-target-type": "integration",
    });
    expect(first.body).toMatchObject({
      action: "opened",
      issue: { title: "Größe", user: { login: "alice", type: "User" } },
      repository: { full_name: "acme/shop", default_branch: "main" },
      installation: { id: expect.any(Number) },
      sender: { login: "alice" },
    });
  });

  it("of each kind follows each act", async () => {
    const number = repo.openIssue("alice", { title: "Bug", body: "", labels: ["coop"] });
    repo.edit("alice", number, { title: "Worse bug", body: "text" });
    repo.removeLabel("alice", number, "coop");
    const comment = repo.comment("alice", number, "/coop help");
    repo.editComment("alice", comment, "changed");
    repo.deleteComment("alice", comment);
    repo.close("alice", number);
    await forge.idle();
    expect(names()).toEqual(
      ["opened", "labeled", "edited", "unlabeled", "closed"]
        .map((action) => `issues.${action}`)
        .concat(["created", "edited", "deleted"].map((action) => `issue_comment.${action}`))
        .toSorted(),
    );
    const edits = heard.filter(({ body }) => body.action === "edited").map(({ body }) => body.changes);
    expect(edits).toContainEqual({ title: { from: "Bug" }, body: { from: "" } });
    expect(edits).toContainEqual({ body: { from: "/coop help" } });
  });

  it("about a pull request is never one about an issue", async () => {
    repo.push("alice", "change", { "a.txt": "2\n" });
    const number = repo.openPull("alice", { title: "Change", head: "change", base: "main", stage: "draft" });
    repo.addLabel("alice", number, "coop");
    repo.comment("alice", number, "Look");
    repo.markReady("alice", number);
    const head = repo.push("alice", "change", { "a.txt": "3\n" });
    repo.review("acme", number, { event: "APPROVE" });
    repo.merge("alice", number);
    await forge.idle();
    const all = names();
    for (const action of ["opened", "labeled", "ready_for_review", "synchronize", "closed"]) {
      expect(all).toContain(`pull_request.${action}`);
    }
    expect(all.filter((name) => name.startsWith("issues."))).toEqual([]);
    expect(all).toEqual(expect.arrayContaining(["pull_request_review.submitted", "push", "check_suite.requested"]));
    expect(heard.find(({ event }) => event === "issue_comment")?.body.issue.pull_request).toBeDefined();
    expect(heard.find(({ body }) => body.action === "synchronize")?.body).toMatchObject({ after: head });
    expect(heard.find(({ body }) => body.action === "submitted")?.body.review.state).toBe("approved");
  });

  it("goes only to an App that is installed there and subscribed", async () => {
    const other = forge.createRepo({ fullName: "acme/other", app: "not-installed" });
    other.openIssue("acme", { title: "Not heard", body: "" });
    repo.push("alice", "new-branch", { "b.txt": "" });
    await forge.idle();
    // "create" was not subscribed to.
    expect(names()).toEqual(["check_suite.requested", "push"]);
  });

  it("shows things as they were, not as they are now", async () => {
    forge.setDelivery("hold");
    const number = repo.openIssue("alice", { title: "First title", body: "" });
    repo.edit("alice", number, { title: "Second title" });
    forge.release("reversed");
    await forge.idle();
    const titles = heard.map(({ body }) => [body.action, body.issue.title]);
    expect(titles).toContainEqual(["opened", "First title"]);
    expect(titles).toContainEqual(["edited", "Second title"]);
  });
});

describe("lost and doubled deliveries", () => {
  it("a duplicate has the same GUID and body", async () => {
    forge.setDelivery("duplicate");
    repo.openIssue("alice", { title: "Twice", body: "" });
    await forge.idle();
    expect(heard).toHaveLength(2);
    expect(heard[0]?.text).toBe(heard[1]?.text);
    expect(heard[0]?.headers["x-github-delivery"]).toBe(heard[1]?.headers["x-github-delivery"]);
  });

  it("GUIDs are unique", async () => {
    for (let number = 0; number < 20; number++) repo.openIssue("alice", { title: `Issue ${number}`, body: "" });
    await forge.idle();
    expect(new Set(heard.map(({ headers }) => headers["x-github-delivery"])).size).toBe(20);
  });

  it("a lost one is listed as failed and can be sent again with its GUID", async () => {
    forge.setDelivery("drop");
    repo.openIssue("alice", { title: "Lost", body: "" });
    forge.setDelivery("send");
    answer = 500;
    repo.openIssue("alice", { title: "Refused", body: "" });
    await forge.idle();
    const ask = asApp();
    const { body } = await ask("GET /app/hook/deliveries?per_page=1");
    expect(body).toMatchObject([{ event: "issues", action: "opened", status_code: 500, redelivery: false }]);
    const { headers } = await ask("GET /app/hook/deliveries?per_page=1");
    const next = /<([^>]+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1] ?? "";
    const [lost] = (await ask(`GET ${next.slice(forge.url.length)}`)).body;
    expect(lost.status_code).toBe(502);

    answer = 202;
    expect((await ask(`POST /app/hook/deliveries/${lost.id}/attempts`)).status).toBe(202);
    await forge.idle();
    expect(heard.at(-1)?.headers["x-github-delivery"]).toBe(lost.guid);
    const [latest] = (await ask("GET /app/hook/deliveries")).body;
    expect(latest).toMatchObject({ guid: lost.guid, redelivery: true, status_code: 202, status: "OK" });
    const detail = (await ask(`GET /app/hook/deliveries/${latest.id}`)).body;
    expect(detail).toMatchObject({ request: { payload: { action: "opened" } }, response: { payload: "heard" } });
  });
});
