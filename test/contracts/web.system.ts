import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Entry } from "../../src/core/ledger/chain.ts";
import type { ShownFile } from "../../src/web/diff-page.ts";
import type { Now } from "../../src/telemetry/telemetry.ts";
import { pages } from "../../src/web/pages.ts";
import { summaryOf } from "../../src/web/summary.ts";
import { aDraft, aTicketLedger, entriesOf } from "../support/builders.ts";

/** The pages as a browser sees them. Skipped, and said so, where there is no Chromium; COOP_REQUIRE_CHROMIUM=1 forbids that. */
const CHROMIUM = process.env["COOP_CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(CHROMIUM);
const inBrowser = present || process.env["COOP_REQUIRE_CHROMIUM"] === "1" ? describe : describe.skip;
if (!present) console.warn(`No Chromium at ${CHROMIUM}: what a browser makes of the pages is not tested.`);

const EVIL = '<img src="https://evil.example/x.png" onerror="document.title=\'owned\'">';
const evil = entriesOf(
  [
    aDraft("opened", { title: EVIL, author: EVIL.slice(0, 60) }),
    aDraft("routed"),
    aDraft("question_answered", {
      text: `${EVIL}\n\n<script>document.title="owned"</script> ![](https://evil.example/y.png)`,
    }),
    aDraft("commanded", {
      reply: `${EVIL} <svg onload=alert(1)> [x](javascript:alert(1)) ![](https://evil.example/z.png)`,
    }),
  ],
  { ticket: "acme/tally#66" },
);
const ledgers: Entry[][] = [aTicketLedger(), aTicketLedger("planned", { ticket: "acme/tally#14" }), evil];
const PATHS = ["/", "/board", "/figures", "/tickets/acme/tally/12", "/tickets/acme/tally/12/diff", "/tickets/acme/tally/66", "/tickets/acme/tally/99"]; // prettier-ignore
const SPENT = ["architect", "reviewer"].map((role) => ({ day: "2026-03-02", repository: "acme/tally", role, model: `${role} model`, calls: 2, tokens: 900, costMicroUsd: 2_000 })); // prettier-ignore
const FILE: ShownFile = { path: `src/${EVIL}.js`, action: "change", kind: "text", added: 1, removed: 1, hunks: [{ oldStart: 1, newStart: 1, lines: ["-old", `+${EVIL} ${"long ".repeat(60)}`] }] }; // prettier-ignore

/** What axe finds wrong, by its rule and where it stands. */
type Found = { readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: unknown }[] }[] }; // prettier-ignore

