import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, describe, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { closeShared, type Stage, strike } from "../support/scenario.ts";
import { ISSUE, labelled, loudStory, policy, raiseChecked, says } from "../support/stories.ts";

afterEach(strike);
afterAll(closeShared);

const examples = createRequire(import.meta.url)("@octokit/webhooks-examples") as {
  readonly name: string;
  readonly examples: readonly Record<string, unknown>[];
}[];

type Post = {
  readonly event?: string;
  readonly id?: string;
  readonly body: string | Buffer;
  readonly signature?: string;
};

async function post(stage: Stage, { event = "issues", id = randomUUID(), body, signature }: Post): Promise<number> {
  const secret = stage.forge.app.webhookSecret;
  const sign = () => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  const response = await fetch(`${stage.app().url}/api/github/webhooks`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": event,
      "x-github-delivery": id,
      "x-hub-signature-256": signature ?? sign(),
    },
    body: typeof body === "string" ? body : new Uint8Array(body),
  });
  await response.text();
  return response.status;
}

const opened = async (stage: Stage, issue: number) =>
  (await stage.kinds(issue)).filter((kind) => kind === "opened").length;
const label = (stage: Stage) => {
  const issue = stage.repo.openIssue("mona", ISSUE);
  stage.repo.addLabel("mona", issue, "coop");
  return issue;
};

describe("webhooks that do not come as they should", () => {
  it("are fetched where GitHub cannot reach the server, and are one with those that come", async () => {
    const options = { config: { intake: "poll" as const } };
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") }, options);
    const stands = (issue: number, phase: string) =>
      eventually(async () => (await stage.entries(issue)).length > 0 && (await stage.phase(issue)) === phase);
    stage.forge.setDelivery("drop");
    const issue = label(stage);
    await stands(issue, "plan-approval");
    stage.forge.setDelivery("send");
    stage.repo.comment("mona", issue, "/coop status");
    await eventually(async () => (await stage.kinds(issue)).includes("commanded"));
    stage.forge.setDelivery("drop");
    await stage.restart();
    stage.repo.comment("mona", issue, "/coop approve");
    await stands(issue, "ready");
    const kinds = await stage.kinds(issue);
    for (const once of ["opened", "commanded", "plan_approved"])
      expect(kinds.filter((one) => one === once)).toEqual([once]);
    expect(stage.forge.requests.filter(({ path }) => path.endsWith("/attempts"))).toEqual([]);
  });

  it("are found when something else answered them in this server's place", async () => {
    let later = 0;
    const now = () => new Date(Date.now() + later);
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") }, { now });
    await stage.settle();
    const proxy = createServer((_req, res) => res.end()).listen(0, "127.0.0.1");
    await once(proxy, "listening");
    stage.forge.connectApp(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`);
    const issue = label(stage);
    await stage.settle();
    expect(await stage.entries(issue)).toEqual([]);
    await stage.restart();
    await stage.settle();
    expect(await stage.phase(issue)).toBe("plan-approval");
    // Of a ticket under way GitHub's record is not asked: the sweep reads comments, and looks at what changed.
    const answered = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/`;
    stage.forge.connectApp(answered);
    const id = stage.repo.comment("mona", issue, "Let us stop for a moment.");
    // GitHub tells times by the second.
    later += 2000;
    stage.repo.editComment("mona", id, "/coop stop");
    stage.repo.comment("mona", issue, "/coop approve");
    await stage.settle();
    expect(await stage.phase(issue)).toBe("plan-approval");
    await stage.restart();
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    stage.forge.connectApp(answered);
    stage.repo.close("mona", issue);
    await stage.settle();
    proxy.close();
    expect(await stage.phase(issue)).toBe("ready");
    await stage.restart();
    await stage.settle();
    expect((await stage.entries(issue)).at(-1)).toMatchObject({ kind: "halted", data: { reason: "issue-closed" } });
  });

  it("are asked for again when they were lost: label, command and push", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    await stage.settle();
    stage.forge.setDelivery("drop");
    const issue = label(stage);
    await stage.settle();
    expect(await stage.entries(issue)).toEqual([]);
    stage.forge.setDelivery("send");
    const idle = stage.forge.createRepo({ fullName: "acme/never-had-a-ticket" });
    const spoken = stage.forge.createRepo({ fullName: "acme/has-an-issue", people: { mona: "write" } });
    spoken.openIssue("mona", { title: "The sign is wrong", body: "It reads backwards." });
    await stage.restart();
    await stage.settle();
    // An installation may cover thousands of these: where something is open, one question after a start, whether it ever had a ticket.
    const asked = [idle, spoken].map(({ fullName }) =>
      stage.forge.requests.flatMap(({ path }) => (path.startsWith(`/repos/${fullName}`) ? [path] : [])),
    );
    expect(asked).toEqual([[], [`/repos/${spoken.fullName}/labels`]]);
    expect(await stage.phase(issue)).toBe("plan-approval");
    stage.forge.setDelivery("drop");
    stage.repo.comment("mona", issue, "/coop approve");
    stage.forge.setDelivery("send");
    await stage.restart();
    await stage.settle();
    expect(await stage.phase(issue)).toBe("ready");
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    stage.forge.setDelivery("drop");
    stage.repo.push("mona", stage.repo.pull(pull).headBranch, { "docs/news.md": "# News\n" });
    stage.forge.setDelivery("send");
    await stage.restart();
    await stage.settle();
    expect((await stage.ticket(issue)).change?.headSha).toBe(stage.repo.pull(pull).headSha);
    expect((await stage.kinds(issue)).filter((kind) => kind === "head_moved")).toHaveLength(1);
    expect(await opened(stage, issue)).toBe(1);
  });

  it("may come twice", async () => {
    const stage = await raiseChecked(loudStory());
    stage.forge.setDelivery("duplicate");
    const issue = await labelled(stage);
    const pull = stage.repo.numbers("pull")[0] ?? 0;
    await says(stage, "mona", pull, "/coop approve");
    expect(await stage.phase(issue)).toBe("merged");
    expect(await opened(stage, issue)).toBe(1);
    expect((await stage.kinds(issue)).filter((kind) => kind === "merge_approved")).toHaveLength(1);
    expect(stage.repo.numbers("pull")).toHaveLength(1);
  });

  it("may come in any order", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    stage.forge.setDelivery("hold");
    const issue = label(stage);
    stage.repo.comment("mona", issue, "/coop park");
    stage.repo.removeLabel("mona", issue, "coop");
    stage.forge.release("reversed");
    await stage.settle();
    expect(await opened(stage, issue)).toBeLessThanOrEqual(1);
    expect(["parked", "plan-approval"]).toContain(await stage.phase(issue));
    stage.repo.addLabel("mona", issue, "coop");
    await stage.settle();
    await says(stage, "mona", issue, "/coop approve");
    expect(await stage.phase(issue)).toBe("ready");
  });

  it("may come a hundred times at once", async () => {
    const stage = await raiseChecked(loudStory(), { files: policy("planGate: always") });
    await stage.settle();
    stage.forge.setDelivery("drop");
    const issue = label(stage);
    const lost = stage.forge.deliveries.find((one) => one.event === "issues" && one.action === "labeled");
    stage.forge.setDelivery("send");
    const again = Array.from({ length: 100 }, () =>
      post(stage, { event: "issues", id: lost?.guid ?? "", body: lost?.body ?? "" }),
    );
    expect(new Set(await Promise.all(again))).toEqual(new Set([202]));
    await stage.settle();
    expect(await opened(stage, issue)).toBe(1);
    expect(stage.said(issue).filter((text) => text.includes("coop:ledger"))).toHaveLength(1);
  });
});

