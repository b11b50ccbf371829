import { canonicalJson, sha256 } from "../core/ledger/chain.ts";
import { estimateTokens } from "../core/rules/context-budget.ts";
import { answerKey, questionIn, type Remembered } from "./chat-asked.ts";
import { type Fields, fieldsIn, jsonOrNull, listIn } from "./lenient.ts";
import type { Cause, Model, Question, Reply, Usage } from "./model.ts";
import { textOf } from "./usage.ts";

/**
 * `fetch` for programs that speak Chat Completions and know one server of it: behind it stands a model of ours, which knows what
 * its server takes, gives it back what it wants to see again, and learns from refusals. What comes back has the form that
 * all such programs read.
 *
 * One bridge serves one run: two runs may say the same, and what a provider wants to see again of the one is not the other's.
 */
export type BridgeOptions = {
  readonly model: Model;
  readonly outputTokensMax: number;
  readonly firstMs: number;
  /** For everything that is no question, such as the list of models. */
  readonly otherwise: typeof fetch;
};

/** Answers of which is kept what has to come back; more than twice a run has turns. */
const ECHOES_MAX = 2_000;
/** Of the window: question and answer have to fit together, and a program asks for as much as it likes. */
const ANSWER_SHARE = 0.25;
/** Less holds no call of a tool; a server that has no room for it says so. */
const ANSWER_TOKENS_MIN = 1_000;
/** So that a program does not take a long answer for a dead connection. */
const ALIVE_MS = 10_000;

export function chatBridge(options: BridgeOptions): typeof fetch {
  const echoes = new Map<string, unknown>();
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const body = fieldsIn(typeof init?.body === "string" ? jsonOrNull(init.body) : null);
    if (!url.pathname.endsWith("/chat/completions") || init?.method !== "POST") return options.otherwise(input, init);
    const { model, outputTokensMax, firstMs } = options;
    let nth = 0;
    // A run may hold several conversations at once: programs let helpers of their own search, or name the work.
    const of = sha256(
      canonicalJson(
        listIn(body.messages)
          .map(fieldsIn)
          .find(({ role }) => role === "user") ?? null,
      ),
    );
    // A program that has shortened its history sends back the answers that it kept, at other places.
    const echoOf: Remembered = (said) => echoes.get(placeKey(of, nth++, said)) ?? echoes.get(answerKey(said));
    const asks = questionIn(body, outputTokensMax, firstMs, echoOf);
    const place = nth;
    const question = { ...asks, outputTokensMax: Math.min(asks.outputTokensMax, roomIn(model, asks)) };
    let begin = () => {};
    const begun = new Promise<"begun">((resolve) => (begin = () => resolve("begun")));
    const asked = model.ask(question, init.signal ?? undefined, begin).then((reply) => {
      if (reply.outcome === "answered") remember(echoes, reply, placeKey(of, place, reply));
      return reply;
    });
    const isStream = body.stream === true;
    // A refusal has a status only as long as nothing was said.
    const first = await Promise.race(isStream ? [asked, begun] : [asked]);
    if (first !== "begun" && !("usage" in first) && !first.paid) return refusal(first);
    if (isStream) return streamed(asked, String(body.model));
    const reply = await asked;
    return "usage" in reply ? Response.json(completion(reply, String(body.model))) : brokenOff();
  };
}

function roomIn({ contextTokensMax }: Model, question: Question): number {
  const left = contextTokensMax - estimateTokens(textOf(question));
  return Math.min(Math.floor(contextTokensMax * ANSWER_SHARE), Math.max(ANSWER_TOKENS_MIN, left));
}

type Answer = Extract<Reply, { usage: Usage }>;

type Answered = Extract<Reply, { outcome: "answered" }>;

function remember(echoes: Map<string, unknown>, reply: Answered, place: string): void {
  if (reply.echo === null) return;
  for (const key of [place, answerKey(reply)]) {
    echoes.set(key, reply.echo);
    const [oldest] = echoes.keys();
    if (echoes.size > ECHOES_MAX && oldest !== undefined) echoes.delete(oldest);
  }
}

/** The same command twice in one run is two answers, each with a thought of its own. */
function placeKey(of: string, nth: number, said: Parameters<Remembered>[0]): string {
  return `${of} ${nth} ${answerKey(said)}`;
}

