import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pageDeps, type Shown } from "./app-pages.ts";
import { octokitLog, type Parts } from "./app-parts.ts";
import type { Config } from "./config.ts";
import { inWords } from "./errors-in-words.ts";
import type { World } from "./flow/world.ts";
import { keyHolder } from "./github/key-holder.ts";
import { githubLogin } from "./github/login.ts";
import type { Rest } from "./github/client.ts";
import { type Grounds, grounds, type GroundsParts } from "./github/grounds.ts";
import { clientAsApp, clientWithToken } from "./github/octokit.ts";
import { receiver } from "./github/receive.ts";
import { steadyClock } from "./queue/steady-clock.ts";
import { isKnownHost, UNKNOWN_HOST } from "./web/asked-host.ts";
import { type Address, closeServer, CLOSING, listenAt, notFound } from "./web/listen.ts";
import { Streams } from "./web/live.ts";
import { behindLogin } from "./web/login.ts";
import type { PageDeps } from "./web/page-deps.ts";
import { pages } from "./web/pages.ts";

/** The server: GitHub's webhooks at two paths, the read-only pages at all others or at an address of their own. */
export const WEBHOOK_PATHS = ["/api/github/webhooks", "/"] as const;

type Take = Parameters<typeof receiver>[0]["onDelivery"];

/** @returns the sentence that says why it cannot listen; null for a worker that does not */
export async function listen(
  config: Config,
  parts: Parts,
  shown: Shown,
  take: Take,
  held: Held | null,
): Promise<Server | string | null> {
  const answering = answeringOn(parts);
  if (config.role === "worker") return listenForMeasures(config, pageDeps(config, shown), answering);
  const { appId, privateKey, webhookSecret, githubApiUrl: baseUrl } = config;
  if (privateKey === null || webhookSecret === null) throw new Error("Webhooks need the App's key and their secret");
  // A worker has no use for it: some megabytes.
  const { startProbot } = await import("./github/probot.ts");
  const probot = await startProbot({ appId, privateKey, webhookSecret, baseUrl, log: parts.log });
  const onError = (error: unknown) => parts.log.error({ error: inWords(error) }, "a delivery could not be stored");
  const onRefused = (refused: object) => parts.log.warn(refused, "a delivery was refused");
  const receive = receiver({ verify: probot.verify, onDelivery: take, onError, onRefused });
  const streams = new Streams();
  const now = parts.now ?? neverBack();
  const show = knownOnly(config, shownTo(config, { ...pageDeps(config, shown), streams }, { ...shown.world, now }));
  const elsewhere = config.pages;
  const server = answering((req, res) => {
    if (isWebhook(req)) return heard(shown.world, res, () => receive(req, res));
    return elsewhere && !PROBES.has(pathOf(req)) ? notHere(res) : show(req, res);
  });
  server.once(CLOSING, () => streams.endAll());
  const beside: Beside[] = [];
  if (elsewhere) beside.push([answering(show), elsewhere, "PAGES_"]);
  if (config.keysAt && held) {
    const holder = keyHolder({ ...config.keysAt, ...held, log: parts.log });
    beside.push([answering(holder), config.keysAt, "KEYS_"]);
  }
  return (await listenAt(server, config)) ?? (await listenBeside(server, beside)) ?? server;
}

