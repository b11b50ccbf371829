import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { aDraft, aTicket, aTicketLedger, entriesOf, storyDrafts, TEST_KEY } from "../../test/support/builders.ts";
import { firstFault } from "../core/ledger/chain.ts";
import type { Now } from "../telemetry/telemetry.ts";
import { html } from "./html.ts";
import { STYLE_PATH } from "./layout.ts";
import { liveOf } from "./live-routes.ts";
import { LIVE_SCRIPT_PATH } from "./live-script.ts";
import { rendered } from "./markdown.ts";
import type { PageDeps } from "./page-deps.ts";
import { pages } from "./pages.ts";
import { stations } from "./progress.ts";
import { summaryOf } from "./summary.ts";

const servers: Server[] = [];
afterEach(async () => {
  for (const open of servers.splice(0)) await new Promise((closed) => open.close(closed));
});

const story = aTicketLedger();
const working: PageDeps = {
  tickets: async () => [story].flatMap((entries) => summaryOf(entries) ?? []),
  phases: async () => new Map([["merged", 1]]),
  ledger: async (key) => (key === "acme/tally#12" ? story : []),
};

async function get(path: string, deps: PageDeps = working, method = "GET"): Promise<Response & { body: unknown }> {
  const answer = pages(deps);
  const started = createServer((req, res) => {
    void answer(req, res).then((done) => done || res.writeHead(418).end());
  });
  servers.push(started);
  await new Promise<void>((listening) => started.listen(0, "127.0.0.1", listening));
  const { port } = started.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { connection: "close" } });
}