function streamed(asked: Promise<Reply>, model: string): Response {
  const text = new TextEncoder();
  let alive: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: async (to) => {
      const send = (line: string) => to.enqueue(text.encode(`${line}\n\n`));
      send(": begun");
      alive = setInterval(() => send(": at work"), ALIVE_MS);
      try {
        const reply = await asked;
        // As a server does whose connection is lost: what it took is counted at its worst.
        if (!("usage" in reply)) return to.error(new Error(reply.reason));
        for (const event of eventsOf(reply, model)) send(`data: ${JSON.stringify(event)}`);
        send("data: [DONE]");
        to.close();
      } finally {
        clearInterval(alive);
      }
    },
    // Into a stream that nobody reads any more nothing can be put: that would be thrown at nobody, and end the process.
    cancel: () => clearInterval(alive),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

function brokenOff(): Response {
  return new Response(new ReadableStream({ start: (to) => to.error(new Error("The answer broke off.")) }));
}

function messageOf(reply: Answer): Fields {
  if (reply.outcome === "refused") return { role: "assistant", content: null, refusal: reply.reason };
  const calls = reply.outcome === "answered" ? reply.toolCalls : [];
  return {
    role: "assistant",
    content: reply.text === "" ? null : reply.text,
    ...(calls.length > 0
      ? {
          tool_calls: calls.map(({ id, name, args }) => ({
            ...{ id, type: "function" },
            function: { name, arguments: JSON.stringify(args ?? {}) },
          })),
        }
      : {}),
  };
}

function finishOf(reply: Answer): string {
  if (reply.outcome === "cut-off") return "length";
  if (reply.outcome === "refused") return "content_filter";
  return reply.toolCalls.length > 0 ? "tool_calls" : "stop";
}

/** Without a number that was only estimated: whoever counts estimates it again, and says so. */
function usageOf({ usage }: Answer): { usage?: Fields } {
  if (usage.estimated) return {};
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens } = usage;
  const read = inputTokens + cachedInputTokens + cacheWriteTokens;
  return {
    usage: {
      ...{ prompt_tokens: read, completion_tokens: outputTokens, total_tokens: read + outputTokens },
      ...(cacheWriteTokens > 0 ? { cache_creation_input_tokens: cacheWriteTokens } : {}),
      prompt_tokens_details: { cached_tokens: cachedInputTokens },
    },
  };
}

function headOf(reply: Answer, model: string): Fields {
  return { id: "chatcmpl-1", created: 0, model: reply.served ?? model };
}

function completion(reply: Answer, model: string): Fields {
  const choice = { index: 0, finish_reason: finishOf(reply), message: messageOf(reply) };
  return { ...headOf(reply, model), object: "chat.completion", choices: [choice], ...usageOf(reply) };
}

function eventsOf(reply: Answer, model: string): Fields[] {
  const head = { ...headOf(reply, model), object: "chat.completion.chunk" };
  const { tool_calls: calls, ...said } = messageOf(reply);
  const chunk = (delta: Fields, finish: string | null = null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  return [
    chunk({ ...said, content: said.content ?? "" }),
    ...(Array.isArray(calls) ? calls : []).map((call: Fields, index) => chunk({ tool_calls: [{ index, ...call }] })),
    chunk({}, finishOf(reply)),
    { ...head, choices: [], ...usageOf(reply) },
  ];
}

const STATUS: Partial<Record<Cause, number>> = {
  ...{ "too-fast": 429, overloaded: 529, network: 502, time: 504, unreadable: 502 },
  ...{ money: 402, key: 401, barred: 403, missing: 404, "too-large": 413 },
};

function refusal(reply: Exclude<Reply, { usage: Usage }>): Response {
  const { reason, cause = "server" } = reply;
  const status = STATUS[cause] ?? (reply.outcome === "rejected" ? 400 : 503);
  const waitMs = reply.outcome === "unavailable" ? reply.retryAfterMs : null;
  const headers = waitMs === null ? {} : { "retry-after": String(Math.ceil(waitMs / 1000)) };
  const error = { message: reason, type: cause === "too-large" ? "context_length_exceeded" : cause };
  return Response.json({ error }, { status, headers });
}