/** GitHub sends for ten seconds at most; whoever is slower only holds memory. */
const SLOW = { requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** A request that fails ends, and not the process. */
function answeringOn({ log }: Parts) {
  return (answer: (req: IncomingMessage, res: ServerResponse) => Promise<unknown>): Server => {
    const server = createServer(SLOW, (req, res) => {
      answer(req, res).catch((error: unknown) => {
        log.error({ path: pathOf(req), error: inWords(error) }, "a request failed");
        res.destroy();
      });
    });
    // Such as no file handle left for one connection more: those that stand go on.
    const onError = (error: Error) => log.error({ error: inWords(error) }, "a connection could not be taken");
    return server.once("listening", () => server.on("error", onError));
  };
}

/** A worker shows no ticket: only how it is. @returns null where it listens nowhere; the sentence that says why it cannot */
async function listenForMeasures(
  { measuresAt }: Config,
  deps: PageDeps,
  answering: ReturnType<typeof answeringOn>,
): Promise<Server | string | null> {
  if (!measuresAt) return null;
  const show = pages(deps);
  const isShown = (path: string) => PROBES.has(path) || path === "/metrics";
  const server = answering((req, res) => (isShown(pathOf(req)) ? show(req, res) : notHere(res)));
  return (await listenAt(server, measuresAt, "METRICS_")) ?? server;
}

/** What the holder of the App's key asks GitHub with, and why it gives tokens. */
export type Held = { readonly app: Rest; readonly grounds: Grounds };

/** @returns null where no other process asks this one */
export function heldKey(
  { appId, privateKey, webhookSecret, keysAt, githubApiUrl: baseUrl }: Config,
  parts: Parts,
  { marks, now }: Pick<GroundsParts, "marks" | "now">,
): Held | null {
  if (!keysAt || privateKey === null || webhookSecret === null) return null;
  const log = octokitLog(parts.log);
  const app = clientAsApp({ appId, privateKey, baseUrl, log });
  const withToken = (token: string) => clientWithToken({ baseUrl, log }, token);
  return { app, grounds: grounds({ app, withToken, marks, webhookSecret, now }) };
}

type Beside = readonly [server: Server, at: Address, setting: string];

/** What has an address of its own ends with the server. */
async function listenBeside(server: Server, beside: readonly Beside[]): Promise<string | null> {
  for (const [other, at, setting] of beside) {
    server.once("close", () => {
      other.closeAllConnections();
      other.close();
    });
    const wrong = await listenAt(other, at, setting);
    if (wrong === null) continue;
    await closeServer(server);
    return wrong;
  }
  return null;
}

/** By how it was answered alone: what stands in a request is anybody's until its signature was checked. */
function heard({ telemetry }: World, res: ServerResponse, receive: () => Promise<void>): Promise<void> {
  const ended = () => ({ outcome: `${Math.floor(res.statusCode / 100)}xx`, failed: res.statusCode >= 500 });
  return telemetry?.part({ kind: "webhook" }, receive, ended) ?? receive();
}

/** By which sessions and rights end: a right that somebody lost must not hold an hour longer because the clock was set back. */
function neverBack(): () => Date {
  const clock = steadyClock();
  return () => new Date(clock());
}

function shownTo(
  { pagesLogin, publicUrl, githubApiUrl: apiUrl }: Config,
  deps: PageDeps,
  { now, repositories }: Pick<World, "now" | "repositories">,
) {
  if (!pagesLogin || publicUrl === null) return pages(deps);
  return behindLogin(deps, {
    login: githubLogin({ apiUrl, ...pagesLogin }),
    publicUrl,
    now,
    placesOf: repositories.placesOf,
  });
}

/** What a machine asks that keeps the server running; nothing of any ticket. */
const PROBES: ReadonlySet<string> = new Set(["/health", "/ready"]);

function pathOf(req: IncomingMessage): string {
  return (req.url ?? "/").split("?", 1)[0] ?? "/";
}

function isWebhook(req: IncomingMessage): boolean {
  return pathOf(req) === WEBHOOK_PATHS[0] || (pathOf(req) === WEBHOOK_PATHS[1] && req.method === "POST");
}

async function notHere(res: ServerResponse): Promise<void> {
  notFound(res);
}

function knownOnly({ host, pages: at, publicUrl }: Config, show: ReturnType<typeof pages>) {
  const known = [host, ...(at ? [at.host] : []), ...(publicUrl ? [new URL(publicUrl).hostname] : [])];
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!isKnownHost(req.headers.host, known) && !PROBES.has(pathOf(req))) {
      res.writeHead(421, { "content-type": "text/plain; charset=utf-8" });
      res.end(UNKNOWN_HOST);
    } else if (!(await show(req, res))) notFound(res);
  };
}
