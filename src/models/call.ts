import { pageIn } from "../core/rules/provider-words.ts";
import { WHOLE_MS } from "./call-timeouts.ts";
import type { Failure } from "./failure.ts";
import { bodyIn, jsonOrNull } from "./lenient.ts";
import type { Watch } from "./model.ts";
import { movedTo, refusalIn } from "./outbound.ts";
import { errorIn, isElsewhere, type ProviderError } from "./provider-error.ts";
import { EventReader, type StreamEvent } from "./sse.ts";

/**
 * One call to a provider, the same for every adapter: it ends in time, and whatever a provider or the network does comes
 * back as a value. A stream is put together to the body that the same server sends without one, so that every wire has
 * one reader.
 */
export type Call = {
  /** So long the first word may take. */
  readonly firstMs: number;
  /** So long an answer that has begun may be silent. */
  readonly idleMs: number;
  /** Only the SDK's call belongs in here: everything that it throws is taken for a failure outside. */
  readonly send: (signal: AbortSignal) => Promise<Response>;
  readonly assembly: Assembly;
  readonly watch?: Watch | undefined;
};

/** Puts a stream's events together. */
export type Assembly = {
  add(event: StreamEvent): void;
  /** @param done the stream said that it is over */
  body(done: boolean): { readonly body: unknown; readonly whole: boolean };
  /** Characters of text, thinking and arguments so far. */
  readonly chars: number;
};

export type Answer =
  | { readonly kind: "body"; readonly body: unknown; readonly streamed: boolean }
  | { readonly kind: "failure"; readonly failure: Failure; readonly partial: unknown; readonly closed: boolean };

/** Progress is for people's eyes. */
const WATCH_MS = 250;
const CHARS_PER_TOKEN = 3.5;
/** A million tokens one by one, each in an event of its own, take less; without an end it would fill the memory. */
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;

export async function callProvider(call: Call, signal: AbortSignal | undefined): Promise<Answer> {
  const failure = (one: Failure): Answer => ({ kind: "failure", failure: one, partial: null, closed: false });
  if (signal?.aborted) return failure({ kind: "stopped" });
  const ending = new AbortController();
  const clock = new Clock(call, signal);
  const sent = receive(call, clock, ending.signal).catch((error: unknown) => lost(call, error));
  const first = await Promise.race([clock.ended, sent]);
  clock.stop();
  ending.abort();
  if (first.kind === "body" || first.kind === "failure") return first;
  return { kind: "failure", failure: first, partial: partialOf(call), closed: false };
}

class EndlessAnswer extends Error {}

/** A connection that ends in the middle of an answer is another thing than one that never was. */
function lost(call: Call, error: unknown): Answer {
  const partial = partialOf(call);
  if (error instanceof EndlessAnswer)
    return { kind: "failure", failure: { kind: "endless", bytesMax: ANSWER_BYTES_MAX }, partial, closed: false };
  const failure: Failure = partial === null ? failureOf(error) : { kind: "broken-off" };
  return { kind: "failure", failure, partial, closed: false };
}

function partialOf({ assembly }: Call): unknown {
  return assembly.chars > 0 ? assembly.body(false).body : null;
}

/**
 * The SDKs' own timeouts end with the response's headers, and a body may trickle for ever; and a `fetch` may ignore its
 * signal. So the clocks are ours, and they are raced.
 */
class Clock {
  readonly ended: Promise<Failure>;
  readonly began = performance.now();
  #end: (failure: Failure) => void = () => {};
  #timer: NodeJS.Timeout;
  readonly #whole: NodeJS.Timeout;
  readonly #idleMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #stopped = () => this.#end({ kind: "stopped" });