describe("the webhook endpoint", () => {
  it("takes every example of GitHub's, and nothing begins by them", async () => {
    const stage = await raiseChecked([]);
    await stage.settle();
    const before = stage.forge.requests.length;
    const bodies = examples.flatMap(({ name, examples: all }) =>
      all.map((payload) => ({
        event: name,
        body: JSON.stringify({ ...payload, installation: { id: 1, node_id: "I" } }),
      })),
    );
    expect(bodies.length).toBeGreaterThanOrEqual(329);
    const statuses: number[] = [];
    for (const body of bodies) statuses.push(await post(stage, body));
    expect([...new Set(statuses)]).toEqual([202]);
    await stage.settle();
    const tickets = (await stage.app().world.ledgers.tickets()).map((one) => one.ticket);
    expect(tickets.filter((key) => /^(Codertocat|octokit|github)/i.test(key))).toEqual([]);
    expect(
      stage.forge.requests
        .slice(before)
        .filter((one) => one.method !== "GET" && one.kind === "rest" && !one.path.includes("access_tokens")),
    ).toEqual([]);
    expect((await stage.app().queue.depth()).dead).toBe(0);
  });

  it("turns away what is not signed by GitHub, whatever byte was changed", async () => {
    const stage = await raiseChecked([]);
    const body = Buffer.from(JSON.stringify({ action: "opened", zen: "Keep it logically awesome." }));
    const signature = `sha256=${createHmac("sha256", stage.forge.app.webhookSecret).update(body).digest("hex")}`;
    expect(await post(stage, { event: "ping", body, signature })).toBe(202);
    for (let at = 0; at < body.length; at++) {
      const flipped = Buffer.from(body);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      expect(await post(stage, { event: "ping", body: flipped, signature })).toBe(401);
    }
    for (let at = 7; at < signature.length; at++) {
      const digit = signature[at] === "0" ? "1" : "0";
      const forged = signature.slice(0, at) + digit + signature.slice(at + 1);
      expect(await post(stage, { event: "ping", body, signature: forged })).toBe(401);
    }
  });

  it("turns away more than GitHub would send", async () => {
    const stage = await raiseChecked([]);
    expect(await post(stage, { event: "ping", body: Buffer.alloc(25 * 1024 * 1024 + 1, 32) })).toBe(413);
    expect(await post(stage, { event: "ping", body: "[]" })).toBe(400);
  });
});
