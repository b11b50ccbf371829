import type { Refusal, Sent } from "./dialect.ts";
import { callsOf, chatDialect, messagesOf } from "./chat-form.ts";
import { badCall, formatOf, isText, unpaired } from "./chat-rules.ts";

const bad = (message: string): Refusal => ({
  status: 400,
  body: { error: { message, type: "invalid_request_error", param: null, code: "invalid_request_error" } },
});

/** DeepSeek while it thinks: every answer has to come back with its thought, and JSON has no schema. */
export const DEEPSEEK = chatDialect({
  name: "deepseek",
  entry: { api: "openai-chat", family: "deepseek", outputTokensMax: 8_192 },
  lessonsMax: 4,
  form: {
    id: (nth) => `call_00_${String(nth).padStart(24, "x")}`,
    thought: (nth) => ({ reasoning_content: `I think about ${nth}.` }),
    before: ": keep-alive\n\n",
    usageFields: { prompt_cache_hit_tokens: 128, prompt_cache_miss_tokens: 772 },
  },
  refuse: (request) => {
    if (formatOf(request) === "json_schema") return bad("This response_format type is unavailable now");
    const limit = Number(request.max_tokens ?? 1);
    if (limit > 8_192) return bad("Invalid max_tokens value, the valid range of max_tokens is [1, 8192]");
    return messageRefused(request);
  },
});

function messageRefused(request: Sent): Refusal | null {
  for (const [index, message] of messagesOf(request).entries()) {
    if (message.content === undefined)
      return {
        status: 422,
        body: `Failed to deserialize the JSON body into the target type: messages[${index}]: missing field \`content\` at line 1 column 2034`,
      };
    if (message.role === "assistant" && !isText(message.reasoning_content))
      return bad(`Missing \`reasoning_content\` field in the assistant message at message index ${index}.`);
    if (message.role === "assistant" && callsOf(message).length === 0 && message.content === null)
      return bad("Invalid assistant message: content or tool_calls must be set");
  }
  const pair = unpaired(request);
  if (pair)
    return bad(
      "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
    );
  return badCall(request, /^.+$/s) ? bad("Invalid tool call.") : null;
}