  constructor({ firstMs, idleMs }: Call, signal: AbortSignal | undefined) {
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#idleMs = Math.min(idleMs, WHOLE_MS);
    this.#timer = setTimeout(() => this.#end({ kind: "timeout", timeoutMs: firstMs, since: "asked" }), firstMs);
    this.#whole = setTimeout(() => this.#end({ kind: "timeout", timeoutMs: WHOLE_MS, since: "asked" }), WHOLE_MS);
    this.#signal = signal;
    signal?.addEventListener("abort", this.#stopped, { once: true });
  }

  /** Something came, so the next silence counts from now. */
  heard(): void {
    clearTimeout(this.#timer);
    const timeoutMs = this.#idleMs;
    this.#timer = setTimeout(() => this.#end({ kind: "timeout", timeoutMs, since: "last-word" }), timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#whole);
    this.#signal?.removeEventListener("abort", this.#stopped);
  }
}

async function receive(call: Call, clock: Clock, signal: AbortSignal): Promise<Answer> {
  const response = await call.send(signal);
  const events = new EventReader();
  const error = await readAll(response, events, call, clock);
  if (error) return { kind: "failure", failure: { kind: "status", error }, partial: partialOf(call), closed: true };
  if (events.kind !== "events") {
    const page = pageIn(events.plain);
    if (!page) return { kind: "body", body: bodyIn(events.plain), streamed: false };
    return { kind: "failure", failure: { kind: "page", ...page }, partial: null, closed: true };
  }
  const { body, whole } = call.assembly.body(events.done);
  if (whole) return { kind: "body", body, streamed: true };
  return { kind: "failure", failure: { kind: "broken-off" }, partial: partialOf(call), closed: true };
}

/** @returns the error that the stream told of in the middle, if any */
async function readAll(
  response: Response,
  events: EventReader,
  call: Call,
  clock: Clock,
): Promise<ProviderError | null> {
  const decoder = new TextDecoder();
  let watchedAt = 0;
  let spoke = false;
  let bytes = 0;
  const take = (all: readonly StreamEvent[]): ProviderError | null => {
    for (const one of all) {
      const error = errorEvent(one, response.headers);
      if (error) return error;
      call.assembly.add(one);
      spoke = true;
    }
    return null;
  };
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).byteLength;
    if (bytes > ANSWER_BYTES_MAX) throw new EndlessAnswer();
    const error = take(events.push(decoder.decode(chunk as Uint8Array, { stream: true })));
    if (error) return error;
    // Comments and blanks before the first event keep the connection alive, not our patience.
    if (spoke) clock.heard();
    const elapsedMs = Math.round(performance.now() - clock.began);
    if (call.watch && spoke && elapsedMs - watchedAt >= WATCH_MS) {
      watchedAt = elapsedMs;
      call.watch({ outputTokens: Math.ceil(call.assembly.chars / CHARS_PER_TOKEN), elapsedMs });
    }
  }
  events.push(decoder.decode());
  return take(events.end());
}

/** An error in the middle of a stream, in the forms in which a body tells of one. */
function errorEvent({ event, data }: StreamEvent, headers: Headers): ProviderError | null {
  const { choices } = data as { choices?: unknown };
  if (Array.isArray(choices) && choices.length > 0) return null;
  const { type } = data as { type?: unknown };
  // `response.failed` carries its error inside of the whole response, which the wire reads.
  if (typeof type === "string" && type !== "error") return null;
  return errorIn(event === "error" ? { type: "error", ...(data as object) } : data, null, headers);
}

function failureOf(error: unknown): Failure {
  const refusal = refusalIn(error);
  if (!refusal) return { kind: "unreachable", code: networkCode(error) };
  const { status, headers, asked } = refusal;
  if (isElsewhere(status))
    return { kind: "status", error: { status, code: null, message: redirected(headers), headers, asked } };
  const body = jsonOrNull(refusal.body);
  const told = errorIn(body, status, headers) ?? {
    ...{ status, code: null, message: refusal.body.trim(), headers },
  };
  return { kind: "status", error: { ...told, asked } };
}

/** Its page of HTML tells people nothing; where it points to may be what they have to set. */
function redirected(headers: Headers): string {
  const to = movedTo(headers);
  return `it redirects to ${to ? to.origin : "another address"}, where the key is not sent; set baseUrl to the right address`;
}

/** The first code in the chain of causes, such as `ECONNREFUSED`. Its message may hold the address, so it stays out. */
function networkCode(error: unknown): string | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string") return one.code;
    // `fetch` refuses ports of other services, and gives no code.
    if (one.message === "bad port") return "BAD_PORT";
  }
  return null;
}