describe("routes", () => {
  it.each([
    ["/", 200, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/12", 200, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/12/", 200, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/13", 404, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/12/13", 404, "text/html; charset=utf-8"],
    ["/?q=nothing%20like%20that&phase=ready", 200, "text/html; charset=utf-8"],
    ["/tickets.json?q=tally", 200, "application/json; charset=utf-8"],
    ["/tickets.csv", 200, "text/csv; charset=utf-8; header=present"],
    ["/tickets/acme/tally/12.json", 200, "application/json; charset=utf-8"],
    ["/tickets/acme/tally/12/proof.csv", 200, "text/csv; charset=utf-8; header=present"],
    ["/tickets/acme/tally/12/nothing.csv", 404, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/12/proof.csv/x", 404, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/13.json", 404, "text/html; charset=utf-8"],
    ["/openapi.json", 200, "application/json; charset=utf-8"],
    ["/board?phase=merged", 200, "text/html; charset=utf-8"],
    ["/figures", 200, "text/html; charset=utf-8"],
    ["/spend.json", 200, "application/json; charset=utf-8"],
    ["/spend.csv", 200, "text/csv; charset=utf-8; header=present"],
    ["/scorecard.json", 200, "application/json; charset=utf-8"],
    ["/scorecard.csv", 200, "text/csv; charset=utf-8; header=present"],
    ["/tickets/acme/tally/12/diff", 200, "text/html; charset=utf-8"],
    ["/tickets/acme/tally/13/diff", 404, "text/html; charset=utf-8"],
    ["/tickets/..%2f..%2fetc/x/1", 404, "text/html; charset=utf-8"],
    [STYLE_PATH, 200, "text/css; charset=utf-8"],
    ["/icon.svg", 200, "image/svg+xml"],
    ["/health", 200, "application/json; charset=utf-8"],
    ["/ready", 200, "application/json; charset=utf-8"],
    ["/metrics", 200, "text/plain; charset=utf-8"],
    ["/api/github/webhooks", 418, null],
  ])("%s answers %d", async (path, status, type) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe(type);
  });

  it("allow reading only, and say so", async () => {
    const response = await get("/", working, "POST");
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  it("allow nothing from elsewhere, and no scripts but the one file of their own", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect((await get(LIVE_SCRIPT_PATH)).headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  });

  it.each(["/live", "/live/acme/tally/12", "/live/acme/tally/12/diff"])(
    "%s tells an open page that it changed, and nothing else",
    async (path) => {
      let entries = story.slice(0, -1);
      const deps: PageDeps = {
        ...working,
        tickets: async () => [entries].flatMap((one) => summaryOf(one) ?? []),
        ledger: async () => entries,
        liveEveryMs: 5,
      };
      const reader = (await get(path, deps)).body as ReadableStream<Uint8Array>;
      let heard = "";
      for await (const piece of reader) {
        heard += Buffer.from(piece).toString();
        if (heard.includes("changed")) break;
        entries = story;
      }
      expect(heard).toBe("retry: 3000\n\nevent: changed\ndata: .\n\n");
    },
  );

  it("call a page to be drawn anew for the next step, not for each call of one", async () => {
    let now: Now | null = null;
    const deps = { ...working, underWay: () => now };
    const stampsOf = async () => {
      const [ticket, change] = [liveOf("/live/acme/tally/12", deps), liveOf("/live/acme/tally/12/diff", deps)];
      return [await ticket?.stamp(), await change?.stamp()];
    };
    const [idle, change] = await stampsOf();
    const since = Date.now();
    const call = { what: { kind: "model-call", model: "opus", vendor: "anthropic" }, since, role: null } as const;
    now = { step: "implement", since, waitsFor: null, doing: null };
    const [begun, same] = await stampsOf();
    expect([begun === idle, same]).toEqual([false, change]);
    now = { step: "implement", since, waitsFor: call, doing: null };
    expect(await stampsOf()).toEqual([begun, change]);
    now = { step: "implement", since: since - 60_000, waitsFor: call, doing: null };
    const [later] = await stampsOf();
    expect([idle, begun]).not.toContain(later);
  });

  it.each(["/live/acme/tally/13", "/live/acme/tally/12/13"])("%s tells nothing of what is not there", async (path) => {
    expect([204, 418]).toContain((await get(path)).status);
  });

  it("say plainly that the database is away, without telling why", async () => {
    const away = async () => Promise.reject(new Error("password of postgres is hunter2"));
    const response = await get("/", { ...working, tickets: away });
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain("hunter2");
  });

  it("are not ready with the sentence that the process gives", async () => {
    const response = await get("/ready", {
      ...working,
      readiness: async () => ({ notReady: "The queue has not started." }),
    });
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: "not-ready", why: "The queue has not started." });
  });

  it("name what is stuck, also where it never became a ticket", async () => {
    const stuck = ["acme/tally#12", "acme/tally#99"].map((ticket) => {
      return { ticket, lane: "hearing" as const, why: "TypeError: <b>no</b>", at: new Date("2026-03-02T10:00:00Z") };
    });
    const deps = { ...working, stuck: async () => stuck };
    expect(await (await get("/", deps)).text()).toContain("2 tickets are stuck:");
    for (const number of [12, 99]) {
      const text = await (await get(`/tickets/acme/tally/${number}`, deps)).text();
      expect(text).toContain("Stuck since 2026-03-02 10:00 UTC");
      expect(text).toContain(`coop revive acme/tally#${number}`);
      expect(text).not.toContain("<b>no");
    }
    expect((await get("/tickets/acme/tally/13", deps)).status).toBe(404);
    expect(await (await get("/")).text()).not.toContain("stuck");
  });

  it("say what of the tickets is on another page, and lead there", async () => {
    const asked: (number | undefined)[] = [];
    const deps: PageDeps = {
      ...working,
      tickets: (page) => (asked.push(page), working.tickets()),
      older: async (page) => page < 3,
    };
    const first = await (await get("/?q=tally", deps)).text();
    expect(first).toContain("Listed and searched here are the 1 that changed last.");
    expect(first).toContain('href="/?q=tally&amp;page=2"');
    const last = await (await get("/board?page=3", deps)).text();
    expect([last.includes("Newer tickets"), last.includes("Older tickets")]).toEqual([true, false]);
    expect((await get("/tickets.json?page=2", deps)).headers.get("link")).toBe('</tickets.json?page=3>; rel="next"');
    expect((await get("/tickets.csv?page=3", deps)).headers.get("link")).toBeNull();
    expect(asked).toEqual([1, 3, 2, 3]);
    for (const odd of ["0", "-1", "1e9", "x", "2;"]) await get(`/?page=${odd}`, deps);
    expect(asked.slice(4)).toEqual([1, 1, 1, 1, 1]);
    expect(await (await get("/")).text()).not.toContain("Listed and searched");
  });

  it("count tickets and calls for Prometheus", async () => {
    const totals = async () => ({ queueDepth: 2, modelCalls: 22, costMicroUsd: 236_300 });
    const text = await (await get("/metrics", { ...working, totals })).text();
    expect(text).toContain('# TYPE coop_tickets gauge\ncoop_tickets{phase="merged"} 1\n');
    expect(text).toContain("coop_queue_depth 2\n");
    expect(text).toContain("coop_model_calls_total 22\n");
    expect(text).not.toContain("coop_github_requests_total");
  });

  it.each(["/", "/board"])("tell a visitor without tickets how to begin: %s", async (path) => {
    const text = await (await get(path, { ...working, tickets: async () => [] })).text();
    expect(text).toContain("No tickets yet");
    expect(text).not.toContain("No ticket is like that");
  });

  it.each([
    ["إصلاح (parser) CSV!", "<bdi>إصلاح (parser) CSV!</bdi>"],
    [" \u200b\u2067 ", "<bdi>(no title)</bdi>"],
    ["<b>", "<bdi>&lt;b&gt;</bdi>"],
  ])("show a title in its own writing direction, and never an empty link: %j", async (title, shown) => {
    for (const path of ["/", "/board"]) {
      const tickets = async () => (await working.tickets()).map((one) => ({ ...one, title }));
      expect(await (await get(path, { ...working, tickets })).text()).toContain(shown);
    }
  });
});

