import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Nudge } from "../../src/core/rules/trigger.ts";
import { startForge } from "../../src/github-double/server.ts";
import { clientAsApp } from "../../src/github/octokit.ts";
import { translate } from "../../src/github/webhook-events.ts";
import { groundsHere, marksInMemory } from "../support/grounds.ts";

/** Whoever has taken over a worker can write into the database, and asks for tokens of repositories without a ticket. */
const HOUR = 60 * 60_000;
let forge: Awaited<ReturnType<typeof startForge>>;
let installation = 0;
let ids: Record<string, number> = {};

beforeAll(async () => {
  forge = await startForge();
  for (const name of ["quiet", "loud", "labelled", "closed", "ended"]) {
    const repo = forge.createRepo({ fullName: `acme/${name}`, people: { mona: "write" } });
    const issue = repo.openIssue("mona", { title: "A wish", body: "" });
    if (name === "labelled") repo.addLabel("mona", issue, "coop:ready");
    if (name === "closed") repo.addLabel("mona", issue, "coop");
    if (name === "closed") repo.close("mona", issue);
    if (name === "ended") repo.addLabel("mona", issue, "coop:merged");
  }
  const app = clientAsApp({ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url });
  installation = (await app.rest.apps.listInstallations()).data[0]?.id ?? 0;
  const given = await app.rest.apps.createInstallationAccessToken({ installation_id: installation });
  const headers = { authorization: `token ${given.data.token}` };
  const answer = await fetch(`${forge.url}/installation/repositories`, { headers });
  const { repositories } = (await answer.json()) as { repositories: { id: number; name: string }[] };
  ids = Object.fromEntries(repositories.map(({ id, name }) => [name, id]));
});
afterAll(() => forge.close());

/** As `take` hands it on, whose signature was checked. */
function told(name: string, event: string, more: object): readonly Nudge[] {
  const repository = { id: ids[name], name, owner: { login: "acme" } };
  const sender = { login: "mona", id: 3, type: "User" };
  const payload = { installation: { id: installation }, repository, sender, ...more };
  return translate({ name: event, id: "1", payload }).nudges;
}
const commented = (name: string) =>
  told(name, "issue_comment", {
    action: "created",
    comment: { id: 1, body: "/coop start", user: { login: "mona", id: 3, type: "User" } },
    issue: { number: 1, title: "a", user: { login: "mona", id: 3, type: "User" } },
  });

