import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { githubLogin } from "../../src/github/login.ts";
import { startForge } from "../../src/github-double/server.ts";
import { behindLogin } from "../../src/web/login.ts";
import type { PageDeps } from "../../src/web/page-deps.ts";
import { summaryOf } from "../../src/web/summary.ts";
import { aTicketLedger } from "../support/builders.ts";

/** People log in with GitHub and see the tickets of the repositories that they can read; strangers see none. */
const story = aTicketLedger();
const summary = summaryOf(story);
const KEYS = ["acme/open#12", "acme/secret#12"] as const;
const LISTS = ["/", "/board", "/tickets.json", "/tickets.csv", "/metrics", "/figures", "/spend.json", "/scorecard.csv"];
const ELSEWHERE = ["//evil.example", "/\\evil.example", "https://evil.example", "/login", "/%0d%0ax: y", "/\u0000"];
const DEPS: PageDeps = {
  tickets: async () => KEYS.flatMap((key) => (summary ? { ...summary, key, title: `Ticket of ${key}` } : [])),
  phases: async () => new Map([["merged", 8093]]),
  ledger: async (key) => (KEYS.includes(key as (typeof KEYS)[number]) ? story : []),
  totals: async () => ({ modelCalls: 4711 }),
  change: async () => "Ticket of acme/secret#12",
  spent: async () => ["acme/open", "acme/secret"].map((repository) => ({ day: "2026-03-01", repository, role: "architect", model: `model of ${repository}`, calls: 1, tokens: 1, costMicroUsd: 1 })), // prettier-ignore
  scored: async (keys) => keys.map((key) => ({ model: key }) as never),
  stuck: async () => KEYS.map((ticket) => ({ ticket, lane: "work" as const, why: "at 10.0.0.7", at: new Date(0) })),
  publicKeys: ["ed25519:abc"],
  liveEveryMs: 10,
};

let forge: Awaited<ReturnType<typeof startForge>>;
let open: ReturnType<typeof forge.createRepo>;
let server: Server;
let url = "";
let nowMs = 0;
const places = new Map<string, { owner: string; name: string; repositoryId: number }>();

async function serve(publicUrl?: string): Promise<void> {
  let answer: ReturnType<typeof behindLogin> = async () => false;
  server = createServer((req, res) => void answer(req, res).then((done) => done || res.writeHead(418).end()));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { clientId, clientSecret } = forge.app;
  const login = githubLogin({ apiUrl: forge.url, clientId, clientSecret });
  answer = behindLogin(DEPS, {
    login,
    publicUrl: publicUrl ?? url,
    placesOf: async () => places,
    now: () => new Date(nowMs),
  });
  forge.app.callbackUrl = `${publicUrl ?? url}/login/callback`;
}

beforeEach(async () => {
  nowMs = Date.parse("2026-03-01T09:00:00Z");
  forge = await startForge();
  open = forge.createRepo({ fullName: "acme/open", visibility: "private", people: { rita: "read", mona: "write" } });
  const secret = forge.createRepo({ fullName: "acme/secret", visibility: "private", people: { mona: "triage" } });
  for (const repo of [open, secret]) {
    const [owner = "", name = ""] = repo.fullName.split("/");
    places.set(repo.fullName, { owner, name, repositoryId: repo.state.id });
  }
  await serve();
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await forge.close();
});