describe("a ticket's page", () => {
  it("shows the ledger as far as its chain holds, and names the entry that does not", async () => {
    const forged = story.map((entry) =>
      entry.kind === "reviewed" && entry.seq === 7
        ? { ...entry, data: { ...entry.data, summary: "All is well." } }
        : entry,
    );
    const asked: (string | undefined)[] = [];
    const deps: PageDeps = {
      ...working,
      ledger: async () => forged,
      fault: firstFault.bind(null, TEST_KEY),
      change: async ({ change, findings }) => {
        asked.push(change?.headSha, String(findings.size));
        return { files: [], more: 0 };
      },
    };
    const change = await (await get("/tickets/acme/tally/12/diff", deps)).text();
    expect([change.includes("Ledger entry 7 was changed"), asked]).toEqual([true, [aTicket(story.slice(0, 6)).change?.headSha, "0"]]); // prettier-ignore
    const { entries } = (await (await get("/tickets/acme/tally/12.json", deps)).json()) as { entries: object[] };
    expect(entries).toHaveLength(6);
    const text = await (await get("/tickets/acme/tally/12", deps)).text();
    expect(text).toContain("Ledger entry 7 was changed");
    expect(text).not.toContain("All is well.");
    expect(text).toContain('id="entry-6"');
    expect(text).not.toContain('id="entry-7"');
  });

  it.each([
    ["opened", [aDraft("opened")], "Opened"],
    ["a plan that waits", storyDrafts().slice(0, 3), "Plan"],
    ["a blocker", storyDrafts().slice(0, 7), "Implement"],
    ["the fix", storyDrafts().slice(0, 8), "Review"],
    ["the first review", storyDrafts().slice(0, 9), "Attack"],
    ["proof", storyDrafts().slice(0, 11), "Merge"],
    ["the merge", storyDrafts(), undefined],
    ["a bug's route", [aDraft("opened"), aDraft("routed", { type: "bug" })], "Root cause"],
  ])("after %s stands at the right station", (_name, drafts, at) => {
    const found = stations(aTicket(entriesOf(drafts))).find((one) => one.state === "current");
    expect(found?.name).toBe(at);
  });
});

describe("encoding", () => {
  it("encodes every part of a template but HTML", () => {
    expect(html`<a title="${`"'<&>`}">${html`<b>${"<i>"}</b>`}${null}${3}</a>`.html).toBe(
      '<a title="&quot;&#39;&lt;&amp;&gt;"><b>&lt;i&gt;</b>3</a>',
    );
  });

  it.each([
    ["a fold of ours", "<details><summary>Why</summary>\n\n*x*\n\n</details>", "<summary>Why</summary>"],
    ["a tag that is not ours", "<b>x</b>", "&lt;b&gt;"],
    ["a tag of ours with attributes", '<details open ontoggle="x">', "&lt;details open"],
    ["what is done", "- [x] a", '<span class="glyph yes" role="img" aria-label="done">☑</span> a'],
    ["a script", "<script>x</script>", "&lt;script&gt;"],
    ["a picture", "![x](https://evil.example/a.png)", "<p>![x](https://evil.example/a.png)</p>"],
    [
      "links of every kind",
      "[x](//a.b) <https://a.b> www.a.b a@b.cd",
      "<p>[x](//a.b) &lt;https://a.b&gt; www.a.b a@b.cd</p>",
    ],
  ])("renders %s", (_name, markdown, expected) => {
    expect(rendered(markdown).html).toContain(expected);
  });
});
