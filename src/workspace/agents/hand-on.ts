import { createHash } from "node:crypto";
import { once } from "node:events";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pageIn } from "../../core/rules/provider-words.ts";
import type { AgentJob, CallSize } from "../coding-agent.ts";
import { headersToSend } from "./asking.ts";
import { fieldsIn, textIn } from "./kind.ts";
import { meter } from "./meter.ts";

/** One request of a coding agent to its provider and back. Once it was sent it is told what it took, whoever goes away. */
export type Upstream = {
  /** The provider's address with the version, without a slash at its end. */
  readonly base: string;
  /** With the key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly fetch: typeof fetch;
  /** So long may pass before the first sign of an answer, and between two. */
  readonly clocks: { readonly firstMs: number; readonly idleMs: number };
  readonly onCall: AgentJob["onCall"];
};

export type Exchange = {
  readonly path: string;
  /** Behind the base: path and query. */
  readonly address: string;
  readonly headers: IncomingHttpHeaders;
  readonly response: ServerResponse;
  /** Null for a GET. */
  readonly body: string | null;
  /** What it may take at worst; null for what costs nothing. */
  readonly paid: CallSize | null;
};

export type Came =
  | { readonly outcome: "answered" | "broken-off" }
  /** `status` is null where nothing answered. */
  | { readonly outcome: "trouble"; readonly status: number | null; readonly sentence: string };

/** A program that goes away does not stop a provider from answering; so long its count is waited for. */
const LINGER_MS = 30_000;
/** What is kept for the meter, and passed on: no answer of a model is longer. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024;
const WORDS_CHARS_MAX = 300;
/** Shorter values of headers are versions and names. */
const SECRET_CHARS_MIN = 8;

export async function handOn(upstream: Upstream, exchange: Exchange): Promise<Came> {
  const began = performance.now();
  const cut = new AbortController();
  const clock = patience(cut, upstream.clocks);
  let linger: NodeJS.Timeout | undefined;
  const left = () => (linger ??= setTimeout(() => cut.abort(), LINGER_MS));
  exchange.response.once("close", left);
  try {
    return await exchanged(upstream, exchange, { began, cut: cut.signal, clock });
  } finally {
    exchange.response.off("close", left);
    clearTimeout(linger);
    clock.stop();
  }
}

type Under = { readonly began: number; readonly cut: AbortSignal; readonly clock: Patience };

async function exchanged(upstream: Upstream, exchange: Exchange, { began, cut, clock }: Under): Promise<Came> {
  const { address, body, paid, path, response } = exchange;
  const tell = async (answer: string, isWhole: boolean) => {
    if (paid === null || body === null) return;
    const latencyMs = Math.round(performance.now() - began);
    const requestSha256 = createHash("sha256").update(body).digest("hex");
    const metered = meter(path, body, answer, isWhole ? null : paid.outputTokens);
    await upstream.onCall({ path, requestSha256, latencyMs, ...metered });
  };
  const headers = headersToSend(exchange.headers, upstream.headers);
  const method = body === null ? "GET" : "POST";
  const init = { method, headers, signal: cut, redirect: "manual" as const, ...(body === null ? {} : { body }) };
  const found = await upstream.fetch(`${upstream.base}${address}`, init).catch((error: unknown) => error);
  if (!(found instanceof Response)) {
    // The provider has it; whether it answers, nobody waits to see.
    if (cut.aborted) await tell("", false);
    refuse(response, 502, "The provider could not be reached.");
    return clock.isOver() ? silent(upstream) : cut.aborted ? BROKEN_OFF : unreached(found);
  }
  clock.sign();
  if (!found.ok) return refused(upstream, found, exchange);
  const type = found.headers.get("content-type") ?? "application/json";
  response.writeHead(found.status, { "content-type": type });
  const { text, isWhole } = await passOn(found, response, clock);
  await tell(text, isWhole);
  if (isWhole) response.end();
  else response.destroy();
  return clock.isOver() ? silent(upstream) : { outcome: isWhole ? "answered" : "broken-off" };
}

