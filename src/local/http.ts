import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Actor, type Tokens, authorize } from "./auth.ts";
import { type Exchange, type LoggedRequest, kindOf, logged } from "./exchange.ts";
import { type Failures, failed } from "./failures.ts";
import { type Json, isJson } from "./input.ts";
import type { RateLimit } from "./rate.ts";
import { Refusal, notFound } from "./refusal.ts";
import type { Answer, Call, Match, Route, Router } from "./route.ts";
import { fullName } from "./state.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** One HTTP request from its bytes to its answer: who asks, which route, may they, what comes back. */
export type Desk = {
  readonly world: World;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly router: Router;
  readonly rate: RateLimit;
  readonly failures: Failures;
  readonly log: LoggedRequest[];
  readonly onExchange: (exchange: Exchange) => void;
};

/** GitHub takes no request larger than 25 MB or so; blobs may have up to 100 MB, which no test needs here. */
const REQUEST_BYTES_MAX = 25_000_000;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
};

export async function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", desk.world.url);
  const method = request.method ?? "GET";
  const path = canonicalPath(desk.world, url.pathname);
  let actor: Actor | null = null;
  let answer: Answer;
  let body: unknown = null;
  const match = desk.router.find(method, path);
  const failure = desk.failures.take(method, path);
  try {
    const bytes = await readAll(request);
    if (!request.headers["user-agent"]) throw new Refusal(403, "Request forbidden by administrative rules.");
    actor = desk.tokens.actor(request.headers.authorization);
    if (kindOf(path) !== "download") desk.rate.spend(actor);
    body = parse(bytes);
    const isLost = failure !== null && failure.after !== "done";
    answer = isLost
      ? failed(failure)
      : answerTo(desk, match, actor, { method, path, query: url.searchParams, body }, request);
  } catch (error) {
    answer = refusalAnswer(error);
  }
  if (failure) answer = failed(failure);
  const template = match === "no-route" ? null : match.route.template;
  const exchange: Exchange = {
    ...{ method, path, template, params: match === "no-route" ? {} : match.params },
    ...{ query: Object.fromEntries(url.searchParams), requestBody: body },
    ...{ status: answer.status, responseBody: answer.raw ? undefined : answer.body },
    origin: failure ? "injected" : "answered",
  };
  send(desk, request, response, actor, answer);
  desk.log.push(
    logged(
      desk.world,
      actor,
      { ...exchange, status: response.statusCode },
      match === "no-route" ? "nothing" : match.route.creates,
    ),
  );
  desk.onExchange(exchange);
}

/** Repositories have a second address by number, which redirects use. */
function canonicalPath(world: World, path: string): string {
  const byNumber = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
  const repo = byNumber && world.repositories.get(Number(byNumber[1]));
  return repo ? `/repos/${fullName(repo)}${byNumber[2] ?? ""}` : path;
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > REQUEST_BYTES_MAX) throw new Refusal(413, "Request entity too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function parse(bytes: Buffer): unknown {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Refusal(400, "Problems parsing JSON");
  }
}

function answerTo(desk: Desk, match: Match | "no-route", actor: Actor, asked: Asked, request: IncomingMessage): Answer {
  if (match === "no-route") throw notFound();
  const accept = request.headers.accept ?? "";
  // Other forms than JSON and raw bytes are not served: better a clear no than JSON where a diff was asked for.
  if (/vnd\.github[\w.-]*\.(diff|patch|html|full|text)/.test(accept))
    throw new Refusal(415, "Unsupported 'Accept' header");
  if (asked.body !== null && !isJson(asked.body)) throw new Refusal(400, "Body should be a JSON object");
  const call: Call = {
    ...{ world: desk.world, tokens: desk.tokens, webhooks: desk.webhooks, actor, params: match.params, accept },
    ...{ query: asked.query, body: (asked.body ?? {}) as Json, address: `${desk.world.url}${asked.path}` },
  };
  return dispatch(match.route, call, asked.method);
}

function dispatch(route: Route, call: Call, method: string): Answer {
  if (route.scope === "anywhere") return route.handle(call);
  const repo = call.world.repository(call.params["owner"] ?? "", call.params["repo"] ?? "");
  if (!repo) throw notFound();
  authorize(call.world, call.actor, repo, route.need, method === "GET" ? "reads" : "writes");
  return route.handle({ ...call, repo });
}

function refusalAnswer(error: unknown): Answer {
  if (error instanceof Refusal) return { status: error.status, body: error.body, headers: error.headers };
  // A bug of this server: said with its place, so that nobody takes it for GitHub's behaviour.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: 500, body: { message: `Bug in the local GitHub: ${stack}` } };
}

function send(
  desk: Desk,
  request: IncomingMessage,
  response: ServerResponse,
  actor: Actor | null,
  answer: Answer,
): void {
  const bytes = answer.raw ?? (answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body)));
  const tag = `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
  const isCacheable = request.method === "GET" && answer.status === 200;
  const isKnown = isCacheable && request.headers["if-none-match"] === tag;
  if (isKnown && actor) desk.rate.giveBack(actor);
  const headers: Record<string, string> = {
    "X-GitHub-Request-Id": randomUUID(),
    "X-GitHub-Media-Type": "github.v3; format=json",
    ...(actor ? desk.rate.headers(actor) : {}),
    ...(isCacheable ? { ETag: tag, "Cache-Control": "private, max-age=60, s-maxage=60" } : {}),
    ...(bytes.length > 0 && !isKnown ? { "Content-Type": contentType(answer) } : {}),
    ...answer.headers,
  };
  response.writeHead(isKnown ? 304 : answer.status, headers);
  response.end(isKnown ? undefined : bytes);
}

function contentType(answer: Answer): string {
  return answer.raw ? "application/octet-stream" : "application/json; charset=utf-8";
}
