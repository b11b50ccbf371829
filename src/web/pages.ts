import type { IncomingMessage, ServerResponse } from "node:http";
import type { ChainFault, Entry } from "../core/ledger/chain.ts";
import { parseTicketKey } from "../core/ledger/ids.ts";
import { fold } from "../core/ticket/fold.ts";
import { type Filter, filtered, filterIn, queryOf } from "./filter.ts";
import { ICON, ICON_PATH, notice, STYLE_PATH, WHOLE_STYLE } from "./layout.ts";
import { boardPage } from "./board.ts";
import { diffPage } from "./diff-page.ts";
import { figures, type FiguresPath, isFigures } from "./figure-routes.ts";
import { listPage } from "./list-page.ts";
import { LIVE_SCRIPT, LIVE_SCRIPT_PATH } from "./live-script.ts";
import { liveStream, Streams } from "./live.ts";
import { liveOf } from "./live-routes.ts";
import { metricsText } from "./metrics.ts";
import { OPENAPI } from "./openapi.ts";
import type { PageDeps } from "./page-deps.ts";
import { stuckPage } from "./stuck.ts";
import { csv, isTable, type Row, ticketRow, ticketTables } from "./tables.ts";
import { ticketPage } from "./ticket-page.ts";

type Answer = {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly cache?: string;
  readonly next?: string;
};

/**
 * Read-only pages on plain node:http. @returns false for a path that is not a page, left for somebody else to answer
 */