const BROKEN_OFF: Came = { outcome: "broken-off" };

/** Its own words, without our key: some proxies echo the request. */
async function refused(upstream: Upstream, found: Response, { response }: Exchange): Promise<Came> {
  const said = await found.text().catch(() => "");
  const text = withoutSecrets(said, upstream.headers);
  const later = found.headers.get("retry-after");
  const status = found.status < 400 ? 502 : found.status;
  if (!response.destroyed)
    response
      .writeHead(status, { "content-type": "application/json", ...(later === null ? {} : { "retry-after": later }) })
      .end(text.slice(0, ANSWER_BYTES_MAX));
  return { outcome: "trouble", status, sentence: `The provider answered ${found.status}: ${reasonIn(text)}` };
}

function withoutSecrets(text: string, headers: Upstream["headers"]): string {
  const values = Object.values(headers).flatMap((value) => [value, value.replace(/^\w+ /, "")]);
  return values
    .filter((value) => value.length >= SECRET_CHARS_MIN)
    .reduce((cleaned, value) => cleaned.replaceAll(value, "[left out]"), text);
}

/** @returns what came, and whether its end did; no faster than the program reads, while there is one */
async function passOn(
  found: Response,
  response: ServerResponse,
  clock: Patience,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isWhole = true;
  try {
    const body = found.body ? Readable.fromWeb(found.body as Parameters<typeof Readable.fromWeb>[0]) : [];
    for await (const chunk of body as AsyncIterable<Buffer>) {
      clock.sign();
      bytes += chunk.length;
      if (bytes > ANSWER_BYTES_MAX) throw new Error("The answer is longer than any.");
      chunks.push(chunk);
      if (!response.destroyed && !response.write(chunk))
        await Promise.race([once(response, "drain"), once(response, "close")]);
    }
  } catch {
    isWhole = false;
  }
  return { text: Buffer.concat(chunks).toString("utf8"), isWhole };
}

type Patience = { sign(): void; isOver(): boolean; stop(): void };

function patience(cut: AbortController, { firstMs, idleMs }: Upstream["clocks"]): Patience {
  let isOver = false;
  const ring = () => {
    isOver = true;
    cut.abort();
  };
  let timer = setTimeout(ring, firstMs);
  return {
    sign: () => {
      clearTimeout(timer);
      timer = setTimeout(ring, idleMs);
    },
    isOver: () => isOver,
    stop: () => clearTimeout(timer),
  };
}

function silent({ clocks }: Upstream): Came {
  const most = Math.round(Math.max(clocks.firstMs, clocks.idleMs) / 60_000);
  const sentence = `The provider was silent for up to ${most} minutes (\`firstTokenSeconds\`, \`idleSeconds\`).`;
  return { outcome: "trouble", status: null, sentence };
}

function unreached(error: unknown): Came {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : "";
  const sentence = `The provider could not be reached (${cause || String(error)}).`.slice(0, WORDS_CHARS_MAX);
  return { outcome: "trouble", status: null, sentence };
}

function reasonIn(text: string): string {
  const page = pageIn(text);
  if (page)
    return `a web page${page.title === null ? "" : ` ("${page.title}")`}, as a firewall or proxy on the way sends it`;
  let error: Readonly<Record<string, unknown>> = {};
  try {
    error = fieldsIn(fieldsIn(JSON.parse(text)).error);
  } catch {
    // Its text is what there is to say.
  }
  return (textIn(error.message) ?? text.trim()).slice(0, WORDS_CHARS_MAX) || "(nothing)";
}

const REFUSED = ["permission_error", "refused_here"] as const;
const UNANSWERED = ["api_error", "no_answer"] as const;
/** What is too long is shortened by most programs, which know it by these words. */
const REFUSALS: Readonly<Record<number, readonly [type: string, code: string]>> = {
  400: ["invalid_request_error", "context_length_exceeded"],
};

/** An answer of ours, in a form that the programs read. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const [type, code] = REFUSALS[status] ?? (status < 500 ? REFUSED : UNANSWERED);
  const error = { type, code, message };
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ type: "error", error }));
}