describe("grounds to give a worker a token", () => {
  it.each([
    ["labelled", true],
    ["quiet", false],
    ["closed", false],
    ["ended", false],
  ])("are a label of ours on an open issue: %s %s", async (name, has) => {
    expect(await groundsHere(forge).has(installation, ids[name] ?? 0)).toBe(has);
  });

  it("are what a signed webhook told, for a day, also to the next process", async () => {
    let at = Date.now();
    const marks = marksInMemory();
    const anew = () => groundsHere(forge, marks, () => new Date(at));
    const first = anew();
    expect(commented("loud")).toHaveLength(1);
    await first.hear(commented("loud"));
    for (const one of [first, anew()]) expect(await one.has(installation, ids["loud"] ?? 0)).toBe(true);
    at += 25 * HOUR;
    for (const one of [first, anew()]) expect(await one.has(installation, ids["loud"] ?? 0)).toBe(false);
  });

  it("are noted once an hour, however much is told", async () => {
    let at = Math.floor(Date.now() / 1000) * 1000;
    const [begun, marks] = [at / 1000, marksInMemory()];
    const grounds = groundsHere(forge, marks, () => new Date(at));
    const noted = async (minutes: number) => {
      at = begun * 1000 + minutes * 60_000;
      await grounds.hear(commented("loud"));
      return [...marks.rows.values()].map(({ remoteId }) => ((remoteId ?? 0) - begun) / 60);
    };
    for (const [minutes, noticed] of [[0, 0], [59, 0], [60, 60], [119, 60]] as const) expect(await noted(minutes)).toEqual([noticed]); // prettier-ignore
  });

  it("last while the base of a guarded pull request moves, of which something was told before", async () => {
    let at = Date.now();
    const marks = marksInMemory();
    const anew = () => groundsHere(forge, marks, () => new Date(at));
    await anew().hear(commented("loud"));
    at += 72 * HOUR;
    const moved = told("loud", "push", { ref: "refs/heads/main" });
    await anew().hear(told("loud", "push", { ref: "refs/heads/coop/1" }));
    expect(await anew().has(installation, ids["loud"] ?? 0)).toBe(false);
    await anew().hear(moved);
    expect(await anew().has(installation, ids["loud"] ?? 0)).toBe(true);
    at += 31 * 24 * HOUR;
    await anew().hear(moved);
    expect(await anew().has(installation, ids["loud"] ?? 0)).toBe(false);
  });

  it("are not denied where the App was installed anew and no webhook told so: GitHub refuses, and names the other", async () => {
    const grounds = groundsHere(forge);
    const elsewhere = forge.createRepo({ fullName: "moved/labelled", people: { mona: "write" } });
    elsewhere.addLabel("mona", elsewhere.openIssue("mona", { title: "A wish", body: "" }), "coop:ready");
    const app = clientAsApp({ appId: forge.app.id, privateKey: forge.app.privateKey, baseUrl: forge.url });
    const today = async () => (await app.rest.apps.getRepoInstallation({ owner: "moved", repo: "labelled" })).data.id;
    const before = await today();
    const token = await app.rest.apps.createInstallationAccessToken({ installation_id: before });
    const answer = await fetch(`${forge.url}/repos/moved/labelled`, {
      headers: { authorization: `token ${token.data.token}` },
    });
    const { id } = (await answer.json()) as { id: number };
    forge.reinstall("moved");
    expect(await grounds.has(before, id)).toBe(true);
    await expect(
      app.rest.apps.createInstallationAccessToken({ installation_id: before, repository_ids: [id] }),
    ).rejects.toMatchObject({ status: 404 });
    expect(await grounds.has(await today(), id)).toBe(true);
    // What the dead one was let through for proves nothing about the repository.
    expect(await grounds.has(before, ids["quiet"] ?? 0)).toBe(true);
    expect(await grounds.has(installation, ids["quiet"] ?? 0)).toBe(false);
  });

  it("are no checks and pushes, which happen everywhere", async () => {
    const grounds = groundsHere(forge);
    await grounds.hear([
      ...told("loud", "push", { ref: "refs/heads/main" }),
      ...told("loud", "status", { sha: "a".repeat(40) }),
      ...told("loud", "check_run", { action: "completed", check_run: { head_sha: "a".repeat(40), name: "x" } }),
    ]);
    expect(await grounds.has(installation, ids["loud"] ?? 0)).toBe(false);
  });

  it("are no mark that a worker wrote, copied or moved to another day", async () => {
    let at = Date.now();
    const marks = marksInMemory();
    await groundsHere(forge, marks, () => new Date(at)).hear(commented("loud"));
    const [[name = "", mark] = []] = [...marks.rows];
    if (!mark) throw new Error("no mark");
    const second = Math.floor(at / 1000);
    const own = createHmac("sha256", "a secret of the worker").update(`${ids["quiet"]} ${second}`).digest("hex");
    const asQuiet = name.replace(String(ids["loud"]), String(ids["quiet"]));
    for (const forged of [mark, { ...mark, bodySha256: own }, { remoteId: second, bodySha256: "" }]) {
      marks.rows.set(asQuiet, forged);
      expect(await groundsHere(forge, marks, () => new Date(at)).has(installation, ids["quiet"] ?? 0)).toBe(false);
    }
    at += 25 * HOUR;
    marks.rows.set(name, { ...mark, remoteId: Math.floor(at / 1000) });
    expect(await groundsHere(forge, marks, () => new Date(at)).has(installation, ids["loud"] ?? 0)).toBe(false);
  });

  it("are not looked for again and again for whoever asks in vain", async () => {
    const grounds = groundsHere(forge);
    const before = forge.requests.length;
    for (let i = 0; i < 50; i += 1) await grounds.has(installation, ids["quiet"] ?? 0);
    expect(forge.requests.length - before).toBeLessThanOrEqual(2);
  });
});
