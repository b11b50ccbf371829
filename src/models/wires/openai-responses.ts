import type OpenAI from "openai";
import { z } from "zod";
import { sha256 } from "../../core/ledger/chain.ts";
import { adapter } from "../adapter.ts";
import { systemText } from "../answer-in-words.ts";
import { jsonOrNull } from "../call.ts";
import { failed } from "../failure.ts";
import type { Model, Question, Reply, ToolCall, Turn } from "../model.ts";
import { openaiClient, openaiError } from "./openai-client.ts";
import type { AdapterOptions } from "../spec.ts";
import { estimatedCounts, priced, type TokenCounts, withoutCached } from "../usage.ts";

/**
 * OpenAI's Responses API, stateless: nothing is stored at the provider, so a replay needs nothing but our journal. What
 * the model reasoned comes back encrypted and is sent again unchanged.
 */
export function openaiResponsesModel(options: AdapterOptions): Model {
  const client = openaiClient(options);
  return adapter(options, {
    request: (question) => requestOf(question, options),
    send: (request, sending) => client.responses.create(request, sending).asResponse(),
    providerError: openaiError,
    read: (body, question) => replyOf(body, question, options),
  });
}

type Request = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type InputItem = OpenAI.Responses.ResponseInputItem;

function requestOf(question: Question, options: AdapterOptions): Request {
  const { capabilities } = options;
  const tools = question.tools.map(({ name, description, parameters }) => ({
    type: "function" as const,
    name,
    description,
    parameters: { ...parameters },
    strict: capabilities.includes("strict-tools"),
  }));
  return {
    model: options.model,
    instructions: systemText(question, capabilities),
    input: inputOf(question),
    max_output_tokens: Math.min(question.outputTokensMax, options.outputTokensMax),
    store: false,
    // Requests with one system prompt share their beginning; the key sends them to the machine that has it cached.
    ...(capabilities.includes("cache-markers") ? { prompt_cache_key: sha256(question.system) } : {}),
    ...(capabilities.includes("reasoning-items") ? { include: ["reasoning.encrypted_content" as const] } : {}),
    ...(tools.length > 0 ? { tools } : {}),
    ...(question.answer && capabilities.includes("answer-schema")
      ? { text: { format: { type: "json_schema" as const, ...question.answer, strict: true } } }
      : {}),
  };
}

function inputOf(question: Question): InputItem[] {
  const content = question.context.filter((text) => text !== "").map((text) => ({ type: "input_text" as const, text }));
  return [{ role: "user", content }, ...question.turns.flatMap(itemsOf)];
}

function itemsOf(turn: Turn): InputItem[] {
  if (turn.from === "user") return [{ role: "user", content: turn.text }];
  if (turn.from === "tools")
    return turn.results.map(({ id, text, failed: bad }) => ({
      type: "function_call_output",
      call_id: id,
      // The protocol has no field for a failure.
      output: bad ? `Error: ${text}` : text,
    }));
  if (Array.isArray(turn.echo)) return (turn.echo as InputItem[]).filter(isResendable);
  const calls = turn.toolCalls.map(({ id, name, args }) => ({
    type: "function_call" as const,
    call_id: id,
    name,
    arguments: JSON.stringify(args ?? {}),
  }));
  return [...(turn.text === "" ? [] : [{ role: "assistant" as const, content: turn.text }]), ...calls];
}

/** Reasoning without its encrypted text is only a reference to something that we asked not to be stored. */
function isResendable(item: InputItem): boolean {
  return item.type !== "reasoning" || typeof item.encrypted_content === "string";
}

const count = z.number().int().min(0).nullish();
const responseSchema = z.object({
  status: z.string().nullish(),
  error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
  incomplete_details: z.looseObject({ reason: z.string().nullish() }).nullish(),
  output: z.array(z.looseObject({ type: z.string() })),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
    })
    .nullish(),
});
type Response = z.infer<typeof responseSchema>;
type OutputItem = Response["output"][number];

const messageSchema = z.object({
  type: z.literal("message"),
  content: z.array(z.object({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() })),
});
const callSchema = z.object({
  type: z.literal("function_call"),
  call_id: z.string(),
  name: z.string(),
  arguments: z.string(),
});

function replyOf(body: unknown, question: Question, options: AdapterOptions): Reply | null {
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) return null;
  const response = parsed.data;
  if (response.status === "failed" || response.status === "cancelled") return failureOf(response, options);
  const { text, refusal } = wordsOf(response.output);
  const usage = priced(countsOf(response, question), options.prices);
  if (refusal !== "") return { outcome: "refused", reason: refusal, usage };
  if (response.status === "incomplete" && response.incomplete_details?.reason === "content_filter")
    return { outcome: "refused", reason: "The provider's content filter ended the answer.", usage };
  // Everything but a completed answer is one that nobody said is whole. Some servers leave the status out.
  if ((response.status ?? "completed") !== "completed") return { outcome: "cut-off", text, usage };
  const toolCalls = response.output.flatMap(toolCallOf);
  return { outcome: "answered", text, toolCalls, echo: response.output, usage };
}

/** A request that was taken and then failed is told in the body of a success. */
function failureOf({ error }: Response, options: AdapterOptions): Reply {
  const passing = !error?.code || ["server_error", "rate_limit_exceeded"].includes(error.code);
  const told = { code: error?.code ?? null, message: error?.message ?? "", headers: null };
  const culprit = { name: options.name, secrets: [options.apiKey] };
  return failed({ kind: "status", error: { status: passing ? 500 : 400, ...told } }, culprit, Date.now());
}

function wordsOf(output: readonly OutputItem[]): { text: string; refusal: string } {
  const parts = output.flatMap((item) => messageSchema.safeParse(item).data?.content ?? []);
  return {
    text: parts.map((part) => (part.type === "output_text" ? (part.text ?? "") : "")).join(""),
    refusal: parts.map((part) => (part.type === "refusal" ? (part.refusal ?? "The model declined.") : "")).join(""),
  };
}

function toolCallOf(item: OutputItem): ToolCall[] {
  const call = callSchema.safeParse(item).data;
  return call ? [{ id: call.call_id, name: call.name, args: jsonOrNull(call.arguments) }] : [];
}

function countsOf({ usage, output }: Response, question: Question): TokenCounts {
  if (!usage) return estimatedCounts(question, JSON.stringify(output));
  const details = usage.input_tokens_details;
  return {
    ...withoutCached(usage.input_tokens ?? 0, details?.cached_tokens ?? 0, details?.cache_write_tokens ?? 0),
    outputTokens: usage.output_tokens ?? 0,
  };
}
