import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { ForgeAway } from "../forge/forge.ts";
import { z } from "zod";
import type { Rest } from "./client.ts";
import type { Grounds } from "./grounds.ts";
import { HOLDER_HEADER, shownToHolder } from "./as-app.ts";
import { LISTING, PERMISSIONS } from "./permissions.ts";
import type { Permissions } from "./rights.ts";
import { sparing } from "./sparing.ts";

/**
 * The process that holds the App's key answers those that do not. It passes on what a worker asks as the App, and nothing else
 * that the key could do: tokens for one repository with no more rights than a ticket needs, or for looking at labels and
 * issues. The key itself, and a JWT made of it, never leave.
 */
export type KeyHolder = {
  readonly app: Rest;
  /** What the workers show. */
  readonly secret: string;
  readonly log: { info(what: object, message: string): void; warn(what: object, message: string): void };
  /** Whether a worker has anything to do in a repository. */
  readonly grounds: Pick<Grounds, "has">;
  /** For tests. */
  readonly hourly?: typeof HOURLY;
};

/**
 * In an hour, for all workers together. A sweep after a long outage asks for a thousand deliveries again and goes on in the next
 * hour; and no more repositories than that have open tickets. Whoever took over a worker must not have GitHub send the whole
 * record again and again, walk through every repository in minutes, or use up the requests of an installation with questions
 * about labels. Those questions have a number of their own: asked in vain they keep nobody from a repository that a webhook told of.
 */
const HOURLY = { redeliveriesMax: 1_000, repositoriesMax: 1_000, looksMax: 1_000 };
const HOUR_MS = 60 * 60_000;

/** A request names a repository and what is asked for it. */
const BODY_BYTES_MAX = 4_096;

/** What is asked for while a ticket is worked on or a sweep looks for what no webhook told. */
const ASKED: readonly (readonly [method: string, path: RegExp])[] = [
  ["GET", /^\/app$/],
  ["GET", /^\/app\/hook\/config$/],
  ["GET", /^\/app\/installations$/],
  ["GET", /^\/app\/installations\/\d{1,15}$/],
  ["GET", /^\/repos\/[\w.-]{1,100}\/[\w.-]{1,100}\/installation$/],
  ["GET", /^\/app\/hook\/deliveries$/],
  ["GET", /^\/app\/hook\/deliveries\/\d{1,20}$/],
  ["POST", /^\/app\/hook\/deliveries\/\d{1,20}\/attempts$/],
];
const TOKEN = /^\/app\/installations\/(\d{1,15})\/access_tokens$/;
const QUERY = /^(?:(?:page|per_page)=\d{1,6}|cursor=[\w%.-]{1,200}|&)*$/;
/** A dot alone, or two, would lead to another path. */
const DOTS = /\/\.{1,2}(?:\/|$)/;

const levels = z.enum(["read", "write"]);
const tokenSchema = z.strictObject({
  repository_ids: z.array(z.int().positive()).length(1).optional(),
  permissions: z.record(z.string(), levels),
});

/** @returns what is passed on, or why it is not */
export function passedOn(method: string, target: string, body: string): Asked | string {
  const [path = "", query = ""] = target.split("?", 2);
  if (!QUERY.test(query) || DOTS.test(path)) return "The process that holds the App's key passes on no such request.";
  if (method === "POST" && TOKEN.test(path)) return tokenAsked(path, body);
  const isKnown = ASKED.some(([known, fits]) => known === method && fits.test(path));
  if (!isKnown) return "The process that holds the App's key passes on no such request.";
  return { method, url: query ? `${path}?${query}` : path, body: {} };
}

type Asked = { readonly method: string; readonly url: string; readonly body: z.infer<typeof tokenSchema> | object };

function tokenAsked(path: string, body: string): Asked | string {
  const wanted = tokenSchema.safeParse(readJson(body));
  if (!wanted.success) return "A token is for one repository, named by its id, with named permissions.";
  const { repository_ids: ids, permissions } = wanted.data;
  const most: Permissions = ids ? PERMISSIONS : LISTING;
  const more = Object.entries(permissions).filter(([name, level]) => !within(most, name, level));
  if (more.length > 0 || Object.keys(permissions).length === 0)
    return `A token ${ids ? "for a repository" : "for an installation"} has at most ${shown(most)}.`;
  return { method: "POST", url: path, body: wanted.data };
}

function within(most: Permissions, name: string, level: "read" | "write"): boolean {
  const held = Object.hasOwn(most, name) ? most[name] : undefined;
  return held === "write" || (held === "read" && level === "read");
}

function shown(permissions: Permissions): string {
  return Object.entries(permissions)
    .map(([name, level]) => `${name}: ${level}`)
    .join(", ");
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Of GitHub's answer: what the client of a worker reads. */
const HEADERS = ["link", "date", "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"];

export function keyHolder(holder: KeyHolder) {
  const { app, log } = holder;
  const refused = sparing((told: { why: string }) => log.warn(told, "a worker's request was not passed on"));
  // No path: it is as long as a stranger likes.
  const unknown = sparing((told: { why: string }) => log.warn(told, "somebody asked for the App's key"));
  const permit = permits(holder);
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/" } = req;
    if (!isSecret(req.headers.authorization, holder.secret)) {
      unknown({ why: "The workers' secret was not shown, or another one." });
      return answer(res, 403, { message: "COOP_KEYS_SECRET is another one at the process that holds the App's key." });
    }
    const body = await bodyOf(req);
    const asked = body === null ? "The request is too large." : passedOn(method, url, body);
    const permitted = typeof asked === "string" ? asked : await permit(asked);
    if (typeof asked === "string" || typeof permitted === "string") {
      refused({ why: String(permitted) });
      return answer(res, 403, { message: permitted });
    }
    const { status, data, headers } = "status" in permitted ? permitted : await onBehalf(app, asked);
    if (status >= 400 && "unused" in permitted) permitted.unused();
    note(log, asked, status);
    const kept = HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]]));
    answer(res, status, data, Object.fromEntries(kept) as Record<string, string>);
  };
}