inBrowser("the pages in a browser", () => {
  let server: Server;
  let browser: Browser;
  let base = "";
  /** So many entries of each ledger have happened. */
  let told = Infinity;
  let does: Now | null = null;

  beforeAll(async () => {
    const answer = pages({
      tickets: async () => ledgers.flatMap((entries) => summaryOf(entries) ?? []),
      phases: async () => new Map(),
      ledger: async (key) => ledgers.find((entries) => entries[0]?.ticket === key)?.slice(0, told) ?? [],
      spent: async () => SPENT,
      change: async () => ({ files: [FILE], more: 0 }),
      today: () => new Date("2026-03-04T12:00:00Z"),
      underWay: (key) => (key === "acme/tally#14" ? does : null),
      liveEveryMs: 50,
    });
    server = createServer((req, res) => {
      void answer(req, res).then((done) => {
        if (!done) res.writeHead(404).end();
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"], // prettier-ignore
    });
  });

  afterAll(async () => {
    await browser?.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  async function open(path: string, look: { colorScheme?: "light" | "dark"; width?: number } = {}) {
    const page = await browser.newPage({ colorScheme: look.colorScheme ?? "light", viewport: { width: look.width ?? 1280, height: 900 } }); // prettier-ignore
    const seen = { errors: [] as string[], strangers: [] as string[] };
    page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));
    page.on("pageerror", (error) => seen.errors.push(error.message));
    page.on("request", (request) => !request.url().startsWith(`${base}/`) && seen.strangers.push(request.url()));
    const response = await page.goto(base + path, { waitUntil: "load" });
    return { page, seen, status: response?.status() };
  }

  it.each(PATHS)("%s loads nothing from elsewhere and has no error", async (path) => {
    const { page, seen, status } = await open(path);
    expect(seen.strangers).toEqual([]);
    // A browser reports the status of a page that is rightly not found as an error of its own.
    expect(seen.errors.filter((one) => !(status === 404 && one.includes("404")))).toEqual([]);
    await page.close();
  });

  it.each(["/", "/tickets/acme/tally/66"])("%s shows a title full of HTML as text", async (path) => {
    const { page } = await open(path);
    expect(await page.title()).not.toBe("owned");
    expect(await page.getByText(EVIL).count()).toBeGreaterThan(0);
    expect(await page.locator("main img, main script, main svg, main [onerror], main [onload]").count()).toBe(0);
    expect(await page.locator('main a[href^="javascript"]').count()).toBe(0);
    await page.close();
  });

  it.each(PATHS.flatMap((path) => [["light", path] as const, ["dark", path] as const]))(
    "in %s, axe finds nothing that keeps people from using %s",
    async (colorScheme, path) => {
      const { page } = await open(path, { colorScheme });
      await page.evaluate(axe.source);
      const found = (await page.evaluate("axe.run()")) as Found;
      expect(found.violations.map(({ id, nodes }) => [id, ...nodes.map(({ target }) => String(target))])).toEqual([]);
      await page.close();
    },
  );

  it.each([360, 800, 1280])("at %d pixels nothing sticks out sideways", async (width) => {
    const { page } = await open("/", { width });
    for (const path of PATHS) {
      await page.goto(base + path);
      const over = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
      expect({ path, over }).toEqual({ path, over: 0 });
    }
    await page.close();
  });

  it("show what happens while they are open, and keep what a reader has open and focused", async () => {
    told = 5;
    const { page, seen } = await open("/tickets/acme/tally/12");
    await page.locator(".md details summary").first().click();
    await page.locator(".stamp a").nth(1).focus();
    expect(await page.locator(".thread > li").count()).toBe(5);
    told = Infinity;
    await page.locator("#entry-6").waitFor();
    expect(await page.locator(".md details[open]").count()).toBe(1);
    expect(await focused(page)).toBe("#2");
    await page.goto(base);
    await page.keyboard.press("/");
    expect(await page.evaluate("document.activeElement.name")).toBe("q");
    expect(seen.errors).toEqual([]);
    await page.close();
  });

  it("follow a step in one line, and leave everything else as a reader has it", async () => {
    const doing = { turn: 1, tool: null, inputTokens: 0, outputTokens: 7 };
    does = { step: "implement", since: Date.now(), waitsFor: null, doing };
    const { page, seen } = await open("/tickets/acme/tally/14");
    await page.locator(".right-now", { hasText: "Turn 1: 0 tokens read and 7 written so far." }).waitFor();
    await page.locator(".md details summary").first().click();
    await page.evaluate("document.querySelector('.thread').dataset.kept = 'yes'");
    does = { ...does, doing: { ...doing, turn: 2, tool: "read_file", inputTokens: 1_300 } };
    await page.locator(".right-now", { hasText: "Turn 2, tool read_file: 1,300 tokens read" }).waitFor();
    expect(await page.evaluate("document.querySelector('.thread').dataset.kept")).toBe("yes");
    expect(await page.locator(".md details[open]").count()).toBe(1);
    does = null;
    await page.locator(".right-now").waitFor({ state: "detached" });
    expect(seen.errors).toEqual([]);
    await page.close();
  });

  it("can be walked with the keyboard, from the list to a ticket and to the thread", async () => {
    const { page } = await open("/");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    // Past the search: its fields come first, and each is one step.
    let pressed = 0;
    while (pressed < 15 && !(await onTicket(page))) {
      await page.keyboard.press("Tab");
      pressed += 1;
    }
    expect(pressed).toBeLessThan(15);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/tickets\//);
    expect(await page.locator("h1").count()).toBe(1);
    await page.goto(`${base}/tickets/acme/tally/12`);
    const fold = page.locator(".md summary").first();
    await fold.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".md details[open]").count()).toBe(1);
    await page.close();
  });
});

function onTicket(page: Page): Promise<unknown> {
  return page.evaluate("/^\\/tickets\\/[^.]+$/.test(document.activeElement.getAttribute('href') ?? '')");
}

function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.textContent.trim()");
}
