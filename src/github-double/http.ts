import { createHash, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Actor, type Tokens, authorize } from "./auth.ts";
import { type Exchange, type LoggedRequest, kindOf, logged } from "./exchange.ts";
import { type Failure, type Failures, failed } from "./failures.ts";
import { isJson } from "./input.ts";
import type { Oauth } from "./oauth.ts";
import type { RateLimit } from "./rate.ts";
import { Refusal, notFound } from "./refusal.ts";
import { arrivalOf, type Secondary } from "./secondary-limits.ts";
import type { Answer, Call, Match, Route, Router } from "./route.ts";
import { fullName } from "./state.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** One HTTP request from its bytes to its answer: who asks, which route, may they, what comes back. */
export type Serving = {
  readonly world: World;
  readonly tokens: Tokens;
  readonly webhooks: Webhooks;
  readonly router: Router;
  readonly oauth: Oauth;
  readonly rate: RateLimit;
  readonly secondary: Secondary;
  readonly failures: Failures;
  readonly log: LoggedRequest[];
  readonly onExchange: (exchange: Exchange) => void;
};

/** GitHub takes no request larger than 25 MB or so; blobs may have up to 100 MB, which no test needs here. */
const REQUEST_BYTES_MAX = 25_000_000;

type Asked = { readonly method: string; readonly path: string; readonly query: URLSearchParams };

export async function serve(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", serving.world.url);
  const asked = {
    method: request.method ?? "GET",
    path: canonicalPath(serving.world, url.pathname),
    query: url.searchParams,
  };
  const match = serving.router.find(asked.method, asked.path);
  const failure = serving.failures.take(asked.method, asked.path);
  const { answer, actor, body } = await answerTo(serving, match, request, asked, failure);
  send(serving, request, response, actor, answer);
  const exchange: Exchange = {
    ...{ method: asked.method, path: asked.path, query: Object.fromEntries(asked.query), requestBody: body },
    ...{ status: response.statusCode, responseBody: answer.raw ? undefined : answer.body },
    ...(match === "no-route"
      ? { template: null, params: {} }
      : { template: match.route.template, params: match.params }),
    origin: failure ? "injected" : "answered",
  };
  serving.log.push(logged(serving.world, actor, exchange, match === "no-route" ? "nothing" : match.route.creates));
  serving.onExchange(exchange);
}

type Outcome = { readonly answer: Answer; readonly actor: Actor | null; readonly body: unknown };

async function answerTo(
  serving: Serving,
  match: Match | "no-route",
  request: IncomingMessage,
  asked: Asked,
  failure: Failure | null,
): Promise<Outcome> {
  let [actor, body]: [Actor | null, unknown] = [null, null];
  let leave = () => {};
  try {
    const bytes = await readAll(request);
    if (!request.headers["user-agent"]) throw new Refusal(403, "Request forbidden by administrative rules.");
    if (match === "no-route") {
      const url = new URL(request.url ?? "/", serving.world.url);
      const answer = serving.oauth.answer(asked.method, url, request.headers, parse(bytes));
      if (answer) return { answer, actor, body };
    }
    actor = serving.tokens.actor(request.headers.authorization);
    if (kindOf(asked.path) !== "download") serving.rate.spend(actor);
    body = parse(bytes);
    if (actor.kind === "installation" && kindOf(asked.path) !== "download") {
      const arrival = arrivalOf(asked.method, body, match === "no-route" ? "nothing" : match.route.creates, asked.path);
      leave = serving.secondary.arrive(actor.installation.id, arrival, serving.world.now().getTime());
    }
    if (failure && failure.after !== "done") return { answer: failed(failure), actor, body };
    const answer = handle(serving, match, actor, { ...asked, body, accept: request.headers.accept ?? "" });
    return { answer: failure ? failed(failure) : answer, actor, body };
  } catch (error) {
    return { answer: failure ? failed(failure) : refusalAnswer(error), actor, body };
  } finally {
    leave();
  }
}

/** Repositories have a second address by number, which redirects use. */
function canonicalPath(world: World, path: string): string {
  const plain = path.length > 1 ? path.replace(/\/$/, "") : path;
  const byNumber = /^\/repositories\/(\d+)(\/.*)?$/.exec(plain);
  const repo = byNumber && world.repositories.get(Number(byNumber[1]));
  return repo ? `/repos/${fullName(repo)}${byNumber[2] ?? ""}` : plain;
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

function handle(
  serving: Serving,
  match: Match | "no-route",
  actor: Actor,
  asked: Asked & { body: unknown; accept: string },
) {
  if (match === "no-route") throw notFound();
  // Other forms than JSON and raw bytes are not served: better a clear no than JSON where a diff was asked for.
  if (/vnd\.github[\w.-]*\.(diff|patch|html|full|text)/.test(asked.accept)) {
    throw new Refusal(415, "Unsupported 'Accept' header");
  }
  if (asked.body !== null && !isJson(asked.body)) throw new Refusal(400, "Body should be a JSON object");
  const call: Call = {
    ...{ world: serving.world, tokens: serving.tokens, webhooks: serving.webhooks, actor, params: match.params },
    ...{
      query: asked.query,
      body: asked.body ?? {},
      accept: asked.accept,
      address: `${serving.world.url}${asked.path}`,
    },
  };
  return dispatch(match.route, call, asked.method);
}

/** A repository that goes by another name now is led to by its id, which stays; GitHub lets a write be repeated there as it is. */
function ledElsewhere({ world, params, address, query }: Call, method: string): Answer | null {
  const { owner = "", repo: name = "" } = params;
  const repo = world.repository(owner, name) ? undefined : world.repositoryOnce(owner, name);
  if (!repo) return null;
  const rest = address.slice(`${world.url}/repos/${owner}/${name}`.length);
  const asked = query.size > 0 ? `?${query.toString()}` : "";
  const url = `${world.url}/repositories/${repo.id}${rest}${asked}`;
  const [status, message] = method === "GET" ? [301, "Moved Permanently"] : [307, "Temporary Redirect"];
  return {
    status,
    body: { message, url, documentation_url: "https://docs.github.com/rest" },
    headers: { Location: url },
  };
}

function dispatch(route: Route, call: Call, method: string): Answer {
  const elsewhere = ledElsewhere(call, method);
  if (elsewhere) return elsewhere;
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
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
  actor: Actor | null,
  answer: Answer,
): void {
  const bytes = answer.raw ?? (answer.body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(answer.body)));
  const tag = `W/"${createHash("sha256").update(bytes).digest("hex")}"`;
  const isCacheable = request.method === "GET" && answer.status === 200;
  const isKnown = isCacheable && request.headers["if-none-match"] === tag;
  if (isKnown && actor) serving.rate.giveBack(actor);
  const headers: Record<string, string> = {
    "X-GitHub-Request-Id": randomUUID(),
    // Clients correct their own clock by this one when an App's token is refused for its times.
    Date: serving.world.now().toUTCString(),
    "X-GitHub-Media-Type": "github.v3; format=json",
    ...(actor ? serving.rate.headers(actor) : {}),
    ...(isCacheable ? { ETag: tag, "Cache-Control": "private, max-age=60, s-maxage=60" } : {}),
    ...(bytes.length > 0 && !isKnown ? { "content-type": contentType(answer) } : {}),
    ...answer.headers,
  };
  response.writeHead(isKnown ? 304 : answer.status, headers);
  response.end(isKnown ? undefined : bytes);
}

function contentType(answer: Answer): string {
  return answer.raw ? "application/octet-stream" : "application/json; charset=utf-8";
}