/** Who the App is everybody may know; all else is a line. The path is one of the closed list. */
function note(log: KeyHolder["log"], { method, url, body }: Asked, status: number): void {
  const path = url.split("?", 1)[0] ?? "";
  const installation = TOKEN.exec(path)?.[1];
  if (installation !== undefined) log.info({ installation, ...body, status }, "a token was asked for");
  else if (path !== "/app") log.info({ method, path, status }, "a worker's request was passed on");
}

type Permitted = { /** GitHub gave nothing for it, so it does not count. */ readonly unused: () => void };

/**
 * A token counts after there are grounds for it: whatever a worker asks for in vain takes no other repository's place.
 * @returns of a request why it is not passed on, or GitHub's answer where that did not tell. A limit of ours is never said as a rate
 *   limit of GitHub's: all workers would stop asking for an hour.
 */
function permits(holder: KeyHolder): (asked: Asked) => Promise<string | Answered | Permitted> {
  const { redeliveriesMax, repositoriesMax, looksMax } = holder.hourly ?? HOURLY;
  const redelivered = hourly(redeliveriesMax);
  const repositories = hourly(repositoriesMax);
  const looks = hourly(looksMax);
  return async ({ url, body }) => {
    const [repository] = "repository_ids" in body ? (body.repository_ids ?? []) : [];
    if (url.endsWith("/attempts") && !redelivered(Symbol(url)))
      return `Workers may ask for at most ${redeliveriesMax} deliveries an hour again.`;
    if (repository === undefined) return { unused: () => undefined };
    const refused = await groundless(holder, Number(TOKEN.exec(url)?.[1]), repository, () => looks(Symbol()) !== null);
    if (refused === "not-looked")
      return `Of a repository that no webhook told of, GitHub is asked at most ${looksMax} times an hour.`;
    if (refused !== null) return refused;
    const unused = repositories(repository);
    return unused ? { unused } : `Workers get tokens for at most ${repositoriesMax} repositories an hour.`;
  };
}

/** @returns why there is nothing to do in the repository that a token is asked for; GitHub's answer where it did not tell; or null */
async function groundless(
  { grounds, log }: KeyHolder,
  installation: number,
  repository: number,
  mayLook: () => boolean,
): Promise<string | Answered | null> {
  let looked = true;
  try {
    if (await grounds.has(installation, repository, () => (looked = mayLook()))) return null;
  } catch (error) {
    log.warn({ repository, error: String(error) }, "whether a repository has a ticket was not told");
    return asAnswer(error);
  }
  if (!looked) return "not-looked";
  log.warn({ repository }, "a worker asked for a token of a repository without a ticket");
  return "No webhook told of anything to do in this repository, and none of its open issues carries a label of the App.";
}

/** @returns for one that is among the first `most` different ones of an hour: how to take it back */
function hourly(most: number): (one: number | symbol) => (() => void) | null {
  const since = new Map<number | symbol, number>();
  return (one) => {
    const now = performance.now();
    for (const [known, at] of since) if (now - at >= HOUR_MS) since.delete(known);
    if (since.has(one)) return () => undefined;
    if (since.size >= most) return null;
    since.set(one, now);
    return () => void since.delete(one);
  };
}

type Answered = {
  readonly status: number;
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
};

async function onBehalf(app: Rest, { method, url, body }: Asked): Promise<Answered> {
  try {
    return await app.request({ method: method as "GET", url, ...body });
  } catch (error) {
    return asAnswer(error);
  }
}

/** What GitHub answered, such as that it is asked too often; the worker waits as it would by itself. */
function asAnswer(error: unknown): Answered {
  if (error instanceof ForgeAway && error.retryAfterMs !== null) {
    const headers = { "retry-after": Math.ceil(error.retryAfterMs / 1000) };
    return { status: 429, data: { message: error.message }, headers };
  }
  const { status, response } = error as { status?: number; response?: Answered };
  if (response) return response;
  if (typeof status === "number" && status >= 400) return { status, data: { message: String(error) }, headers: {} };
  return { status: 502, data: { message: "The process that holds the App's key cannot reach GitHub." }, headers: {} };
}

/** Compared in constant time. */
function isSecret(authorization: string | undefined, secret: string): boolean {
  const given = Buffer.from(/^bearer (\S+)$/i.exec(authorization ?? "")?.[1] ?? "");
  const known = Buffer.from(shownToHolder(secret));
  return given.length === known.length && timingSafeEqual(given, known);
}

/** @returns null when it is larger than any that is passed on */
async function bodyOf(req: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function answer(res: ServerResponse, status: number, data: unknown, headers: Record<string, string> = {}): void {
  const own = { [HOLDER_HEADER]: "1", "cache-control": "no-store" };
  res.writeHead(status, { ...headers, ...own, "content-type": "application/json; charset=utf-8" });
  res.end(status === 204 ? "" : JSON.stringify(data ?? {}));
}
