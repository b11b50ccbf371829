import Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { adapter } from "../adapter.ts";
import { systemText } from "../answer-in-words.ts";
import { jsonOrNull } from "../call.ts";
import type { ProviderError } from "../failure.ts";
import type { Model, Question, Reply, ToolCall, ToolResult, Turn } from "../model.ts";
import type { AdapterOptions } from "../spec.ts";
import { estimatedCounts, priced, type TokenCounts } from "../usage.ts";

/**
 * Anthropic's Messages API, without streaming: a call is one value, and the journal keeps it whole.
 *
 * Cache markers stand where the request stops being the same: behind tools and system (the same for every ticket),
 * behind the context that the next round shares, behind all context, and behind the last turn, so that each turn of a
 * loop reads its whole history from the cache. Four are allowed, four are used.
 */
export function anthropicModel(options: AdapterOptions): Model {
  const client = new Anthropic({
    apiKey: options.apiKey,
    // Named so that the SDK does not read the environment: `config.ts` alone does.
    baseURL: options.baseUrl ?? "https://api.anthropic.com",
    maxRetries: 0,
    logLevel: "off",
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
  return adapter(options, {
    request: (question) => requestOf(question, options),
    // Without a timeout the SDK refuses a request with a large output limit before it is sent.
    send: (request, sending) => client.messages.create(request, sending).asResponse(),
    providerError,
    read: (body, question) => replyOf(body, question, options),
  });
}

function providerError(error: unknown): ProviderError | null {
  if (!(error instanceof Anthropic.APIError) || typeof error.status !== "number") return null;
  return {
    status: error.status,
    code: error.errorCode ?? error.type,
    message: error.apiMessage ?? "",
    headers: error.headers ?? null,
  };
}

type Request = Anthropic.MessageCreateParamsNonStreaming;
type Marker = { cache_control?: Anthropic.CacheControlEphemeral };

function requestOf(question: Question, options: AdapterOptions): Request {
  const { capabilities } = options;
  const mark: Marker = capabilities.includes("cache-markers") ? { cache_control: { type: "ephemeral" } } : {};
  const strict = capabilities.includes("strict-tools") ? { strict: true } : {};
  const tools = question.tools.map(({ name, description, parameters }) => ({
    name,
    description,
    input_schema: parameters as Anthropic.Tool.InputSchema,
    ...strict,
  }));
  return {
    model: options.model,
    max_tokens: Math.min(question.outputTokensMax, options.outputTokensMax),
    system: [{ type: "text", text: systemText(question, capabilities), ...mark }],
    messages: messagesOf(question, mark),
    ...(tools.length > 0 ? { tools } : {}),
    ...(question.answer && capabilities.includes("answer-schema")
      ? { output_config: { format: { type: "json_schema" as const, schema: question.answer.schema } } }
      : {}),
  };
}

function messagesOf(question: Question, mark: Marker): Anthropic.MessageParam[] {
  const context = question.context.filter((text) => text !== "");
  const messages: Anthropic.MessageParam[] = [
    {
      role: "user",
      // The last block is what happened last; the one before it ends what the next round still has in common.
      content: context.map((text, index) => ({ type: "text", text, ...(index >= context.length - 2 ? mark : {}) })),
    },
  ];
  for (const [index, turn] of question.turns.entries()) {
    const message = messageOf(turn, index === question.turns.length - 1 ? mark : {});
    // An empty message is refused; turns around it are of one side then, which the API joins.
    if (message.content.length > 0) messages.push(message);
  }
  return messages;
}

function messageOf(turn: Turn, mark: Marker): { role: "user" | "assistant"; content: Anthropic.ContentBlockParam[] } {
  if (turn.from === "user") return { role: "user", content: [{ type: "text", text: turn.text, ...mark }] };
  if (turn.from === "tools") {
    const last = turn.results.length - 1;
    return { role: "user", content: turn.results.map((one, index) => resultOf(one, index === last ? mark : {})) };
  }
  // Thinking is signed: a block that was changed, or left out before a tool call, is refused.
  if (Array.isArray(turn.echo)) return { role: "assistant", content: turn.echo as Anthropic.ContentBlockParam[] };
  const text = turn.text === "" ? [] : [{ type: "text" as const, text: turn.text }];
  const calls = turn.toolCalls.map(({ id, name, args }) => ({
    type: "tool_use" as const,
    id,
    name,
    input: args ?? {},
  }));
  return { role: "assistant", content: [...text, ...calls] };
}

function resultOf(result: ToolResult, mark: Marker): Anthropic.ToolResultBlockParam {
  return {
    type: "tool_result",
    tool_use_id: result.id,
    ...(result.text === "" ? {} : { content: result.text }),
    ...(result.failed ? { is_error: true } : {}),
    ...mark,
  };
}

const count = z.number().int().min(0).nullish();
const messageSchema = z.object({
  content: z.array(
    z.union([
      z.looseObject({ type: z.literal("text"), text: z.string() }),
      z.looseObject({ type: z.literal("tool_use"), id: z.string(), name: z.string(), input: z.unknown() }),
      z.looseObject({ type: z.string() }),
    ]),
  ),
  stop_reason: z.string().nullish(),
  stop_details: z.looseObject({ explanation: z.string().nullish() }).nullish(),
  usage: z
    .object({
      input_tokens: count,
      output_tokens: count,
      cache_read_input_tokens: count,
      cache_creation_input_tokens: count,
    })
    .nullish(),
});
type Message = z.infer<typeof messageSchema>;

function replyOf(body: unknown, question: Question, options: AdapterOptions): Reply | null {
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) return null;
  const { content, stop_reason: stopReason, stop_details: details } = parsed.data;
  const text = content.map((block) => (block.type === "text" && "text" in block ? String(block.text) : "")).join("");
  const usage = priced(countsOf(parsed.data, question), options.prices);
  switch (stopReason) {
    case "end_turn":
    case "tool_use":
    case "stop_sequence":
      // The blocks as they came, with all fields that we do not know.
      return { outcome: "answered", text, toolCalls: content.flatMap(toolCallOf), echo: echoOf(body), usage };
    case "refusal":
      return { outcome: "refused", reason: details?.explanation ?? (text || "The model declined to answer."), usage };
    // `max_tokens`, `model_context_window_exceeded`; `pause_turn`, which only tools that run at the provider cause and
    // we use none; and whatever comes in future: nobody said that the answer is complete.
    default:
      return { outcome: "cut-off", text, usage };
  }
}

function echoOf(body: unknown): unknown {
  return (body as { content: unknown }).content;
}

function toolCallOf(block: Message["content"][number]): ToolCall[] {
  if (block.type !== "tool_use") return [];
  const { id, name, input } = block as { id: string; name: string; input: unknown };
  return [{ id, name, args: typeof input === "string" ? jsonOrNull(input) : (input ?? null) }];
}

function countsOf({ usage, content }: Message, question: Question): TokenCounts {
  if (!usage) return estimatedCounts(question, JSON.stringify(content));
  return {
    inputTokens: usage.input_tokens ?? 0,
    cachedInputTokens: usage.cache_read_input_tokens ?? 0,
    cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
  };
}
