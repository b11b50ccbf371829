import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { estimateTokens } from "../../core/rules/context-budget.ts";
import type { AgentCall, AgentJob } from "../coding-agent.ts";
import { fieldsIn, OUTPUT_TOKENS_MAX, textIn } from "./kind.ts";
import { meter } from "./meter.ts";

/**
 * The one way out of a coding agent's sandbox: a server at a Unix socket that hands what asks the one model on to the one
 * provider, and refuses everything else. The key is put in here. So whatever the repository's code talks the agent into,
 * it can neither read a key nor reach another place, and no call is uncounted.
 */
export type GatewayOptions = {
  /** The provider's address with the version, without a slash at its end. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly model: string;
  readonly fetch: typeof fetch;
  readonly mayCall: AgentJob["mayCall"];
  readonly onCall: AgentJob["onCall"];
  /** What went wrong on our side, such as a journal that cannot be written: nothing more is let through then. */
  readonly onBroken: (error: unknown) => void;
  /** The provider said what no further try changes: some programs would go on asking for a quarter of an hour. */
  readonly onRefused: () => void;
};

export type Gateway = {
  /** The last thing that went wrong between agent and provider, and null after an answer. */
  trouble(): Trouble | null;
  close(): Promise<void>;
};
export type Trouble =
  { readonly is: "denied" } | { readonly is: "provider"; readonly status: number | null; readonly sentence: string };

/** What asks a model, and what costs nothing. Files, batches and fine-tuning of the same account are none of it. */
const ASKING = ["/messages", "/responses", "/responses/compact", "/chat/completions"];
const FREE = ["/messages/count_tokens", "/models"];
/** A window of a million tokens, with images. */
const REQUEST_BYTES_MAX = 32 * 1024 * 1024;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;
/** A wrong key, an empty account, a model that may not be asked or is not there. */
const FINAL = [401, 402, 403, 404];
const WORDS_CHARS_MAX = 300;
/** Of ours, of the connection, or with another meaning behind a proxy. */
const OWN_HEADERS =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|authorization|x-api-key|proxy-.*|cookie)$/;

type State = { readonly options: GatewayOptions; trouble: Trouble | null; broken: boolean };

export async function openGateway(socket: string, options: GatewayOptions): Promise<Gateway> {
  const state: State = { options, trouble: null, broken: false };
  const server = createServer((request, response) => {
    answer(state, request, response).catch((error: unknown) => {
      state.broken = true;
      options.onBroken(error);
      response.destroy();
    });
  });
  server.on("connect", (_request, client) => client.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  return {
    trouble: () => state.trouble,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [address = "", query] = (request.url ?? "").split("?", 2);
  const path = address.startsWith("/v1/") ? address.slice("/v1".length) : address;
  const known = ASKING.includes(path) || FREE.includes(path);
  if (!known) return refuse(response, 403, `${address.slice(0, WORDS_CHARS_MAX)} cannot be reached from here.`);
  const body = await bodyOf(request);
  if (body === null) return refuse(response, 413, "The request is too large.");
  const asked = parsed(body);
  if (ASKING.includes(path) && asked.model !== state.options.model)
    return refuse(response, 403, `Only ${state.options.model} may be asked here.`);
  if (ASKING.includes(path) && !(await isGranted(state, body, asked)))
    return refuse(response, 403, "The budget of this ticket allows no further call.");
  const url = `${state.options.base}${path}${query === undefined ? "" : `?${query}`}`;
  return handOn(state, { url, path, body, request, response });
}

async function isGranted(state: State, body: string, asked: ReturnType<typeof fieldsIn>): Promise<boolean> {
  if (state.broken) return false;
  const named = asked.max_tokens ?? asked.max_output_tokens ?? asked.max_completion_tokens;
  const outputTokens = typeof named === "number" ? named : OUTPUT_TOKENS_MAX;
  const permission = await state.options.mayCall({ inputTokens: estimateTokens(body), outputTokens });
  if (permission.outcome === "denied") state.trouble = { is: "denied" };
  return permission.outcome === "granted";
}

type Exchange = {
  readonly url: string;
  readonly path: string;
  readonly body: string;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
};

async function handOn(state: State, { url, path, body, request, response }: Exchange): Promise<void> {
  const began = performance.now();
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const method = request.method ?? "POST";
  const init = { method, headers: headersFor(state, request), signal: gone.signal, redirect: "error" as const };
  const found = await state.options.fetch(url, method === "GET" ? init : { ...init, body }).catch((error: unknown) => {
    if (!gone.signal.aborted) state.trouble = { is: "provider", status: null, sentence: inWords(error) };
    return null;
  });
  if (!found) return refuse(response, 502, "The provider could not be reached.");
  const type = found.headers.get("content-type") ?? "application/json";
  const later = found.headers.get("retry-after");
  response.writeHead(found.status, { "content-type": type, ...(later === null ? {} : { "retry-after": later }) });
  const text = await passOn(found, response);
  if (!found.ok) {
    const sentence = `The provider answered ${found.status}: ${reasonIn(text)}`;
    state.trouble = { is: "provider", status: found.status, sentence };
    if (FINAL.includes(found.status)) state.options.onRefused();
  } else if (ASKING.includes(path)) {
    state.trouble = null;
    await state.options.onCall(callOf(path, body, text, Math.round(performance.now() - began)));
  }
  response.end();
}

function callOf(path: string, request: string, answer: string, latencyMs: number): AgentCall {
  const requestSha256 = createHash("sha256").update(request).digest("hex");
  return { path, requestSha256, latencyMs, ...meter(path, request, answer) };
}

/** @returns what came, also when one side broke off */
async function passOn(found: Response, response: ServerResponse): Promise<string> {
  const chunks: Buffer[] = [];
  let room = ANSWER_BYTES_MAX;
  if (!found.body) return "";
  try {
    for await (const chunk of Readable.fromWeb(found.body as Parameters<typeof Readable.fromWeb>[0])) {
      const bytes = chunk as Buffer;
      if (room > 0) chunks.push(bytes);
      room -= bytes.length;
      response.write(bytes);
    }
  } catch {
    response.destroy();
  }
  return Buffer.concat(chunks).toString("utf8");
}

function headersFor({ options }: State, request: IncomingMessage): Record<string, string> {
  const theirs = Object.entries(request.headers).flatMap(([name, value]) =>
    OWN_HEADERS.test(name) || value === undefined ? [] : [[name, String(value)]],
  );
  return { ...(Object.fromEntries(theirs) as Record<string, string>), ...options.headers };
}

async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > REQUEST_BYTES_MAX) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(body: string): ReturnType<typeof fieldsIn> {
  try {
    return fieldsIn(JSON.parse(body) as unknown);
  } catch {
    return {};
  }
}

function reasonIn(text: string): string {
  const error = fieldsIn(parsed(text).error);
  return (textIn(error.message) ?? text.trim()).slice(0, WORDS_CHARS_MAX) || "(nothing)";
}

function inWords(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  return `The provider could not be reached (${cause || String(error)}).`.slice(0, WORDS_CHARS_MAX);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const error = { type: "permission_error", code: "refused_here", message };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ type: "error", error }));
}
