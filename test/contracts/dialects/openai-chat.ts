import { fields, list, type Refusal, type Sent, unknownField } from "./dialect.ts";
import { chatDialect } from "./chat-form.ts";
import { badCall, emptyMessage, hasTools, looseIn, OPENAI_MESSAGE, unknownInMessages, unpaired } from "./chat-rules.ts";

const bad = (message: string, param: string | null = null, code: string | null = null): Refusal => ({
  status: 400,
  body: { error: { message, type: "invalid_request_error", param, code } },
});
const KNOWN = [
  ...["model", "messages", "max_completion_tokens", "max_tokens", "tools", "tool_choice", "parallel_tool_calls"],
  ...["response_format", "stream", "stream_options", "temperature", "prompt_cache_key", "reasoning_effort", "headers"],
];

/** OpenAI's Chat Completions with a model that thinks: the old name of the limit and a temperature are refused. */
export const OPENAI_CHAT = chatDialect({
  name: "openai-chat",
  entry: { api: "openai-chat", family: "openai" },
  lessonsMax: 1,
  form: {
    id: (nth) => `call_${String(nth).padStart(24, "A")}`,
    usageFields: { prompt_tokens_details: { cached_tokens: 512 }, completion_tokens_details: { reasoning_tokens: 8 } },
    served: "model-1-2026-01-01",
  },
  refuse: (request) => refusedByOpenai(request, bad),
});

export function refusedByOpenai(request: Sent, say: typeof bad): Refusal | null {
  const unknown = unknownField(request, KNOWN);
  if (unknown) return say(`Unknown parameter: '${unknown}'.`, unknown, "unknown_parameter");
  if (request.max_tokens !== undefined)
    return say(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "max_tokens",
      "unsupported_parameter",
    );
  if (request.temperature !== undefined && request.temperature !== 1)
    return say(
      `Unsupported value: 'temperature' does not support ${Number(request.temperature)} with this model. Only the default (1) value is supported.`,
      "temperature",
      "unsupported_value",
    );
  if (request.parallel_tool_calls !== undefined && !hasTools(request))
    return say(
      "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
    );
  return messageRefused(request, say) ?? schemaRefused(request, say);
}

function messageRefused(request: Sent, say: typeof bad): Refusal | null {
  const field = unknownInMessages(request, OPENAI_MESSAGE);
  if (field)
    return say(
      `Unknown parameter: 'messages[${field.index}].${field.field}'.`,
      `messages[${field.index}].${field.field}`,
      "unknown_parameter",
    );
  const call = badCall(request, /^.{1,40}$/s);
  if (call?.what === "id")
    return say(
      `Invalid 'messages[${call.index}].tool_calls[0].id': string too long. Expected a string with maximum length 40, but got a string with length ${call.value.length} instead.`,
      `messages[${call.index}].tool_calls[0].id`,
      "string_above_max_length",
    );
  if (call?.what === "name")
    return say(
      `Invalid 'messages[${call.index}].tool_calls[0].function.name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.`,
    );
  const pair = unpaired(request);
  if (pair?.lacks === "result")
    return say(
      `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${pair.id}`,
    );
  if (pair)
    return say(
      `Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.`,
    );
  const empty = emptyMessage(request);
  return empty?.role === "assistant"
    ? say(`Invalid value for 'content': expected a string, got null.`, `messages.[${empty.index}].content`)
    : null;
}

function schemaRefused(request: Sent, say: typeof bad): Refusal | null {
  const loose = looseIn(request);
  if (loose)
    return say(
      `Invalid schema for ${loose}: In context=(), 'additionalProperties' is required to be supplied and to be false.`,
      null,
      "invalid_function_parameters",
    );
  const format = fields(request.response_format);
  if (format.type === "json_schema" && !/^[a-zA-Z0-9_-]{1,64}$/.test(String(fields(format.json_schema).name)))
    return say("Missing required parameter: 'response_format.json_schema.name'.");
  return list(request.messages).length === 0 ? say("Invalid 'messages': empty array.") : null;
}