/** A browser: it keeps cookies and follows nobody by itself. */
function browser(person: string) {
  const jar = new Map<string, string>();
  const get = async (where: string, init: RequestInit = {}) => {
    const own = where.startsWith("/") ? `${url}${where}` : where;
    const cookie = own.startsWith(url)
      ? [...jar].map(([name, value]) => `${name}=${value}`).join("; ")
      : `user_session=${person}`;
    const headers = { cookie, "user-agent": "browser", connection: "close", ...(init.headers as object) };
    const answer = await fetch(own, { redirect: "manual", ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (line.split(";", 1)[0] ?? "").split(/=(.*)/s);
      if (value === "" || own.startsWith(forge.url)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  const to = (answer: Response) => answer.headers.get("location") ?? "";
  const arrive = async (page = "/") => {
    let there = page;
    while (!there.startsWith(`${url}/login/callback`)) there = to(await get(there));
    return there;
  };
  return {
    jar,
    get,
    to,
    /** From a page to GitHub and back, as far as the address that ends the login. */
    arrive,
    login: async (page = "/") => get(await arrive(page)),
    text: async (page: string) => (await get(page)).text(),
  };
}

describe("a stranger", () => {
  it.each([
    ["/", 303],
    ["/?q=secret", 303],
    ["/tickets/acme/secret/12", 303],
    ["/tickets/acme/secret/12.json", 401],
    ["/tickets/acme/secret/12/proof.csv", 401],
    ["/tickets.json", 401],
    ["/tickets.csv", 401],
    ["/metrics", 401],
    ["/spend.csv", 401],
    ["/figures", 303],
    ["/tickets/acme/secret/12/diff", 303],
    ["/health", 200],
    ["/key", 200],
    ["/openapi.json", 200],
  ])("who asks for %s gets %i and no word of a ticket", async (path, status) => {
    const answer = await browser("nobody").get(path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/Ticket of|(?<!\d)(?:4711|8093)(?!\d)/);
  });

  it.each(["coop=x", "coop=", "coop=../../x", "coop=%00", `coop=${"a".repeat(43)}`, "coop; coop", "=coop"])(
    "is nobody by an invented cookie: %s",
    async (cookie) => {
      const answer = await fetch(`${url}/tickets.json`, { headers: { cookie } });
      expect(answer.status).toBe(401);
    },
  );
});

describe("somebody who logs in", () => {
  it("sees the tickets of what they can read, and nothing else", async () => {
    const rita = browser("rita");
    expect(rita.to(await rita.login())).toBe("/");
    expect(await rita.text("/")).toContain("Ticket of acme/open#12");
    for (const page of LISTS) expect(await rita.text(page)).not.toMatch(/acme\/secret|(?<!\d)(?:4711|8093)(?!\d)/);
    const page = await rita.text("/tickets/acme/open/12");
    expect([page.includes("Stuck since"), page.includes("10.0.0.7")]).toEqual([true, false]);
    for (const page of [
      "/tickets/acme/secret/12",
      "/tickets/acme/secret/12.json",
      "/tickets/acme/secret/12/proof.csv",
      "/tickets/acme/secret/12/diff",
    ])
      expect((await rita.get(page)).status).toBe(404);
    expect(await rita.text("/spend.json")).toContain("model of acme/open");
    const mona = browser("mona");
    await mona.login();
    expect(await mona.text("/")).toContain("Ticket of acme/secret#12");
    expect(await mona.text("/spend.json")).toContain("model of acme/secret");
  });

  it("gets where they wanted, but to no other site", async () => {
    const mona = browser("mona");
    expect(mona.to(await mona.login("/tickets/acme/open/12"))).toBe("/tickets/acme/open/12");
    for (const evil of ELSEWHERE) {
      const one = browser("mona");
      expect(one.to(await one.login(`/login?to=${encodeURIComponent(evil)}`))).toBe("/");
    }
  });

  it("loses sight of a repository when they lose the right or nobody can tell, and of everything after a day", async () => {
    const rita = browser("rita");
    await rita.login();
    expect(await rita.text("/tickets.json")).toContain("acme/open");
    open.setPermission("rita", "none");
    nowMs += 6 * 60_000;
    expect(await rita.text("/tickets.json")).not.toContain("acme/open");
    open.setPermission("rita", "read");
    nowMs += 6 * 60_000;
    for (const cannotTell of [
      { status: 502 },
      { status: 403, headers: { "retry-after": "60" } },
      { status: 403, message: "You have exceeded a secondary rate limit." },
    ]) {
      forge.fail({ method: "GET", path: /^\/repos\/acme/, times: 2, ...cannotTell });
      expect(await rita.text("/tickets.json")).not.toContain("acme/open");
      expect(await rita.text("/tickets.json")).toContain("acme/open");
      nowMs += 6 * 60_000;
    }
    nowMs += 9 * 60 * 60_000;
    expect((await rita.get("/tickets.json")).status).toBe(401);
  });

  it.each([401, 403, 404, 451])(
    "does not see for a while what GitHub refuses with %i, and asks again after other answers",
    async (status) => {
      const rita = browser("rita");
      await rita.login();
      forge.fail({ method: "GET", path: /^\/repos\/acme/, times: 2, status });
      for (let looks = 0; looks < 2; looks += 1) expect(await rita.text("/tickets.json")).not.toContain("acme/open");
      nowMs += 6 * 60_000;
      forge.fail({ method: "GET", path: /^\/repos\/acme/, times: 2, status: status + 99 });
      expect(await rita.text("/tickets.json")).not.toContain("acme/open");
      expect(await rita.text("/tickets.json")).toContain("acme/open");
    },
  );

  it("does not see a repository's tickets in another one that took its name, nor those of one that nobody can find", async () => {
    const rita = browser("rita");
    await rita.login();
    const taken = forge.createRepo({ fullName: "acme/taken", people: { rita: "read" } });
    const before = places.get("acme/secret")?.repositoryId ?? 0;
    places.set("acme/secret", { owner: "acme", name: "taken", repositoryId: before });
    expect(await rita.text("/tickets.json")).not.toContain("acme/secret");
    places.set("acme/secret", { owner: "acme", name: "taken", repositoryId: taken.state.id });
    nowMs += 6 * 60_000;
    expect(await rita.text("/tickets.json")).toContain("acme/secret");
    places.delete("acme/secret");
    nowMs += 6 * 60_000;
    expect((await rita.get("/tickets/acme/secret/12")).status).toBe(404);
  });

  it("is told nothing more by a page that is still open after logging out", async () => {
    const mona = browser("mona");
    await mona.login();
    const open = await mona.get("/live/acme/open/12");
    expect(open.headers.get("content-type")).toContain("text/event-stream");
    await mona.get("/logout", { method: "POST" });
    expect(await open.text()).not.toContain("changed");
  });

  it("is forgotten here and at GitHub after logging out", async () => {
    const mona = browser("mona");
    await mona.login();
    const stolen = new Map(mona.jar);
    const foreign = await mona.get("/logout", { method: "POST", headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign.status).toBe(405);
    expect((await mona.get("/logout")).status).toBe(405);
    expect((await mona.get("/logout", { method: "POST" })).status).toBe(200);
    expect([...mona.jar.keys()]).toEqual([]);
    for (const [name, value] of stolen) mona.jar.set(name, value);
    expect((await mona.get("/tickets.json")).status).toBe(401);
    expect(forge.requests.some(({ method, path }) => method === "DELETE" && path.endsWith("/token"))).toBe(true);
  });
});

describe("a login that was not begun here", () => {
  const refused = async (of: Promise<Response>) => {
    const answer = await of;
    expect([400, 403]).toContain(answer.status);
    expect(answer.headers.getSetCookie()).toEqual([]);
  };

  it("by another browser's state, without the cookie, or with a changed one, is none", async () => {
    const [mona, victim] = [browser("mona"), browser("rita")];
    const back = await mona.arrive();
    await refused(victim.get(back));
    await victim.get(victim.to(await victim.get("/")));
    await refused(victim.get(back));
    const [sealed = ""] = [...mona.jar.values()];
    mona.jar.set("coop-login", `${sealed.slice(0, -2)}AA`);
    await refused(mona.get(back));
    mona.jar.set("coop-login", sealed);
    nowMs += 11 * 60_000;
    await refused(mona.get(back));
  });

  it("cannot use a code a second time, an invented one, or none", async () => {
    const mona = browser("mona");
    const back = await mona.arrive();
    const sealed = new Map(mona.jar);
    expect((await mona.get(back)).status).toBe(303);
    for (const [name, value] of sealed) mona.jar.set(name, value);
    await refused(mona.get(back));
    await refused(mona.get(back.replace(/code=\w+/, "code=0123456789abcdef0123")));
    await refused(mona.get(back.replace(/code=\w+/, "error=access_denied")));
  });

  it("gives no session where GitHub does not answer", async () => {
    const mona = browser("mona");
    const back = await mona.arrive();
    const { url: real } = forge;
    await forge.close();
    const answer = await mona.get(back);
    expect([answer.status, answer.headers.getSetCookie()]).toEqual([502, []]);
    forge = await startForge({ port: Number(new URL(real).port) });
  });
});

it("sets cookies that only this host gets, over TLS, and no script reads", async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  await serve("https://coop.example");
  const answer = await new Promise<IncomingMessage>((resolve) =>
    request(`${url}/login`, { headers: { host: "coop.example" } }, resolve).end(),
  );
  answer.resume();
  expect(answer.headers["set-cookie"]).toEqual([
    expect.stringMatching(/^__Host-coop-login=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/),
  ]);
  const there = new URL(answer.headers.location ?? "");
  expect(Object.fromEntries(there.searchParams)).toMatchObject({ code_challenge_method: "S256", redirect_uri: "https://coop.example/login/callback" }); // prettier-ignore
});
