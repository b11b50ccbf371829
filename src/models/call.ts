import { type Culprit, failed, type Failure, type ProviderError } from "./failure.ts";
import type { Reply } from "./model.ts";

/**
 * One call to a provider, the same for every adapter: it ends in time, and whatever a provider or the network does
 * comes back as a reply.
 */
export type Call = {
  readonly culprit: Culprit;
  readonly timeoutMs: number;
  /** Only the SDK's call belongs in here: everything that it throws is taken for a failure outside. */
  readonly send: (signal: AbortSignal) => Promise<Response>;
  /** An HTTP answer that is not a success, out of the SDK's own error; `null` for every other error. */
  readonly providerError: (error: unknown) => ProviderError | null;
  /** @returns null when the answer is not of the documented form */
  readonly read: (body: unknown) => Reply | null;
};

export async function callProvider(call: Call, signal: AbortSignal | undefined): Promise<Reply> {
  const answer = await answerWithin(call, signal);
  if (answer.kind === "body") return call.read(answer.body) ?? failed({ kind: "unreadable" }, call.culprit, Date.now());
  return failed(answer, call.culprit, Date.now());
}

type Answer = { readonly kind: "body"; readonly body: unknown } | Failure;

/**
 * The SDKs' own timeouts end with the response's headers, and a body may trickle for ever; and a `fetch` may ignore its
 * signal. So the clock is ours, and it is raced.
 */
async function answerWithin(call: Call, signal: AbortSignal | undefined): Promise<Answer> {
  if (signal?.aborted) return { kind: "stopped" };
  const ending = new AbortController();
  let stop = () => {};
  const ended = new Promise<Answer>((resolve) => {
    const timer = setTimeout(() => resolve({ kind: "timeout", timeoutMs: call.timeoutMs }), call.timeoutMs);
    const stopped = () => resolve({ kind: "stopped" });
    signal?.addEventListener("abort", stopped, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stopped);
    };
  });
  const sent = bodyOf(call, ending.signal).catch((error: unknown): Answer => failureOf(error, call));
  const first = await Promise.race([ended, sent]);
  stop();
  ending.abort();
  return first;
}

/** The body is parsed here because the SDKs read a page of HTML, or nothing at all, as if it were an answer. */
async function bodyOf(call: Call, signal: AbortSignal): Promise<Answer> {
  const response = await call.send(signal);
  return { kind: "body", body: jsonOrNull(await response.text()) };
}

function failureOf(error: unknown, call: Call): Failure {
  const answered = call.providerError(error);
  if (answered) return { kind: "status", error: answered };
  return { kind: "unreachable", code: networkCode(error) };
}

/** The first code in the chain of causes, such as `ECONNREFUSED`. Its message may hold the address, so it stays out. */
function networkCode(error: unknown): string | null {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ("code" in one && typeof one.code === "string") return one.code;
  }
  return null;
}

/** Of bodies and of a tool call's arguments. */
export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