export function pages(deps: PageDeps): (req: IncomingMessage, res: ServerResponse) => Promise<boolean> {
  const streams = deps.streams ?? new Streams();
  return async (req, res) => {
    const path = (req.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
    const query = new URLSearchParams((req.url ?? "").split("#", 1)[0]?.split("?").slice(1).join("?") ?? "");
    const live = req.method === "GET" || req.method === "HEAD" ? liveOf(path, deps) : null;
    if (live) {
      await liveStream(req, res, SAFE_HEADERS, live, streams);
      return true;
    }
    const route = routeOf(path, filterIn(query), deps);
    if (!route) return false;
    if (req.method !== "GET" && req.method !== "HEAD") {
      res.setHeader("allow", "GET, HEAD");
      send(req, res, text(405, "This page can only be read.\n"));
      return true;
    }
    try {
      send(req, res, await route());
    } catch {
      // What failed is in the server's log already (the stores log); a stack would tell strangers about the host.
      send(req, res, page(503, notice("Out of order", "The ledger cannot be read right now. Try again in a moment.")));
    }
    return true;
  };
}

function routeOf(path: string, filter: Filter, deps: PageDeps): (() => Promise<Answer>) | null {
  const { page: at = 1 } = filter;
  const asked = () => deps.tickets(at);
  const isMore = async () => (await deps.older?.(at)) ?? false;
  const withNext = async (answer: Answer): Promise<Answer> =>
    (await isMore()) ? { ...answer, next: `${path}${queryOf({ ...filter, page: at + 1 })}` } : answer;
  switch (path) {
    case "/":
      return async () => page(200, listPage(await asked(), filter, deps.visitor, await deps.stuck?.(), await isMore()));
    case "/board":
      return async () => page(200, boardPage(await asked(), filter, deps.visitor, await isMore()));
    case "/tickets.json":
      return async () => withNext(json(200, filtered(await asked(), filter).map(ticketRow)));
    case "/tickets.csv":
      return async () => withNext(table(filtered(await asked(), filter).map(ticketRow)));
    case "/openapi.json":
      return async () => json(200, OPENAPI);
    case STYLE_PATH:
      return async () => ({ status: 200, type: "text/css; charset=utf-8", body: WHOLE_STYLE, cache: IMMUTABLE });
    case LIVE_SCRIPT_PATH:
      return async () => ({ status: 200, type: "text/javascript; charset=utf-8", body: LIVE_SCRIPT, cache: IMMUTABLE });
    case ICON_PATH:
      return async () => ({ status: 200, type: "image/svg+xml", body: ICON, cache: "public, max-age=86400" });
    case "/health":
      return async () => json(200, { status: "ok" });
    case "/key":
      return async () => text(200, (deps.publicKeys ?? []).map((key) => `${key}\n`).join(""));
    case "/ready":
      return async () => readiness(deps);
    case "/metrics":
      return async () => metrics(deps);
    default:
      if (isFigures(path)) return async () => figureAnswer(path, deps);
      return path.startsWith("/tickets/") ? () => ticket(path, deps) : null;
  }
}

async function figureAnswer(path: FiguresPath, deps: PageDeps): Promise<Answer> {
  const made = await figures(path, deps);
  if ("page" in made) return page(200, made.page);
  return path.endsWith(".csv") ? table(made.rows) : json(200, made.rows);
}

async function ticket(path: string, deps: PageDeps): Promise<Answer> {
  const [owner, name, named = "", ...rest] = path.slice("/tickets/".length).replace(/\/$/, "").split("/");
  const number = named.replace(/\.json$/, "");
  const key = `${owner}/${name}#${number}`;
  if (rest.length > 1 || !parseTicketKey(key)) return NOT_FOUND;
  const stored = await deps.ledger(key);
  // What somebody put into the database from outside is shown nowhere, and decides nothing, such as which commit is compared.
  const fault = deps.fault?.(key, stored) ?? null;
  const entries = fault ? stored.slice(0, fault.seq - 1) : stored;
  const [file] = rest;
  if (file === "diff") return changeOf(entries, fault, deps);
  if (file !== undefined || named !== number) return tablesOf(entries, file);
  const would = isDryRun(entries) ? ((await deps.would?.(key)) ?? []) : [];
  const stuck = ((await deps.stuck?.()) ?? []).filter((one) => one.ticket === key);
  const body = ticketPage({
    entries,
    fault,
    forgeUrl: deps.forgeUrl ?? null,
    would,
    now: deps.underWay?.(key) ?? null,
    stuck,
  });
  const shown = body ?? stuckPage(stuck);
  return shown === null ? NOT_FOUND : page(200, shown);
}

async function changeOf(entries: readonly Entry[], fault: ChainFault | null, { change }: PageDeps): Promise<Answer> {
  const ticket = fold(entries);
  if (!ticket) return NOT_FOUND;
  const shown = ticket.change && change ? await change(ticket) : "There is no change of this ticket yet.";
  return page(200, diffPage(ticket, shown, fault));
}

function isDryRun(entries: readonly Entry[]): boolean {
  return entries.some((one) => one.kind === "routed" && one.data.dryRun === true);
}

/** @param file one of the tables, as CSV; absent: all of them as JSON */
function tablesOf(entries: readonly Entry[], file: string | undefined): Answer {
  const tables = ticketTables(entries);
  if (!tables) return NOT_FOUND;
  if (file === undefined) return json(200, tables);
  const name = /^([a-z]+)\.csv$/.exec(file)?.[1] ?? "";
  return isTable(name) ? table(tables[name]) : NOT_FOUND;
}

async function metrics({ phases, totals, measures }: PageDeps): Promise<Answer> {
  return text(200, await metricsText(await phases(), (await totals?.()) ?? {}, measures));
}

async function readiness(deps: PageDeps): Promise<Answer> {
  try {
    const { notReady: why, stuck = 0 } = (await deps.readiness?.()) ?? { notReady: null };
    return why === null ? json(200, { status: "ready", stuck }) : json(503, { status: "not-ready", why });
  } catch {
    return json(503, { status: "not-ready", why: "The check itself failed." });
  }
}

const NOT_FOUND = page(404, notice("Not found", "There is no such ticket on this server."));
/** The path holds a hash of the content. */
const IMMUTABLE = "public, max-age=31536000, immutable";

/**
 * No scripts but our one file, no frames, no forms but the search of our own, nothing from another host: what strangers wrote on
 * a page stays text. Nothing else that is served here has a script's type, and `nosniff` keeps browsers from taking it for one.
 */
export const SAFE_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

function send(req: IncomingMessage, res: ServerResponse, answer: Answer): void {
  res.writeHead(answer.status, {
    ...SAFE_HEADERS,
    "content-type": answer.type,
    "content-length": Buffer.byteLength(answer.body),
    "cache-control": answer.cache ?? "no-store",
    ...(answer.next === undefined ? {} : { link: `<${answer.next}>; rel="next"` }),
  });
  res.end(req.method === "HEAD" ? undefined : answer.body);
}

function page(status: number, body: string): Answer {
  return { status, type: "text/html; charset=utf-8", body };
}

function text(status: number, body: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body };
}

function table(rows: readonly Row[]): Answer {
  return { status: 200, type: "text/csv; charset=utf-8; header=present", body: csv(rows) };
}

function json(status: number, value: object): Answer {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}
