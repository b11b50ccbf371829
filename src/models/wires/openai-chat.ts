import type OpenAI from "openai";
import { z } from "zod";
import { adapter } from "../adapter.ts";
import { systemText } from "../answer-in-words.ts";
import { jsonOrNull } from "../call.ts";
import type { Model, Question, Reply, ToolCall, Turn } from "../model.ts";
import { openaiClient, openaiError } from "./openai-client.ts";
import type { AdapterOptions } from "../spec.ts";
import { estimatedCounts, priced, type TokenCounts, withoutCached } from "../usage.ts";

/**
 * Chat Completions, for every server that speaks it on a base URL. Only fields that such servers have had for years are
 * sent; what they answer is read leniently. OpenAI's own models are better asked through `openai.ts`: the newest take
 * no tools here.
 */
export function openaiChatModel(options: AdapterOptions): Model {
  const client = openaiClient(options);
  return adapter(options, {
    request: (question) => requestOf(question, options),
    send: (request, sending) => client.chat.completions.create(request, sending).asResponse(),
    providerError: openaiError,
    read: (body, question) => replyOf(body, question, options),
  });
}

type Request = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;
type MessageParam = OpenAI.Chat.ChatCompletionMessageParam;

function requestOf(question: Question, options: AdapterOptions): Request {
  const { capabilities } = options;
  const strict = capabilities.includes("strict-tools") ? { strict: true } : {};
  const tools = question.tools.map(({ name, description, parameters }) => ({
    type: "function" as const,
    function: { name, description, parameters: { ...parameters }, ...strict },
  }));
  return {
    model: options.model,
    messages: [
      { role: "system", content: systemText(question, capabilities) },
      // One text: many servers know no list of parts.
      { role: "user", content: question.context.filter((text) => text !== "").join("\n\n") },
      ...question.turns.flatMap(messagesOf),
    ],
    ...outputLimit(Math.min(question.outputTokensMax, options.outputTokensMax), options.baseUrl),
    ...(tools.length > 0 ? { tools } : {}),
    ...(question.answer && capabilities.includes("answer-schema")
      ? { response_format: { type: "json_schema" as const, json_schema: { ...question.answer, strict: true } } }
      : {}),
  };
}

/** OpenAI refuses the old name, other servers may ignore the new one, and then nothing would limit the output. */
function outputLimit(tokens: number, baseUrl: string | null): Pick<Request, "max_tokens" | "max_completion_tokens"> {
  const own = baseUrl === null || new URL(baseUrl).hostname === "api.openai.com";
  return own ? { max_completion_tokens: tokens } : { max_tokens: tokens };
}

function messagesOf(turn: Turn): MessageParam[] {
  if (turn.from === "user") return [{ role: "user", content: turn.text }];
  if (turn.from === "tools")
    return turn.results.map(({ id, text, failed }) => ({
      role: "tool",
      tool_call_id: id,
      // The protocol has no field for a failure.
      content: failed ? `Error: ${text}` : text,
    }));
  const calls = turn.toolCalls.map(({ id, name, args }) => ({
    id,
    type: "function" as const,
    // Not as it came: servers that parse the arguments of older turns fail for good on ones that are not JSON.
    function: { name, arguments: JSON.stringify(args ?? {}) },
  }));
  const reasoning = z.object({ reasoning_content: z.string() }).safeParse(turn.echo).data ?? {};
  return [
    { role: "assistant", content: turn.text || null, ...reasoning, ...(calls.length > 0 ? { tool_calls: calls } : {}) },
  ];
}

const count = z.number().int().min(0).nullish();
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          /** Some servers want to see it again in the turn after a tool call. */
          reasoning_content: z.string().nullish(),
          tool_calls: z
            .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.unknown() }) }))
            .nullish(),
        }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: count,
      completion_tokens: count,
      prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).nullish(),
    })
    .nullish(),
});
type Completion = z.infer<typeof completionSchema>;
type Message = Completion["choices"][number]["message"];

function replyOf(body: unknown, question: Question, options: AdapterOptions): Reply | null {
  const parsed = completionSchema.safeParse(body);
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice) return null;
  const { message, finish_reason: finishReason } = choice;
  const text = message.content ?? "";
  const usage = priced(countsOf(parsed.data, question), options.prices);
  if (message.refusal) return { outcome: "refused", reason: message.refusal, usage };
  if (finishReason === "content_filter")
    return { outcome: "refused", reason: "The provider's content filter ended the answer.", usage };
  if (finishReason === "length") return { outcome: "cut-off", text, usage };
  const reasoning = message.reasoning_content ?? null;
  return {
    outcome: "answered",
    text,
    toolCalls: (message.tool_calls ?? []).map(toolCallOf),
    echo: reasoning === null ? null : { reasoning_content: reasoning },
    usage,
  };
}

/** By the protocol the arguments are text; some servers send the object itself. */
function toolCallOf(call: NonNullable<Message["tool_calls"]>[number]): ToolCall {
  const args = call.function.arguments;
  return { id: call.id, name: call.function.name, args: typeof args === "string" ? jsonOrNull(args) : (args ?? null) };
}

function countsOf({ usage, choices }: Completion, question: Question): TokenCounts {
  if (!usage) return estimatedCounts(question, JSON.stringify(choices));
  const details = usage.prompt_tokens_details;
  return {
    ...withoutCached(usage.prompt_tokens ?? 0, details?.cached_tokens ?? 0, details?.cache_write_tokens ?? 0),
    outputTokens: usage.completion_tokens ?? 0,
  };
}
